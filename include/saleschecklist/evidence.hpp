// The evidence law: whether a quote is in the transcript.
#ifndef SALESCHECKLIST_EVIDENCE_HPP
#define SALESCHECKLIST_EVIDENCE_HPP

#include <saleschecklist/checklist.hpp>
#include <saleschecklist/response.hpp>
#include <saleschecklist/transcript.hpp>

#include <initializer_list>
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

// The result for one claim: either evidence, or the quote with the reason why it was rejected.
struct Verdict {
  std::optional<Evidence> evidence;
  std::optional<RejectedEvidence> rejected;
};

// The evidence law, one verdict per claim in order. A quote is verified when it stands in one
// utterance word for word after folding of Unicode case, width, quotation marks, dashes and
// spaces; repaired when it differs by recognition noise only (fillers, doubled or dropped small
// words, misspellings, homophones), and then the evidence is the transcript's own words. It is
// refused when a number, date, amount, name or negation differs, when its parts come from two
// places, when the words are not those of `evidence_from` (an unknown speaker is neither), and when
// they stand only in suspect utterances.
SALESCHECKLIST_API std::vector<Verdict> verify(const Transcript &transcript,
                                               const std::vector<Claim> &claims);

// The same for quotes by anyone, anywhere: `verify(call, {"we lose 40k a month"})`.
SALESCHECKLIST_API std::vector<Verdict> verify(const Transcript &transcript,
                                               std::initializer_list<const char *> quotes);

}  // namespace saleschecklist

#endif
