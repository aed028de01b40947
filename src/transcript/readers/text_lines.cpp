// Times and markup in single lines of plain text.
#include "transcript/readers/text_lines.hpp"

#include "base/ascii.hpp"
#include "base/unicode.hpp"

#include <algorithm>
#include <array>
#include <cctype>

namespace saleschecklist::transcript {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool starts_with(std::string_view text, std::string_view prefix) {
  return text.substr(0, prefix.size()) == prefix;
}

// Spaces without width, marks of direction, and hyphens that are not shown.
bool is_hidden(std::int32_t code) {
  return code == 0x200B || code == 0x200E || code == 0x200F || code == 0xFEFF || code == 0x2060 ||
         code == 0xAD || (code >= 0x202A && code <= 0x202E) || (code >= 0x2066 && code <= 0x2069);
}

// Removes the marks of bold and emphasised text if they stand in pairs around words. Marks within a
// word stay, as in "speaker_0" and in a censored one.
bool remove_pairs(std::string &text, std::string_view mark) {
  const auto word = [&](std::size_t at) {
    return at < text.size() && std::isalnum(static_cast<unsigned char>(text[at])) != 0;
  };
  const auto closing = [&](std::size_t at) {
    while (at != std::string::npos && (text[at - 1] == ' ' || word(at + mark.size()))) {
      at = text.find(mark, at + 1);
    }
    return at;
  };
  std::string out;
  std::size_t from = 0;
  bool found = false;
  for (std::size_t open = text.find(mark); open != std::string::npos;) {
    const std::size_t inside = open + mark.size();
    const bool opens =
        (open == 0 || !word(open - 1)) && inside < text.size() && text[inside] != ' ';
    if (!opens) {
      open = text.find(mark, inside);
      continue;
    }
    const std::size_t close = closing(text.find(mark, inside + 1));
    if (close == std::string::npos) break;
    out.append(text, from, open - from).append(text, inside, close - inside);
    from = close + mark.size();
    found = true;
    open = text.find(mark, from);
  }
  if (found) text = out + text.substr(from);
  return found;
}

CleanLine clean_line(const Line &line) {
  const std::string plain = visible_text(line.text);
  std::string_view rest = base::trim(plain);
  CleanLine out{line.number, {}, false, false, false, false};
  // A quotation, or the mark of captions for a change of speaker.
  while (starts_with(rest, "> ") || starts_with(rest, ">>")) rest = base::trim(rest.substr(2));
  const std::size_t hashes = std::min(rest.find_first_not_of('#'), rest.size());
  if (hashes > 0 && hashes < 7 && hashes < rest.size() && rest[hashes] == ' ') {
    out.heading = true;
    rest = base::trim(rest.substr(hashes));
  }
  for (const std::string_view mark : {"- ", "* ", "+ ", "\xE2\x80\xA2 "}) {
    if (!starts_with(rest, mark)) continue;
    out.bullet = true;
    rest = base::trim(rest.substr(mark.size()));
    break;
  }
  out.text = rest;
  for (const std::string_view mark : {"**", "__", "*", "_", "`"}) {
    if (remove_pairs(out.text, mark)) out.bold = true;
  }
  out.text = std::string(base::trim(out.text));
  return out;
}

// The number at the beginning of `text`, which is removed together with spaces after it.
std::optional<std::int64_t> take_number(std::string_view &text) {
  const std::size_t size = std::min(text.find_first_not_of("0123456789"), text.size());
  if (size == 0 || size > 6) return std::nullopt;
  std::int64_t value = 0;
  for (const char c : text.substr(0, size)) value = value * 10 + (c - '0');
  text = text.substr(size);
  while (!text.empty() && text[0] == ' ') text.remove_prefix(1);
  return value;
}

// "1 hour 2 minutes 3 seconds", "2m 3s"; `text` is unchanged if it is neither.
std::optional<std::int64_t> take_spelt_time(std::string_view &text) {
  struct Unit {
    std::string_view name;
    std::int64_t ms;
  };
  static constexpr std::array<Unit, 14> units = {{{"hours", 3600000},
                                                  {"hour", 3600000},
                                                  {"hrs", 3600000},
                                                  {"hr", 3600000},
                                                  {"h", 3600000},
                                                  {"minutes", 60000},
                                                  {"minute", 60000},
                                                  {"mins", 60000},
                                                  {"min", 60000},
                                                  {"m", 60000},
                                                  {"seconds", 1000},
                                                  {"second", 1000},
                                                  {"secs", 1000},
                                                  {"s", 1000}}};
  std::string_view rest = text;
  std::int64_t sum = 0;
  bool any = false;
  for (;;) {
    std::string_view tail = rest;
    while (!tail.empty() && (tail[0] == ' ' || (any && tail[0] == ','))) tail.remove_prefix(1);
    const auto value = take_number(tail);
    if (!value) break;
    const std::string lower = base::ascii_lower(tail.substr(0, 8));
    const auto *unit = std::find_if(units.begin(), units.end(), [&](const Unit &u) {
      if (!starts_with(lower, u.name)) return false;
      return lower.size() == u.name.size() ||
             std::isalpha(static_cast<unsigned char>(lower[u.name.size()])) == 0;
    });
    if (unit == units.end()) break;
    sum += *value * unit->ms;
    any = true;
    rest = tail.substr(unit->name.size());
  }
  if (!any) return std::nullopt;
  text = rest;
  return sum;
}

// Removes "AM" or "p.m." and returns the hours to add to a time with this hour.
std::optional<int> take_half_of_day(std::string_view &text, std::int64_t hour) {
  std::string_view rest = text;
  while (!rest.empty() && rest[0] == ' ') rest.remove_prefix(1);
  for (const std::string_view mark : {"a.m.", "p.m.", "am", "pm"}) {
    if (!base::equal_ignoring_case(rest.substr(0, mark.size()), mark)) continue;
    const std::string_view after = rest.substr(mark.size());
    if (!after.empty() && std::isalnum(static_cast<unsigned char>(after[0])) != 0) continue;
    text = after;
    if (mark[0] == 'p') return hour < 12 ? 12 : 0;
    return hour == 12 ? -12 : 0;
  }
  return std::nullopt;
}

// Removes a date such as 2026-03-03 or 3/3/2026 before a time.
bool take_date(std::string_view &text) {
  const std::size_t size = std::min(text.find_first_not_of("0123456789-/."), text.size());
  const std::string_view date = text.substr(0, size);
  const auto marks = std::count_if(date.begin(), date.end(),
                                   [](char c) { return c == '-' || c == '/' || c == '.'; });
  if (size < 6 || size > 10 || marks != 2 || size == text.size()) return false;
  std::string_view rest = text.substr(size);
  if (rest[0] == ',') rest.remove_prefix(1);
  if (rest.empty() || (rest[0] != ' ' && rest[0] != 'T')) return false;
  rest.remove_prefix(1);
  if (rest.empty() || !is_digit(rest[0])) return false;
  text = rest;
  return true;
}

// A spelt time that ends the text or stands in brackets; "5 minutes is enough" is a sentence.
// Teams repeats it in figures: "0 minutes 3 seconds0:03".
bool take_whole_spelt_time(std::string_view &text, WrittenTime &out,
                           std::optional<std::int64_t> &value, bool bracketed) {
  std::string_view rest = text;
  const auto spelt = take_spelt_time(rest);
  if (!spelt) return false;
  if (!rest.empty() && is_digit(rest[0])) {
    rest = rest.substr(std::min(rest.find_first_not_of("0123456789:"), rest.size()));
  }
  if (!bracketed && !base::trim(rest).empty()) return false;
  value = spelt;
  out.spelt = true;
  text = rest;
  return true;
}

// One time, "0:03", "1:35 PM", "3.50s" or "00:00:03:12" (with frames).
bool take_one_time(std::string_view &text, WrittenTime &out, std::optional<std::int64_t> &value,
                   bool bracketed) {
  if (text.empty() || !is_digit(text[0])) return false;
  if (take_whole_spelt_time(text, out, value, bracketed)) return true;
  std::string_view rest = text;
  const bool dated = take_date(rest);
  const std::size_t span = std::min(rest.find_first_not_of("0123456789:.,"), rest.size());
  std::string_view digits = rest.substr(0, span);
  while (!digits.empty() && !is_digit(digits.back())) digits.remove_suffix(1);
  if (digits.empty() || !is_digit(digits[0])) return false;
  rest.remove_prefix(digits.size());
  const auto colons = std::count(digits.begin(), digits.end(), ':');
  if (colons == 0) {
    const std::size_t point = digits.find('.');
    const bool unit =
        !rest.empty() && rest[0] == 's' && (rest.size() < 2 || !std::isalpha(rest[1]));
    if (point == std::string_view::npos ? !unit : !(bracketed || unit)) return false;
    value =
        parse_time("0:00" + std::string(point == std::string_view::npos ? std::string_view()
                                                                        : digits.substr(point)));
    std::string_view whole = digits.substr(0, point);
    const auto seconds = take_number(whole);
    if (!value || !seconds || !whole.empty()) return false;
    *value += *seconds * 1000;
    if (unit) rest.remove_prefix(1);
    text = rest;
    return true;
  }
  value = colons == 3 ? parse_time(digits.substr(0, digits.rfind(':'))) : parse_time(digits);
  out.clock = out.clock || dated;
  if (value) {
    const std::int64_t hour = *value / (colons == 1 ? 60000 : 3600000);
    if (const auto half = take_half_of_day(rest, hour)) {
      value = (colons == 1 ? *value * 60 : *value) + *half * 3600000;
      out.clock = true;
      out.minutes = colons == 1;
    } else if (dated && colons == 1) {
      value = *value * 60;
      out.minutes = true;
    }
  }
  if (!rest.empty() && rest[0] == 'Z' && dated) rest.remove_prefix(1);
  text = rest;
  return true;
}

// "-->", "->", "-", a dash or "to" between two times.
bool take_range_mark(std::string_view &text, bool &arrow) {
  std::string_view rest = text;
  while (!rest.empty() && rest[0] == ' ') rest.remove_prefix(1);
  for (const std::string_view mark :
       {"-->", "->", "\xE2\x86\x92", "\xE2\x80\x93", "\xE2\x80\x94", "-", "to ", "stop=", "end="}) {
    if (!starts_with(rest, mark)) continue;
    rest.remove_prefix(mark.size());
    while (!rest.empty() && rest[0] == ' ') rest.remove_prefix(1);
    if (rest.empty() || !is_digit(rest[0])) return false;
    arrow = mark.back() == '>';
    text = rest;
    return true;
  }
  return false;
}

char take_one_separator(std::string_view &text, bool from_end) {
  static constexpr std::array<std::string_view, 9> marks = {
      "-", "|", ",", ";", "\xE2\x80\x93", "\xE2\x80\x94", "\xC2\xB7", "\xE2\x80\xA2", "/"};
  for (const std::string_view mark : marks) {
    if (text.size() < mark.size()) continue;
    const std::string_view part =
        from_end ? text.substr(text.size() - mark.size()) : text.substr(0, mark.size());
    if (part != mark) continue;
    if (from_end) {
      text.remove_suffix(mark.size());
    } else {
      text.remove_prefix(mark.size());
    }
    return mark.size() > 1 ? '-' : mark[0];
  }
  return 0;
}

}  // namespace

