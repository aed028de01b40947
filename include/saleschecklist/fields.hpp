// The fields of every public struct as data, for hosts that map the structs to another format. JSON
// is read and written from these lists; the schemas and the Python classes are checked against
// them. `Fields<Utterance>::list` is a tuple of Field and Computed in the order of JSON;
// std::apply() visits all elements. Members without a JSON form are absent. `Words<Role>::values`
// are the values of an enumeration, and name() returns the word of each. The umbrella header
// saleschecklist.hpp does not include this header, which few need and which takes a second to
// compile.
#ifndef SALESCHECKLIST_FIELDS_HPP
#define SALESCHECKLIST_FIELDS_HPP

#include <saleschecklist/json.hpp>

#include <array>
#include <cstddef>
#include <string>
#include <tuple>
#include <type_traits>
#include <utility>

namespace saleschecklist {

// When a field is written to JSON. A rule has no effect on members of types that it does not name.
enum class Written {
  always,
  // Strings and enumerations are left out if they have their default value, lists if they are
  // empty, and optionals if they have no value. Numbers, booleans, maps and nested objects are
  // always written.
  unless_default,
  if_several,     // lists are left out if they have fewer than two elements
  null_if_empty,  // empty strings are written as null
  never,          // neither written nor read
};

// One field of a struct. The member functions return a copy that differs in one property.
template <class Noun, class Member>
struct Field {
  const char *name;  // of the member in C++, and of the attribute in Python
  Member Noun::*member;
  const char *key;  // in JSON; "roles/source" is the key `source` in the object `roles`
  const char *old_key = nullptr;  // of earlier versions; read if the key is absent, never written
  Written written = Written::always;
  bool required = true;     // false: the key may be missing on input; the member is then unchanged
  bool numbered = false;    // each element of the list begins with the key `index`, its position
  bool is_inlined = false;  // the member's fields are inlined into the parent object, without `key`

  constexpr Field at(const char *its_key) const {
    Field out = *this;
    out.key = its_key;
    return out;
  }
  constexpr Field formerly(const char *its_old_key) const {
    Field out = *this;
    out.old_key = its_old_key;
    return out;
  }
  constexpr Field when(Written is_written) const {
    Field out = *this;
    out.written = is_written;
    return out;
  }
  constexpr Field optional() const {
    Field out = *this;
    out.required = false;
    return out;
  }
  constexpr Field with_index() const {
    Field out = *this;
    out.numbered = true;
    return out;
  }
  constexpr Field inlined() const {
    Field out = *this;
    out.is_inlined = true;
    return out;
  }
};

// A key that is always written, with a value computed from the struct. Not a member; ignored on
// input.
template <class Noun, class Value>
struct Computed {
  const char *key;  // as Field::key
  Value (*value)(const Noun &);
  bool required = true;  // false: the key may be missing on input

