#include "base/sha256.hpp"

#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/sha.h>

#include <array>
#include <climits>
#include <new>
#include <stdexcept>

namespace saleschecklist::base {
namespace {

using Digest = std::array<unsigned char, SHA256_DIGEST_LENGTH>;

const unsigned char *octets(std::string_view text) {
  return reinterpret_cast<const unsigned char *>(text.data());
}

std::string_view text_of(const Digest &digest) {
  return {reinterpret_cast<const char *>(digest.data()), digest.size()};
}

// No call here fails for another reason.
[[noreturn]] void fail() {
  ERR_clear_error();  // the queue belongs to the host's thread
  throw std::bad_alloc();
}

}  // namespace

std::string hex_of(std::string_view bytes) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string out;
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    out += digits[byte >> 4];
    out += digits[byte & 15];
  }
  return out;
}

std::string sha256_hex(std::string_view bytes) {
  Digest digest{};
  if (SHA256(octets(bytes), bytes.size(), digest.data()) == nullptr) fail();
  return hex_of(text_of(digest));
}

struct Sha256::State {
  State() : context(EVP_MD_CTX_new()) {
    if (context == nullptr) fail();
  }
  ~State() { EVP_MD_CTX_free(context); }
  State(const State &) = delete;
  State &operator=(const State &) = delete;

  EVP_MD_CTX *context;
};

Sha256::Sha256() : state_(std::make_unique<State>()) {
  if (EVP_DigestInit_ex(state_->context, EVP_sha256(), nullptr) != 1) fail();
}

Sha256::~Sha256() = default;

void Sha256::add(std::string_view bytes) {
  if (EVP_DigestUpdate(state_->context, bytes.data(), bytes.size()) != 1) fail();
}

std::string Sha256::hex() {
  Digest digest{};
  if (EVP_DigestFinal_ex(state_->context, digest.data(), nullptr) != 1) fail();
  return hex_of(text_of(digest));
}

std::string hmac_sha256(std::string_view key, std::string_view text) {
  if (key.size() > INT_MAX) throw std::length_error("the HMAC key is too long");
  Digest digest{};
  if (HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), octets(text), text.size(),
           digest.data(), nullptr) == nullptr) {
    fail();
  }
  std::string out(text_of(digest));
  OPENSSL_cleanse(digest.data(), digest.size());  // it may be a key
  return out;
}

}  // namespace saleschecklist::base
