// The answer to a checklist item, with the quotes that prove it.
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

enum class Answer {
  unanswered,
  yes,
  no,  // it was not shown
  not_applicable,
  denied,    // words of the right side say the contrary; counts as no
  ambiguous  // two people of the right side say opposite things, see Policy::ambiguous
};

// How a quote was found: word for word, or repaired to the transcript's own words.
enum class EvidenceStatus { verified, repaired };

// How well an answer is supported: the status of its weakest accepted quote; `unsupported` for a
// yes without an accepted quote; `none` for any other answer without an accepted quote. A denial
// without an accepted quote is a no.
enum class Support { none, verified, repaired, unsupported };

// A quote of the transcript: quote == utterances[utterance].text.substr(begin, end - begin).
struct Evidence {
  std::size_t utterance = 0;
  std::size_t begin = 0;  // byte offsets in that utterance's text
  std::size_t end = 0;
  std::string quote;
  std::optional<std::int64_t> begin_ms;  // of the spans that contain the quote
  std::optional<std::int64_t> end_ms;
  EvidenceStatus status = EvidenceStatus::verified;
};

// Why a quote that an assessor offered as proof is not evidence.
enum class RejectionReason {
  not_found,              // the words are not in the transcript
  words_differ,           // similar words are, but a word differs, is missing or was added
  number_differs,         // as words_differ, and the word is a number
  name_differs,           // as words_differ, and the word is a name
  negation_differs,       // as words_differ, and the word is a negation such as "not"
  stitched,               // the quote joins words from different places
  wrong_side,             // said by the wrong side, see EvidenceFrom
  unknown_speaker,        // said by a speaker of unknown role
  suspect_words,          // occurs only in a suspect utterance
  addressed_to_assessor,  // the quote is an instruction to the assessor
  single_word,            // a single word proves nothing
  no_words,               // the quote is empty or has only punctuation
  too_long,               // the quote is longer than 4,000 bytes
  not_utf8                // the quote is not valid UTF-8
};

// A quote that was offered as proof and rejected. It is kept so that people can see why. The fields
// after `reason` are the details of it: each is set for the reasons in its comment, and has its
// default value for all others.
struct RejectedEvidence {
  std::string quote;
  RejectionReason reason = RejectionReason::not_found;
  std::string speaker{};      // wrong_side, unknown_speaker: the speaker; empty if not named
  Role role = Role::unknown;  // wrong_side: the speaker's role
  // wrong_side, unknown_speaker: whose words the item requires
  EvidenceFrom evidence_from = EvidenceFrom::either;
  std::string suspect{};          // suspect_words: Utterance::suspect
  std::string quote_word{};       // *_differ(s): the word in the quote; empty if it is missing
  std::string transcript_word{};  // *_differ(s): the word in the transcript; empty if it is missing
};

// Why the quote was rejected, as one clause without a full stop, such as "said by Rita (rep); the
// item asks for the words of the customer".
SALESCHECKLIST_API std::string describe(const RejectedEvidence &rejected);

// Why the assessor did not answer an item. Response::reasoning says the same as text.
enum class UnansweredReason {
  no_words,        // the transcript has no words
  side_absent,     // no speaker is known to be of the side that the item requires
  other_language,  // the conversation is in another language than the cues
  not_asked,       // the assessor was not asked about this item
  over_budget,     // the budget was spent
  service_failed,  // the model's service failed
  declined,        // the model declined to answer, or its service filtered the reply
  unusable_reply   // the model's reply had no valid answer for the item
};

// A correction by a person. The assessor's answer remains in Response::ai_answer.
struct Correction {
  std::string by;
  std::string reason;
  std::string at;  // ISO 8601, UTC; set by the host
};

struct Response {
  std::string item_id;
  Answer answer = Answer::unanswered;     // the answer that is scored
  Answer ai_answer = Answer::unanswered;  // the assessor's, before the evidence law and corrections
  double confidence = 0.0;                // 0 to 1
  Support support = Support::none;
  std::vector<Evidence> evidence;
  std::vector<RejectedEvidence> rejected_evidence;
  std::string reasoning;
  // Why ai_answer is unanswered. std::nullopt if ai_answer is not `unanswered`, or if the source of
  // the response (a host or an earlier version) did not record a reason.
  std::optional<UnansweredReason> unanswered_reason;
  std::optional<Correction> correction;
  bool needs_review = false;
  // Accepted quotes that say the contrary of `evidence`: what the other person says (ambiguous), or
  // what the same person said before and then took back (yes and denied).
  std::vector<Evidence> contrary_evidence{};
};

SALESCHECKLIST_API const char *name(Answer answer) noexcept;
SALESCHECKLIST_API const char *name(EvidenceStatus status) noexcept;
SALESCHECKLIST_API const char *name(Support support) noexcept;
SALESCHECKLIST_API const char *name(RejectionReason reason) noexcept;
SALESCHECKLIST_API const char *name(UnansweredReason reason) noexcept;

// Whether a model was asked and gave no answer that can be used, so that asking again may help:
// service_failed, declined and unusable_reply.
SALESCHECKLIST_API bool is_failure(UnansweredReason reason) noexcept;

}  // namespace saleschecklist

#endif
