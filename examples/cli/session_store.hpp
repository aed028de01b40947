// Opens the store of sessions, and finds sessions.
#ifndef SALESCHECKLIST_CLI_SESSION_STORE_HPP
#define SALESCHECKLIST_CLI_SESSION_STORE_HPP

#include "commands.hpp"

#include <string>
#include <type_traits>

namespace cli {

// Opens the stores that the arguments name, or those in the user's data folder, which is created if
// it does not exist. Throws Failure, which names the option that is wrong.
saleschecklist::Engine open_sessions(const Arguments &arguments,
                                     saleschecklist::Services services = {});

// Throws a Failure that says what to do about the error.
[[noreturn]] void throw_failure(const saleschecklist::Error &error);

// Returns the value of an engine's result. Throws Failure for an error.
template <class T>
T done_or_fail(saleschecklist::Result<T> result) {
  if (!result) throw_failure(result.error());
  if constexpr (!std::is_void_v<T>) return *std::move(result);
}

// The id of the session that the user means, given the whole id or a unique beginning. An id that
// no session has is returned unchanged.
std::string whole_id(const saleschecklist::Engine &engine, const std::string &id);

}  // namespace cli

#endif
