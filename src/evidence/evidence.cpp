// verify(): the evidence law.
#include "evidence/evidence.hpp"

#include <saleschecklist/evidence.hpp>

#include "base/unicode.hpp"
#include "evidence/quote_align.hpp"
#include "evidence/quote_tokens.hpp"
#include "text/words.hpp"

#include <algorithm>
#include <unordered_map>

namespace saleschecklist::evidence {
namespace {

constexpr std::size_t most_quote_bytes = 4000;
constexpr std::size_t most_repaired_words = 120;  // of a quote; longer ones must stand as they are
constexpr std::size_t most_candidates = 8;        // utterances (or windows) tried for a repair
constexpr std::size_t short_utterance = 100;      // tokens; longer ones are searched by windows

struct Range {
  std::size_t begin, end;  // bytes in the original text
};

// A transcript prepared for many claims.
class EvidenceVerifier {
 public:
  explicit EvidenceVerifier(const Transcript &transcript) : transcript_(transcript) {
    for (const Utterance &u : transcript.utterances) texts_.push_back(text::split_words(u.text));
    for (std::size_t u = 0; u < texts_.size(); ++u) {
      for (const text::Word &word : texts_[u].words) {
        auto &list = utterances_with_[texts_[u].text_of(word)];
        if (list.empty() || list.back() != u) list.push_back(u);
      }
    }
  }

  Verdict judge(const Claim &claim) {
    const text::WordedText quote = text::split_words(claim.quote.substr(0, most_quote_bytes));
    if (claim.quote.size() > most_quote_bytes) return refuse(claim, RejectionReason::too_long);
    if (base::valid_utf8_prefix(claim.quote) != claim.quote.size()) {
      return refuse(claim, RejectionReason::not_utf8);
    }
    if (quote.words.empty()) return refuse(claim, RejectionReason::no_words);
    std::optional<std::size_t> wrong_side, doubtful;
    const std::string needle = needle_of(quote);
    for (const std::size_t u : search_order(claim, quote)) {
      const auto range = find_exact(needle, texts_[u]);
      if (!range) continue;
      if (!transcript_.utterances[u].doubt.empty()) {
        if (!doubtful) doubtful = u;
        continue;
      }
      if (may_prove(transcript_.utterances[u].role, claim.evidence_from)) {
        return accept(u, *range, EvidenceStatus::verified);
      }
      if (!wrong_side) wrong_side = u;
    }
    if (wrong_side) return refuse_speaker(claim, *wrong_side);
    Verdict repaired = quote.words.size() <= most_repaired_words
                           ? repair(claim)
                           : refuse(claim, RejectionReason::not_found);
    if (!repaired.evidence && doubtful) return refuse_doubtful(claim, *doubtful);
    return repaired;
  }

 private:
  // An occurrence of a pair of neighbouring words, by its second.
  struct Place {
    std::uint32_t utterance, token;
  };
  struct Hit {
    std::size_t token;
    std::size_t pair;  // of the quote, by its second word
    double rarity;     // one over how often the pair occurs
  };
  struct Candidate {
    std::size_t utterance, from, to;  // tokens
    double likeness;
  };

  static Verdict refuse(const Claim &claim, RejectionReason reason) {
    return {std::nullopt, RejectedEvidence{claim.quote, reason}};
  }

  Verdict refuse_speaker(const Claim &claim, std::size_t utterance) const {
    return {std::nullopt,
            rejected_speaker(claim.quote, transcript_.utterances[utterance], claim.evidence_from)};
  }

  Verdict refuse_doubtful(const Claim &claim, std::size_t utterance) const {
    Verdict out = refuse(claim, RejectionReason::doubtful_words);
    out.rejected->doubt = transcript_.utterances[utterance].doubt;
    return out;
  }

  static Verdict refuse_near_miss(const Claim &claim, const Alignment &found) {
    const auto shown = [](const std::string &key) { return key[0] == '#' ? key.substr(1) : key; };
    Verdict out = refuse(claim, reason_of(found.difference));
    out.rejected->quote_word = shown(found.quote_word);
    out.rejected->transcript_word = shown(found.transcript_word);
    return out;
  }

