// A session as it is stored: what hosts see, and what the engine needs to know beside it.
#ifndef SALESCHECKLIST_ENGINE_SESSION_RECORD_HPP
#define SALESCHECKLIST_ENGINE_SESSION_RECORD_HPP

#include <saleschecklist/engine.hpp>

#include <nlohmann/json.hpp>

#include <string>
#include <vector>

namespace saleschecklist::engine {

struct SessionRecord {
  Session session;
  std::string cues;  // fingerprint of what is listened for; empty: nothing is
  // What each part was made from; what differs now is stale.
  std::string transcript_audio;  // the recording's blob
  int assessed_transcript = 0;
  std::string assessed_checklist;
  int scored_assessment = 0;
  std::string scored_policy;  // policy_fingerprint()
  int coached_score = 0;
  int spoken_coaching = 0;
  AudioHints hints;
  std::vector<std::string> blobs;  // every key that was or is to be used
  std::string salt;  // of the hashes in the audit log, so that nobody can guess content
  std::int64_t audit_number = 0;  // of the latest entry
  std::string audit_hash;
};

// The stored form, and back. Throws BadResult (invalid_input) for a damaged record.
nlohmann::json document_of(const SessionRecord &state);
SessionRecord state_of(const Record &record);
// The part that hosts see.
Result<Session> session_of(Result<SessionRecord> state);
// Fills in what a session's record is listed by.
void fill_record(Record &record, const SessionRecord &state);

// A name as it is listed and compared.
std::string customer_key(const std::string &name);

std::string policy_fingerprint(const Policy &policy);

// Whether a part is there and follows from what is there now.
bool is_current(const SessionRecord &state, Stage stage);
// Sets what Session says of staleness and of the current score.
void refresh(SessionRecord &state);

// The status of a session at work on a stage.
SessionStatus status_at(Stage stage);

}  // namespace saleschecklist::engine

#endif
