#include "transcript/readers/charsets.hpp"

#include "base/ascii.hpp"

#include <iconv.h>

#include <algorithm>
#include <array>
#include <memory>

namespace saleschecklist::transcript {
namespace {

// The characters of Windows-1252 from 0x80 to 0x9F; 0 where there is none.
constexpr std::array<std::int32_t, 32> windows_1252 = {
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

// The name that iconv has for the charset; empty if it is not the name of one.
std::string converter_name(std::string_view charset) {
  constexpr std::size_t longest_name = 40;
  static constexpr std::array<std::string_view, 6> western = {"us-ascii", "ascii",   "iso-8859-1",
                                                              "latin1",   "latin-1", "cp1252"};
  std::string key = base::ascii_lower(charset);
  if (std::find(western.begin(), western.end(), key) != western.end()) return "windows-1252";
  if (key == "utf-8" || key == "utf8") return {};
  const auto allowed = [](unsigned char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
  };
  const bool is_name = key.size() <= longest_name && std::all_of(key.begin(), key.end(), allowed);
  return is_name ? key : std::string();
}

struct Closer {
  void operator()(void *converter) const { iconv_close(converter); }
};

}  // namespace

std::int32_t windows_1252_character(unsigned char byte) {
  return byte >= 0x80 && byte < 0xA0 ? windows_1252[byte - 0x80U] : byte;
}

std::optional<std::string> decode_charset(std::string_view bytes, std::string_view charset) {
  const std::string name = converter_name(charset);
  if (name.empty()) return std::nullopt;
  const iconv_t opened = iconv_open("UTF-8", name.c_str());
  // NOLINTNEXTLINE(performance-no-int-to-ptr): as iconv_open() tells of a failure
  if (opened == reinterpret_cast<iconv_t>(-1)) return std::nullopt;
  const std::unique_ptr<void, Closer> converter(opened);
  std::string out;
  std::array<char, 4096> buffer;
  char *from = const_cast<char *>(bytes.data());  // iconv() does not write to it
  std::size_t left = bytes.size();
  while (left > 0) {
    char *to = buffer.data();
    std::size_t room = buffer.size();
    const std::size_t before = left;
    iconv(converter.get(), &from, &left, &to, &room);
    out.append(buffer.data(), buffer.size() - room);
    if (left == before && room == buffer.size()) {  // bytes that are no character
      out += "\xEF\xBF\xBD";
      ++from;
      --left;
    }
  }
  return out;
}

}  // namespace saleschecklist::transcript
