// The answer to one checklist item, with the words that prove it.
#ifndef SALESCHECKLIST_RESPONSE_HPP
#define SALESCHECKLIST_RESPONSE_HPP

#include <saleschecklist/config.h>
#include <saleschecklist/checklist.hpp>
#include <saleschecklist/transcript.hpp>

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

// Why a quote that was offered as proof is not evidence.
enum class RejectionReason {
  not_found,              // the words are not in the transcript
  words_differ,           // they are almost there, but a word is another one, missing or added
  number_differs,         // the same, and it is a number
  name_differs,           // the same, and it is a name
  negation_differs,       // the same, and it is a word such as "not"
  stitched,               // the parts of the quote are in different places
  wrong_side,             // said by the side whose words the item does not ask for
  unknown_speaker,        // said by somebody whose role is unknown
  suspect_words,          // only in a suspect utterance
  addressed_to_assessor,  // the words are an instruction to the assessor
  single_word,            // one word proves nothing by itself
  no_words,               // the quote is empty or has punctuation only
  too_long,               // the quote has more than 4,000 bytes
  not_utf8                // the quote is not valid UTF-8
};

// A quote that was offered as proof and is not: kept, so that people can see that it was refused.
// The fields after `reason` are what describe() needs; each belongs to the reasons that its comment
// names and has its default value for all others.
struct RejectedEvidence {
  std::string quote;
  RejectionReason reason = RejectionReason::not_found;
  std::string speaker{};      // wrong_side, unknown_speaker: who said it; empty when not named
  Role role = Role::unknown;  // wrong_side: the role of the speaker
  // wrong_side, unknown_speaker: whose words the item asks for
  EvidenceFrom evidence_from = EvidenceFrom::either;
  std::string suspect{};          // suspect_words: Utterance::suspect
  std::string quote_word{};       // *_differ: the quote's word; empty when it has none there
  std::string transcript_word{};  // *_differ: the transcript's word; empty when it has none there
};

// Why the quote was refused, for people: one clause without a full stop, such as "said by Rita
// (rep); the item asks for the words of the customer".
SALESCHECKLIST_API std::string describe(const RejectedEvidence &rejected);

// Why the assessor gave an item no answer. The response's reasoning says it in words.
enum class UnansweredReason {
  no_words,        // nothing is said in the transcript
  side_absent,     // nobody is known to be of the side whose words the item asks for
  other_language,  // the cues are for another language than the conversation's
  not_asked,       // the question was not put to the assessor
  over_budget,     // the budget was spent
  service_failed,  // the model's service failed
  declined,        // the model declined to answer, or its service filtered the reply
  unusable_reply   // the model's reply had no valid answer for the item
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
  // Why ai_answer is unanswered. Absent if it is not, and in responses of hosts and of earlier
  // versions that do not say.
  std::optional<UnansweredReason> unanswered_reason;
  std::optional<Correction> correction;
  bool needs_review = false;
};

SALESCHECKLIST_API const char *name(Answer answer) noexcept;
SALESCHECKLIST_API const char *name(EvidenceStatus status) noexcept;
SALESCHECKLIST_API const char *name(Support support) noexcept;
SALESCHECKLIST_API const char *name(RejectionReason reason) noexcept;
SALESCHECKLIST_API const char *name(UnansweredReason reason) noexcept;

}  // namespace saleschecklist

#endif
