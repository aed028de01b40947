#include "evidence/pair_index.hpp"

#include <algorithm>
#include <tuple>
#include <unordered_map>
#include <unordered_set>

namespace saleschecklist::evidence {
namespace {

constexpr std::size_t most_windows = 8;       // per quote
constexpr std::size_t doubling_reach = 3;     // tokens on each side that align() looks at
constexpr std::size_t short_utterance = 100;  // tokens; longer ones are searched by windows

std::uint64_t pair_of(std::uint32_t first, std::uint32_t second) {
  return std::uint64_t{first} << 32 | second;
}

// A word that also stands in lower case is not a name ("Will" and "will").
NameSet names_in(const Transcript &transcript) {
  NameSet names, lower_case;
  for (const Utterance &u : transcript.utterances) {
    if (!u.suspect.empty()) continue;
    collect_names(u.text, names, lower_case);
    collect_names("x " + u.speaker, names, lower_case);  // not a sentence start
  }
  for (const std::string &word : lower_case) names.erase(word);
  return names;
}

}  // namespace

PairIndex::PairIndex(const Transcript &transcript)
    : transcript_(transcript), names_(names_in(transcript)) {
  tokens_.reserve(transcript.utterances.size());
  for (std::size_t u = 0; u < transcript.utterances.size(); ++u) add_utterance(u);
  std::sort(places_.begin(), places_.end(), [](const Place &a, const Place &b) {
    return std::tie(a.pair, a.utterance, a.token) < std::tie(b.pair, b.utterance, b.token);
  });
}

void PairIndex::add_utterance(std::size_t utterance) {
  const auto number = static_cast<std::uint32_t>(utterance);
  std::vector<Token> &tokens = tokens_.emplace_back();
  for (QuoteToken &t : quote_tokens(transcript_.utterances[utterance].text, names_, stemmer_)) {
    const auto next = static_cast<std::uint32_t>(keys_.size());
    const auto [word, is_new] = vocabulary_.emplace(std::move(t.key), next);
    if (is_new) keys_.push_back(&word->first);
    if (!tokens.empty()) {
      places_.push_back({pair_of(tokens.back().word, word->second), number,
                         static_cast<std::uint32_t>(tokens.size())});
    }
    tokens.push_back({word->second, t.source_begin, t.source_end, t.weight, t.kind});
  }
}

std::vector<QuoteToken> PairIndex::tokens_of(std::string_view quote) {
  return quote_tokens(quote, names_, stemmer_);
}

TokenRun PairIndex::tokens_around(const TokenWindow &window) {
  const std::vector<Token> &tokens = tokens_[window.utterance];
  TokenRun out;
  out.first = window.from > doubling_reach ? window.from - doubling_reach : 0;
  const std::size_t last = std::min(tokens.size(), window.to + doubling_reach);
  for (std::size_t t = out.first; t < last; ++t) {
    const Token &token = tokens[t];
    const std::string &key = *keys_[token.word];
    std::string stem =
        token.weight == Weight::content ? std::string(stemmer_.stem(key)) : std::string();
    out.tokens.push_back(
        {key, std::move(stem), token.source_begin, token.source_end, token.weight, token.kind});
  }
  return out;
}

PairIndex::Places PairIndex::places_of(std::uint64_t pair) const {
  const auto first = std::partition_point(places_.begin(), places_.end(),
                                          [=](const Place &p) { return p.pair < pair; });
  const auto last =
      std::partition_point(first, places_.end(), [=](const Place &p) { return p.pair == pair; });
  return {first, last};
}

std::map<std::uint64_t, std::size_t> PairIndex::pairs_of(
    const std::vector<QuoteToken> &quote) const {
  std::map<std::uint64_t, std::size_t> out;
  for (std::size_t second = 1; second < quote.size(); ++second) {
    const auto a = vocabulary_.find(quote[second - 1].key), b = vocabulary_.find(quote[second].key);
    if (a != vocabulary_.end() && b != vocabulary_.end()) ++out[pair_of(a->second, b->second)];
  }
  return out;
}

std::vector<TokenWindow> PairIndex::windows_like(const std::vector<QuoteToken> &quote) const {
  std::unordered_map<std::size_t, std::vector<Hit>> hits;  // by utterance
  for (const auto &[pair, occurrences] : pairs_of(quote)) {
    const auto [first, last] = places_of(pair);
    const double rarity = static_cast<double>(occurrences) / static_cast<double>(last - first);
    for (auto p = first; p != last; ++p) hits[p->utterance].push_back({p->token, pair, rarity});
  }
  std::vector<TokenWindow> out;
  for (auto &[utterance, list] : hits) add_windows(out, utterance, list, quote.size());
  const auto is_suspect = [this](const TokenWindow &s) {
    return !transcript_.utterances[s.utterance].suspect.empty();
  };
  std::sort(out.begin(), out.end(), [&](const TokenWindow &a, const TokenWindow &b) {
    if (is_suspect(a) != is_suspect(b)) return is_suspect(b);
    if (a.likeness != b.likeness) return a.likeness > b.likeness;
    return a.utterance != b.utterance ? a.utterance < b.utterance : a.from < b.from;
  });
  if (out.size() > most_windows) out.resize(most_windows);
  return out;
}

// Rarities of the different pairs of the quote among hits[first, last).
double PairIndex::likeness(const std::vector<Hit> &hits, std::size_t first, std::size_t last) {
  std::unordered_set<std::uint64_t> counted;
  double sum = 0;
  for (std::size_t i = first; i < last; ++i) {
    if (counted.insert(hits[i].pair).second) sum += hits[i].rarity;
  }
  return sum;
}

// A short utterance as a whole, a long one as windows around the hits.
void PairIndex::add_windows(std::vector<TokenWindow> &out, std::size_t utterance,
                            std::vector<Hit> &hits, std::size_t quote_size) const {
  const std::size_t size = tokens_[utterance].size();
  if (size <= short_utterance) {
    out.push_back({utterance, 0, size, likeness(hits, 0, hits.size())});
    return;
  }
  std::sort(hits.begin(), hits.end(), [](const Hit &a, const Hit &b) { return a.token < b.token; });
  const std::size_t width = 2 * quote_size + 8;
  for (std::size_t first = 0, last = 0; first < hits.size();) {
    const std::size_t begin = hits[first].token;
    for (last = std::max(last, first); last < hits.size() && hits[last].token <= begin + width;) {
      ++last;
    }
    const std::size_t from = begin > quote_size ? begin - quote_size : 0;
    out.push_back(
        {utterance, from, std::min(size, begin + width + quote_size), likeness(hits, first, last)});
    // Windows overlap by half, so that every quote lies whole in one of them.
    while (first < hits.size() && hits[first].token <= begin + width / 2) ++first;
  }
}

}  // namespace saleschecklist::evidence
