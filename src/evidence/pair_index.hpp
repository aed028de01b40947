// Where pairs of neighbouring words stand in a transcript, for quotes that differ from it a little.
#ifndef SALESCHECKLIST_EVIDENCE_PAIR_INDEX_HPP
#define SALESCHECKLIST_EVIDENCE_PAIR_INDEX_HPP

#include "evidence/quote_align.hpp"
#include "evidence/quote_tokens.hpp"
#include "text/stems.hpp"

#include <saleschecklist/transcript.hpp>

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace saleschecklist::evidence {

// Tokens [from, to) of an utterance that read like a quote.
struct TokenWindow {
  std::size_t utterance, from, to;
  double likeness;  // the rarer the pairs that it shares with the quote, the greater
};

// Tokens [first, first + tokens.size()) of an utterance.
struct TokenRun {
  std::size_t first;
  std::vector<QuoteToken> tokens;
};

// Built once per transcript, which must outlive it. One thread at a time. Takes 32 bytes for each
// word of the transcript, and more for each different one.
class PairIndex {
 public:
  explicit PairIndex(const Transcript &transcript);

  std::vector<QuoteToken> tokens_of(std::string_view quote);
  // The tokens of a window, with the few before and after it that say whether one is doubled.
  TokenRun tokens_around(const TokenWindow &window);

  const Vocabulary &vocabulary() const { return vocabulary_; }

  // The windows that share the most, and the rarest, pairs with the quote: at most eight, the
  // likest first, those of suspect utterances last.
  std::vector<TokenWindow> windows_like(const std::vector<QuoteToken> &quote) const;

 private:
  // A token without its words, which many tokens share.
  struct Token {
    std::uint32_t word;  // see keys_
    std::uint32_t source_begin, source_end;
    Weight weight;
    WordKind kind;
  };
  // An occurrence of a pair, by its second word.
  struct Place {
    std::uint64_t pair;  // the numbers of its words
    std::uint32_t utterance, token;
  };
  using Places = std::pair<std::vector<Place>::const_iterator, std::vector<Place>::const_iterator>;
  struct Hit {
    std::size_t token;
    std::uint64_t pair;
    double rarity;  // how often the quote has the pair, over how often the transcript has it
  };

  void add_utterance(std::size_t utterance);
  // The pairs of a quote that may stand in the transcript, and how often the quote has them.
  std::map<std::uint64_t, std::size_t> pairs_of(const std::vector<QuoteToken> &quote) const;
  Places places_of(std::uint64_t pair) const;
  static double likeness(const std::vector<Hit> &hits, std::size_t first, std::size_t last);
  void add_windows(std::vector<TokenWindow> &out, std::size_t utterance, std::vector<Hit> &hits,
                   std::size_t quote_size) const;

  const Transcript &transcript_;
  NameSet names_;
  text::Stemmer stemmer_;
  Vocabulary vocabulary_;
  std::vector<const std::string *> keys_;   // of the words, by their numbers in vocabulary_
  std::vector<std::vector<Token>> tokens_;  // by utterance
  std::vector<Place> places_;               // ordered by pair, then as in the transcript
};

}  // namespace saleschecklist::evidence

#endif
