// Percent-encoding of URLs (RFC 3986, 2.1).
#ifndef SALESCHECKLIST_BASE_PERCENT_ENCODING_HPP
#define SALESCHECKLIST_BASE_PERCENT_ENCODING_HPP

#include <optional>
#include <string>
#include <string_view>

namespace saleschecklist::base {

// Encodes every byte as %XX except ASCII letters, digits, "-._~" and the characters in `kept`.
std::string percent_encode(std::string_view text, std::string_view kept = {});

// Returns std::nullopt if a '%' is not followed by two hexadecimal digits.
std::optional<std::string> percent_decode(std::string_view text);

}  // namespace saleschecklist::base

#endif
