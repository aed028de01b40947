// Base64 (RFC 4648, with padding).
#ifndef SALESCHECKLIST_BASE_BASE64_HPP
#define SALESCHECKLIST_BASE_BASE64_HPP

#include <optional>
#include <string>
#include <string_view>

namespace saleschecklist::base {

std::string base64_encode(std::string_view bytes);

// The bytes, or std::nullopt if `text` is not Base64. Leading and trailing white space is ignored.
std::optional<std::string> base64_decode(std::string_view text);

}  // namespace saleschecklist::base

#endif
