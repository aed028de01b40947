// The stages of a session. Each stage's result is committed before the next stage begins.
#ifndef SALESCHECKLIST_ENGINE_STAGES_HPP
#define SALESCHECKLIST_ENGINE_STAGES_HPP

#include "engine/lease.hpp"
#include "engine/session_documents.hpp"
#include "engine/session_record.hpp"

#include <optional>

namespace saleschecklist::engine {

// The next stage to run, up to `until`; absent if all of them are done or the session waits for
// approval. Fails with invalid_argument if nothing is attached.
Result<std::optional<Stage>> next_stage(const Context &context, const SessionRecord &record,
                                        Stage until);

// Runs a stage and commits its result. Fails as the stage does; nothing is written then.
Result<SessionRecord> perform(Lease &lease, const SessionRecord &record, Stage stage,
                              const RunOptions &options);

// The answers of the offline assessor with the session's cues.
Result<Assessment> assess_offline_with(const Context &context, const SessionRecord &record,
                                       const Transcript &transcript, const Checklist &checklist);

// Scores the answers and sets the fingerprint, or says why there is no score.
Result<StoredScore> score_of(const Context &context, const SessionRecord &record,
                             const Transcript &transcript, const Assessment &assessment);

// Ids of the items whose answer differs; if there were no answers before, of all answered items.
std::vector<std::string> changed_items(const std::vector<Response> &before,
                                       const std::vector<Response> &after);

}  // namespace saleschecklist::engine

#endif