  constexpr Computed optional() const { return {key, value, false}; }
};

template <class Noun, class Member>
constexpr Field<Noun, Member> field(const char *name, Member Noun::*member) {
  return {name, member, name};
}

template <class Noun, class Value>
constexpr Computed<Noun, Value> computed(const char *key, Value (*value)(const Noun &)) {
  return {key, value};
}

// Specialised for each struct: `name` ("Utterance") and `list`, a tuple of Field and Computed.
template <class Noun>
struct Fields;

// Specialised for each enumeration: `name` ("Role") and `values`, an array of all values. If words
// were renamed, `renamed` is an array of pairs of the earlier word, which is read but never
// written, and its value.
template <class Enum>
struct Words;

template <class T, class = void>
struct HasFields : std::false_type {};
template <class T>
struct HasFields<T, std::void_t<decltype(Fields<T>::name)>> : std::true_type {};

template <class T, class = void>
struct HasWords : std::false_type {};
template <class T>
struct HasWords<T, std::void_t<decltype(Words<T>::name)>> : std::true_type {};

#define SCL_NOUN(type, ...)                                    \
  template <>                                                  \
  struct Fields<type> {                                        \
    using Noun = type;                                         \
    static constexpr const char *name = #type;                 \
    static constexpr auto list = std::make_tuple(__VA_ARGS__); \
  };
#define SCL_FIELD(member) field(#member, &Noun::member)
#define SCL_OPTION(member) SCL_FIELD(member).optional()
#define SCL_WORDS(type, ...)                         \
  template <>                                        \
  struct Words<type> {                               \
    static constexpr const char *name = #type;       \
    static constexpr std::array values{__VA_ARGS__}; \
  };

SCL_WORDS(Role, Role::unknown, Role::rep, Role::customer)
SCL_WORDS(RoleSource, RoleSource::none, RoleSource::given, RoleSource::inferred)
SCL_WORDS(EvidenceFrom, EvidenceFrom::customer, EvidenceFrom::rep, EvidenceFrom::either)
SCL_WORDS(Answer, Answer::unanswered, Answer::yes, Answer::no, Answer::not_applicable,
          Answer::denied, Answer::ambiguous)
SCL_WORDS(EvidenceStatus, EvidenceStatus::verified, EvidenceStatus::repaired)
SCL_WORDS(Support, Support::none, Support::verified, Support::repaired, Support::unsupported)
SCL_WORDS(UnansweredReason, UnansweredReason::no_words, UnansweredReason::side_absent,
          UnansweredReason::other_language, UnansweredReason::not_asked,
          UnansweredReason::over_budget, UnansweredReason::service_failed,
          UnansweredReason::declined, UnansweredReason::unusable_reply)
SCL_WORDS(SalesCallVerdict, SalesCallVerdict::no, SalesCallVerdict::unsure, SalesCallVerdict::yes)
SCL_WORDS(SalesCallReason, SalesCallReason::stated, SalesCallReason::both_sides,
          SalesCallReason::side_missing, SalesCallReason::broad, SalesCallReason::narrow,
          SalesCallReason::sales_talk, SalesCallReason::no_sales_talk,
          SalesCallReason::service_talk, SalesCallReason::meeting_talk,
          SalesCallReason::among_colleagues)
SCL_WORDS(SalesCallRule, SalesCallRule::automatic, SalesCallRule::yes, SalesCallRule::no)
SCL_WORDS(AssessmentStatus, AssessmentStatus::assessed, AssessmentStatus::partial,
          AssessmentStatus::not_assessable)
SCL_WORDS(NotAssessableReason, NotAssessableReason::too_short,
          NotAssessableReason::unsupported_language, NotAssessableReason::not_a_sales_call,
          NotAssessableReason::roles_unknown, NotAssessableReason::not_asked,
          NotAssessableReason::service_failed)
SCL_WORDS(ShareBasis, ShareBasis::none, ShareBasis::time, ShareBasis::words)
SCL_WORDS(RiskBand, RiskBand::red, RiskBand::yellow, RiskBand::green)
SCL_WORDS(ScoringMode, ScoringMode::equal_weight, ScoringMode::weighted)
SCL_WORDS(CountsAs, CountsAs::no, CountsAs::yes, CountsAs::left_out)
SCL_WORDS(ItemState, ItemState::empty, ItemState::heard, ItemState::validated,
          ItemState::contradicted, ItemState::stale, ItemState::not_applicable)
SCL_WORDS(BandBasis, BandBasis::stage_progress, BandBasis::first_call, BandBasis::no_stage,
          BandBasis::unknown_stage, BandBasis::inactive_stage)
SCL_WORDS(Stage, Stage::transcribe, Stage::assess, Stage::score, Stage::coach, Stage::speak)
SCL_WORDS(SessionStatus, SessionStatus::draft, SessionStatus::uploading, SessionStatus::processing,
          SessionStatus::analyzing, SessionStatus::pending_review, SessionStatus::scoring,
          SessionStatus::completed, SessionStatus::not_assessable, SessionStatus::failed,
          SessionStatus::erasing)
SCL_WORDS(ErrorCode, ErrorCode::invalid_argument, ErrorCode::invalid_input, ErrorCode::not_found,
          ErrorCode::io, ErrorCode::unsupported, ErrorCode::out_of_memory, ErrorCode::internal,
          ErrorCode::network, ErrorCode::timeout, ErrorCode::cancelled, ErrorCode::unauthorized,
          ErrorCode::quota, ErrorCode::rate_limited, ErrorCode::refused, ErrorCode::over_budget,
          ErrorCode::conflict, ErrorCode::corrupt)
template <>
struct Words<RejectionReason> {
  using R = RejectionReason;
  static constexpr const char *name = "RejectionReason";
  static constexpr std::array values{R::not_found,        R::words_differ,
                                     R::number_differs,   R::name_differs,
                                     R::negation_differs, R::stitched,
                                     R::wrong_side,       R::unknown_speaker,
                                     R::suspect_words,    R::addressed_to_assessor,
                                     R::single_word,      R::no_words,
                                     R::too_long,         R::not_utf8};
  static constexpr std::array renamed{std::pair("doubtful_words", R::suspect_words)};
};

SCL_NOUN(Error, SCL_FIELD(code), SCL_FIELD(message), SCL_FIELD(where), SCL_FIELD(provider),
         SCL_FIELD(http_status), SCL_FIELD(request_id), SCL_FIELD(retry_after_ms))

// The transcript and its figures.
SCL_NOUN(TimedSpan, SCL_FIELD(begin), SCL_OPTION(begin_ms), SCL_OPTION(end_ms))
SCL_NOUN(Utterance, SCL_OPTION(speaker), SCL_OPTION(role), SCL_OPTION(begin_ms), SCL_OPTION(end_ms),
         SCL_FIELD(text), SCL_OPTION(spans).formerly("cues").when(Written::if_several),
         SCL_OPTION(suspect).formerly("doubt").when(Written::unless_default))
inline const char *transcript_schema(const Transcript &) { return "saleschecklist/transcript/1"; }
SCL_NOUN(Transcript, computed("schema", &transcript_schema).optional(), SCL_OPTION(language),
         SCL_OPTION(duration_ms), SCL_OPTION(source_format),
         SCL_OPTION(role_source).at("roles/source"), SCL_OPTION(role_reason).at("roles/reason"),
         SCL_OPTION(role_confidence).at("roles/confidence").when(Written::unless_default),
         SCL_OPTION(speakers_inferred).when(Written::unless_default), SCL_OPTION(warnings),
         SCL_FIELD(utterances).with_index())
SCL_NOUN(SpeakerMetrics, SCL_FIELD(speaker), SCL_FIELD(role), SCL_FIELD(talk_share),
         SCL_FIELD(talk_ms), SCL_FIELD(words), SCL_FIELD(words_per_minute), SCL_FIELD(turns),
         SCL_FIELD(questions), SCL_FIELD(longest_monologue_ms), SCL_FIELD(longest_monologue_words),
         SCL_FIELD(interruptions), SCL_FIELD(patience_ms), SCL_FIELD(replies))
SCL_NOUN(Metrics, SCL_FIELD(duration_ms), SCL_FIELD(words), SCL_FIELD(utterances), SCL_FIELD(turns),
         SCL_FIELD(speaker_switches), SCL_FIELD(switches_per_minute), SCL_FIELD(talk_share_basis),
         SCL_FIELD(rep_talk_share), SCL_FIELD(customer_talk_share),
         SCL_FIELD(longest_rep_monologue_ms), SCL_FIELD(speakers))
SCL_NOUN(Replacement, SCL_FIELD(placeholder), SCL_FIELD(original))
SCL_NOUN(Redacted, SCL_FIELD(transcript), SCL_FIELD(replacements))

// Checklists and cues.
SCL_NOUN(Item, SCL_FIELD(id), SCL_FIELD(title), SCL_FIELD(definition), SCL_OPTION(key_behavior),
         SCL_OPTION(key_mindset), SCL_OPTION(coaching_question), SCL_OPTION(weight),
         SCL_OPTION(evidence_from), SCL_OPTION(counts).when(Written::unless_default),
         SCL_OPTION(does_not_count).when(Written::unless_default))
SCL_NOUN(Category, SCL_FIELD(id), SCL_FIELD(name), SCL_OPTION(description), SCL_OPTION(order),
         SCL_OPTION(default_weight), SCL_OPTION(max_score), SCL_FIELD(items))
SCL_NOUN(Checklist, SCL_FIELD(id), SCL_FIELD(name), SCL_OPTION(revision), SCL_OPTION(description),
         SCL_FIELD(categories))
SCL_NOUN(ItemCues, SCL_OPTION(statement).when(Written::unless_default),
         SCL_OPTION(question).when(Written::unless_default),
         SCL_OPTION(exchange).when(Written::unless_default),
         SCL_OPTION(answer).when(Written::unless_default),
         SCL_OPTION(veto).when(Written::unless_default),
         SCL_OPTION(denial).when(Written::unless_default))
SCL_NOUN(Cues, SCL_FIELD(checklist_id).at("checklist"), SCL_OPTION(concepts), SCL_FIELD(items))
SCL_NOUN(ChecklistFile, SCL_FIELD(checklist), SCL_FIELD(cues), SCL_FIELD(notices))

// Answers and what proves them.
SCL_NOUN(Evidence, SCL_FIELD(utterance), SCL_FIELD(begin), SCL_FIELD(end), SCL_FIELD(quote),
         SCL_OPTION(begin_ms), SCL_OPTION(end_ms), SCL_OPTION(status))
inline std::string rejection_message(const RejectedEvidence &r) { return describe(r); }
SCL_NOUN(RejectedEvidence, SCL_FIELD(quote), SCL_FIELD(reason),
         computed("message", &rejection_message).optional(),
         SCL_OPTION(speaker).when(Written::unless_default),
         SCL_OPTION(role).when(Written::unless_default),
         SCL_OPTION(evidence_from).when(Written::unless_default),
         SCL_OPTION(suspect).formerly("doubt").when(Written::unless_default),
         SCL_OPTION(quote_word).when(Written::unless_default),
         SCL_OPTION(transcript_word).when(Written::unless_default))
SCL_NOUN(Correction, SCL_FIELD(by), SCL_FIELD(reason), SCL_FIELD(at))
SCL_NOUN(Response, SCL_FIELD(item_id), SCL_FIELD(answer), SCL_OPTION(ai_answer),
         SCL_OPTION(confidence), SCL_OPTION(support), SCL_OPTION(evidence),
         SCL_OPTION(rejected_evidence), SCL_OPTION(reasoning),
         SCL_OPTION(unanswered_reason).when(Written::unless_default), SCL_OPTION(needs_review),
         field("override", &Response::correction).optional(),
         SCL_OPTION(contrary_evidence).when(Written::unless_default))
SCL_NOUN(Claim, SCL_FIELD(quote), SCL_OPTION(utterance), SCL_OPTION(evidence_from))
SCL_NOUN(Verdict, SCL_FIELD(evidence), SCL_FIELD(rejected))
inline const char *responses_schema(const Assessment &) { return "saleschecklist/responses/1"; }
SCL_NOUN(Assessment, computed("schema", &responses_schema), SCL_OPTION(assessor),
         SCL_OPTION(notices), SCL_FIELD(responses))

// Whether there can be a score.
SCL_NOUN(SalesCall, SCL_FIELD(verdict), SCL_FIELD(reasons), SCL_FIELD(seller_words),
         SCL_FIELD(customer_words), SCL_FIELD(categories_heard), SCL_FIELD(categories),
         SCL_FIELD(product_phrases), SCL_FIELD(price_phrases), SCL_FIELD(need_phrases),
         SCL_FIELD(next_step_phrases), SCL_FIELD(service_phrases), SCL_FIELD(meeting_phrases),
         SCL_FIELD(address_share))
SCL_NOUN(UnjudgedItems, SCL_FIELD(reason), SCL_FIELD(items))
inline std::string assessment_message(const Assessability &a) { return describe(a); }
SCL_NOUN(Assessability, SCL_FIELD(status), SCL_FIELD(reason),
         computed("message", &assessment_message).optional(),
         computed("incomplete", &is_incomplete).optional(),
         SCL_FIELD(language).when(Written::null_if_empty), SCL_FIELD(words),
         SCL_FIELD(unjudged_items), SCL_FIELD(unjudged_share), SCL_FIELD(unjudged),
         SCL_FIELD(sales_call_rule), SCL_FIELD(sales_call))

// The score.
SCL_NOUN(Band, SCL_OPTION(threshold), SCL_OPTION(label), SCL_OPTION(color))
SCL_NOUN(Gate, SCL_FIELD(item_id), SCL_OPTION(at_most), SCL_OPTION(from_stage), SCL_OPTION(reason))
SCL_NOUN(Policy, SCL_OPTION(id), SCL_OPTION(mode), SCL_OPTION(green), SCL_OPTION(yellow),
         SCL_OPTION(red), SCL_OPTION(ambiguous).when(Written::unless_default),
         SCL_OPTION(gates).when(Written::unless_default),
         SCL_OPTION(evidence_ttl_ms).when(Written::unless_default),
         SCL_OPTION(stale).when(Written::unless_default))
SCL_NOUN(ClosedGate, SCL_FIELD(item_id), SCL_FIELD(title), SCL_FIELD(answer), SCL_FIELD(at_most),
         SCL_OPTION(reason))
SCL_NOUN(CategoryScore, SCL_FIELD(id), SCL_FIELD(name), SCL_FIELD(score), SCL_FIELD(max_score),
         SCL_FIELD(validated_items), SCL_FIELD(total_items))
SCL_NOUN(ScoredItem, SCL_FIELD(item_id), SCL_FIELD(title), SCL_FIELD(category))
SCL_NOUN(ScoreSummary, SCL_FIELD(validated_items), SCL_FIELD(unvalidated_items),
         SCL_FIELD(unanswered_items), SCL_FIELD(not_applicable_items), SCL_FIELD(unsupported_items),
         SCL_FIELD(total_items), SCL_OPTION(denied_items), SCL_OPTION(ambiguous_items))
inline int max_possible_score(const Score &) { return 100; }
SCL_NOUN(Score, SCL_FIELD(total_score), computed("max_possible_score", &max_possible_score),
         SCL_FIELD(percentage), SCL_FIELD(risk_band), SCL_FIELD(risk_label), SCL_FIELD(risk_color),
         SCL_FIELD(category_breakdown), SCL_FIELD(strengths), SCL_FIELD(gaps), SCL_FIELD(summary),
         SCL_FIELD(policy), SCL_FIELD(fingerprint).when(Written::null_if_empty),
         SCL_OPTION(closed_gates).when(Written::unless_default))

// Coaching, usage and the report.
SCL_NOUN(CoachingPoint, SCL_FIELD(point), SCL_FIELD(explanation))
SCL_NOUN(Moment, SCL_FIELD(utterance), SCL_FIELD(quote), SCL_FIELD(begin_ms), SCL_FIELD(end_ms),
         SCL_FIELD(item_id))
SCL_NOUN(Coaching, SCL_FIELD(feedback_text), SCL_FIELD(strengths), SCL_FIELD(improvement_areas),
         SCL_FIELD(action_items), SCL_FIELD(first_change), SCL_FIELD(moments))
SCL_NOUN(SpokenMark, SCL_FIELD(begin), SCL_FIELD(end), SCL_FIELD(begin_ms), SCL_FIELD(end_ms))
SCL_NOUN(Speech, SCL_FIELD(content_type), SCL_FIELD(duration_ms), SCL_FIELD(marks))
SCL_NOUN(Usage, SCL_OPTION(requests), SCL_OPTION(retries), SCL_OPTION(tokens_in),
         SCL_OPTION(tokens_cached), SCL_OPTION(tokens_out), SCL_OPTION(tokens_reasoning),
         SCL_OPTION(characters), SCL_OPTION(audio_ms), SCL_OPTION(micro_dollars))
SCL_NOUN(StageUsage, SCL_FIELD(stage), SCL_FIELD(provider), SCL_FIELD(usage).inlined())
SCL_NOUN(DealInfo, SCL_OPTION(customer), SCL_OPTION(opportunity), SCL_OPTION(stage))
inline const char *report_schema(const Report &) { return "saleschecklist/report/1"; }
inline const std::string &checklist_id(const Report &report) { return report.checklist.id; }
inline int checklist_revision(const Report &report) { return report.checklist.revision; }
SCL_NOUN(Report, computed("schema", &report_schema), SCL_FIELD(deal),
         SCL_FIELD(checklist).when(Written::never), computed("checklist/id", &checklist_id),
         computed("checklist/revision", &checklist_revision),
         SCL_FIELD(checklist_fingerprint).at("checklist/fingerprint"), SCL_FIELD(transcript),
         SCL_FIELD(metrics), SCL_FIELD(assessor), SCL_FIELD(notices), SCL_FIELD(responses),
         SCL_OPTION(assessment), SCL_FIELD(score), SCL_FIELD(coaching), SCL_OPTION(usage))

// Deals.
SCL_NOUN(PlanLine, SCL_OPTION(items).when(Written::unless_default),
         SCL_OPTION(category).when(Written::unless_default), SCL_OPTION(at_least),
         SCL_OPTION(reason))
SCL_NOUN(PlanStage, SCL_FIELD(id), SCL_FIELD(name), SCL_OPTION(due))
SCL_NOUN(StagePlan, SCL_FIELD(id), SCL_FIELD(name), SCL_OPTION(description),
         SCL_FIELD(checklist_id).at("checklist"), SCL_OPTION(revision), SCL_FIELD(stages),
         SCL_OPTION(closed), SCL_OPTION(paused))
SCL_NOUN(Ratio, SCL_FIELD(num), SCL_FIELD(den), computed("percent", &percent).optional())
SCL_NOUN(DealCall, SCL_FIELD(session), SCL_FIELD(at_ms), SCL_FIELD(responses), SCL_OPTION(speakers))
SCL_NOUN(Confirmation, SCL_FIELD(item_id), SCL_FIELD(by), SCL_FIELD(at_ms), SCL_OPTION(answer),
         SCL_OPTION(reason))
SCL_NOUN(ItemNote, SCL_FIELD(item_id), SCL_FIELD(by), SCL_FIELD(at_ms), SCL_FIELD(text))
SCL_NOUN(DealHistory, SCL_FIELD(calls), SCL_OPTION(confirmations), SCL_OPTION(notes))
SCL_NOUN(DealEvidence, SCL_FIELD(session), SCL_FIELD(at_ms), SCL_FIELD(utterance), SCL_FIELD(begin),
         SCL_FIELD(end), SCL_FIELD(quote), SCL_OPTION(speaker), SCL_OPTION(begin_ms))
SCL_NOUN(DealItem, SCL_FIELD(item_id), SCL_FIELD(state), SCL_FIELD(answer), SCL_OPTION(confidence),
         SCL_OPTION(evidence), SCL_OPTION(contradicted_by), SCL_OPTION(first_heard_ms),
         SCL_OPTION(since_ms), SCL_OPTION(last_confirmed_ms), SCL_OPTION(decision),
         SCL_OPTION(note), SCL_OPTION(needs_review))
SCL_NOUN(CallGain, SCL_FIELD(session), SCL_FIELD(at_ms), SCL_FIELD(gain), SCL_FIELD(items))
SCL_NOUN(DueLine, SCL_FIELD(stage), SCL_FIELD(line), SCL_FIELD(known), SCL_FIELD(missing))
inline const char *deal_schema(const Deal &) { return "saleschecklist/deal/1"; }
SCL_NOUN(Deal, computed("schema", &deal_schema).optional(), SCL_FIELD(checklist_fingerprint),
         SCL_OPTION(stage), SCL_OPTION(plan_id).at("plan"), SCL_FIELD(items), SCL_FIELD(calls),
         SCL_OPTION(score), SCL_OPTION(stage_progress), SCL_OPTION(due), SCL_OPTION(basis),
         SCL_OPTION(band), SCL_OPTION(items_to_review), SCL_FIELD(last_at_ms),
         SCL_OPTION(unknown_items).when(Written::unless_default))
SCL_NOUN(RollUpOptions, SCL_OPTION(policy), SCL_OPTION(stage), SCL_OPTION(plan),
         SCL_OPTION(as_of_ms))

// Sessions.
SCL_NOUN(SessionAudio, SCL_FIELD(name), SCL_FIELD(blob), SCL_FIELD(content_type), SCL_FIELD(bytes),
         SCL_FIELD(duration_ms))
SCL_NOUN(Failure, SCL_FIELD(stage), SCL_FIELD(error), SCL_FIELD(advice), SCL_FIELD(at_ms))
SCL_NOUN(Session, SCL_FIELD(id), SCL_FIELD(tenant), SCL_FIELD(revision), SCL_FIELD(customer),
         SCL_FIELD(opportunity), SCL_FIELD(deal_stage), SCL_FIELD(decision_influencer),
         SCL_FIELD(owner), SCL_FIELD(status), SCL_FIELD(review), SCL_FIELD(sales_call),
         SCL_FIELD(created_at_ms), SCL_FIELD(updated_at_ms), SCL_FIELD(submitted_at_ms),
         SCL_FIELD(completed_at_ms), SCL_FIELD(checklist_id).at("checklist/id"),
         SCL_FIELD(checklist_fingerprint).at("checklist/fingerprint"), SCL_FIELD(policy),
         SCL_FIELD(audio), SCL_FIELD(failure),
         SCL_FIELD(transcript_version).at("versions/transcript"),
         SCL_FIELD(assessment_version).at("versions/assessment"),
         SCL_FIELD(score_version).at("versions/score"),
         SCL_FIELD(coaching_version).at("versions/coaching"), SCL_FIELD(stale),
         SCL_FIELD(coaching_blob), SCL_FIELD(total_score), SCL_FIELD(risk_band),
         SCL_FIELD(assessment), SCL_FIELD(not_assessable))
SCL_NOUN(SessionPage, SCL_FIELD(sessions), SCL_FIELD(next), SCL_FIELD(damaged))
SCL_NOUN(SessionResult, SCL_FIELD(session), SCL_FIELD(transcript), SCL_FIELD(assessment),
         SCL_FIELD(assessability), SCL_FIELD(score), SCL_FIELD(coaching), SCL_FIELD(usage))
SCL_NOUN(ScoreVersion, SCL_FIELD(version), SCL_FIELD(at_ms), SCL_FIELD(actor), SCL_FIELD(reason),
         SCL_FIELD(total_score), SCL_FIELD(percentage), SCL_FIELD(risk_band),
         SCL_FIELD(fingerprint), SCL_FIELD(changed), SCL_FIELD(assessment),
         SCL_FIELD(not_assessable))
SCL_NOUN(AuditEntry, SCL_FIELD(number), SCL_FIELD(at_ms), SCL_FIELD(actor), SCL_FIELD(action),
         SCL_FIELD(detail), SCL_FIELD(previous), SCL_FIELD(hash))
SCL_NOUN(AuditReport, SCL_FIELD(entries), SCL_FIELD(faults))

// Options, as far as JSON has them: without callbacks, ports and handles.
SCL_NOUN(Budget, SCL_OPTION(tokens), SCL_OPTION(micro_dollars))
SCL_NOUN(Price, SCL_FIELD(model), SCL_OPTION(input), SCL_OPTION(cached), SCL_OPTION(output),
         SCL_OPTION(characters), SCL_OPTION(audio_hour))
SCL_NOUN(CallOptions, SCL_OPTION(budget), SCL_OPTION(prices))
SCL_NOUN(ReadOptions, SCL_OPTION(rep_names), SCL_OPTION(most_bytes))
SCL_NOUN(AnalyzeOptions, SCL_OPTION(read).inlined(), SCL_OPTION(deal), SCL_OPTION(policy),
         SCL_OPTION(sales_call), SCL_OPTION(votes), SCL_OPTION(call).inlined())
SCL_NOUN(TranscribeOptions, SCL_OPTION(rep_names), SCL_OPTION(channel_names), SCL_OPTION(language),
         SCL_OPTION(parallel), SCL_OPTION(call).inlined())
SCL_NOUN(SeparateOptions, SCL_OPTION(rep_names), SCL_OPTION(call).inlined())
SCL_NOUN(AssessOptions, SCL_OPTION(votes), SCL_OPTION(call).inlined(), SCL_OPTION(parallel))
SCL_NOUN(PdfOptions, SCL_OPTION(font_file), SCL_OPTION(bold_font_file),
         SCL_OPTION(include_transcript))
SCL_NOUN(RedactOptions, SCL_OPTION(cards), SCL_OPTION(accounts), SCL_OPTION(phones),
         SCL_OPTION(emails), SCL_OPTION(names))
SCL_NOUN(EngineOptions, SCL_OPTION(tenant), SCL_OPTION(actor), SCL_OPTION(redact),
         SCL_OPTION(lease_ms))
SCL_NOUN(ProviderOptions, SCL_OPTION(model), SCL_OPTION(base_url), SCL_OPTION(voice),
         SCL_OPTION(organization), SCL_OPTION(project), SCL_OPTION(api_version),
         SCL_OPTION(context_tokens), SCL_OPTION(max_output_tokens), SCL_OPTION(effort),
         SCL_OPTION(connect_ms), SCL_OPTION(idle_ms), SCL_OPTION(total_ms))
SCL_NOUN(NetworkOptions, SCL_OPTION(attempts), SCL_OPTION(parallel), SCL_OPTION(rate_limit_wait_ms))
SCL_NOUN(CurlOptions, SCL_OPTION(proxy), SCL_OPTION(ca_file))
SCL_NOUN(ServicesOptions, SCL_OPTION(transcriber), SCL_OPTION(model), SCL_OPTION(voice),
         SCL_OPTION(network).inlined(), SCL_OPTION(curl).inlined(), SCL_OPTION(record_folder),
         SCL_OPTION(replay_folder))
SCL_NOUN(NewSession, SCL_OPTION(customer), SCL_OPTION(opportunity), SCL_OPTION(deal_stage),
         SCL_OPTION(decision_influencer), SCL_OPTION(owner), SCL_OPTION(policy), SCL_OPTION(review),
         SCL_OPTION(sales_call))
SCL_NOUN(SessionChange, SCL_OPTION(customer), SCL_OPTION(opportunity), SCL_OPTION(deal_stage),
         SCL_OPTION(decision_influencer), SCL_OPTION(owner), SCL_OPTION(review),
         SCL_OPTION(sales_call))
SCL_NOUN(SessionFilter, SCL_OPTION(owner), SCL_OPTION(customer), SCL_OPTION(status),
         SCL_OPTION(band), SCL_OPTION(created_from_ms), SCL_OPTION(created_before_ms),
         SCL_OPTION(after), SCL_OPTION(limit))
SCL_NOUN(AudioHints, SCL_OPTION(rep_names), SCL_OPTION(channel_names), SCL_OPTION(language))
SCL_NOUN(RunOptions, SCL_OPTION(until), SCL_OPTION(votes), SCL_OPTION(call).inlined(),
         SCL_OPTION(parallel), SCL_OPTION(allow_partial))

#undef SCL_NOUN
#undef SCL_FIELD
#undef SCL_OPTION
#undef SCL_WORDS

}  // namespace saleschecklist

#endif
