// English words of numbers, and the sounds that people make between them.
#ifndef SALESCHECKLIST_TEXT_NUMBER_WORDS_HPP
#define SALESCHECKLIST_TEXT_NUMBER_WORDS_HPP

#include <optional>
#include <string_view>

namespace saleschecklist::text {

// Of a folded word: "seven" is 7, "forty" is 40.
std::optional<double> unit_value(std::string_view word);

// What multiplies the number before it: "hundred" is 100, "k" is 1,000.
std::optional<double> scale_value(std::string_view word);

// um, uh: a pause that was heard as a word.
bool is_hesitation(std::string_view folded_word);

}  // namespace saleschecklist::text

#endif
