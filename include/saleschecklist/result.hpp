// The one error style: a function that can fail returns Result<T>, a T or an Error.
#ifndef SALESCHECKLIST_RESULT_HPP
#define SALESCHECKLIST_RESULT_HPP

#include <saleschecklist/config.h>

#include <cstdint>
#include <stdexcept>
#include <string>
#include <utility>
#include <variant>

namespace saleschecklist {

// What kind of failure it was. Numbers are stable and never reused.
enum class ErrorCode {
  invalid_argument = 1,  // the caller's own argument is wrong: an unknown name, a bad option
  invalid_input = 2,     // data from outside could not be read or breaks its schema
  not_found = 3,         // a named thing does not exist
  io = 4,                // the operating system refused to read or write
  unsupported = 5,       // understood, but this build or version cannot do it
  out_of_memory = 6,
  internal = 7,       // a fault of the library itself; please report it
  network = 8,        // the service could not be reached, or the exchange broke off
  timeout = 9,        // it took longer than it was given
  cancelled = 10,     // the host asked to stop
  unauthorized = 11,  // the service does not know the key, or the key may not do this
  quota = 12,         // the account has no credit left; asking again cannot help
  rate_limited = 13,  // too many requests at a time, still so after every retry
  refused = 14,       // the service refused the request, or answered what cannot be used
  over_budget = 15,   // the host's own budget is spent
  conflict = 16,      // somebody else has changed it or works on it; look again before trying again
};

// A stable snake_case name such as "invalid_input"; never null.
SALESCHECKLIST_API const char *name(ErrorCode code) noexcept;

struct Error {
  ErrorCode code = ErrorCode::internal;
  std::string message;       // one line: what is wrong and what was expected
  std::string where;         // "line 12", a JSON pointer such as "/categories/0/id", or empty
  std::string provider{};    // the service that refused; empty when none was involved
  int http_status = 0;       // its HTTP status, or 0
  std::string request_id{};  // the service's own name of the request, for its support
  std::int64_t retry_after_ms = 0;  // when the service asked to wait so long, else 0
};

// "where: message", or the message alone when the place is unknown.
SALESCHECKLIST_API std::string to_string(const Error &error);

// The value of what only succeeds or fails.
struct Done {};

// Thrown only by Result::value(), for callers who prefer exceptions.
class BadResult : public std::runtime_error {
 public:
  explicit BadResult(Error error)
      : std::runtime_error(to_string(error)), error_(std::move(error)) {}
  const Error &error() const noexcept { return error_; }

 private:
  Error error_;
};

// A T or an Error. Thread-safe as far as T is.
template <class T>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}
  Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}

  bool has_value() const noexcept { return state_.index() == 0; }
  explicit operator bool() const noexcept { return has_value(); }

  // Throws BadResult when there is no value.
  T &value() & { return require(), std::get<0>(state_); }
  const T &value() const & { return require(), std::get<0>(state_); }
  T &&value() && { return require(), std::get<0>(std::move(state_)); }

  // Precondition: has_value().
  T &operator*() &noexcept { return *std::get_if<0>(&state_); }
  const T &operator*() const &noexcept { return *std::get_if<0>(&state_); }
  T &&operator*() &&noexcept { return std::move(*std::get_if<0>(&state_)); }
  T *operator->() noexcept { return std::get_if<0>(&state_); }
  const T *operator->() const noexcept { return std::get_if<0>(&state_); }

  // Precondition: !has_value().
  const Error &error() const &noexcept { return *std::get_if<1>(&state_); }
  Error &&error() &&noexcept { return std::move(*std::get_if<1>(&state_)); }

 private:
  void require() const {
    if (!has_value()) throw BadResult(error());
  }
  std::variant<T, Error> state_;
};

}  // namespace saleschecklist

#endif