std::string visible_text(std::string_view text) {
  const auto is_ascii = [](char c) { return static_cast<unsigned char>(c) < 0x80; };
  if (std::all_of(text.begin(), text.end(), is_ascii)) return std::string(text);
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const base::CodePoint c = base::code_point_at(text, at);
    const bool hidden = is_hidden(c.value);
    if (c.value >= 0x80 && base::is_white_space(c.value)) {
      out += ' ';
    } else if (!hidden) {
      out.append(text, at, c.size);
    }
    at += c.size;
  }
  return out;
}

std::vector<CleanLine> clean_lines(const std::vector<Line> &lines) {
  std::vector<CleanLine> out;
  bool blank = true;
  for (const Line &line : lines) {
    CleanLine clean = clean_line(line);
    if (clean.text.empty()) {
      blank = true;
      continue;
    }
    clean.after_blank = blank;
    blank = false;
    out.push_back(std::move(clean));
  }
  return out;
}

std::optional<WrittenTime> take_time(std::string_view &text) {
  std::string_view rest = text;
  WrittenTime out;
  if (starts_with(rest, "start=")) rest.remove_prefix(6);  // pyannote: "start=0.5s stop=3.2s A"
  if (!rest.empty() && (rest[0] == '[' || rest[0] == '(')) {
    out.bracket = rest[0];
    rest.remove_prefix(1);
    while (!rest.empty() && rest[0] == ' ') rest.remove_prefix(1);
  }
  if (!take_one_time(rest, out, out.begin_ms, out.bracket != 0)) return std::nullopt;
  std::string_view more = rest;
  bool arrow = false;
  if (take_range_mark(more, arrow) && take_one_time(more, out, out.end_ms, out.bracket != 0)) {
    out.range = true;
    out.arrow = arrow;
    rest = more;
  }
  if (out.bracket != 0) {
    while (!rest.empty() && rest[0] == ' ') rest.remove_prefix(1);
    if (rest.empty() || rest[0] != (out.bracket == '[' ? ']' : ')')) return std::nullopt;
    rest.remove_prefix(1);
    if (out.bracket == '[' && starts_with(rest, "(http")) {  // a Markdown link
      const std::size_t close = rest.find(')');
      if (close != std::string_view::npos) rest.remove_prefix(close + 1);
    }
  } else if (!rest.empty() &&
             std::string_view(" \t|,:;-").find(rest[0]) == std::string_view::npos) {
    return std::nullopt;
  }
  out.source = text.substr(0, text.size() - rest.size());
  text = rest;
  return out;
}

