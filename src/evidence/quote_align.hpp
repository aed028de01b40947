// Aligns the words of a quote with the words of the transcript.
#ifndef SALESCHECKLIST_EVIDENCE_QUOTE_ALIGN_HPP
#define SALESCHECKLIST_EVIDENCE_QUOTE_ALIGN_HPP

#include "evidence/quote_tokens.hpp"

#include <cstddef>
#include <string>
#include <unordered_set>
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

// Finds the stretch of `talk[from, to)` that reads like `quote` up to recognition noise.
// `vocabulary` holds the keys of all words of the transcript: a word that is one of them is no
// misspelling of another.
Alignment align(const std::vector<QuoteToken> &quote, const std::vector<QuoteToken> &talk,
                std::size_t from, std::size_t to,
                const std::unordered_set<std::string> &vocabulary);

}  // namespace saleschecklist::evidence

#endif
