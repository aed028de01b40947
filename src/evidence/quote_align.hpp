// Aligns the words of a quote with the words of the transcript.
#ifndef SALESCHECKLIST_EVIDENCE_QUOTE_ALIGN_HPP
#define SALESCHECKLIST_EVIDENCE_QUOTE_ALIGN_HPP

#include "evidence/quote_tokens.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

namespace saleschecklist::evidence {

struct Alignment {
  bool accepted = false;
  std::size_t begin = 0, end = 0;  // transcript tokens, half-open
  // The words that differ, if the quote is a near miss; else empty.
  std::string quote_word, transcript_word;
  WordKind difference = WordKind::other;
  bool near_miss = false;
};

// The keys of all words of a transcript, each with a number of its own from 0.
using Vocabulary = std::unordered_map<std::string, std::uint32_t>;

// Finds the stretch of `talk[from, to)` that reads like `quote` up to recognition noise.
// A word of the vocabulary is no misspelling of another one.
Alignment align(const std::vector<QuoteToken> &quote, const std::vector<QuoteToken> &talk,
                std::size_t from, std::size_t to, const Vocabulary &vocabulary);

}  // namespace saleschecklist::evidence

#endif
