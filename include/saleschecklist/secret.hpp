// A key or token that must not be shown.
#ifndef SALESCHECKLIST_SECRET_HPP
#define SALESCHECKLIST_SECRET_HPP

#include <ostream>
#include <string>
#include <utility>

namespace saleschecklist {

// Holds a secret so that it cannot be printed or compared by accident; only reveal() returns it.
class Secret {
 public:
  Secret() = default;
  explicit Secret(std::string value) : value_(std::move(value)) {}

  bool empty() const noexcept { return value_.empty(); }
  const std::string &reveal() const noexcept { return value_; }

 private:
  std::string value_;
};

// Prints "***", or nothing if it is empty.
inline std::ostream &operator<<(std::ostream &out, const Secret &secret) {
  return out << (secret.empty() ? "" : "***");
}

}  // namespace saleschecklist

#endif
