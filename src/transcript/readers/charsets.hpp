// Encodings other than Unicode; the only user of iconv.
#ifndef SALESCHECKLIST_TRANSCRIPT_READERS_CHARSETS_HPP
#define SALESCHECKLIST_TRANSCRIPT_READERS_CHARSETS_HPP

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace saleschecklist::transcript {

// The code point of a byte in Windows-1252; 0 if there is none.
std::int32_t windows_1252_character(unsigned char byte);

// The text in UTF-8. `charset` is as mails name it, in any case, and may be any that the system
// knows; US-ASCII and ISO-8859-1 are read as Windows-1252, as browsers do, since programs call it
// so. Bytes without a character become U+FFFD. std::nullopt if the charset is not known, or UTF-8.
std::optional<std::string> decode_charset(std::string_view bytes, std::string_view charset);

}  // namespace saleschecklist::transcript

#endif
