// The versions of a session's transcript, answers, score and coaching: into a change, and back.
#ifndef SALESCHECKLIST_ENGINE_SESSION_DOCUMENTS_HPP
#define SALESCHECKLIST_ENGINE_SESSION_DOCUMENTS_HPP

#include "engine/transaction.hpp"

#include <string>
#include <vector>

namespace saleschecklist::engine {

// Each makes the next version of a part and notes that it was made from the parts which `from`
// names, which need not be those that the session has by now.
void put_transcript(Transaction &transaction, const SessionRecord &from,
                    const Transcript &transcript, const std::vector<StageUsage> &usage);
void put_assessment(Transaction &transaction, const SessionRecord &from,
                    const Assessment &assessment, const std::vector<StageUsage> &usage);
// `changed`: the items whose answer is another than in the version before.
void put_score(Transaction &transaction, const SessionRecord &from, const Score &score,
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

// The version that the state names, current or not. Fail with invalid_input when it is damaged.
Result<Transcript> load_transcript(const Context &context, const SessionRecord &state);
Result<Assessment> load_assessment(const Context &context, const SessionRecord &state);
Result<Score> load_score(const Context &context, const SessionRecord &state);
Result<StoredCoaching> load_coaching(const Context &context, const SessionRecord &state);

// What the version of a part used, without the rest of it.
Result<std::vector<StageUsage>> usage_of_part(const Context &context, const char *kind,
                                              const std::string &session, int version);
// Of all versions of all parts, and of the replies that are kept until a stage is done.
Result<std::vector<StageUsage>> usage_of_all(const Context &context, const std::string &session);

// From a score record. Throws as JSON access does.
ScoreVersion score_version_of(const nlohmann::json &body, int version);

// A record's body. Fails with invalid_input naming the record.
Result<nlohmann::json> body_of(const Record &record);

}  // namespace saleschecklist::engine

#endif
