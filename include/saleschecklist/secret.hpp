// A key or token that must not be shown.
#ifndef SALESCHECKLIST_SECRET_HPP
#define SALESCHECKLIST_SECRET_HPP

#include <saleschecklist/config.h>

#include <ostream>
#include <string>
#include <utility>

namespace saleschecklist {

// Holds a secret so that it cannot be printed or compared by accident; only reveal() returns it.
// Its memory is overwritten when it is released.
//
// The library overwrites each copy that it makes of a Secret, too: in headers, in lines that it
// gives to libcurl, and in what a signature is computed from. The same holds for the headers in
// ProviderOptions::headers once they are a request's, for the proxies of a transport, for the URL
// of a PostgreSQL store, and for the options of services that are given as JSON or as lines
// NAME=value. It cannot overwrite what it does not own: the string from which the caller made the
// Secret, the options that the caller keeps, the environment, the memory of libcurl, libpq, OpenSSL
// and the JSON parser, Python's strings, a reply that contains the key, links that
// S3Options::session_token signs, and pages that the system wrote to swap space or to a core file.
// See docs/security.md.
class Secret {
 public:
  Secret() = default;
  explicit Secret(std::string value) : value_(std::move(value)) { wipe(value); }
  Secret(const Secret &) = default;
  Secret(Secret &&other) noexcept : value_(std::move(other.value_)) { wipe(other.value_); }
  Secret &operator=(const Secret &other) {
    if (this != &other) *this = Secret(other);
    return *this;
  }
  Secret &operator=(Secret &&other) noexcept {
    if (this == &other) return *this;
    wipe(value_);
    value_ = std::move(other.value_);
    wipe(other.value_);
    return *this;
  }
  ~Secret() { wipe(value_); }

  bool empty() const noexcept { return value_.empty(); }
  const std::string &reveal() const noexcept { return value_; }

  // Overwrites the text and the capacity beyond its end with zeros, which the compiler does not
  // leave out, and empties it. For a host's own copies, such as the content of a file of keys.
  SALESCHECKLIST_API static void wipe(std::string &text) noexcept;

 private:
  std::string value_;
};

// Prints "***", or nothing if it is empty.
inline std::ostream &operator<<(std::ostream &out, const Secret &secret) {
  return out << (secret.empty() ? "" : "***");
}

}  // namespace saleschecklist

#endif
