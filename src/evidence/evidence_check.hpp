// Whether stored evidence stands where it says it does.
#ifndef SALESCHECKLIST_EVIDENCE_EVIDENCE_CHECK_HPP
#define SALESCHECKLIST_EVIDENCE_EVIDENCE_CHECK_HPP

#include <saleschecklist/coaching.hpp>
#include <saleschecklist/response.hpp>
#include <saleschecklist/transcript.hpp>

namespace saleschecklist::evidence {

// The first response whose evidence is not the transcript's own words at its place or is of
// suspect words, or whose support rests on no evidence; `where` is a pointer such as
// "/responses/3/evidence/0".
std::optional<Error> evidence_fault(const Transcript &transcript,
                                    const std::vector<Response> &responses);

// The first moment whose quote is not in its utterance or is of suspect words.
std::optional<Error> moment_fault(const Transcript &transcript, const Coaching &coaching);

}  // namespace saleschecklist::evidence

#endif
