// SHA-256 and HMAC over it; the only user of OpenSSL in core beside Base64.
#ifndef SALESCHECKLIST_BASE_SHA256_HPP
#define SALESCHECKLIST_BASE_SHA256_HPP

#include <memory>
#include <string>
#include <string_view>

namespace saleschecklist::base {

// Lower-case hex of the digest of `bytes`.
std::string sha256_hex(std::string_view bytes);

// A digest that is made piece by piece.
class Sha256 {
 public:
  Sha256();
  ~Sha256();
  Sha256(const Sha256 &) = delete;
  Sha256 &operator=(const Sha256 &) = delete;

  void add(std::string_view bytes);

  // Lower-case hex of the digest of all that was added. Nothing can be added afterwards.
  std::string hex();

 private:
  struct State;
  const std::unique_ptr<State> state_;
};

// The 32 bytes of HMAC-SHA-256 (RFC 2104).
std::string hmac_sha256(std::string_view key, std::string_view text);

// Two lower-case digits for each byte.
std::string hex_of(std::string_view bytes);

}  // namespace saleschecklist::base

#endif
