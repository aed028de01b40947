// What models are asked. A change of any of these texts or of schemas/model-*.schema.json is a new
// version, because the answers depend on them.
#ifndef SALESCHECKLIST_ASSESS_MODEL_PROMPTS_HPP
#define SALESCHECKLIST_ASSESS_MODEL_PROMPTS_HPP

#include <saleschecklist/checklist.hpp>
#include <saleschecklist/language_model.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace saleschecklist::assessing {

inline constexpr const char *assess_version = "assess-1";

std::string assess_instructions();
std::string coach_instructions();

// The items to be answered, and what was wrong with the last reply, if any.
std::string items_question(const Category &category, const std::vector<const Item *> &items,
                           const std::string &fault);

// An embedded schema as requests carry it: compact, without the names that only its file needs.
std::string request_schema(std::string_view name);

// Of all that requests with one prefix have in common; at most 64 characters.
std::string cache_key_of(const ModelRequest &request);

}  // namespace saleschecklist::assessing

#endif
