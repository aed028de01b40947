#include "evidence/evidence.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace saleschecklist::evidence {

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

}  // namespace saleschecklist::evidence
