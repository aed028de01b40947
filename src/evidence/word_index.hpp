// Where words stand in a transcript, for quotes that are in it word for word.
#ifndef SALESCHECKLIST_EVIDENCE_WORD_INDEX_HPP
#define SALESCHECKLIST_EVIDENCE_WORD_INDEX_HPP

#include "text/words.hpp"

#include <saleschecklist/transcript.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace saleschecklist::evidence {

// Bytes [begin, end) of an utterance's text.
struct Range {
  std::size_t begin, end;
};

// Built once per transcript, which must outlive it. Thread-safe afterwards. Takes about six times
// the bytes of the transcript, and more for each different word.
class WordIndex {
 public:
  explicit WordIndex(const Transcript &transcript);
  WordIndex(const WordIndex &) = delete;  // the keys point into the texts
  WordIndex &operator=(const WordIndex &) = delete;

  // The utterances, in order, that hold the quote's rarest word: the only ones that can hold the
  // quote. Empty if a word is nowhere. The quote has at least one word.
  std::vector<std::uint32_t> candidates(const text::WordedText &quote) const;

  // Where the quote stands in the utterance word for word, from its first to its last word: marks
  // around them are the quoter's own.
  std::optional<Range> find(const text::WordedText &quote, std::size_t utterance) const;

  // Whether the quote falls into two runs of three words or more that stand word for word in places
  // of their own.
  bool is_stitched(const text::WordedText &quote) const;

 private:
  bool has_run(const text::WordedText &quote, std::size_t first, std::size_t last) const;

  // An utterance's folded text, and its words.
  struct Text {
    std::string folded;
    std::vector<text::Word> words;
  };

  Range range_of(std::size_t utterance, std::size_t begin, std::size_t end) const;

  const Transcript &transcript_;
  std::vector<Text> texts_;                                                   // by utterance
  std::unordered_map<std::string_view, std::vector<std::uint32_t>> holders_;  // utterances, by word
};

}  // namespace saleschecklist::evidence

#endif
