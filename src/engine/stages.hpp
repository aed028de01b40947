// The stages of a session, each of which is kept with its status before the next one begins.
#ifndef SALESCHECKLIST_ENGINE_STAGES_HPP
#define SALESCHECKLIST_ENGINE_STAGES_HPP

#include "engine/lease.hpp"
#include "engine/session_record.hpp"

#include <optional>

namespace saleschecklist::engine {

// What is to be done next, up to `until`; nothing when all of that is done or a person is waited
// for. Fails with invalid_argument when there is nothing to work on.
Result<std::optional<Stage>> next_stage(const Context &context, const SessionRecord &state,
                                        Stage until);

// Does it. Fails as the stage does, with nothing of its result written.
Result<SessionRecord> perform(Lease &lease, const SessionRecord &state, Stage stage,
                              const RunOptions &options);

// What to do about an error, in one sentence.
std::string advice_on(const Error &error);

// The score of the current answers with its fingerprint.
Result<Score> score_of(const Context &context, const SessionRecord &state,
                       const Transcript &transcript, const Assessment &assessment);

// The items of which the answer that counts differs; all answered ones where there were none.
std::vector<std::string> changed_items(const std::vector<Response> &before,
                                       const std::vector<Response> &after);

}  // namespace saleschecklist::engine

#endif
