// Checks that stored evidence is in the transcript at its place.
#ifndef SALESCHECKLIST_EVIDENCE_STORED_EVIDENCE_HPP
#define SALESCHECKLIST_EVIDENCE_STORED_EVIDENCE_HPP

#include <saleschecklist/coaching.hpp>
#include <saleschecklist/response.hpp>
#include <saleschecklist/transcript.hpp>

namespace saleschecklist::evidence {

// The first fault of stored responses: evidence that differs from the transcript at its place,
// evidence from suspect words, or support without evidence. `where` is a JSON pointer such as
// "/responses/3/evidence/0".
std::optional<Error> evidence_fault(const Transcript &transcript,
                                    const std::vector<Response> &responses);

// The first moment of the coaching whose quote is not in its utterance, or is from suspect words.
std::optional<Error> moment_fault(const Transcript &transcript, const Coaching &coaching);

}  // namespace saleschecklist::evidence

#endif
