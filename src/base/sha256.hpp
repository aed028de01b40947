// SHA-256 and HMAC-SHA-256.
#ifndef SALESCHECKLIST_BASE_SHA256_HPP
#define SALESCHECKLIST_BASE_SHA256_HPP

#include <memory>
#include <string>
#include <string_view>

namespace saleschecklist::base {

// The digest of `bytes` in lower-case hexadecimal.
std::string sha256_hex(std::string_view bytes);

// Computes a digest incrementally.
class Sha256 {
 public:
  Sha256();
  ~Sha256();
  Sha256(const Sha256 &) = delete;
  Sha256 &operator=(const Sha256 &) = delete;

  void add(std::string_view bytes);

  // The digest of everything added, in lower-case hexadecimal. May be called once; afterwards,
  // nothing may be added.
  std::string hex();

 private:
  struct State;
  const std::unique_ptr<State> state_;
};

// The 32 bytes of HMAC-SHA-256 (RFC 2104). Throws std::length_error if `key` is larger than
// INT_MAX.
std::string hmac_sha256(std::string_view key, std::string_view text);

// Two lower-case hexadecimal digits per byte.
std::string hex_of(std::string_view bytes);

}  // namespace saleschecklist::base

#endif
