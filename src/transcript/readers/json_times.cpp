#include "transcript/readers/json_times.hpp"

#include "base/ascii.hpp"
#include "base/errors.hpp"
#include "text/words.hpp"
#include "transcript/readers/recordings.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <cmath>

namespace saleschecklist::transcript {
namespace {

using Json = nlohmann::json;

constexpr double longest_ms = 1e13;         // 300 years; a larger value is no time in a recording
constexpr double first_date_ms = 1e11;      // 1973; a larger value is a date
constexpr double clock_ms = 3.0 * 3600000;  // a call that begins later than this has a wall clock
constexpr std::size_t most_warnings = 20;

std::optional<double> number_of(std::string_view text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return std::isfinite(value) ? std::optional(value) : std::nullopt;
}

struct Suffix {
  std::string_view text;
  double unit_ms;
};
constexpr std::array<Suffix, 5> suffixes = {
    {{"ms", 1}, {"secs", 1000}, {"seconds", 1000}, {"sec", 1000}, {"s", 1000}}};

std::optional<double> parse_with_unit(std::string_view text) {
  for (const Suffix &suffix : suffixes) {
    if (text.size() <= suffix.text.size() || !text.ends_with(suffix.text)) continue;
    const auto value = number_of(base::trim(text.substr(0, text.size() - suffix.text.size())));
    if (value) return *value * suffix.unit_ms;
  }
  return std::nullopt;
}

// "PT1H2M3.5S"
std::optional<double> parse_iso_duration(std::string_view text) {
  if (!text.starts_with("PT") || text.size() < 4) return std::nullopt;
  double total = 0;
  std::size_t begin = 2;
  for (std::size_t at = begin; at < text.size(); ++at) {
    const double unit = text[at] == 'H' ? 3600e3 : text[at] == 'M' ? 60e3 : 1e3;
    if (text[at] != 'H' && text[at] != 'M' && text[at] != 'S') continue;
    const auto value = number_of(text.substr(begin, at - begin));
    if (!value) return std::nullopt;
    total += *value * unit;
    begin = at + 1;
  }
  return begin == text.size() ? std::optional(total) : std::nullopt;
}

// "2024-05-15T08:30:03.5Z", with a space for the T, with an offset or without.
std::optional<double> parse_date(std::string_view text) {
  if (text.size() < 19 || text[4] != '-' || text[7] != '-') return std::nullopt;
  if (text[10] != 'T' && text[10] != ' ') return std::nullopt;
  const auto year = number_of(text.substr(0, 4)), month = number_of(text.substr(5, 2)),
             day = number_of(text.substr(8, 2));
  std::string_view clock = text.substr(11);
  double offset_ms = 0;
  if (const std::size_t sign = clock.find_first_of("+-Z"); sign != std::string_view::npos) {
    const std::string_view zone = clock.substr(sign);
    if (zone.size() >= 3) {
      const auto hours = number_of(zone.substr(1, 2));
      const auto minutes = zone.size() >= 5 ? number_of(zone.substr(zone.size() - 2)) : 0.0;
      if (!hours || !minutes) return std::nullopt;
      offset_ms = (zone[0] == '-' ? -1 : 1) * (*hours * 3600e3 + *minutes * 60e3);
    }
    clock = clock.substr(0, sign);
  }
  const auto time = parse_time(base::trim(clock));
  if (!year || !month || !day || !time) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year(static_cast<int>(*year)),
                                         std::chrono::month(static_cast<unsigned>(*month)),
                                         std::chrono::day(static_cast<unsigned>(*day))};
  if (!date.ok()) return std::nullopt;
  const auto days = std::chrono::sys_days(date).time_since_epoch().count();
  return static_cast<double>(days) * 86400e3 + static_cast<double>(*time) - offset_ms;
}

// "00:03", "[1:02:03,5]", "10:03 AM", or the first of "00:03 - 00:07".
std::optional<double> parse_clock(std::string_view text) {
  if (const auto range = text.find(" -"); range != std::string_view::npos) {
    text = base::trim(text.substr(0, range));
  }
  if (text.size() > 2 && (text[0] == '[' || text[0] == '(')) text = text.substr(1, text.size() - 2);
  std::string half = text.size() > 2 ? base::ascii_lower(text.substr(text.size() - 2)) : "";
  const bool halves = half == "am" || half == "pm";
  if (halves) text = base::trim(text.substr(0, text.size() - 2));
  const auto time = parse_time(text);
  if (!time) return std::nullopt;
  constexpr std::int64_t noon = std::int64_t{12} * 3600000;
  if (!halves) return static_cast<double>(*time);
  return static_cast<double>(*time % noon + (half == "pm" ? noon : 0));
}

std::optional<SourceTime> parse_text(std::string_view text, double unit_ms,
                                     const std::string &where) {
  text = base::trim(text);
  if (const auto value = number_of(text)) return SourceTime{*value * unit_ms, false, where};
  for (const auto parse : {parse_clock, parse_with_unit, parse_iso_duration, parse_date}) {
    if (const auto ms = parse(text)) return SourceTime{*ms, true, where};
  }
  return std::nullopt;
}

std::optional<SourceTime> parse_object(const Json &value, const std::string &where) {
  if (const auto relative = value.find("relative"); relative != value.end()) {
    return parse_source_time(*relative, 1000, where);
  }
  const auto seconds = value.find("seconds"), nanos = value.find("nanos");
  if (seconds == value.end() && nanos == value.end()) return std::nullopt;
  double ms = 0;
  if (nanos != value.end() && nanos->is_number()) ms += nanos->get<double>() / 1e6;
  if (seconds != value.end()) {
    const auto whole = parse_source_time(*seconds, 1000, where);
    if (!whole) return std::nullopt;
    ms += whole->ms;
  }
  return SourceTime{ms, true, where};
}

// Words a minute of the whole file if each unit were `scale` times as long; 0 if unknown.
double words_per_minute(const std::vector<TimedCue> &cues) {
  double words = 0, ms = 0, before_last = 0, all_words = 0;
  std::optional<double> first, last;
  for (const TimedCue &cue : cues) {
    const auto count = static_cast<double>(text::count_words(cue.cue.text));
    if (cue.begin && cue.end && cue.end->ms > cue.begin->ms) {
      words += count;
      ms += cue.end->ms - cue.begin->ms;
    }
    if (!cue.begin) continue;
    if (!first) first = cue.begin->ms;
    if (!last || cue.begin->ms > *last) {
      last = cue.begin->ms;
      before_last = all_words;
    }
    all_words += count;
  }
  if (ms > 0) return words / ms * 60000;
  return last && *last > *first ? before_last / (*last - *first) * 60000 : 0;
}

double distance_to_speech(double rate) {
  constexpr double slowest = 60, fastest = 400;
  return rate < slowest ? slowest / rate : rate > fastest ? rate / fastest : 1;
}

// The factor from the declared unit to the one that makes the rate of speech possible.
double unit_factor(const std::vector<TimedCue> &cues) {
  constexpr double impossible = 100, possible = 3;  // times too slow or too fast
  const double rate = words_per_minute(cues);
  const bool known = std::any_of(cues.begin(), cues.end(), [](const TimedCue &cue) {
    return (cue.begin && cue.begin->has_unit) || (cue.end && cue.end->has_unit);
  });
  if (rate <= 0) return 1;
  // Hours and minutes are taken for minutes and seconds: everything is 60 times too fast.
  if (known) return rate > 2000 && distance_to_speech(rate / 60) <= possible ? 60 : 1;
  if (distance_to_speech(rate) < impossible) return 1;
  for (const double factor : {1e-3, 1e3, 1e-7, 1e-6, 1e-9, 1e-4, 1e4}) {
    if (distance_to_speech(rate / factor) <= possible) return factor;
  }
  return 1;
}

std::optional<std::int64_t> settled(const std::optional<SourceTime> &time, double factor,
                                    double origin, Faults &faults) {
  if (!time) return std::nullopt;
  const double ms = time->ms * factor - origin;
  if (std::fabs(ms) <= longest_ms) return std::llround(ms);
  faults.add(errors::invalid_input("the time is out of range", time->where),
             "the time was left out");
  return std::nullopt;
}

}  // namespace

