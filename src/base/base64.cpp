#include "base/base64.hpp"

#include <openssl/evp.h>

#include <climits>
#include <stdexcept>

namespace saleschecklist::base {

namespace {
const unsigned char *octets(std::string_view text) {
  return reinterpret_cast<const unsigned char *>(text.data());
}
}  // namespace

std::string base64_encode(std::string_view bytes) {
  if (bytes.size() > INT_MAX / 2) throw std::length_error("too much for one Base64 text");
  std::string out(4 * ((bytes.size() + 2) / 3) + 1, '\0');
  const int size = EVP_EncodeBlock(reinterpret_cast<unsigned char *>(out.data()), octets(bytes),
                                   static_cast<int>(bytes.size()));
  out.resize(static_cast<std::size_t>(size));
  return out;
}

std::optional<std::string> base64_decode(std::string_view text) {
  constexpr std::string_view spaces = " \t\r\n";
  const std::size_t begin = text.find_first_not_of(spaces);
  if (begin == std::string_view::npos) return std::string();
  text = text.substr(begin, text.find_last_not_of(spaces) + 1 - begin);
  if (text.size() % 4 != 0 || text.size() > INT_MAX) return std::nullopt;
  std::string out(text.size() / 4 * 3, '\0');
  const int size = EVP_DecodeBlock(reinterpret_cast<unsigned char *>(out.data()), octets(text),
                                   static_cast<int>(text.size()));
  if (size < 0) return std::nullopt;
  // OpenSSL decodes the padding to zero bytes.
  std::size_t padding = 0;
  while (padding < 2 && text[text.size() - 1 - padding] == '=') ++padding;
  out.resize(static_cast<std::size_t>(size) - padding);
  if (base64_encode(out) != text) return std::nullopt;  // padding where OpenSSL overlooks it
  return out;
}

}  // namespace saleschecklist::base
