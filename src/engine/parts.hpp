// The versions of a session's transcript, answers, score and coaching: into a change, and back.
#ifndef SALESCHECKLIST_ENGINE_PARTS_HPP
#define SALESCHECKLIST_ENGINE_PARTS_HPP

#include "engine/change.hpp"

#include <string>
#include <vector>

namespace saleschecklist {

// Each makes the next version of a part and notes that it was made from the parts which `from`
// names, which need not be those that the session has by now.
void put_transcript(Change &change, const State &from, const Transcript &transcript,
                    const std::vector<StageUsage> &usage);
void put_assessment(Change &change, const State &from, const Assessment &assessment,
                    const std::vector<StageUsage> &usage);
// `changed`: the items whose answer is another than in the version before.
void put_score(Change &change, const State &from, const Score &score, const std::string &reason,
               const std::vector<std::string> &changed);
struct KeptCoaching {
  Coaching coaching;
  std::vector<std::string> notices{};
  std::vector<StageUsage> usage{};
};
void put_coaching(Change &change, const State &from, const KeptCoaching &coaching);
void put_speech(Change &change, const State &from, const Speech &speech, const std::string &blob,
                const std::vector<StageUsage> &usage);

// The version that the state names, current or not. Fail with invalid_input when it is damaged.
Result<Transcript> load_transcript(const Context &context, const State &state);
Result<Assessment> load_assessment(const Context &context, const State &state);
Result<Score> load_score(const Context &context, const State &state);
Result<KeptCoaching> load_coaching(const Context &context, const State &state);

// What the version of a part used, without the rest of it.
Result<std::vector<StageUsage>> usage_of_part(const Context &context, const char *kind,
                                              const std::string &session, int version);
// Of all versions of all parts, and of the replies that are kept until a stage is done.
Result<std::vector<StageUsage>> usage_of_all(const Context &context, const std::string &session);

// From a score record. Throws as JSON access does.
ScoreVersion score_version_of(const nlohmann::json &body, int version);

// A record's body. Fails with invalid_input naming the record.
Result<nlohmann::json> body_of(const Record &record);

}  // namespace saleschecklist

#endif
