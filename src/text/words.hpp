// One utterance as folded words and sentences, each with its place in the original text.
#ifndef SALESCHECKLIST_TEXT_WORDS_HPP
#define SALESCHECKLIST_TEXT_WORDS_HPP

#include "base/unicode.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace saleschecklist::text {

// A word, a number ("1,200.50", "10:30", "-5"), or one of the symbols % and currency signs.
// In scripts without spaces each character is a word.
struct Word {
  std::uint32_t begin, end;                // in the folded text
  std::uint32_t source_begin, source_end;  // in the original text
  std::uint32_t sentence;
  bool number;   // has a digit
  bool capital;  // begins with an upper-case letter in the original
};

struct Sentence {
  std::uint32_t first_word, last_word;     // half-open
  std::uint32_t source_begin, source_end;  // with its closing punctuation
  bool question;                           // closed by a question mark
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

// The same rule for words without the rest.
std::size_t count_words(std::string_view text);

}  // namespace saleschecklist::text

#endif
