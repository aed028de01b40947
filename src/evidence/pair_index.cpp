#include "evidence/pair_index.hpp"

#include <algorithm>

namespace saleschecklist::evidence {
namespace {

constexpr std::size_t most_windows = 8;       // per quote
constexpr std::size_t short_utterance = 100;  // tokens; longer ones are searched by windows

// Two neighbouring words as one key: far rarer than a word.
std::string pair_key(const std::vector<QuoteToken> &tokens, std::size_t second) {
  return tokens[second - 1].key + ' ' + tokens[second].key;
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
  for (std::size_t u = 0; u < transcript.utterances.size(); ++u) {
    tokens_.push_back(quote_tokens(transcript.utterances[u].text, names_, stemmer_));
    for (std::size_t t = 0; t < tokens_[u].size(); ++t) {
      vocabulary_.insert(tokens_[u][t].key);
      if (t == 0) continue;
      places_[pair_key(tokens_[u], t)].push_back(
          {static_cast<std::uint32_t>(u), static_cast<std::uint32_t>(t)});
    }
  }
}

std::vector<QuoteToken> PairIndex::tokens_of(std::string_view quote) {
  return quote_tokens(quote, names_, stemmer_);
}

std::vector<TokenWindow> PairIndex::windows_like(const std::vector<QuoteToken> &quote) const {
  std::unordered_map<std::size_t, std::vector<Hit>> hits;  // by utterance
  for (std::size_t second = 1; second < quote.size(); ++second) {
    const auto found = places_.find(pair_key(quote, second));
    if (found == places_.end()) continue;
    const double rarity = 1.0 / static_cast<double>(found->second.size());
    for (const Place &p : found->second) hits[p.utterance].push_back({p.token, second, rarity});
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
  std::unordered_set<std::size_t> counted;
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
