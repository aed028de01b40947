// A session: one sales conversation with everything that was made from it, as it is stored.
#ifndef SALESCHECKLIST_SESSION_HPP
#define SALESCHECKLIST_SESSION_HPP

#include <saleschecklist/assessability.hpp>
#include <saleschecklist/coaching.hpp>
#include <saleschecklist/result.hpp>
#include <saleschecklist/score.hpp>
#include <saleschecklist/usage.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace saleschecklist {

// The stages of a session, in the order in which they are run.
enum class Stage { transcribe, assess, score, coach, speak };

enum class SessionStatus {
  draft,           // nothing is attached yet
  uploading,       // a recording is being written to the blob store
  processing,      // a recording is waiting to be transcribed, or is being transcribed
  analyzing,       // a transcript is waiting to be assessed, or is being assessed
  pending_review,  // assessed, and waiting for a person's approval
  scoring,         // being scored, coached and spoken
  completed,
  not_assessable,  // completed without a score; Session::not_assessable says why
  failed,          // Session::failure says at which stage and why
  erasing,         // an erasure has begun and must be finished
};

// Why a session stopped. A retry resumes at `stage`.
struct Failure {
  Stage stage = Stage::transcribe;
  Error error;
  std::string advice;  // what to do about it, as one sentence
  std::int64_t at_ms = 0;
};

struct SessionAudio {
  std::string name;  // of the original file
  std::string blob;  // its key in the blob store
  std::string content_type;
  std::int64_t bytes = 0;
  std::int64_t duration_ms = 0;
};

// Times are in milliseconds since 1970-01-01 UTC; 0 means "not yet".
struct Session {
  std::string id;
  std::string tenant;
  std::int64_t revision = 0;  // incremented by every change
  std::string customer, opportunity, deal_stage, decision_influencer, owner;
  SessionStatus status = SessionStatus::draft;
  bool review = false;  // stop at pending_review
  SalesCallRule sales_call = SalesCallRule::automatic;
  std::int64_t created_at_ms = 0, updated_at_ms = 0;
  std::int64_t submitted_at_ms = 0;  // when something was attached
  std::int64_t completed_at_ms = 0;
  std::string checklist_id;
  std::string checklist_fingerprint;
  Policy policy;
  std::optional<SessionAudio> audio;
  std::optional<Failure> failure;
  // The latest version of each part, counted from 1; 0 if there is none.
  int transcript_version = 0, assessment_version = 0, score_version = 0, coaching_version = 0;
  // The stages whose results are older than their input. The results are kept but are not current.
  std::vector<Stage> stale;
  std::string coaching_blob;  // key of the spoken coaching, or empty
  // Of the current score; absent while there is none, and if the call is not assessable.
  std::optional<int> total_score;
  std::optional<RiskBand> risk_band;
  // How far the call could be assessed; absent until it is scored.
  std::optional<AssessmentStatus> assessment;
  std::optional<NotAssessableReason> not_assessable;  // why there is no score
};

// One version of the score, and why it was made. A version without a score records that the call
// was not assessable.
struct ScoreVersion {
  int version = 0;
  std::int64_t at_ms = 0;
  std::string actor;
  std::string reason;  // "assessed", "mentor.07: yes, ...", "rescored by policy strict"
  std::optional<int> total_score;
  std::optional<double> percentage;
  std::optional<RiskBand> risk_band;
  std::string fingerprint;  // see fingerprint() in report.hpp; empty without a score
  std::vector<std::string>
      changed;  // ids of the items whose answer differs from the version before
  std::optional<AssessmentStatus> assessment{};  // absent in scores of earlier versions
  std::optional<NotAssessableReason> not_assessable{};
};

// An entry of the audit log. It contains no words of the conversation and no name except the
// actor's.
struct AuditEntry {
  std::int64_t number = 0;  // 1, 2, 3, ... within the session
  std::int64_t at_ms = 0;
  std::string actor;
  std::string action;    // "created", "assessed", "overridden", "erased", ...
  std::string detail;    // "mentor.07", "version 3", or empty
  std::string previous;  // hash of the entry before; empty for the first one
  std::string hash;      // SHA-256 of all other fields and of what was written
};

struct AuditReport {
  std::int64_t entries = 0;
  std::vector<Error> faults;  // what was found where; empty if nothing was tampered with
};

SALESCHECKLIST_API const char *name(Stage stage) noexcept;           // "transcribe", "assess", ...
SALESCHECKLIST_API const char *name(SessionStatus status) noexcept;  // "draft", "uploading", ...

}  // namespace saleschecklist

#endif
