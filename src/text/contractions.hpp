// Contractions, spelt out alike wherever words are compared.
#ifndef SALESCHECKLIST_TEXT_CONTRACTIONS_HPP
#define SALESCHECKLIST_TEXT_CONTRACTIONS_HPP

#include <string>
#include <string_view>
#include <vector>

namespace saleschecklist::text {

// Appends the parts of a folded word: "don't" gives "do" and "not", "we're" gives "we" and "are",
// and "company's" gives "company". Other words are appended as they are.
void append_expanded(std::vector<std::string> &parts, std::string_view word);

}  // namespace saleschecklist::text

#endif
