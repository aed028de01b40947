#include "base/unicode.hpp"
#include "base/errors.hpp"

#include <fmt/format.h>
#include <utf8proc.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <functional>
#include <memory>
#include <optional>

namespace saleschecklist::base {
namespace {

using Bytes = const utf8proc_uint8_t *;

Bytes bytes_of(std::string_view text) { return reinterpret_cast<Bytes>(text.data()); }

std::size_t line_of(std::string_view text, std::size_t offset) {
  return 1 + static_cast<std::size_t>(std::count(text.begin(), text.begin() + offset, '\n'));
}

// Describes binary data by the signature that its format's standard defines; null if it is unknown.
// Where a signature is letters only, the control character that comes before or after it counts,
// too: a text may begin with "ID3" or have "ftyp" in its first word.
const char *binary_kind(std::string_view bytes) {
  const auto starts = [&](std::string_view magic, std::size_t at = 0) {
    return bytes.size() >= at + magic.size() && bytes.substr(at, magic.size()) == magic;
  };
  const auto is_control = [&](std::size_t at) {
    return at < bytes.size() &&
           (static_cast<unsigned char>(bytes[at]) < 0x09 || bytes[at] == '\x80');
  };
  if (starts("RIFF") && starts("WAVE", 8)) return "a WAV recording";
  if ((starts("ID3") && is_control(3)) || starts("\xFF\xFB") || starts("\xFF\xF3"))
    return "an MP3 recording";
  if (starts("OggS") && is_control(4)) return "an Ogg recording";
  if (starts("fLaC") && is_control(4)) return "a FLAC recording";
  if (starts("ftyp", 4) && is_control(0)) return "an MP4 or M4A recording";
  if (starts("\x1A\x45\xDF\xA3")) return "a WebM or Matroska recording";
  if (starts("%PDF")) return "a PDF";
  if (starts("PK\x03\x04")) return "a ZIP archive or Office document";
  if (starts("\x1F\x8B")) return "a gzip archive";
  return nullptr;
}

Result<std::string> from_utf16(std::string_view bytes, bool big_endian) {
  if (bytes.size() % 2 != 0) {
    return errors::invalid_input("the UTF-16 text ends in the middle of a character");
  }
  const auto unit = [&](std::size_t i) {
    const auto a = static_cast<unsigned char>(bytes[i]);
    const auto b = static_cast<unsigned char>(bytes[i + 1]);
    return big_endian ? a << 8 | b : b << 8 | a;
  };
  std::string out;
  out.reserve(bytes.size());
  for (std::size_t i = 0; i < bytes.size(); i += 2) {
    std::int32_t code = unit(i);
    if (code >= 0xD800 && code < 0xDC00 && i + 3 < bytes.size()) {
      const std::int32_t low = unit(i + 2);
      if (low >= 0xDC00 && low < 0xE000) {
        code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
        i += 2;
      }
    }
    if (code == 0) {
      return errors::invalid_input("expected text, found the character U+0000",
                                   fmt::format("line {}", line_of(out, out.size())));
    }
    if (code >= 0xD800 && code < 0xE000) {
      return errors::invalid_input("the UTF-16 text has an unpaired surrogate",
                                   fmt::format("line {}", line_of(out, out.size())));
    }
    append_utf8(out, code);
  }
  return out;
}

Result<std::string> from_utf32(std::string_view bytes, bool big_endian) {
  if (bytes.size() % 4 != 0) {
    return errors::invalid_input("the UTF-32 text ends in the middle of a character");
  }
  std::string out;
  out.reserve(bytes.size() / 2);
  for (std::size_t i = 0; i < bytes.size(); i += 4) {
    std::uint32_t code = 0;
    for (std::size_t b = 0; b < 4; ++b) {
      code = code << 8 | static_cast<unsigned char>(bytes[i + (big_endian ? b : 3 - b)]);
    }
    const bool surrogate = code >= 0xD800 && code < 0xE000;
    if (code == 0 || code > 0x10FFFF || surrogate) {
      return errors::invalid_input(
          fmt::format("expected text, found the number 0x{:X} instead of a character", code),
          fmt::format("line {}", line_of(out, out.size())));
    }
    append_utf8(out, static_cast<std::int32_t>(code));
  }
  return out;
}

// The text of bytes that begin with the byte order mark of UTF-16 or UTF-32.
std::optional<Result<std::string>> from_marked(std::string_view bytes) {
  using namespace std::string_view_literals;
  if (bytes.substr(0, 4) == "\xFF\xFE\0\0"sv) return from_utf32(bytes.substr(4), false);
  if (bytes.substr(0, 4) == "\0\0\xFE\xFF"sv) return from_utf32(bytes.substr(4), true);
  if (bytes.substr(0, 2) == "\xFF\xFE"sv) return from_utf16(bytes.substr(2), false);
  if (bytes.substr(0, 2) == "\xFE\xFF"sv) return from_utf16(bytes.substr(2), true);
  return std::nullopt;
}

std::string unify_line_ends(std::string text) {
  if (text.find('\r') == std::string::npos) return text;
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\r') {
      if (i + 1 < text.size() && text[i + 1] == '\n') continue;
      out += '\n';
    } else {
      out += text[i];
    }
  }
  return out;
}

