#include "text/phrasing.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace saleschecklist::text {
namespace {

std::size_t spaced_words(std::string_view text) {
  std::size_t count = 0;
  bool inside = false;
  for (const char c : text) {
    const bool blank = c == ' ' || c == '\n';
    count += !blank && !inside;
    inside = !blank;
  }
  return count;
}

}  // namespace

std::string clock_time(std::int64_t milliseconds) {
  const std::int64_t seconds = milliseconds / 1000;
  const std::int64_t hours = seconds / 3600, minutes = seconds / 60 % 60;
  if (hours > 0) return fmt::format("{}:{:02}:{:02}", hours, minutes, seconds % 60);
  return fmt::format("{}:{:02}", minutes, seconds % 60);
}

std::string percent(double ratio) {
  return fmt::format("{}%", static_cast<int>(std::lround(ratio * 100)));
}

std::string shorten(std::string_view text, std::size_t words) {
  constexpr std::size_t most_bytes_per_word = 16;  // limits text without spaces
  std::size_t at = 0, seen = 0;
  while (at < text.size()) {
    const std::size_t space = std::min(text.find(' ', at), text.size());
    const std::size_t limit = words * most_bytes_per_word;
    if (space > limit) {
      at = std::max(at, std::min(limit, space));
      while (at > 0 && at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80)
        --at;
      break;
    }
    if (++seen == words || space == text.size()) {
      at = space;
      break;
    }
    at = space + 1;
  }
  if (at >= text.size()) return std::string(text);
  std::string out(text.substr(0, at));
  while (!out.empty() && (out.back() == ' ' || out.back() == ',' || out.back() == ';' ||
                          out.back() == '.' || out.back() == '-')) {
    out.pop_back();
  }
  return out + "\xE2\x80\xA6";
}

std::string lower_first(std::string_view title) {
  std::string out(title);
  const bool capital = !out.empty() && out[0] >= 'A' && out[0] <= 'Z';
  const bool abbreviation = out.size() > 1 && out[1] >= 'A' && out[1] <= 'Z';
  const bool pronoun = out.rfind("I ", 0) == 0 || out.rfind("I'", 0) == 0;
  if (capital && !abbreviation && !pronoun) out[0] = static_cast<char>(out[0] - 'A' + 'a');
  return out;
}

std::string_view closing_mark(std::string_view quote) {
  const bool closed =
      !quote.empty() && (quote.back() == '.' || quote.back() == '?' || quote.back() == '!');
  return closed ? "" : ".";
}

void Composer::add(const std::string &text, std::string_view separator) {
  const std::size_t words = spaced_words(text);
  if (text.empty() || words_ + words > most_words_) return;
  if (!text_.empty()) text_ += separator;
  text_ += text;
  words_ += words;
}

}  // namespace saleschecklist::text
