// Creating, finding, listing and changing sessions.
#ifndef SALESCHECKLIST_ENGINE_SESSIONS_HPP
#define SALESCHECKLIST_ENGINE_SESSIONS_HPP

#include "engine/context.hpp"

namespace saleschecklist::engine {

// The functions of Engine of similar names, without its guard against exceptions.

// What is wrong with a text that is stored in a field and shown in tables: it must be one line of
// UTF-8 of at most 500 bytes.
std::optional<Error> text_fault(const std::string &text, const char *where);

Result<Session> create_session(const Context &context, const NewSession &session);
Result<Session> find_session(const Context &context, const std::string &id);
Result<SessionPage> list_sessions(const Context &context, const SessionFilter &filter);
Result<Session> update_session(const Context &context, const std::string &id,
                               const SessionChange &change);

}  // namespace saleschecklist::engine

#endif
