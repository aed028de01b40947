// A session's input: a recording or a transcript.
#ifndef SALESCHECKLIST_ENGINE_ATTACHMENT_HPP
#define SALESCHECKLIST_ENGINE_ATTACHMENT_HPP

#include "engine/transaction.hpp"

namespace saleschecklist::engine {

// The functions of Engine of similar names, without its guard against exceptions.
Result<Session> attach_audio(const Context &context, const std::string &id, const std::string &file,
                             const AudioHints &hints);
Result<Session> attach_transcript(const Context &context, const std::string &id,
                                  const Transcript &transcript);

// Makes a session with new input ready for any worker.
void submit(const Context &context, Transaction &transaction, SessionStatus status);

}  // namespace saleschecklist::engine

#endif