  static RejectionReason reason_of(WordKind difference) {
    switch (difference) {
      case WordKind::number:
        return RejectionReason::number_differs;
      case WordKind::name:
        return RejectionReason::name_differs;
      case WordKind::negation:
        return RejectionReason::negation_differs;
      case WordKind::other:
        break;
    }
    return RejectionReason::words_differ;
  }

  Verdict accept(std::size_t utterance, Range range, EvidenceStatus status) const {
    return {evidence_at(transcript_, utterance, range.begin, range.end, status), std::nullopt};
  }

  // The folded quote from its first to its last word: marks around it are the quoter's own.
  static std::string needle_of(const text::WordedText &quote) {
    const std::uint32_t begin = quote.words.front().begin;
    return quote.folded.text.substr(begin, quote.words.back().end - begin);
  }

  // The utterances that hold the quote's rarest word, the claimed one first.
  std::vector<std::size_t> search_order(const Claim &claim, const text::WordedText &quote) const {
    const std::vector<std::size_t> *rarest = nullptr;
    for (const text::Word &word : quote.words) {
      const auto found = utterances_with_.find(quote.text_of(word));
      if (found == utterances_with_.end()) return {};
      if (rarest == nullptr || found->second.size() < rarest->size()) rarest = &found->second;
    }
    std::vector<std::size_t> order = *rarest;
    if (claim.utterance) {
      std::stable_partition(order.begin(), order.end(),
                            [&](std::size_t u) { return u == *claim.utterance; });
    }
    return order;
  }

  static std::optional<Range> find_exact(const std::string &needle, const text::WordedText &text) {
    const std::string &hay = text.folded.text;
    for (std::size_t at = hay.find(needle); at != std::string::npos;
         at = hay.find(needle, at + 1)) {
      const std::size_t end = at + needle.size();
      if (!inside_word(text, at) && !inside_word(text, end)) {
        return Range{text.folded.begin[at], text.folded.end[end - 1]};
      }
    }
    return std::nullopt;
  }

  static bool inside_word(const text::WordedText &text, std::size_t at) {
    const auto after =
        std::upper_bound(text.words.begin(), text.words.end(), at,
                         [](std::size_t p, const text::Word &w) { return p < w.end; });
    return after != text.words.end() && after->begin < at;
  }

  Verdict repair(const Claim &claim) {
    prepare();
    const std::vector<QuoteToken> quote = quote_tokens(claim.quote, names_, stemmer_);
    std::optional<Verdict> wrong_side, doubtful, near_miss;
    for (const Candidate &c : candidates(quote)) {
      const auto &tokens = tokens_[c.utterance];
      const Alignment found = align(quote, tokens, c.from, c.to, vocabulary_);
      if (found.accepted && found.end > found.begin) {
        if (!transcript_.utterances[c.utterance].doubt.empty()) {
          if (!doubtful) doubtful = refuse_doubtful(claim, c.utterance);
          continue;
        }
        if (may_prove(transcript_.utterances[c.utterance].role, claim.evidence_from)) {
          const Range range{tokens[found.begin].source_begin, tokens[found.end - 1].source_end};
          return accept(c.utterance, range, EvidenceStatus::repaired);
        }
        if (!wrong_side) wrong_side = refuse_speaker(claim, c.utterance);
      } else if (found.near_miss && !near_miss) {
        near_miss = refuse_near_miss(claim, found);
      }
    }
    if (wrong_side) return *wrong_side;
    if (doubtful) return *doubtful;
    if (near_miss) return *near_miss;
    if (is_stitched(claim.quote)) return refuse(claim, RejectionReason::stitched);
    return refuse(claim, RejectionReason::not_found);
  }