// Unifies punctuation that speech recognisers, editors and models write in different ways.
std::int32_t fold_punctuation(std::int32_t code) {
  switch (code) {
    case 0x2018:
    case 0x2019:
    case 0x201A:
    case 0x201B:
    case 0x2032:
    case 0x02BC:
    case 0x0060:
    case 0x00B4:
    case 0x1FFD:
      return '\'';
    case 0x201C:
    case 0x201D:
    case 0x201E:
    case 0x201F:
    case 0x2033:
    case 0x00AB:
    case 0x00BB:
    case 0x2039:
    case 0x203A:
    case 0x300C:
    case 0x300D:
    case 0x300E:
    case 0x300F:
      return '"';
    case 0x2010:
    case 0x2011:
    case 0x2012:
    case 0x2013:
    case 0x2014:
    case 0x2015:
    case 0x2212:
      return '-';
    default:
      return code;
  }
}

bool is_mark(std::int32_t code) {
  const auto category = utf8proc_category(code);
  return category == UTF8PROC_CATEGORY_MN || category == UTF8PROC_CATEGORY_MC ||
         category == UTF8PROC_CATEGORY_ME;
}

// The decimal digits of every script are ten consecutive code points.
std::int32_t fold_digit(std::int32_t code) {
  if (code < 0x80 || utf8proc_category(code) != UTF8PROC_CATEGORY_ND) return code;
  std::int32_t zero = code;
  while (code - zero < 9 && utf8proc_category(zero - 1) == UTF8PROC_CATEGORY_ND) --zero;
  return '0' + (code - zero);
}

// Ordering the marks of one character takes time that grows with the square of their number, so
// those beyond 30 are left out: no language uses as many (UAX #15, Stream-Safe Text Format).
std::string without_excess_marks(std::string_view cluster) {
  constexpr std::size_t most_marks = 30;
  std::string out;
  std::size_t marks = 0;
  for (std::size_t at = 0; at < cluster.size();) {
    const CodePoint c = code_point_at(cluster, at);
    marks = is_mark(c.value) ? marks + 1 : 0;
    if (marks <= most_marks) out += cluster.substr(at, c.size);
    at += c.size;
  }
  return out;
}

void append_folded_cluster(std::string &out, std::string_view cluster) {
  constexpr std::size_t longest_usual = 60;  // bytes
  if (cluster.size() > longest_usual) {
    const std::string shorter = without_excess_marks(cluster);
    if (shorter.size() < cluster.size()) return append_folded_cluster(out, shorter);
  }
  utf8proc_uint8_t *mapped = nullptr;
  const auto options = static_cast<utf8proc_option_t>(
      UTF8PROC_STABLE | UTF8PROC_COMPAT | UTF8PROC_COMPOSE | UTF8PROC_CASEFOLD | UTF8PROC_IGNORE);
  const auto size = utf8proc_map(bytes_of(cluster), static_cast<utf8proc_ssize_t>(cluster.size()),
                                 &mapped, options);
  const std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> owner(mapped, &std::free);
  if (size < 0) {
    out += cluster;
    return;
  }
  const std::string_view text(reinterpret_cast<const char *>(mapped),
                              static_cast<std::size_t>(size));
  for (std::size_t i = 0; i < text.size();) {
    const CodePoint c = code_point_at(text, i);
    append_utf8(out, is_white_space(c.value) ? ' ' : fold_digit(fold_punctuation(c.value)));
    i += c.size;
  }
}

// The same for a cluster whose first character may be punctuation, which is folded before
// compatibility forms are: in those, an acute accent is a space with a mark, and a double prime is
// two primes.
void append_folded(std::string &out, std::string_view cluster) {
  const CodePoint first = code_point_at(cluster, 0);
  const std::int32_t plain = fold_punctuation(first.value);
  if (plain == first.value) return append_folded_cluster(out, cluster);
  std::string changed;
  append_utf8(changed, plain);
  append_folded_cluster(out, changed.append(cluster.substr(first.size)));
}

