// The answer to one checklist item, with the words that prove it.
#ifndef SALESCHECKLIST_RESPONSE_HPP
#define SALESCHECKLIST_RESPONSE_HPP

#include <saleschecklist/config.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace saleschecklist {

enum class Answer { unanswered, yes, no, not_applicable };

// How a quote was found: word for word, or repaired to the transcript's own words.
enum class EvidenceStatus { verified, repaired };

// How well an answer stands: the weakest accepted quote, a yes whose quotes all failed, or none.
enum class Support { none, verified, repaired, unsupported };

// Words that stand in the transcript: quote == utterances[utterance].text.substr(begin, end-begin).
struct Evidence {
  std::size_t utterance = 0;
  std::size_t begin = 0;  // byte offsets in that utterance's text
  std::size_t end = 0;
  std::string quote;
  std::optional<std::int64_t> begin_ms;  // of the spans that hold the quote
  std::optional<std::int64_t> end_ms;
  EvidenceStatus status = EvidenceStatus::verified;
};

// A quote that was offered as proof and is not: kept, so that people can see it was refused.
struct RejectedEvidence {
  std::string quote;
  std::string reason;
};

// A person's correction. The machine's own answer stays in Response::ai_answer.
struct Correction {
  std::string by;
  std::string reason;
  std::string at;  // ISO 8601 UTC, given by the host
};

struct Response {
  std::string item_id;
  Answer answer = Answer::unanswered;     // the one that is scored
  Answer ai_answer = Answer::unanswered;  // what the assessor said before any law or person
  double confidence = 0.0;                // 0..1
  Support support = Support::none;
  std::vector<Evidence> evidence;
  std::vector<RejectedEvidence> rejected_evidence;
  std::string reasoning;
  std::optional<Correction> correction;
  bool needs_review = false;
};

SALESCHECKLIST_API const char *name(Answer answer) noexcept;
SALESCHECKLIST_API const char *name(EvidenceStatus status) noexcept;
SALESCHECKLIST_API const char *name(Support support) noexcept;

}  // namespace saleschecklist

#endif
