// English number words and hesitations.
#ifndef SALESCHECKLIST_TEXT_NUMBER_WORDS_HPP
#define SALESCHECKLIST_TEXT_NUMBER_WORDS_HPP

#include <optional>
#include <string_view>

namespace saleschecklist::text {

// The value of a folded word: 7 for "seven", 40 for "forty". std::nullopt if it is not such a word.
std::optional<double> unit_value(std::string_view word);

// The factor by which a folded word multiplies the number before it: 100 for "hundred", 1,000 for
// "k". std::nullopt if it is not such a word.
std::optional<double> scale_value(std::string_view word);

// Whether the word is a filled pause, such as "um" or "uh".
bool is_hesitation(std::string_view folded_word);

}  // namespace saleschecklist::text

#endif
