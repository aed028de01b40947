// One sales conversation and all that became of it, as it is kept.
#ifndef SALESCHECKLIST_SESSION_HPP
#define SALESCHECKLIST_SESSION_HPP

#include <saleschecklist/coaching.hpp>
#include <saleschecklist/result.hpp>
#include <saleschecklist/score.hpp>
#include <saleschecklist/usage.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace saleschecklist {

// What is done to a session, in this order.
enum class Stage { transcribe, assess, score, coach, speak };

enum class SessionStatus {
  draft,           // nothing is attached
  uploading,       // a recording is being put where blobs are kept
  processing,      // a recording waits to be heard, or is
  analyzing,       // a transcript waits to be judged, or is
  pending_review,  // judged; a person is to look and approve
  scoring,         // being scored, coached and spoken
  completed,
  failed,   // Session::failure says where and why
  erasing,  // an erasure was begun and is to be finished
};

// Why a session does not go on. Resuming begins with `stage`.
struct Failure {
  Stage stage = Stage::transcribe;
  Error error;
  std::string advice;  // a sentence: what to do
  std::int64_t at_ms = 0;
};

struct SessionAudio {
  std::string name;  // of the file that it was
  std::string blob;  // its key
  std::string content_type;
  std::int64_t bytes = 0;
  std::int64_t duration_ms = 0;
};

// Times are ms since 1970 UTC; 0: not yet.
struct Session {
  std::string id;
  std::string tenant;
  std::int64_t revision = 0;  // counts every change
  std::string customer, opportunity, deal_stage, decision_influencer, owner;
  SessionStatus status = SessionStatus::draft;
  bool review = false;  // stops in pending_review
  std::int64_t created_at_ms = 0, updated_at_ms = 0;
  std::int64_t submitted_at_ms = 0;  // something was attached
  std::int64_t completed_at_ms = 0;
  std::string checklist_id;
  std::string checklist_fingerprint;
  Policy policy;
  std::optional<SessionAudio> audio;
  std::optional<Failure> failure;
  // The versions of its parts, counted from 1; 0: there is none.
  int transcript = 0, assessment = 0, score = 0, coaching = 0;
  // The results that are older than what they follow from. They are kept, not current.
  std::vector<Stage> stale;
  std::string coaching_blob;  // the spoken coaching, or empty
  // Of the current score; nothing while there is none.
  std::optional<int> total_score;
  std::optional<RiskBand> risk_band;
};

// A version of the score, and what it was made for.
struct ScoreVersion {
  int version = 0;
  std::int64_t at_ms = 0;
  std::string actor;
  std::string reason;  // "assessed", "mentor.07: yes, ...", "rescored by policy strict"
  int total_score = 0;
  double percentage = 0;
  RiskBand risk_band = RiskBand::red;
  std::string fingerprint;           // see fingerprint() in report.hpp
  std::vector<std::string> changed;  // ids of the items whose answer is another than before
};

// An entry of the trail. It holds no words of the conversation and no names but the actor's.
struct AuditEntry {
  std::int64_t number = 0;  // 1, 2, 3 ... of the session
  std::int64_t at_ms = 0;
  std::string actor;
  std::string action;    // "created", "assessed", "overridden", "erased", ...
  std::string detail;    // "mentor.07", "version 3", or empty
  std::string previous;  // hash of the entry before; empty for the first
  std::string hash;      // SHA-256 over all of this but itself, and over what was written
};

struct AuditReport {
  std::int64_t entries = 0;
  std::vector<Error> faults;  // each with what was found where; none: nothing was changed
};

SALESCHECKLIST_API const char *name(Stage stage) noexcept;           // "transcribe", "assess", ...
SALESCHECKLIST_API const char *name(SessionStatus status) noexcept;  // "draft", "uploading", ...

}  // namespace saleschecklist

#endif
