// Times of cues, with the deviations of the tools that write them.
#include <array>

#include "base/ascii.hpp"
#include "transcript/readers/cues.hpp"

namespace saleschecklist::transcript {
namespace {

constexpr std::size_t most_digits = 6;  // in one part: no recording lasts 999,999 hours
constexpr std::size_t most_parts = 4;

struct Parts {
  std::array<std::int64_t, most_parts> value{};
  std::array<std::size_t, most_parts> digits{};
  std::size_t count = 1;
};

// "00:00:03" as its parts; std::nullopt if it is anything else.
std::optional<Parts> parts_of(std::string_view text) {
  Parts parts;
  for (const char c : text) {
    const std::size_t at = parts.count - 1;
    if (c == ':') {
      if (parts.digits[at] == 0 || parts.count == most_parts) return std::nullopt;
      ++parts.count;
    } else if (c >= '0' && c <= '9' && ++parts.digits[at] <= most_digits) {
      parts.value[at] = parts.value[at] * 10 + (c - '0');
    } else {
      return std::nullopt;
    }
  }
  if (parts.digits[parts.count - 1] == 0) return std::nullopt;
  return parts;
}

// Milliseconds for the digits after the point: 500 for "5".
std::optional<std::int64_t> fraction_ms(std::string_view digits) {
  std::int64_t out = 0, unit = 100;
  for (const char c : digits) {
    if (c < '0' || c > '9') return std::nullopt;
    out += (c - '0') * unit;
    unit /= 10;
  }
  if (digits.empty()) return std::nullopt;
  return out;
}

}  // namespace

std::optional<CueTime> parse_cue_time(std::string_view text) {
  text = base::trim(text);
  const std::size_t point = text.find_first_of(".,");
  auto parts = parts_of(text.substr(0, point));
  if (!parts) return std::nullopt;
  std::int64_t fraction = 0;
  if (point != std::string_view::npos) {
    const auto ms = fraction_ms(text.substr(point + 1));
    if (!ms || parts->count == most_parts) return std::nullopt;
    fraction = *ms;
  } else if (parts->count == most_parts) {  // the fourth is milliseconds, or frames of a second
    const std::size_t digits = parts->digits[3];
    if (digits != 3 && digits != 2) return std::nullopt;
    if (digits == 3) fraction = parts->value[3];
    --parts->count;
  }
  CueTime out;
  std::int64_t seconds = 0;
  for (std::size_t i = 0; i < parts->count; ++i) {
    if (i > 0 && parts->value[i] > 59) out.in_range = false;
    seconds = seconds * 60 + parts->value[i];
  }
  out.ms = seconds * 1000 + fraction;
  return out;
}

}  // namespace saleschecklist::transcript
