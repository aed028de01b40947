// Encodings with one byte for each character.
#ifndef SALESCHECKLIST_TRANSCRIPT_READERS_CHARSETS_HPP
#define SALESCHECKLIST_TRANSCRIPT_READERS_CHARSETS_HPP

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace saleschecklist::transcript {

// The code point of a byte in Windows-1252; 0 if there is none.
std::int32_t windows_1252_character(unsigned char byte);

// The text in UTF-8. `charset` is as mails name it, in any case: US-ASCII, ISO-8859-1, ISO-8859-15
// or Windows-1252; ISO-8859-1 is read as Windows-1252, as browsers do, since programs call it so.
// Bytes without a character become U+FFFD. std::nullopt if the charset is none of these.
std::optional<std::string> decode_charset(std::string_view bytes, std::string_view charset);

}  // namespace saleschecklist::transcript

#endif
