// Creating, finding, listing and changing sessions.
#ifndef SALESCHECKLIST_ENGINE_SESSIONS_HPP
#define SALESCHECKLIST_ENGINE_SESSIONS_HPP

#include "engine/context.hpp"

namespace saleschecklist::engine {

// As the functions of Engine; they throw as the standard library does.
// A fault in what is kept in fields and shown in tables: expected is one line of UTF-8, at most 500
// bytes of it.
std::optional<Error> text_fault(const std::string &text, const char *where);

Result<Session> create_session(const Context &context, const NewSession &session);
Result<Session> find_session(const Context &context, const std::string &id);
Result<SessionPage> list_sessions(const Context &context, const SessionFilter &filter);
Result<Session> update_session(const Context &context, const std::string &id,
                               const SessionChange &change);

}  // namespace saleschecklist::engine

#endif
