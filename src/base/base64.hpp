// Base64 (RFC 4648, with padding).
#ifndef SALESCHECKLIST_BASE_BASE64_HPP
#define SALESCHECKLIST_BASE_BASE64_HPP

#include <optional>
#include <string>
#include <string_view>

namespace saleschecklist::base {

std::string base64_encode(std::string_view bytes);

// Nothing when `text` is not Base64; line breaks and spaces at its ends are allowed.
std::optional<std::string> base64_decode(std::string_view text);

}  // namespace saleschecklist::base

#endif
