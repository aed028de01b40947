#include "transcript/readers/charsets.hpp"

#include "base/ascii.hpp"
#include "base/unicode.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace saleschecklist::transcript {
namespace {

// The characters of Windows-1252 from 0x80 to 0x9F; 0 where there is none.
constexpr std::array<std::int32_t, 32> windows_1252 = {
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

// Where ISO-8859-15 differs from ISO-8859-1.
constexpr std::array<std::pair<unsigned char, std::int32_t>, 8> latin_9 = {{{0xA4, 0x20AC},
                                                                            {0xA6, 0x0160},
                                                                            {0xA8, 0x0161},
                                                                            {0xB4, 0x017D},
                                                                            {0xB8, 0x017E},
                                                                            {0xBC, 0x0152},
                                                                            {0xBD, 0x0153},
                                                                            {0xBE, 0x0178}}};

std::int32_t latin_9_character(unsigned char byte) {
  for (const auto &[other, code] : latin_9) {
    if (byte == other) return code;
  }
  return windows_1252_character(byte);
}

bool is_one_of(const std::string &key, std::initializer_list<std::string_view> names) {
  return std::find(names.begin(), names.end(), key) != names.end();
}

}  // namespace

std::int32_t windows_1252_character(unsigned char byte) {
  return byte >= 0x80 && byte < 0xA0 ? windows_1252[byte - 0x80U] : byte;
}

std::optional<std::string> decode_charset(std::string_view bytes, std::string_view charset) {
  const std::string key = base::ascii_lower(charset);
  const bool latin_9_text = is_one_of(key, {"iso-8859-15", "latin-9", "latin9"});
  if (!latin_9_text && !is_one_of(key, {"us-ascii", "ascii", "iso-8859-1", "latin1", "latin-1",
                                        "windows-1252", "cp1252"})) {
    return std::nullopt;
  }
  constexpr std::int32_t unknown = 0xFFFD;
  std::string out;
  out.reserve(bytes.size() + bytes.size() / 8);
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    const std::int32_t code = latin_9_text ? latin_9_character(byte) : windows_1252_character(byte);
    if (byte < 0x80) {
      out += c;
    } else {
      base::append_utf8(out, code == 0 ? unknown : code);
    }
  }
  return out;
}

}  // namespace saleschecklist::transcript
