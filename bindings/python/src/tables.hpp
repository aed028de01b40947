// What converts: for each noun its class and fields, for each enumeration its class and values.
#ifndef SALESCHECKLIST_PYTHON_TABLES_HPP
#define SALESCHECKLIST_PYTHON_TABLES_HPP

#include <saleschecklist/saleschecklist.hpp>

#include <array>
#include <tuple>

namespace saleschecklist::python {

template <class Noun, class Member>
struct Field {
  const char *name;
  Member Noun::*member;
};

template <class Noun, class Member>
constexpr Field<Noun, Member> field(const char *name, Member Noun::*member) {
  return {name, member};
}

template <class T>
struct Table;  // name; fields of a noun, or values of an enumeration

template <class T>
concept Noun = requires {
  Table<T>::fields;
};
template <class T>
concept Word = requires {
  Table<T>::values;
};

#define NOUN(type, ...)                                     \
  template <>                                               \
  struct Table<type> {                                      \
    static constexpr const char *name = #type;              \
    static constexpr auto fields = std::tuple(__VA_ARGS__); \
  };
#define WORD(type, ...)                              \
  template <>                                        \
  struct Table<type> {                               \
    static constexpr const char *name = #type;       \
    static constexpr std::array values{__VA_ARGS__}; \
  };

WORD(Role, Role::unknown, Role::rep, Role::customer)
WORD(RoleSource, RoleSource::none, RoleSource::given, RoleSource::inferred)
WORD(EvidenceFrom, EvidenceFrom::customer, EvidenceFrom::rep, EvidenceFrom::either)
WORD(Answer, Answer::unanswered, Answer::yes, Answer::no, Answer::not_applicable)
WORD(EvidenceStatus, EvidenceStatus::verified, EvidenceStatus::repaired)
WORD(Support, Support::none, Support::verified, Support::repaired, Support::unsupported)
WORD(RejectionReason, RejectionReason::not_found, RejectionReason::words_differ,
     RejectionReason::number_differs, RejectionReason::name_differs,
     RejectionReason::negation_differs, RejectionReason::stitched, RejectionReason::wrong_side,
     RejectionReason::unknown_speaker, RejectionReason::suspect_words,
     RejectionReason::addressed_to_assessor, RejectionReason::single_word,
     RejectionReason::no_words, RejectionReason::too_long, RejectionReason::not_utf8)
WORD(UnansweredReason, UnansweredReason::no_words, UnansweredReason::side_absent,
     UnansweredReason::other_language, UnansweredReason::not_asked, UnansweredReason::over_budget,
     UnansweredReason::service_failed, UnansweredReason::declined, UnansweredReason::unusable_reply)
WORD(ShareBasis, ShareBasis::none, ShareBasis::time, ShareBasis::words)
WORD(RiskBand, RiskBand::red, RiskBand::yellow, RiskBand::green)
WORD(ScoringMode, ScoringMode::equal_weight, ScoringMode::weighted)
WORD(Stage, Stage::transcribe, Stage::assess, Stage::score, Stage::coach, Stage::speak)
WORD(SessionStatus, SessionStatus::draft, SessionStatus::uploading, SessionStatus::processing,
     SessionStatus::analyzing, SessionStatus::pending_review, SessionStatus::scoring,
     SessionStatus::completed, SessionStatus::failed, SessionStatus::erasing)
WORD(ErrorCode, ErrorCode::invalid_argument, ErrorCode::invalid_input, ErrorCode::not_found,
     ErrorCode::io, ErrorCode::unsupported, ErrorCode::out_of_memory, ErrorCode::internal,
     ErrorCode::network, ErrorCode::timeout, ErrorCode::cancelled, ErrorCode::unauthorized,
     ErrorCode::quota, ErrorCode::rate_limited, ErrorCode::refused, ErrorCode::over_budget,
     ErrorCode::conflict)

#define F(type, name) field(#name, &type::name)

NOUN(TimedSpan, F(TimedSpan, begin), F(TimedSpan, begin_ms), F(TimedSpan, end_ms))
NOUN(Utterance, F(Utterance, speaker), F(Utterance, role), F(Utterance, begin_ms),
     F(Utterance, end_ms), F(Utterance, text), F(Utterance, spans), F(Utterance, suspect))
NOUN(Transcript, F(Transcript, language), F(Transcript, duration_ms), F(Transcript, utterances),
     F(Transcript, source_format), F(Transcript, role_source), F(Transcript, role_reason),
     F(Transcript, warnings))

NOUN(Item, F(Item, id), F(Item, title), F(Item, definition), F(Item, key_behavior),
     F(Item, key_mindset), F(Item, coaching_question), F(Item, weight), F(Item, evidence_from))
NOUN(Category, F(Category, id), F(Category, name), F(Category, description), F(Category, order),
     F(Category, default_weight), F(Category, max_score), F(Category, items))
NOUN(Checklist, F(Checklist, id), F(Checklist, name), F(Checklist, description),
     F(Checklist, revision), F(Checklist, categories))
NOUN(ItemCues, F(ItemCues, statement), F(ItemCues, question), F(ItemCues, exchange),
     F(ItemCues, answer), F(ItemCues, veto))
NOUN(Cues, F(Cues, checklist_id), F(Cues, concepts), F(Cues, items))
NOUN(ChecklistFile, F(ChecklistFile, checklist), F(ChecklistFile, cues), F(ChecklistFile, notices))

NOUN(Evidence, F(Evidence, utterance), F(Evidence, begin), F(Evidence, end), F(Evidence, quote),
     F(Evidence, begin_ms), F(Evidence, end_ms), F(Evidence, status))
NOUN(RejectedEvidence, F(RejectedEvidence, quote), F(RejectedEvidence, reason),
     F(RejectedEvidence, speaker), F(RejectedEvidence, role), F(RejectedEvidence, evidence_from),
     F(RejectedEvidence, suspect), F(RejectedEvidence, quote_word),
     F(RejectedEvidence, transcript_word))
NOUN(Correction, F(Correction, by), F(Correction, reason), F(Correction, at))
NOUN(Response, F(Response, item_id), F(Response, answer), F(Response, ai_answer),
     F(Response, confidence), F(Response, support), F(Response, evidence),
     F(Response, rejected_evidence), F(Response, reasoning), F(Response, unanswered_reason),
     field("override", &Response::correction), F(Response, needs_review))

NOUN(SpeakerMetrics, F(SpeakerMetrics, speaker), F(SpeakerMetrics, role),
     F(SpeakerMetrics, talk_ms), F(SpeakerMetrics, words), F(SpeakerMetrics, turns),
     F(SpeakerMetrics, questions), F(SpeakerMetrics, interruptions),
     F(SpeakerMetrics, longest_monologue_words), F(SpeakerMetrics, longest_monologue_ms),
     F(SpeakerMetrics, talk_share), F(SpeakerMetrics, words_per_minute),
     F(SpeakerMetrics, patience_ms), F(SpeakerMetrics, replies))
NOUN(Metrics, F(Metrics, duration_ms), F(Metrics, words), F(Metrics, utterances), F(Metrics, turns),
     F(Metrics, speaker_switches), F(Metrics, switches_per_minute), F(Metrics, talk_share_basis),
     F(Metrics, rep_talk_share), F(Metrics, customer_talk_share),
     F(Metrics, longest_rep_monologue_ms), F(Metrics, speakers))

NOUN(Band, F(Band, threshold), F(Band, label), F(Band, color))
NOUN(Policy, F(Policy, id), F(Policy, mode), F(Policy, green), F(Policy, yellow), F(Policy, red))
NOUN(CategoryScore, F(CategoryScore, id), F(CategoryScore, name), F(CategoryScore, score),
     F(CategoryScore, max_score), F(CategoryScore, validated_items), F(CategoryScore, total_items))
NOUN(ScoredItem, F(ScoredItem, item_id), F(ScoredItem, title), F(ScoredItem, category))
NOUN(ScoreSummary, F(ScoreSummary, validated_items), F(ScoreSummary, unvalidated_items),
     F(ScoreSummary, unanswered_items), F(ScoreSummary, not_applicable_items),
     F(ScoreSummary, unsupported_items), F(ScoreSummary, total_items))
NOUN(Score, F(Score, total_score), F(Score, percentage), F(Score, risk_band), F(Score, risk_label),
     F(Score, risk_color), F(Score, category_breakdown), F(Score, strengths), F(Score, gaps),
     F(Score, summary), F(Score, policy), F(Score, fingerprint))

NOUN(CoachingPoint, F(CoachingPoint, point), F(CoachingPoint, explanation))
NOUN(Moment, F(Moment, utterance), F(Moment, quote), F(Moment, begin_ms), F(Moment, end_ms),
     F(Moment, item_id))
NOUN(Coaching, F(Coaching, feedback_text), F(Coaching, strengths), F(Coaching, improvement_areas),
     F(Coaching, action_items), F(Coaching, first_change), F(Coaching, moments))

NOUN(Claim, F(Claim, quote), F(Claim, utterance), F(Claim, evidence_from))
NOUN(Verdict, F(Verdict, evidence), F(Verdict, rejected))
NOUN(Usage, F(Usage, requests), F(Usage, retries), F(Usage, tokens_in), F(Usage, tokens_cached),
     F(Usage, tokens_out), F(Usage, characters), F(Usage, audio_ms), F(Usage, micro_dollars))
NOUN(StageUsage, F(StageUsage, stage), F(StageUsage, provider), F(StageUsage, usage))
NOUN(Assessment, F(Assessment, responses), F(Assessment, assessor), F(Assessment, notices))
NOUN(SpokenMark, F(SpokenMark, begin), F(SpokenMark, end), F(SpokenMark, begin_ms),
     F(SpokenMark, end_ms))
NOUN(DealInfo, F(DealInfo, customer), F(DealInfo, opportunity), F(DealInfo, stage))
NOUN(Report, F(Report, deal), F(Report, checklist), F(Report, checklist_fingerprint),
     F(Report, transcript), F(Report, metrics), F(Report, responses), F(Report, score),
     F(Report, coaching), F(Report, assessor), F(Report, notices), F(Report, usage))

NOUN(SessionAudio, F(SessionAudio, name), F(SessionAudio, blob), F(SessionAudio, content_type),
     F(SessionAudio, bytes), F(SessionAudio, duration_ms))
NOUN(Failure, F(Failure, stage), F(Failure, error), F(Failure, advice), F(Failure, at_ms))
NOUN(Session, F(Session, id), F(Session, tenant), F(Session, revision), F(Session, customer),
     F(Session, opportunity), F(Session, deal_stage), F(Session, decision_influencer),
     F(Session, owner), F(Session, status), F(Session, review), F(Session, created_at_ms),
     F(Session, updated_at_ms), F(Session, submitted_at_ms), F(Session, completed_at_ms),
     F(Session, checklist_id), F(Session, checklist_fingerprint), F(Session, policy),
     F(Session, audio), F(Session, failure), F(Session, transcript_version),
     F(Session, assessment_version), F(Session, score_version), F(Session, coaching_version),
     F(Session, stale), F(Session, coaching_blob), F(Session, total_score), F(Session, risk_band))
NOUN(SessionPage, F(SessionPage, sessions), F(SessionPage, next))
NOUN(SessionResult, F(SessionResult, session), F(SessionResult, transcript),
     F(SessionResult, assessment), F(SessionResult, score), F(SessionResult, coaching),
     F(SessionResult, usage))
NOUN(ScoreVersion, F(ScoreVersion, version), F(ScoreVersion, at_ms), F(ScoreVersion, actor),
     F(ScoreVersion, reason), F(ScoreVersion, total_score), F(ScoreVersion, percentage),
     F(ScoreVersion, risk_band), F(ScoreVersion, fingerprint), F(ScoreVersion, changed))
NOUN(AuditEntry, F(AuditEntry, number), F(AuditEntry, at_ms), F(AuditEntry, actor),
     F(AuditEntry, action), F(AuditEntry, detail), F(AuditEntry, previous), F(AuditEntry, hash))
NOUN(AuditReport, F(AuditReport, entries), F(AuditReport, faults))
NOUN(Replacement, F(Replacement, placeholder), F(Replacement, original))
NOUN(Redacted, F(Redacted, transcript), F(Redacted, replacements))

#undef F
#undef NOUN
#undef WORD

}  // namespace saleschecklist::python

#endif
