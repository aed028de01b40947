// verify(): the evidence law.
#include "base/errors.hpp"
#include "evidence/evidence.hpp"

#include <saleschecklist/evidence.hpp>
#include <saleschecklist/limits.hpp>

#include "base/unicode.hpp"
#include "evidence/pair_index.hpp"
#include "evidence/quote_align.hpp"
#include "evidence/word_index.hpp"
#include "text/words.hpp"

#include <algorithm>
#include <optional>

namespace saleschecklist::evidence {
namespace {

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
    if (claim.quote.size() > limits::quote_bytes) return refused(claim, RejectionReason::too_long);
    if (base::valid_utf8_prefix(claim.quote) != claim.quote.size()) {
      return refused(claim, RejectionReason::not_utf8);
    }
    const text::WordedText quote = text::split_words(claim.quote);
    if (quote.words.empty()) return refused(claim, RejectionReason::no_words);
    UnfitPlaces unfit;
    if (const auto exact = find_exact(claim, quote, unfit)) return *exact;
    if (unfit.wrong_side) return refused_speaker(claim, *unfit.wrong_side);
    Verdict repaired = quote.words.size() <= limits::repaired_quote_words
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
                          [&](std::uint32_t u) { return u == claim.utterance; });
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
      const auto [first, tokens] = pairs_->tokens_around(s);
      const Alignment found =
          align(quote, tokens, s.from - first, s.to - first, pairs_->vocabulary());
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
