// Parts of the evidence law that the assessors use.
#ifndef SALESCHECKLIST_EVIDENCE_EVIDENCE_HPP
#define SALESCHECKLIST_EVIDENCE_EVIDENCE_HPP

#include <saleschecklist/cancel.hpp>
#include <saleschecklist/checklist.hpp>
#include <saleschecklist/evidence.hpp>
#include <saleschecklist/response.hpp>
#include <saleschecklist/transcript.hpp>

namespace saleschecklist::evidence {

// The bytes [begin, end) of an utterance as evidence, with the times of the spans that hold them.
Evidence evidence_at(const Transcript &transcript, std::size_t utterance, std::size_t begin,
                     std::size_t end, EvidenceStatus status);

// Whether two quotes overlap in one utterance.
bool overlap(const Evidence &a, const Evidence &b);

// As the public verify(). Throws BadResult if the host has cancelled.
std::vector<Verdict> verify(const Transcript &transcript, const std::vector<Claim> &claims,
                            const CancelToken &cancel);

// A quote that is refused because of its speaker: it is in an utterance that may not prove an item
// which asks for words of `from`.
RejectedEvidence rejected_speaker(std::string quote, const Utterance &said_in, EvidenceFrom from);

// Whether words of `role` may prove an item that asks for words of `from`.
bool may_prove(Role role, EvidenceFrom from);

// The unanswered response of an item that nobody's words in the transcript could prove.
Response unprovable(const Transcript &transcript, const Item &item);

}  // namespace saleschecklist::evidence

#endif
