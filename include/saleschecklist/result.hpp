// Errors: a function that can fail returns a Result<T>, which holds a T or an Error.
#ifndef SALESCHECKLIST_RESULT_HPP
#define SALESCHECKLIST_RESULT_HPP

#include <saleschecklist/config.h>

#include <cstdint>
#include <optional>
#include <ostream>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <utility>
#include <variant>

namespace saleschecklist {

// What kind of failure it was. Numbers are stable and never reused.
enum class ErrorCode {
  invalid_argument = 1,  // an argument of the caller is wrong: an unknown name, a bad option
  invalid_input = 2,     // data from outside cannot be read or violates its schema
  not_found = 3,         // a named thing does not exist
  io = 4,                // the operating system could not read or write
  unsupported = 5,       // understood, but this build or version cannot do it
  out_of_memory = 6,
  internal = 7,       // a bug in this library; please report it
  network = 8,        // the service could not be reached, or the exchange broke off
  timeout = 9,        // the time limit was exceeded
  cancelled = 10,     // the host cancelled the call
  unauthorized = 11,  // the service does not accept the key, or the key lacks a permission
  quota = 12,         // the account has no credit left; retrying cannot help
  rate_limited = 13,  // too many requests, even after every retry
  refused = 14,       // the service refused the request, or its reply cannot be used
  over_budget = 15,   // the budget that the host set is spent
  conflict = 16,      // someone else changed it or is working on it; read it again before retrying
  corrupt = 17,       // a stored record is damaged or was tampered with; restore a backup
};

// A stable snake_case name such as "invalid_input"; never null.
SALESCHECKLIST_API const char *name(ErrorCode code) noexcept;

struct Error {
  ErrorCode code = ErrorCode::internal;
  std::string message;       // one line: what is wrong and what was expected
  std::string where;         // "line 12", a JSON pointer such as "/categories/0/id", or empty
  std::string provider{};    // the service that failed; empty if none was involved
  int http_status = 0;       // its HTTP status, or 0
  std::string request_id{};  // the service's id of the request, for its support; or empty
  std::int64_t retry_after_ms = 0;  // how long the service asked to wait, or 0
};

// "where: message", or the message alone if `where` is empty.
SALESCHECKLIST_API std::string to_string(const Error &error);
SALESCHECKLIST_API std::ostream &operator<<(std::ostream &out, const Error &error);

// Writes the name() of any enum of this library that has one: `out << score.risk_band`.
template <class Enum, class Name = decltype(name(std::declval<Enum>()))>
auto operator<<(std::ostream &out, Enum value)
    -> std::enable_if_t<std::is_enum_v<Enum> && std::is_same_v<Name, const char *>,
                        std::ostream &> {
  return out << name(value);
}

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

  // Throws BadResult if there is no value. Of a temporary, the value is moved out, so that
  // `for (x : f().value())` is safe.
  T &value() & { return require(), std::get<0>(state_); }
  const T &value() const & { return require(), std::get<0>(state_); }
  T value() && { return require(), std::get<0>(std::move(state_)); }

  // Precondition: has_value().
  T &operator*() &noexcept { return *std::get_if<0>(&state_); }
  const T &operator*() const &noexcept { return *std::get_if<0>(&state_); }
  T &&operator*() &&noexcept { return std::move(*std::get_if<0>(&state_)); }
  T *operator->() noexcept { return std::get_if<0>(&state_); }
  const T *operator->() const noexcept { return std::get_if<0>(&state_); }

  // The value, or `fallback` if there is none.
  T value_or(T fallback) const & { return has_value() ? **this : std::move(fallback); }
  T value_or(T fallback) && { return has_value() ? *std::move(*this) : std::move(fallback); }

  // Precondition: !has_value().
  const Error &error() const &noexcept { return *std::get_if<1>(&state_); }
  Error &&error() &&noexcept { return std::move(*std::get_if<1>(&state_)); }

 private:
  void require() const {
    if (!has_value()) throw BadResult(error());
  }
  std::variant<T, Error> state_;
};

// Success or an Error, for functions that return nothing else. `return {};` is success.
template <>
class [[nodiscard]] Result<void> {
 public:
  Result() = default;
  Result(Error error) : error_(std::move(error)) {}

  bool has_value() const noexcept { return !error_; }
  explicit operator bool() const noexcept { return has_value(); }

  // Throws BadResult if it is an Error.
  void value() const {
    if (error_) throw BadResult(*error_);
  }

  // Precondition: !has_value().
  const Error &error() const &noexcept { return *error_; }
  Error &&error() &&noexcept { return *std::move(error_); }

 private:
  std::optional<Error> error_;
};

}  // namespace saleschecklist

#endif
