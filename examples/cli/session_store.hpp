// Where the program keeps sessions, and how it finds one.
#ifndef SALESCHECKLIST_CLI_SESSION_STORE_HPP
#define SALESCHECKLIST_CLI_SESSION_STORE_HPP

#include "commands.hpp"

#include <string>
#include <type_traits>

namespace cli {

// Opens store and blobs as the arguments say, else in the user's data folder, which is made where
// it is not there. Throws Failure naming the option that is wrong.
saleschecklist::Engine open_sessions(const Arguments &arguments,
                                     saleschecklist::Services services = {});

// A Failure that says what to do about it.
[[noreturn]] void throw_failure(const saleschecklist::Error &error);

// What an engine returned.
template <class T>
T done_or_fail(saleschecklist::Result<T> result) {
  if (!result) throw_failure(result.error());
  if constexpr (!std::is_void_v<T>) return *std::move(result);
}

// The id of the session that the user means: all of an id, or the beginning of just one. An id
// that no session has is returned as it is.
std::string whole_id(const saleschecklist::Engine &engine, const std::string &id);

}  // namespace cli

#endif
