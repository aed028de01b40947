// Expands English contractions, so that words compare equal whether or not they are contracted.
#ifndef SALESCHECKLIST_TEXT_CONTRACTIONS_HPP
#define SALESCHECKLIST_TEXT_CONTRACTIONS_HPP

#include <string>
#include <string_view>
#include <vector>

namespace saleschecklist::text {

// Appends the parts of a folded word: "do" and "not" for "don't", "we" and "are" for "we're", and
// "company" for "company's". Any other word is appended unchanged.
void append_expanded(std::vector<std::string> &parts, std::string_view word);

}  // namespace saleschecklist::text

#endif
