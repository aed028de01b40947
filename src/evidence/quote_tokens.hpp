// Words in the form in which the evidence law compares them: numbers by value, contractions
// expanded, each with a weight that says how much a difference would matter.
#ifndef SALESCHECKLIST_EVIDENCE_QUOTE_TOKENS_HPP
#define SALESCHECKLIST_EVIDENCE_QUOTE_TOKENS_HPP

#include "text/stems.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

namespace saleschecklist::evidence {

// How much a word contributes to the meaning, from nothing to everything.
enum class Weight {
  filler,     // um, you know: recognisers drop and invent them
  small,      // a, of, that: dropped or doubled without changing what is said
  content,    // may be misspelt, and left out now and then, but never invented
  protected_  // numbers, dates, amounts, names, negations, conditions: must be the same
};

// The kind of word in which a refused quote differs, the most important last.
enum class WordKind : std::uint8_t { other, name, negation, number };

struct QuoteToken {
  std::string key;   // what is compared; "#40000" for a number
  std::string stem;  // of a word of content, else empty
  std::uint32_t source_begin = 0, source_end = 0;
  Weight weight = Weight::content;
  WordKind kind = WordKind::other;
};

// Names by their folded words, collected from capital letters inside sentences and from speakers.
using NameSet = std::unordered_set<std::string>;
void collect_names(std::string_view text, NameSet &names, NameSet &lower_case_words);

std::vector<QuoteToken> quote_tokens(std::string_view text, const NameSet &names,
                                     text::Stemmer &stemmer);

}  // namespace saleschecklist::evidence

#endif
