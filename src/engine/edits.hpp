// A person's corrections of a stored transcript.
#ifndef SALESCHECKLIST_ENGINE_EDITS_HPP
#define SALESCHECKLIST_ENGINE_EDITS_HPP

#include "engine/context.hpp"
#include "transcript/edits.hpp"

#include <functional>

namespace saleschecklist::engine {

// Applies an edit to the session's transcript. Answers that rest on what it touched are to be
// judged again by run(); if there are none, the answers and the score stay, as new versions.
// `action` is for the audit log, which has none of the content.
Result<Session> edit_transcript(const Context &context, const std::string &id, const char *action,
                                const std::function<transcript::Touched(Transcript &)> &edit);

}  // namespace saleschecklist::engine

#endif
