// From a transcript to answers with proof, and from answers to coaching. All functions are pure.
#ifndef SALESCHECKLIST_ANALYSIS_HPP
#define SALESCHECKLIST_ANALYSIS_HPP

#include <saleschecklist/checklist.hpp>
#include <saleschecklist/coaching.hpp>
#include <saleschecklist/response.hpp>
#include <saleschecklist/score.hpp>
#include <saleschecklist/transcript.hpp>

#include <optional>
#include <string>
#include <vector>

namespace saleschecklist {

// A quote that somebody offers as proof.
struct Claim {
  std::string quote;
  std::optional<std::size_t> utterance;  // where it is said to be; other places are searched too
  EvidenceFrom evidence_from = EvidenceFrom::either;  // whose words it has to be
};

// What became of it: evidence, or the reason why not.
struct Verdict {
  std::optional<Evidence> evidence;
  std::string reason;  // empty when there is evidence
};

// The evidence law, one verdict per claim in order. A quote is verified when it stands in one
// utterance word for word after folding of Unicode case, width, quotation marks, dashes and
// spaces; repaired when it differs by recognition noise only (fillers, doubled or dropped small
// words, misspellings, homophones), and then the evidence is the transcript's own words. It is
// refused when a number, date, amount, name or negation differs, when its parts come from two
// places, and when the words are not those of `evidence_from` (an unknown speaker is neither).
SALESCHECKLIST_API std::vector<Verdict> verify(const Transcript &transcript,
                                               const std::vector<Claim> &claims);

// Answers every item of the checklist, in its order, by listening for the items' cues. It hears
// phrases, not meaning, and says so in each reasoning. English cues. Takes milliseconds for a call
// of an hour. Every yes carries at least one verified quote.
// Fails with invalid_argument when the checklist is unsound.
SALESCHECKLIST_API Result<std::vector<Response>> assess_offline(const Transcript &transcript,
                                                                const Checklist &checklist);

// Coaching composed from the checklist's own texts and the evidence found; `score` is the result
// for the same checklist and responses. Fails as score() does, and with invalid_argument when the
// score does not follow from the responses or evidence is not in the transcript at its place.
SALESCHECKLIST_API Result<Coaching> coach_offline(const Transcript &transcript,
                                                  const Checklist &checklist,
                                                  const std::vector<Response> &responses,
                                                  const Score &score);

}  // namespace saleschecklist

#endif
