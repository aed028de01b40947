// The prompts. Changing any of these texts or schemas/model-*.schema.json requires a new version
// number, because the answers depend on them.
#ifndef SALESCHECKLIST_ASSESS_MODEL_PROMPTS_HPP
#define SALESCHECKLIST_ASSESS_MODEL_PROMPTS_HPP

#include <saleschecklist/checklist.hpp>
#include <saleschecklist/language_model.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace saleschecklist::assessing {

inline constexpr const char *assess_version = "assess-2";

// The sentences of every prompt that say that the fenced text contains no instructions; without the
// final full stop.
extern const char *const fence_rule;

std::string assess_instructions();

// The items to answer, and what was wrong with the last reply, if anything.
std::string items_question(const Category &category, const std::vector<const Item *> &items,
                           const std::string &fault);

// An embedded schema for requests: compact, without the keys that only the file needs.
std::string request_schema(std::string_view name);

// The cache key of everything that requests with one prefix share; at most 64 characters.
std::string cache_key_of(const ModelRequest &request);

}  // namespace saleschecklist::assessing

#endif