std::optional<WrittenTime> take_first_time(std::string_view &text) {
  constexpr std::size_t most_digits = 9;
  if (const auto time = take_time(text)) return time;
  const std::size_t close = text.find_first_not_of("0123456789", 1);
  if (text.empty() || text[0] != '[' || close == std::string_view::npos || text[close] != ']' ||
      close == 1 || close > most_digits + 1) {
    return std::nullopt;
  }
  WrittenTime out;
  out.bracket = '[';
  out.bare = true;
  out.source = text.substr(0, close + 1);
  out.begin_ms = std::stoll(std::string(text.substr(1, close - 1))) * 1000;
  text.remove_prefix(close + 1);
  return out;
}

std::optional<WrittenTime> take_last_time(std::string_view &text) {
  constexpr std::size_t longest_time = 60;
  std::string_view whole = base::trim(text);
  if (!whole.empty() && whole.back() == ':') whole = base::trim(whole.substr(0, whole.size() - 1));
  if (whole.empty() || whole.back() == '?' || whole.back() == '!') return std::nullopt;
  const std::size_t first = whole.size() > longest_time ? whole.size() - longest_time : 1;
  for (std::size_t at = first; at < whole.size(); ++at) {
    const char before = whole[at - 1], c = whole[at];
    if (!is_digit(c) && c != '[' && c != '(') continue;
    if (std::string_view(" \t|,;:").find(before) == std::string_view::npos && c != '[' &&
        c != '(') {
      continue;
    }
    std::string_view tail = whole.substr(at);
    const auto time = take_time(tail);
    if (!time || !tail.empty()) continue;
    text = whole.substr(0, at);
    return time;
  }
  return std::nullopt;
}

char take_separators(std::string_view &text) {
  char first = 0;
  for (;;) {
    text = base::trim(text);
    const char c = take_one_separator(text, false);
    if (c == 0) return first;
    if (first == 0) first = c;
  }
}

char take_last_separators(std::string_view &text) {
  char last = 0;
  for (;;) {
    text = base::trim(text);
    const char c = take_one_separator(text, true);
    if (c == 0) return last;
    if (last == 0) last = c;
  }
}

}  // namespace saleschecklist::transcript