  // What repairs need and exact matches do not; made at the first repair.
  void prepare() {
    if (prepared_) return;
    prepared_ = true;
    NameSet lower_case;
    for (const Utterance &u : transcript_.utterances) {
      if (!u.doubt.empty()) continue;
      collect_names(u.text, names_, lower_case);
      collect_names("x " + u.speaker, names_, lower_case);  // not a sentence start
    }
    // A word that also stands in lower case is not a name ("Will" and "will").
    for (const std::string &word : lower_case) names_.erase(word);
    for (std::size_t u = 0; u < texts_.size(); ++u) {
      tokens_.push_back(quote_tokens(transcript_.utterances[u].text, names_, stemmer_));
      for (std::size_t t = 0; t < tokens_[u].size(); ++t) {
        vocabulary_.insert(tokens_[u][t].key);
        if (t == 0) continue;
        places_[pair_key(tokens_[u], t)].push_back(
            {static_cast<std::uint32_t>(u), static_cast<std::uint32_t>(t)});
      }
    }
  }

  // Two neighbouring words as one key: far rarer than a word.
  static std::string pair_key(const std::vector<QuoteToken> &tokens, std::size_t second) {
    return tokens[second - 1].key + ' ' + tokens[second].key;
  }

  // Stretches of talk that share the most, and the rarest, pairs of words with the quote.
  std::vector<Candidate> candidates(const std::vector<QuoteToken> &quote) const {
    std::unordered_map<std::size_t, std::vector<Hit>> hits;  // by utterance
    for (std::size_t second = 1; second < quote.size(); ++second) {
      const auto found = places_.find(pair_key(quote, second));
      if (found == places_.end()) continue;
      const double rarity = 1.0 / static_cast<double>(found->second.size());
      for (const Place &p : found->second) hits[p.utterance].push_back({p.token, second, rarity});
    }
    std::vector<Candidate> out;
    for (auto &[utterance, list] : hits) add_windows(out, utterance, list, quote.size());
    const auto doubtful = [this](const Candidate &c) {
      return !transcript_.utterances[c.utterance].doubt.empty();
    };
    std::sort(out.begin(), out.end(), [&](const Candidate &a, const Candidate &b) {
      if (doubtful(a) != doubtful(b)) return doubtful(b);
      if (a.likeness != b.likeness) return a.likeness > b.likeness;
      return a.utterance != b.utterance ? a.utterance < b.utterance : a.from < b.from;
    });
    if (out.size() > most_candidates) out.resize(most_candidates);
    return out;
  }

  // Rarities of the different pairs of the quote among hits[first, last).
  static double likeness(const std::vector<Hit> &hits, std::size_t first, std::size_t last) {
    std::unordered_set<std::size_t> counted;
    double sum = 0;
    for (std::size_t i = first; i < last; ++i) {
      if (counted.insert(hits[i].pair).second) sum += hits[i].rarity;
    }
    return sum;
  }

  void add_windows(std::vector<Candidate> &out, std::size_t utterance, std::vector<Hit> &hits,
                   std::size_t quote_size) const {
    const std::size_t size = tokens_[utterance].size();
    if (size <= short_utterance) {
      out.push_back({utterance, 0, size, likeness(hits, 0, hits.size())});
      return;
    }
    std::sort(hits.begin(), hits.end(),
              [](const Hit &a, const Hit &b) { return a.token < b.token; });
    const std::size_t width = 2 * quote_size + 8;
    for (std::size_t first = 0, last = 0; first < hits.size();) {
      const std::size_t begin = hits[first].token;
      for (last = std::max(last, first); last < hits.size() && hits[last].token <= begin + width;) {
        ++last;
      }
      const std::size_t from = begin > quote_size ? begin - quote_size : 0;
      out.push_back({utterance, from, std::min(size, begin + width + quote_size),
                     likeness(hits, first, last)});
      // Windows overlap by half, so that every quote lies whole in one of them.
      while (first < hits.size() && hits[first].token <= begin + width / 2) ++first;
    }
  }

