#include "transcript/readers/table_times.hpp"

#include <algorithm>
#include <string>

#include "base/ascii.hpp"
#include "transcript/readers/cues.hpp"

namespace saleschecklist::transcript {
namespace {

constexpr std::int64_t hour_ms = 3'600'000;

// Removes the date before a time of the day and the time zone after it.
std::string_view without_date(std::string_view text) {
  const std::size_t colon = text.find(':');
  const std::size_t before = text.find_last_of(" T", colon);
  if (before != std::string_view::npos) text.remove_prefix(before + 1);
  const std::size_t zone = text.find_first_of("Z+-", 1);
  return zone == std::string_view::npos ? text : text.substr(0, zone);
}

std::optional<std::int64_t> parse_clock(std::string_view text) {
  const std::string lower = base::ascii_lower(text);
  std::int64_t shift = 0;
  for (const std::string_view half : {"am", "pm"}) {
    if (lower.size() < half.size() || lower.substr(lower.size() - half.size()) != half) continue;
    text = base::trim(text.substr(0, text.size() - half.size()));
    const bool noon = text.substr(0, 3) == "12:";
    shift = half == "pm" ? (noon ? 0 : 12 * hour_ms) : (noon ? -12 * hour_ms : 0);
  }
  const auto time = parse_cue_time(without_date(text));
  if (!time || !time->in_range) return std::nullopt;
  return time->ms + shift;
}

std::optional<std::int64_t> parse_thousandths(std::string_view text) {
  constexpr std::size_t most_digits = 14;
  if (!text.empty() && text.back() == 's') text.remove_suffix(1);
  const std::size_t point = std::min(text.find_first_of(".,"), text.size());
  if (point == 0 || point > most_digits) return std::nullopt;
  std::int64_t out = 0, unit = 100;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (i == point) continue;
    if (text[i] < '0' || text[i] > '9') return std::nullopt;
    if (i < point) {
      out = out * 10 + (text[i] - '0') * 1000;
    } else {
      out += (text[i] - '0') * unit;
      unit /= 10;
    }
  }
  return out;
}

}  // namespace

std::optional<TableTime> parse_table_time(std::string_view text) {
  constexpr std::size_t longest = 40;
  text = base::trim(text);
  if (text.empty() || text.size() > longest) return std::nullopt;
  const bool clock = text.find(':') != std::string_view::npos;
  const auto value = clock ? parse_clock(text) : parse_thousandths(text);
  if (!value) return std::nullopt;
  return TableTime{*value, clock};
}

TableUnit unit_of(const std::vector<TableTimes> &times, std::string_view column,
                  std::size_t words) {
  constexpr std::int64_t slowest = 60, fastest = 400, minute_ms = 60'000;
  const auto named = [&](std::string_view suffix) {
    return column.size() > suffix.size() && column.substr(column.size() - suffix.size()) == suffix;
  };
  if (named(" ms") || named("milliseconds") || named("millis")) return TableUnit::milliseconds;
  if (named(" s") || named(" sec") || named(" secs") || named(" seconds"))
    return TableUnit::seconds;
  std::optional<std::int64_t> first;
  std::int64_t last = 0;
  bool whole = true;
  for (const TableTimes &row : times) {
    if (!row.begin || row.begin->clock) continue;
    if (!first) first = row.begin->value;
    last = std::max(last, row.end ? row.end->value : row.begin->value);
    whole = whole && row.begin->value % 1000 == 0;
  }
  const std::int64_t span = last - first.value_or(0);
  const auto spoken = static_cast<std::int64_t>(words) * minute_ms;
  const auto plausible = [&](std::int64_t ms) {
    return spoken / fastest <= ms && ms <= spoken / slowest;
  };
  if (plausible(span)) return TableUnit::seconds;
  if (plausible(span / 1000)) return TableUnit::milliseconds;
  // Pauses are long more often than people are fast.
  return whole && span / 1000 > spoken / fastest ? TableUnit::milliseconds : TableUnit::seconds;
}

std::int64_t in_milliseconds(const TableTime &time, TableUnit unit) {
  return time.clock || unit == TableUnit::seconds ? time.value : time.value / 1000;
}

}  // namespace saleschecklist::transcript
