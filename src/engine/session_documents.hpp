// Writes and reads the versions of a session's transcript, answers, score and coaching.
#ifndef SALESCHECKLIST_ENGINE_SESSION_DOCUMENTS_HPP
#define SALESCHECKLIST_ENGINE_SESSION_DOCUMENTS_HPP

#include "engine/transaction.hpp"

#include <optional>
#include <string>
#include <vector>

namespace saleschecklist::engine {

// Each function writes the next version of a part and records that it was made from the parts that
// `from` names, which may be older than the session's current ones.
void put_transcript(Transaction &transaction, const SessionRecord &from,
                    const Transcript &transcript, const std::vector<StageUsage> &usage);
void put_assessment(Transaction &transaction, const SessionRecord &from,
                    const Assessment &assessment, const std::vector<StageUsage> &usage);
// The score, or why there is none. Earlier versions stored a score for every call and did not say
// how far it could be assessed; a report is then made without a score that cannot be known.
struct StoredScore {
  std::optional<Assessability> assessability;
  std::optional<Score> score;
};
// `changed`: ids of the items whose answer differs from the version before.
void put_score(Transaction &transaction, const SessionRecord &from, const StoredScore &score,
               const std::string &reason, const std::vector<std::string> &changed);
struct StoredCoaching {
  Coaching coaching;
  std::vector<std::string> notices{};
  std::vector<StageUsage> usage{};
};
void put_coaching(Transaction &transaction, const SessionRecord &from,
                  const StoredCoaching &coaching);
void put_speech(Transaction &transaction, const SessionRecord &from, const Speech &speech,
                const std::string &blob, const std::vector<StageUsage> &usage);

// Read the version that the session record names, whether or not it is current. Fail with
// invalid_input if the record is damaged.
Result<Transcript> load_transcript(const Context &context, const SessionRecord &record);
Result<Assessment> load_assessment(const Context &context, const SessionRecord &record);
Result<StoredScore> load_score(const Context &context, const SessionRecord &record);
Result<StoredCoaching> load_coaching(const Context &context, const SessionRecord &record);

// The usage of one version of a part.
Result<std::vector<StageUsage>> usage_of_part(const Context &context, const char *kind,
                                              const std::string &session, int version);
// The usage of all versions of all parts, and of stored replies of unfinished stages.
Result<std::vector<StageUsage>> usage_of_all(const Context &context, const std::string &session);

// Reads the body of a score record. Throws as read_body() expects.
ScoreVersion score_version_of(const nlohmann::json &body, int version);

}  // namespace saleschecklist::engine

#endif