  // Whether the quote falls into two runs of three words or more that stand word for word in
  // places of their own.
  bool is_stitched(std::string_view text) const {
    constexpr std::size_t least_run = 3;
    const text::WordedText quote = text::split_words(text);
    const auto stands = [&](std::size_t first, std::size_t last) {
      const std::uint32_t begin = quote.words[first].begin, end = quote.words[last - 1].end;
      const text::WordedText part =
          text::split_words(std::string_view(quote.folded.text).substr(begin, end - begin));
      const auto places = search_order({}, part);
      return std::any_of(places.begin(), places.end(), [&](std::size_t u) {
        return find_exact(part.folded.text, texts_[u]).has_value();
      });
    };
    const std::size_t size = quote.words.size();
    if (size < 2 * least_run || !stands(0, least_run)) return false;
    // Beginnings of one that stands do, too: cut after the longest, which leaves the shortest end.
    std::size_t cut = least_run, beyond = size - least_run + 1;
    while (cut + 1 < beyond) {
      const std::size_t middle = cut + (beyond - cut) / 2;
      (stands(0, middle) ? cut : beyond) = middle;
    }
    return stands(cut, size);
  }

  const Transcript &transcript_;
  std::vector<text::WordedText> texts_;
  std::unordered_map<std::string_view, std::vector<std::size_t>> utterances_with_;  // by word
  bool prepared_ = false;
  NameSet names_;
  text::Stemmer stemmer_;
  std::vector<std::vector<QuoteToken>> tokens_;
  std::unordered_set<std::string> vocabulary_;
  std::unordered_map<std::string, std::vector<Place>> places_;  // by pair_key()
};

}  // namespace

Evidence evidence_at(const Transcript &transcript, std::size_t utterance, std::size_t begin,
                     std::size_t end, EvidenceStatus status) {
  const Utterance &u = transcript.utterances[utterance];
  Evidence out;
  out.utterance = utterance;
  out.begin = begin;
  out.end = end;
  out.quote = u.text.substr(begin, end - begin);
  out.status = status;
  for (std::size_t s = 0; s < u.spans.size(); ++s) {
    const std::size_t span_end = s + 1 < u.spans.size() ? u.spans[s + 1].begin : u.text.size();
    if (span_end <= begin || u.spans[s].begin >= end) continue;
    if (!out.begin_ms) out.begin_ms = u.spans[s].begin_ms;
    if (u.spans[s].end_ms) out.end_ms = std::max(out.end_ms.value_or(0), *u.spans[s].end_ms);
  }
  return out;
}

RejectedEvidence rejected_speaker(std::string quote, const Utterance &said_in, EvidenceFrom from) {
  RejectedEvidence out{std::move(quote), RejectionReason::wrong_side};
  if (said_in.role == Role::unknown) out.reason = RejectionReason::unknown_speaker;
  out.speaker = said_in.speaker;
  out.role = said_in.role;
  out.evidence_from = from;
  return out;
}

bool may_prove(Role role, EvidenceFrom from) {
  if (from == EvidenceFrom::either) return true;
  return role == (from == EvidenceFrom::rep ? Role::rep : Role::customer);
}

bool overlap(const Evidence &a, const Evidence &b) {
  return a.utterance == b.utterance && a.begin < b.end && b.begin < a.end;
}

std::vector<Verdict> verify(const Transcript &transcript, const std::vector<Claim> &claims,
                            const CancelToken &cancel) {
  EvidenceVerifier law(transcript);
  std::vector<Verdict> out;
  out.reserve(claims.size());
  for (const Claim &claim : claims) {
    if (cancel.cancelled()) throw BadResult({ErrorCode::cancelled, "cancelled by the host", {}});
    out.push_back(law.judge(claim));
  }
  return out;
}

}  // namespace saleschecklist::evidence

namespace saleschecklist {

std::vector<Verdict> verify(const Transcript &transcript, const std::vector<Claim> &claims) {
  return evidence::verify(transcript, claims, CancelToken());
}

std::vector<Verdict> verify(const Transcript &transcript,
                            std::initializer_list<const char *> quotes) {
  std::vector<Claim> claims;
  for (const char *quote : quotes) claims.push_back({quote, std::nullopt, EvidenceFrom::either});
  return verify(transcript, claims);
}

}  // namespace saleschecklist