std::optional<SourceTime> parse_source_time(const Json &value, double unit_ms,
                                            const std::string &where) {
  if (value.is_number()) return SourceTime{value.get<double>() * unit_ms, false, where};
  if (value.is_string()) return parse_text(value.get_ref<const std::string &>(), unit_ms, where);
  if (value.is_object()) return parse_object(value, where);
  return std::nullopt;
}

void Faults::add(const Error &fault, const std::string &done) {
  if (!first_) first_ = fault;
  if (++count_ <= most_warnings) {
    warnings_.push_back(fmt::format("{}: {}; {}", fault.where, fault.message, done));
  }
}

void Faults::settle(std::size_t all, std::vector<std::string> &warnings) const {
  if (!first_) return;
  if (count_ * 10 > all) throw BadResult(*first_);
  warnings.insert(warnings.end(), warnings_.begin(), warnings_.end());
  if (count_ > most_warnings) {
    warnings.push_back(fmt::format("{} more places like these", count_ - most_warnings));
  }
}

void settle_times(std::vector<TimedCue> cues, RawTranscript &out, Faults &faults) {
  const double factor = unit_factor(cues);
  if (factor != 1) {
    out.warnings.push_back(
        fmt::format("the unit of the times was found by the rate of speech: each time was "
                    "multiplied by {:g}",
                    factor));
  }
  std::optional<double> first;
  for (const TimedCue &cue : cues) {
    if (cue.begin) first = std::min(first.value_or(cue.begin->ms), cue.begin->ms);
  }
  double origin = 0;
  if (first && *first * factor >= clock_ms && *first * factor <= longest_ms) {
    origin = *first * factor;
    out.warnings.emplace_back(
        origin >= first_date_ms
            ? "the times are dates: they were counted from the first one"
            : "the times are times of day: they were counted from the first one");
  }
  for (TimedCue &timed : cues) {
    timed.cue.begin_ms = settled(timed.begin, factor, origin, faults);
    timed.cue.end_ms = settled(timed.end, factor, origin, faults);
    out.cues.push_back(std::move(timed.cue));
  }
}

