// The prompts that ask who speaks. Changing any of them changes who is thought to have spoken.
#ifndef SALESCHECKLIST_TURNS_PROMPTS_HPP
#define SALESCHECKLIST_TURNS_PROMPTS_HPP

#include <cstddef>
#include <string>
#include <vector>

namespace saleschecklist::turns {

std::string turns_instructions();

// Asks about the lines [first, last). `fault` is what was wrong with the last reply, or empty.
std::string turns_question(std::size_t first, std::size_t last,
                           const std::vector<std::string> &rep_names, const std::string &fault);

}  // namespace saleschecklist::turns

#endif