char ascii_lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool is_plain_ascii(std::string_view text, std::size_t at) {
  const auto plain = [&](std::size_t i) { return static_cast<unsigned char>(text[i]) < 0x80; };
  return plain(at) && (at + 1 == text.size() || plain(at + 1));
}

// Folds `text`. Calls map_to(size, begin, end) after each source character from `begin` to `end`,
// with the size of the folded text, from which spaces at the end are removed afterwards.
template <class MapTo>
std::string fold_text(std::string_view text, MapTo map_to) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = at + 1;
    const std::size_t size_before = out.size();
    if (is_plain_ascii(text, at)) {
      const char c = text[at];
      out += is_white_space(c) ? ' ' : c == '`' ? '\'' : ascii_lower(c);
    } else {
      end = cluster_end(text, at);
      append_folded(out, text.substr(at, end - at));
    }
    const bool doubled_space = out.size() > size_before && out[size_before] == ' ' &&
                               (size_before == 0 || out[size_before - 1] == ' ');
    if (doubled_space) out.erase(size_before, 1);
    map_to(out.size(), at, end);
    at = end;
  }
  while (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

// C0 and C1 controls and the byte order mark, which are never text and are dangerous on a terminal.
bool is_control(std::int32_t code) {
  return code < 0x20 || (code >= 0x7F && code < 0xA0) || code == 0xFEFF;
}

// Whether the text is ASCII that collapse_spaces() leaves as it is.
bool is_collapsed_ascii(std::string_view text) {
  constexpr unsigned char first_shown = 0x21, last_shown = 0x7E;
  bool space = true;  // before the next character, or it is the first
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == ' ' ? space : byte < first_shown || byte > last_shown) return false;
    space = c == ' ';
  }
  return !space || text.empty();
}

bool in_category(std::int32_t code, std::initializer_list<utf8proc_category_t> wanted) {
  const auto category = utf8proc_category(code);
  return std::find(wanted.begin(), wanted.end(), category) != wanted.end();
}

// Whether `bytes` are UTF-16 without a byte order mark, and its order: one half of each unit is one
// of few values and often zero, as in alphabets, and the other is never zero.
std::optional<bool> unmarked_utf16(std::string_view bytes) {
  constexpr std::size_t least_units = 8, looked_at = 65536;
  const std::size_t units = std::min(bytes.size() / 2, looked_at);
  if (units < least_units || bytes.size() % 2 != 0) return std::nullopt;
  std::array<std::array<std::size_t, 256>, 2> counts{};
  for (std::size_t at = 0; at < 2 * units; ++at) {
    ++counts[at % 2][static_cast<unsigned char>(bytes[at])];
  }
  for (const bool big_endian : {false, true}) {
    const auto &high = counts[big_endian ? 0 : 1], &low = counts[big_endian ? 1 : 0];
    if (low[0] > 0 || high[0] * 20 < units) continue;
    std::array<std::size_t, 256> sorted = high;
    std::partial_sort(sorted.begin(), sorted.begin() + 3, sorted.end(), std::greater<>());
    if ((sorted[0] + sorted[1] + sorted[2]) * 10 >= units * 9) return big_endian;
  }
  return std::nullopt;
}

}  // namespace

CodePoint code_point_at(std::string_view text, std::size_t at) {
  const auto first = static_cast<unsigned char>(text[at]);
  if (first < 0x80) return {first, 1};
  utf8proc_int32_t value = 0;
  const auto size = utf8proc_iterate(bytes_of(text) + at,
                                     static_cast<utf8proc_ssize_t>(text.size() - at), &value);
  if (size <= 0) return {first, 1};
  return {value, static_cast<std::size_t>(size)};
}

CodePoint code_point_before(std::string_view text, std::size_t at) {
  std::size_t begin = at - 1;
  while (begin > 0 && (static_cast<unsigned char>(text[begin]) & 0xC0) == 0x80) --begin;
  return code_point_at(text, begin);
}

void append_utf8(std::string &out, std::int32_t code_point) {
  std::array<utf8proc_uint8_t, 4> buffer{};
  const auto size = utf8proc_encode_char(code_point, buffer.data());
  out.append(reinterpret_cast<const char *>(buffer.data()), static_cast<std::size_t>(size));
}

bool is_alphanumeric(std::int32_t code) {
  if (code < 0x80) return std::isalnum(code) != 0;
  const auto category = utf8proc_category(code);
  return category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_NO;
}

bool is_upper(std::int32_t code) {
  if (code < 0x80) return code >= 'A' && code <= 'Z';
  return in_category(code, {UTF8PROC_CATEGORY_LU, UTF8PROC_CATEGORY_LT});
}

