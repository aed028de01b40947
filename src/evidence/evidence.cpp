// verify(): the evidence law.
#include "evidence/evidence.hpp"
#include "base/errors.hpp"

#include <saleschecklist/evidence.hpp>

#include "base/unicode.hpp"
#include "evidence/pair_index.hpp"
#include "evidence/quote_align.hpp"
#include "evidence/word_index.hpp"
#include "text/words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

namespace saleschecklist::evidence {
namespace {

constexpr std::size_t most_quote_bytes = 4000;
constexpr std::size_t most_repaired_words = 120;  // of a quote; longer ones must stand as they are

Verdict refused(const Claim &claim, RejectionReason reason) {
  return {std::nullopt, RejectedEvidence{claim.quote, reason}};
}

RejectionReason reason_of(WordKind difference) {
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

Verdict refused_near_miss(const Claim &claim, const Alignment &found) {
  const auto shown = [](const std::string &key) { return key[0] == '#' ? key.substr(1) : key; };
  Verdict out = refused(claim, reason_of(found.difference));
  out.rejected->quote_word = shown(found.quote_word);
  out.rejected->transcript_word = shown(found.transcript_word);
  return out;
}

// Where the words of a claim stand although they prove nothing there.
struct UnfitPlaces {
  std::optional<std::size_t> wrong_side, suspect;  // the first utterance of each kind
};

// The evidence law for one transcript and many claims. One thread at a time.
class EvidenceVerifier {
 public:
  explicit EvidenceVerifier(const Transcript &transcript)
      : transcript_(transcript), words_(transcript) {}

  Verdict judge(const Claim &claim) {
    if (claim.quote.size() > most_quote_bytes) return refused(claim, RejectionReason::too_long);
    if (base::valid_utf8_prefix(claim.quote) != claim.quote.size()) {
      return refused(claim, RejectionReason::not_utf8);
    }
    const text::WordedText quote = text::split_words(claim.quote);
    if (quote.words.empty()) return refused(claim, RejectionReason::no_words);
    UnfitPlaces unfit;
    if (const auto exact = find_exact(claim, quote, unfit)) return *exact;
    if (unfit.wrong_side) return refused_speaker(claim, *unfit.wrong_side);
    Verdict repaired = quote.words.size() <= most_repaired_words
                           ? repair(claim, quote)
                           : refused(claim, RejectionReason::not_found);
    if (!repaired.evidence && unfit.suspect) return refused_suspect(claim, *unfit.suspect);
    return repaired;
  }

 private:
  Verdict refused_speaker(const Claim &claim, std::size_t utterance) const {
    return {std::nullopt,
            rejected_speaker(claim.quote, transcript_.utterances[utterance], claim.evidence_from)};
  }

  Verdict refused_suspect(const Claim &claim, std::size_t utterance) const {
    Verdict out = refused(claim, RejectionReason::suspect_words);
    out.rejected->suspect = transcript_.utterances[utterance].suspect;
    return out;
  }

  // Whether the utterance may prove the claim; if not, it is noted.
  bool is_fit(const Claim &claim, std::size_t utterance, UnfitPlaces &unfit) const {
    const Utterance &u = transcript_.utterances[utterance];
    if (u.suspect.empty() && may_prove(u.role, claim.evidence_from)) return true;
    auto &first = u.suspect.empty() ? unfit.wrong_side : unfit.suspect;
    if (!first) first = utterance;
    return false;
  }

  // Evidence where the quote stands word for word, preferably in the claimed utterance.
  std::optional<Verdict> find_exact(const Claim &claim, const text::WordedText &quote,
                                    UnfitPlaces &unfit) const {
    auto order = words_.candidates(quote);
    std::stable_partition(order.begin(), order.end(),
                          [&](std::size_t u) { return u == claim.utterance; });
    for (const std::size_t u : order) {
      const auto range = words_.find(quote, u);
      if (range && is_fit(claim, u, unfit)) return accept(u, *range, EvidenceStatus::verified);
    }
    return std::nullopt;
  }

  Verdict accept(std::size_t utterance, Range range, EvidenceStatus status) const {
    return {evidence_at(transcript_, utterance, range.begin, range.end, status), std::nullopt};
  }

  // Evidence where the quote differs by recognition noise only, or the best reason against it.
  Verdict repair(const Claim &claim, const text::WordedText &words) {
    if (!pairs_) pairs_.emplace(transcript_);
    const std::vector<QuoteToken> quote = pairs_->tokens_of(claim.quote);
    UnfitPlaces unfit;
    std::optional<Verdict> near_miss;
    for (const TokenWindow &s : pairs_->windows_like(quote)) {
      const auto &tokens = pairs_->tokens(s.utterance);
      const Alignment found = align(quote, tokens, s.from, s.to, pairs_->vocabulary());
      if (found.accepted && found.end > found.begin) {
        if (!is_fit(claim, s.utterance, unfit)) continue;
        const Range range{tokens[found.begin].source_begin, tokens[found.end - 1].source_end};
        return accept(s.utterance, range, EvidenceStatus::repaired);
      }
      if (found.near_miss && !near_miss) near_miss = refused_near_miss(claim, found);
    }
    if (unfit.wrong_side) return refused_speaker(claim, *unfit.wrong_side);
    if (unfit.suspect) return refused_suspect(claim, *unfit.suspect);
    if (near_miss) return *near_miss;
    return refused(
        claim, words_.is_stitched(words) ? RejectionReason::stitched : RejectionReason::not_found);
  }

  const Transcript &transcript_;
  WordIndex words_;
  std::optional<PairIndex> pairs_;  // made for the first quote that has to be repaired
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

Response unprovable(const Transcript &transcript, const Item &item) {
  Response out;
  out.item_id = item.id;
  if (std::all_of(transcript.utterances.begin(), transcript.utterances.end(),
                  [](const Utterance &u) { return !u.suspect.empty(); })) {
    out.unanswered_reason = UnansweredReason::no_words;
    out.reasoning = "Nothing is said in this transcript.";
    return out;
  }
  out.unanswered_reason = UnansweredReason::side_absent;
  out.reasoning = fmt::format(
      "Nobody in this transcript is known to be the {}, so nobody's words could prove it.",
      item.evidence_from == EvidenceFrom::either ? "seller or the customer"
                                                 : name(item.evidence_from));
  return out;
}

bool overlap(const Evidence &a, const Evidence &b) {
  return a.utterance == b.utterance && a.begin < b.end && b.begin < a.end;
}

std::vector<Verdict> verify(const Transcript &transcript, const std::vector<Claim> &claims,
                            const CancelToken &cancel) {
  EvidenceVerifier verifier(transcript);
  std::vector<Verdict> out;
  out.reserve(claims.size());
  for (const Claim &claim : claims) {
    if (cancel.cancelled()) throw BadResult(errors::cancelled());
    out.push_back(verifier.judge(claim));
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
