#include "net/rate_limits.hpp"

#include "base/ascii.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <string>

namespace saleschecklist::net {
namespace {

constexpr std::int64_t longest_ms = 86'400'000;  // a day, the maximum; keeps sums in range

// Reads a number of 0 or more at the beginning of `text` and removes it.
std::optional<double> take_number(std::string_view &text) {
  double value = 0;
  const auto [end, error] =
      std::from_chars(text.data(), text.data() + text.size(), value, std::chars_format::fixed);
  if (error != std::errc() || !(value >= 0)) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return value;
}

std::int64_t capped_ms(double ms) {
  return static_cast<std::int64_t>(std::min(ms, static_cast<double>(longest_ms)));
}

std::optional<int> number_at(std::string_view text, std::size_t at, std::size_t size) {
  if (at + size > text.size()) return std::nullopt;
  int value = 0;
  const char *begin = text.data() + at;
  const auto [end, error] = std::from_chars(begin, begin + size, value);
  if (error != std::errc() || end != begin + size) return std::nullopt;
  return value;
}

// Seconds since 1970-01-01 UTC; std::nullopt for a day that does not exist.
std::optional<std::int64_t> seconds_at(int year, unsigned month, unsigned day, int hour, int minute,
                                       int second) {
  using namespace std::chrono;
  const year_month_day date{std::chrono::year(year), std::chrono::month(month),
                            std::chrono::day(day)};
  if (!date.ok()) return std::nullopt;
  return duration_cast<seconds>(sys_days(date).time_since_epoch()).count() + hour * 3600 +
         minute * 60 + second;
}

// Reads "Sun, 06 Nov 1994 08:49:37 GMT", the only form in use, as seconds since 1970-01-01 UTC.
std::optional<std::int64_t> parse_http_date(std::string_view text) {
  static constexpr std::array<std::string_view, 12> months = {
      "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  if (text.size() != 29 || text.substr(25) != " GMT") return std::nullopt;
  const auto *const month = std::find(months.begin(), months.end(), text.substr(8, 3));
  const auto day = number_at(text, 5, 2), year = number_at(text, 12, 4);
  const auto hour = number_at(text, 17, 2), minute = number_at(text, 20, 2);
  const auto second = number_at(text, 23, 2);
  if (month == months.end() || !day || !year || !hour || !minute || !second) return std::nullopt;
  return seconds_at(*year, static_cast<unsigned>(month - months.begin() + 1),
                    static_cast<unsigned>(*day), *hour, *minute, *second);
}

// Reads "2026-12-01T05:40:10Z", with or without a fraction, as seconds since 1970-01-01 UTC.
std::optional<std::int64_t> parse_utc_time(std::string_view text) {
  if (text.size() < 20 || text[10] != 'T' || text.back() != 'Z') return std::nullopt;
  const auto year = number_at(text, 0, 4), month = number_at(text, 5, 2);
  const auto day = number_at(text, 8, 2), hour = number_at(text, 11, 2);
  const auto minute = number_at(text, 14, 2), second = number_at(text, 17, 2);
  if (!year || !month || !day || !hour || !minute || !second) return std::nullopt;
  return seconds_at(*year, static_cast<unsigned>(*month), static_cast<unsigned>(*day), *hour,
                    *minute, *second);
}

// The milliseconds of one unit of time by its name; 0 if there is no such unit.
double unit_ms(std::string_view name) {
  struct Unit {
    double ms;
    std::string_view names;  // each between two spaces
  };
  static constexpr std::array<Unit, 5> units = {{{1, " ms millisecond milliseconds "},
                                                 {1'000, " s sec secs second seconds "},
                                                 {60'000, " m min mins minute minutes "},
                                                 {3'600'000, " h hr hrs hour hours "},
                                                 {86'400'000, " d day days "}}};
  for (const Unit &unit : units) {
    const std::size_t at = unit.names.find(name);
    if (!name.empty() && at != std::string_view::npos && unit.names[at - 1] == ' ' &&
        unit.names[at + name.size()] == ' ') {
      return unit.ms;
    }
  }
  return 0;
}

bool is_letter(char c) { return c >= 'a' && c <= 'z'; }

// Removes a duration such as "1m12.5s", "20 seconds" or "2 minutes and 5 s" from the beginning of
// `text`, which is in lower case.
std::optional<double> take_duration(std::string_view &text) {
  constexpr std::string_view joint = " and ";
  std::optional<double> out;
  for (;;) {
    std::string_view rest = text;
    if (out && rest.substr(0, joint.size()) == joint) rest.remove_prefix(joint.size());
    rest.remove_prefix(std::min(rest.find_first_not_of(' '), rest.size()));
    const auto value = take_number(rest);
    if (!value) return out;
    rest.remove_prefix(std::min(rest.find_first_not_of(' '), rest.size()));
    const auto end = std::find_if_not(rest.begin(), rest.end(), is_letter);
    const auto size = static_cast<std::size_t>(end - rest.begin());
    const double unit = unit_ms(rest.substr(0, size));
    if (unit == 0) return out;
    out = out.value_or(0) + *value * unit;
    text = rest.substr(size);
  }
}

// The time until a reset that is given as a duration, in seconds, or as a time.
std::optional<std::int64_t> until_reset_ms(std::string_view text, std::int64_t now) {
  constexpr double since_1970_s = 1e9, since_1970_ms = 1e11;  // numbers from here on are times
  if (const auto duration = parse_duration(text)) return duration;
  const double now_ms = static_cast<double>(now) * 1'000;
  if (const auto time = parse_utc_time(text)) {
    return capped_ms(std::max(0.0, static_cast<double>(*time) * 1'000 - now_ms));
  }
  const auto number = take_number(text);
  if (!number || !text.empty()) return std::nullopt;
  if (*number >= since_1970_ms) return capped_ms(std::max(0.0, *number - now_ms));
  if (*number >= since_1970_s) return capped_ms(std::max(0.0, *number * 1'000 - now_ms));
  return capped_ms(*number * 1'000);
}

std::optional<std::int64_t> count_in(std::string_view text) {
  constexpr double most = 1e15;
  const auto number = take_number(text);
  if (!number) return std::nullopt;
  return static_cast<std::int64_t>(std::min(*number, most));
}

struct HeaderNames {
  const char *limit, *remaining, *reset;
};

constexpr std::array<HeaderNames, 4> request_headers = {
    {{"x-ratelimit-limit-requests", "x-ratelimit-remaining-requests", "x-ratelimit-reset-requests"},
     {"anthropic-ratelimit-requests-limit", "anthropic-ratelimit-requests-remaining",
      "anthropic-ratelimit-requests-reset"},
     {"x-ratelimit-limit", "x-ratelimit-remaining", "x-ratelimit-reset"},
     {"ratelimit-limit", "ratelimit-remaining", "ratelimit-reset"}}};

constexpr std::array<HeaderNames, 4> token_headers = {
    {{"x-ratelimit-limit-tokens", "x-ratelimit-remaining-tokens", "x-ratelimit-reset-tokens"},
     {"anthropic-ratelimit-tokens-limit", "anthropic-ratelimit-tokens-remaining",
      "anthropic-ratelimit-tokens-reset"},
     {"anthropic-ratelimit-input-tokens-limit", "anthropic-ratelimit-input-tokens-remaining",
      "anthropic-ratelimit-input-tokens-reset"},
     {"x-tokenlimit-limit", "x-tokenlimit-remaining", "x-tokenlimit-reset"}}};

template <std::size_t n>
std::optional<Allowance> read_allowance(const HttpResponse &response, std::int64_t now,
                                        const std::array<HeaderNames, n> &headers) {
  for (const HeaderNames &names : headers) {
    const auto remaining = count_in(response.header(names.remaining));
    const auto reset_ms = until_reset_ms(response.header(names.reset), now);
    if (!remaining || !reset_ms) continue;
    return Allowance{count_in(response.header(names.limit)).value_or(0), *remaining, *reset_ms};
  }
  return std::nullopt;
}

}  // namespace

std::optional<std::int64_t> parse_duration(std::string_view text) {
  if (text.find(' ') != std::string_view::npos) return std::nullopt;
  const auto ms = take_duration(text);
  if (!ms || !text.empty()) return std::nullopt;
  return capped_ms(*ms);
}

std::optional<std::int64_t> wait_told_by(std::string_view message) {
  static constexpr std::array<std::string_view, 8> cues = {
      "try again in ", "try again after ", "retry in ", "retry after ", "wait for ",
      "wait ",         "available in ",    "reset in "};
  const std::string folded = base::ascii_lower(message);
  for (const std::string_view cue : cues) {
    for (std::size_t at = folded.find(cue); at != std::string::npos;
         at = folded.find(cue, at + 1)) {
      std::string_view rest = std::string_view(folded).substr(at + cue.size());
      if (const auto ms = take_duration(rest)) return capped_ms(*ms);
    }
  }
  return std::nullopt;
}

std::optional<std::int64_t> retry_after_ms(const HttpResponse &response, std::int64_t now) {
  std::string_view text = response.header("retry-after-ms");
  if (const auto ms = take_number(text); ms && text.empty()) return capped_ms(*ms);
  text = response.header("retry-after");
  if (const auto date = parse_http_date(text)) {
    return capped_ms(static_cast<double>(std::max<std::int64_t>(0, *date - now)) * 1'000);
  }
  if (const auto seconds = take_number(text); seconds && text.empty()) {
    return capped_ms(*seconds * 1'000);
  }
  return std::nullopt;
}

RateLimits read_rate_limits(const HttpResponse &response, std::int64_t now) {
  return {read_allowance(response, now, request_headers),
          read_allowance(response, now, token_headers)};
}

}  // namespace saleschecklist::net