bool is_white_space(std::int32_t code) {
  if (code == ' ' || (code >= 0x09 && code <= 0x0D) || code == 0x85) return true;
  return code >= 0x80 &&
         in_category(code, {UTF8PROC_CATEGORY_ZS, UTF8PROC_CATEGORY_ZL, UTF8PROC_CATEGORY_ZP});
}

bool is_unspaced_script(std::int32_t code) {
  // Unicode blocks: Thai to Lao, Myanmar, Khmer, CJK radicals to ideographs (with kana), and
  // compatibility and supplementary ideographs.
  return (code >= 0x0E00 && code <= 0x0EFF) || (code >= 0x1000 && code <= 0x109F) ||
         (code >= 0x1780 && code <= 0x17FF) || (code >= 0x2E80 && code <= 0x9FFF) ||
         (code >= 0xF900 && code <= 0xFAFF) || (code >= 0x20000 && code <= 0x3FFFF);
}

std::size_t cluster_end(std::string_view text, std::size_t at) {
  utf8proc_int32_t state = 0;
  CodePoint previous = code_point_at(text, at);
  std::size_t end = at + previous.size;
  while (end < text.size()) {
    const CodePoint next = code_point_at(text, end);
    if (utf8proc_grapheme_break_stateful(previous.value, next.value, &state)) break;
    end += next.size;
    previous = next;
  }
  return end;
}

std::size_t valid_utf8_prefix(std::string_view text) {
  std::size_t at = 0;
  while (at < text.size()) {
    if (static_cast<unsigned char>(text[at]) < 0x80) {
      ++at;
      continue;
    }
    utf8proc_int32_t value = 0;
    const auto size = utf8proc_iterate(bytes_of(text) + at,
                                       static_cast<utf8proc_ssize_t>(text.size() - at), &value);
    if (size <= 0) break;
    at += static_cast<std::size_t>(size);
  }
  return at;
}

Result<std::string> decode_text(std::string_view bytes) {
  if (bytes.empty()) {
    return errors::invalid_input("the input is empty; expected text or JSON");
  }
  if (auto text = from_marked(bytes)) {
    if (!*text) return *std::move(text);
    return unify_line_ends(**std::move(text));
  }
  if (const char *kind = binary_kind(bytes)) {
    return errors::invalid_input(fmt::format("expected text or JSON, found {}", kind), "byte 0");
  }
  if (const auto big_endian = unmarked_utf16(bytes)) {
    auto text = from_utf16(bytes, *big_endian);
    if (!text) return text;
    return unify_line_ends(*std::move(text));
  }
  if (bytes.substr(0, 3) == "\xEF\xBB\xBF") bytes.remove_prefix(3);
  const std::size_t zero = bytes.find('\0');
  if (zero != std::string_view::npos) {
    return errors::invalid_input(
        "expected UTF-8 text, found a zero byte: this is binary data, or UTF-16 without a byte "
        "order mark",
        fmt::format("line {}", line_of(bytes, zero)));
  }
  const std::size_t valid = valid_utf8_prefix(bytes);
  if (valid < bytes.size()) {
    return errors::invalid_input(
        fmt::format("the byte 0x{:02X} is not valid UTF-8; convert the file to UTF-8 (older "
                    "Windows files are often Windows-1252)",
                    static_cast<unsigned char>(bytes[valid])),
        fmt::format("line {}", line_of(bytes, valid)));
  }
  return unify_line_ends(std::string(bytes));
}

FoldedText fold(std::string_view text) {
  FoldedText out;
  out.begin.reserve(text.size());
  out.end.reserve(text.size());
  out.text = fold_text(text, [&](std::size_t size, std::size_t begin, std::size_t end) {
    if (size == out.begin.size() + 1) {
      out.begin.push_back(static_cast<std::uint32_t>(begin));
      out.end.push_back(static_cast<std::uint32_t>(end));
    } else {
      out.begin.resize(size, static_cast<std::uint32_t>(begin));
      out.end.resize(size, static_cast<std::uint32_t>(end));
    }
  });
  out.begin.resize(out.text.size());
  out.end.resize(out.text.size());
  return out;
}

std::string fold_key(std::string_view text) {
  return fold_text(text, [](std::size_t, std::size_t, std::size_t) {});
}

std::string collapse_spaces(std::string_view text) {
  if (is_collapsed_ascii(text)) return std::string(text);
  std::string out;
  out.reserve(text.size());
  bool pending = false;
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint c = code_point_at(text, at);
    if (is_white_space(c.value)) {
      pending = !out.empty();
    } else if (!is_control(c.value)) {
      if (pending) out += ' ';
      pending = false;
      out.append(text, at, c.size);
    }
    at += c.size;
  }
  return out;
}

}  // namespace saleschecklist::base
