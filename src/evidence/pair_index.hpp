// Where pairs of neighbouring words stand in a transcript, for quotes that differ from it a little.
#ifndef SALESCHECKLIST_EVIDENCE_PAIR_INDEX_HPP
#define SALESCHECKLIST_EVIDENCE_PAIR_INDEX_HPP

#include "evidence/quote_tokens.hpp"
#include "text/stems.hpp"

#include <saleschecklist/transcript.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace saleschecklist::evidence {

// Tokens [from, to) of an utterance that read like a quote.
struct TokenWindow {
  std::size_t utterance, from, to;
  double likeness;  // the rarer the pairs that it shares with the quote, the greater
};

// Built once per transcript, which must outlive it. One thread at a time.
class PairIndex {
 public:
  explicit PairIndex(const Transcript &transcript);

  std::vector<QuoteToken> tokens_of(std::string_view quote);
  const std::vector<QuoteToken> &tokens(std::size_t utterance) const { return tokens_[utterance]; }

  // The keys of all words of the transcript.
  const std::unordered_set<std::string> &vocabulary() const { return vocabulary_; }

  // The windows that share the most, and the rarest, pairs with the quote: at most eight, the
  // likest first, those of suspect utterances last.
  std::vector<TokenWindow> windows_like(const std::vector<QuoteToken> &quote) const;

 private:
  // An occurrence of a pair, by its second word.
  struct Place {
    std::uint32_t utterance, token;
  };
  struct Hit {
    std::size_t token;
    std::size_t pair;  // of the quote, by its second word
    double rarity;     // one over how often the pair occurs
  };

  static double likeness(const std::vector<Hit> &hits, std::size_t first, std::size_t last);
  void add_windows(std::vector<TokenWindow> &out, std::size_t utterance, std::vector<Hit> &hits,
                   std::size_t quote_size) const;

  const Transcript &transcript_;
  NameSet names_;
  text::Stemmer stemmer_;
  std::vector<std::vector<QuoteToken>> tokens_;  // by utterance
  std::unordered_set<std::string> vocabulary_;
  std::unordered_map<std::string, std::vector<Place>> places_;  // by pair
};

}  // namespace saleschecklist::evidence

#endif