namespace {

// A begin of 0 between later times stands for an unknown time.
bool is_lone_zero(const std::vector<RawCue> &cues, std::size_t at, std::int64_t latest) {
  if (cues[at].begin_ms != 0 || latest <= tolerance_ms) return false;
  return at + 1 == cues.size() || cues[at + 1].begin_ms.value_or(latest) + tolerance_ms >= latest;
}

// Where a time first steps back; empty if none does.
std::string first_step_back(const std::vector<RawCue> &cues) {
  std::int64_t latest = 0;
  for (const RawCue &cue : cues) {
    if (!cue.begin_ms) continue;
    if (*cue.begin_ms + tolerance_ms < latest) return cue.where;
    latest = std::max(latest, *cue.begin_ms);
  }
  return {};
}

// A cue without a time stays behind the one before it.
void sort_by_time(std::vector<RawCue> &cues) {
  std::vector<std::pair<std::int64_t, std::size_t>> order;
  std::int64_t key = 0;
  for (std::size_t i = 0; i < cues.size(); ++i) {
    key = cues[i].begin_ms.value_or(key);
    order.emplace_back(key, i);
  }
  std::sort(order.begin(), order.end());
  std::vector<RawCue> sorted;
  sorted.reserve(cues.size());
  for (const auto &[time, place] : order) sorted.push_back(std::move(cues[place]));
  cues = std::move(sorted);
}

}  // namespace

void repair_times(RawTranscript &out, Faults &faults) {
  std::int64_t latest = 0;
  for (std::size_t i = 0; i < out.cues.size(); ++i) {
    RawCue &cue = out.cues[i];
    const bool negative = cue.begin_ms.value_or(0) < 0;
    if (negative || is_lone_zero(out.cues, i, latest)) {
      faults.add(
          errors::invalid_input(negative ? "expected a time of 0 or more, got a negative one"
                                         : "expected a time after that of the previous cue, got 0",
                                cue.where),
          "the time was left out");
      cue.begin_ms.reset();
    }
    if (cue.end_ms && *cue.end_ms < std::max<std::int64_t>(cue.begin_ms.value_or(0), 0)) {
      faults.add(errors::invalid_input("the utterance ends before it begins", cue.where),
                 "its end was left out");
      cue.end_ms.reset();
    }
    latest = std::max(latest, cue.begin_ms.value_or(0));
  }
  faults.settle(out.cues.size(), out.warnings);
  join_recordings(out);
  const std::string first_back = first_step_back(out.cues);
  if (first_back.empty()) return;
  out.warnings.push_back(fmt::format(
      "{}: the time is before that of the previous cue; the cues were sorted by time", first_back));
  sort_by_time(out.cues);
}

}  // namespace saleschecklist::transcript
