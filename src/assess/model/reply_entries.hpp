// The entries of a reply, in the spelling of the schema.
#ifndef SALESCHECKLIST_ASSESS_MODEL_REPLY_ENTRIES_HPP
#define SALESCHECKLIST_ASSESS_MODEL_REPLY_ENTRIES_HPP

#include "json/library.hpp"

#include <functional>
#include <string>
#include <vector>

namespace saleschecklist::assessing {

struct ReplyEntries {
  // As model-answers.schema.json has them wherever what was written means just one thing:
  // "Yes" is "yes", "0.9" and 90 are 0.9, one quote is a list of one quote, unknown keys are left
  // out. What may mean more, or lacks an answer or a quote, stays as it is and is refused by the
  // schema. Equal entries are there once.
  std::vector<nlohmann::json> entries;
  std::vector<nlohmann::json> attempts;
  bool has_list = false;  // whether there is a list of entries, which may be empty
};

// Finds the entries in the values of json_values_in(): under "answers", in wrapping objects, in a
// list, in an object by item id, or alone. `is_asked` tells item ids.
ReplyEntries entries_in(const std::vector<nlohmann::json> &values,
                        const std::function<bool(const std::string &)> &is_asked);

}  // namespace saleschecklist::assessing

#endif
