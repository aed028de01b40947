// Splits an utterance into folded words and sentences that know their place in the original text.
#ifndef SALESCHECKLIST_TEXT_WORDS_HPP
#define SALESCHECKLIST_TEXT_WORDS_HPP

#include "base/unicode.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace saleschecklist::text {

// A word, a number ("1,200.50", "10:30", "-5"), a percent sign or a currency sign. In scripts that
// are written without spaces, each character is a word.
struct Word {
  std::uint32_t begin, end;                // in the folded text
  std::uint32_t source_begin, source_end;  // in the original text
  std::uint32_t sentence;
  bool number;   // contains a digit
  bool capital;  // begins with an upper-case letter in the original text
};

struct Sentence {
  std::uint32_t first_word, last_word;     // half-open
  std::uint32_t source_begin, source_end;  // includes the closing punctuation
  bool question;                           // ends with a question mark
};

struct WordedText {
  base::FoldedText folded;
  std::vector<Word> words;
  std::vector<Sentence> sentences;

  std::string_view text_of(const Word &word) const {
    return std::string_view(folded.text).substr(word.begin, word.end - word.begin);
  }
};

WordedText split_words(std::string_view text);

// The number of words that split_words() finds.
std::size_t count_words(std::string_view text);

}  // namespace saleschecklist::text

#endif
