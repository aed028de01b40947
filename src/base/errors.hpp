// One factory per kind of error: errors::not_found("there is no session 'a1'", "id").
//
// `message` says in one line what is wrong and what was expected; `where` is a line, a JSON
// pointer, a parameter or a file, or empty. See Error in result.hpp.
#ifndef SALESCHECKLIST_BASE_ERRORS_HPP
#define SALESCHECKLIST_BASE_ERRORS_HPP

#include <saleschecklist/result.hpp>

#include <cstddef>
#include <cstring>
#include <string>
#include <string_view>
#include <utility>

namespace saleschecklist::base::errors {

inline Error invalid_argument(std::string message, std::string where = {}) {
  return {ErrorCode::invalid_argument, std::move(message), std::move(where)};
}

inline Error invalid_input(std::string message, std::string where = {}) {
  return {ErrorCode::invalid_input, std::move(message), std::move(where)};
}

// "the transcript has 80 lines, expected at most 50": for the limits of limits.hpp.
inline Error over_limit(std::string_view what, std::size_t found, std::size_t most,
                        std::string_view unit, std::string where = {}) {
  return invalid_input(std::string(what) + " has " + std::to_string(found) + " " +
                           std::string(unit) + ", expected at most " + std::to_string(most),
                       std::move(where));
}

inline Error not_found(std::string message, std::string where = {}) {
  return {ErrorCode::not_found, std::move(message), std::move(where)};
}

inline Error io(std::string message, std::string where = {}) {
  return {ErrorCode::io, std::move(message), std::move(where)};
}

// "cannot write: No space left on device": what failed, and the system's text for an errno value.
inline Error io(std::string_view what, int number, std::string where) {
  return io(std::string(what) + ": " + std::strerror(number), std::move(where));
}

inline Error unsupported(std::string message, std::string where = {}) {
  return {ErrorCode::unsupported, std::move(message), std::move(where)};
}

inline Error out_of_memory() { return {ErrorCode::out_of_memory, {}, {}}; }

inline Error corrupt(std::string message, std::string where = {}) {
  return {ErrorCode::corrupt, std::move(message), std::move(where)};
}
inline Error internal(std::string message, std::string where = {}) {
  return {ErrorCode::internal, std::move(message), std::move(where)};
}

inline Error network(std::string message, std::string where = {}) {
  return {ErrorCode::network, std::move(message), std::move(where)};
}

inline Error timeout(std::string message, std::string where = {}) {
  return {ErrorCode::timeout, std::move(message), std::move(where)};
}

// The host cancelled the call.
inline Error cancelled(std::string where = {}) {
  return {ErrorCode::cancelled, "cancelled by the host", std::move(where)};
}

inline Error rate_limited(std::string message, std::string where = {}) {
  return {ErrorCode::rate_limited, std::move(message), std::move(where)};
}

inline Error refused(std::string message, std::string where = {}) {
  return {ErrorCode::refused, std::move(message), std::move(where)};
}

inline Error over_budget(std::string message, std::string where = {}) {
  return {ErrorCode::over_budget, std::move(message), std::move(where)};
}

inline Error conflict(std::string message, std::string where = {}) {
  return {ErrorCode::conflict, std::move(message), std::move(where)};
}

}  // namespace saleschecklist::base::errors

namespace saleschecklist {
namespace errors = base::errors;
}

#endif
