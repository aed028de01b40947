#include "net/retry_after.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <string>

namespace saleschecklist::net {
namespace {

constexpr std::int64_t longest_ms = 24 * 3'600'000;  // the longest wait; keeps sums in range

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
  using namespace std::chrono;
  const year_month_day date{std::chrono::year(*year),
                            std::chrono::month(static_cast<unsigned>(month - months.begin() + 1)),
                            std::chrono::day(static_cast<unsigned>(*day))};
  if (!date.ok()) return std::nullopt;
  return duration_cast<seconds>(sys_days(date).time_since_epoch()).count() + *hour * 3600 +
         *minute * 60 + *second;
}

}  // namespace

std::optional<std::int64_t> parse_duration(std::string_view text) {
  if (text.empty()) return std::nullopt;
  double ms = 0;
  while (!text.empty()) {
    const auto value = take_number(text);
    if (!value) return std::nullopt;
    const std::size_t size = std::min(text.find_first_of("0123456789."), text.size());
    const std::string_view unit = text.substr(0, size);
    if (unit == "ms")
      ms += *value;
    else if (unit == "s")
      ms += *value * 1'000;
    else if (unit == "m")
      ms += *value * 60'000;
    else if (unit == "h")
      ms += *value * 3'600'000;
    else
      return std::nullopt;
    text.remove_prefix(size);
  }
  return capped_ms(ms);
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

std::int64_t reset_after_ms(const HttpResponse &response) {
  if (response.header("x-ratelimit-remaining-requests") != "0") return 0;
  std::string_view limit = response.header("x-ratelimit-limit-requests");
  const double requests = std::max(1.0, take_number(limit).value_or(1));
  const std::int64_t full =
      parse_duration(response.header("x-ratelimit-reset-requests")).value_or(0);
  return static_cast<std::int64_t>(static_cast<double>(full) / requests);
}

}  // namespace saleschecklist::net
