// A session as it is stored: the part that hosts see, and what only the engine uses.
#ifndef SALESCHECKLIST_ENGINE_SESSION_RECORD_HPP
#define SALESCHECKLIST_ENGINE_SESSION_RECORD_HPP

#include <saleschecklist/engine.hpp>

#include "json/library.hpp"

#include <optional>
#include <set>
#include <string>
#include <vector>

namespace saleschecklist::engine {

struct SessionRecord {
  Session session;
  std::string cues;  // fingerprint of the cues; empty if there are none
  // What each part was made from. A part is stale if that is no longer current.
  std::string transcript_audio;  // the recording's blob
  int assessed_transcript = 0;
  std::string assessed_checklist;
  // The items whose answers an edit of the transcript put in question, if the other answers are
  // still those to its current version.
  std::optional<std::set<std::string>> rejudge;
  int scored_assessment = 0;
  std::string scored_policy;  // policy_fingerprint()
  SalesCallRule scored_rule = SalesCallRule::automatic;
  int coached_score = 0;
  int spoken_coaching = 0;
  AudioHints hints;
  std::vector<std::string> blobs;  // every key that was used or is about to be
  std::string salt;  // of the hashes in the audit log, so that content cannot be guessed
  std::int64_t audit_number = 0;  // of the latest entry
  std::string audit_hash;
};

// To and from the stored form. session_record_of() throws BadResult (corrupt) if the record is
// damaged.
nlohmann::json document_of(const SessionRecord &record);
SessionRecord session_record_of(const Record &row);
// The part that hosts see, or the error.
Result<Session> session_of(Result<SessionRecord> record);
// Sets the fields of the record by which sessions are listed.
void fill_record(Record &row, const SessionRecord &record);

// A customer's name in the form by which names are compared.
std::string customer_key(const std::string &name);

std::string policy_fingerprint(const Policy &policy);

// Whether the result of a stage exists and was made from the current input.
bool is_current(const SessionRecord &record, Stage stage);
// Whether the stage has nothing left to do: its result is current, or it is a stage after the score
// and the call is not assessable.
bool is_done(const SessionRecord &record, Stage stage);
// Updates Session's stale stages, its current score, and the status that says that there is none.
void refresh(SessionRecord &record);

// The status of a session while the stage runs.
SessionStatus status_at(Stage stage);

}  // namespace saleschecklist::engine

#endif
