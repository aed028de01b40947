// Times of a whole text: clock times become positions, and single wrong times are removed.
#include "transcript/readers/recordings.hpp"
#include "transcript/readers/text_parts.hpp"
#include "transcript/readers/time_order.hpp"

#include "text/words.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace saleschecklist::transcript {
namespace {

constexpr std::int64_t hour_ms = 3600 * 1000, day_ms = 24 * hour_ms;
std::size_t count_all_words(const RawTranscript &raw) {
  std::size_t words = 0;
  for (const RawCue &cue : raw.cues) words += text::count_words(cue.text);
  return words;
}

void remove_all(RawTranscript &raw) {
  for (RawCue &cue : raw.cues) {
    cue.begin_ms.reset();
    cue.end_ms.reset();
  }
}

void shift(RawCue &cue, std::int64_t by) {
  if (cue.begin_ms) *cue.begin_ms += by;
  if (cue.end_ms) *cue.end_ms += by;
}

// Clock times count from the first one; a call may go on past midnight.
void count_from_first(RawTranscript &raw) {
  std::optional<std::int64_t> first;
  std::int64_t previous = 0, days = 0;
  for (RawCue &cue : raw.cues) {
    if (!cue.begin_ms) continue;
    if (first && *cue.begin_ms + days + day_ms / 2 < previous) days += day_ms;
    if (!first) first = *cue.begin_ms;
    shift(cue, days - *first);
    previous = *cue.begin_ms + *first;
  }
}

// Whether a time agrees with those of its neighbours in the row.
bool agrees(const RawTranscript &raw, const std::vector<std::size_t> &row, std::size_t at) {
  const auto next = std::upper_bound(row.begin(), row.end(), at);
  const std::int64_t time = *raw.cues[at].begin_ms;
  if (next != row.begin() && time + tolerance_ms < *raw.cues[*(next - 1)].begin_ms) return false;
  return next == row.end() || time <= *raw.cues[*next].begin_ms + tolerance_ms;
}

void remove_steps_back(RawTranscript &raw) {
  std::vector<std::optional<std::int64_t>> times;
  for (const RawCue &cue : raw.cues) times.push_back(cue.begin_ms);
  const std::vector<std::size_t> row = ascending_places(times);
  std::vector<std::size_t> wrong;
  std::size_t timed = 0, in_row = 0;
  for (std::size_t at = 0; at < raw.cues.size(); ++at) {
    if (!raw.cues[at].begin_ms) continue;
    ++timed;
    if (in_row < row.size() && row[in_row] == at) {
      ++in_row;
    } else if (!agrees(raw, row, at)) {
      wrong.push_back(at);
    }
  }
  if (wrong.empty() || wrong.size() * 10 > timed) return;  // assemble() refuses the file
  for (const std::size_t at : wrong) {
    raw.warnings.push_back(fmt::format(
        "{}: the time {} ms is not in order with the others; the words are kept without a time",
        raw.cues[at].where, *raw.cues[at].begin_ms));
    raw.cues[at].begin_ms.reset();
    raw.cues[at].end_ms.reset();
  }
}

struct Extent {
  std::int64_t first, last;
  std::size_t count;
};

std::optional<Extent> extent_of(const RawTranscript &raw) {
  std::optional<Extent> out;
  for (const RawCue &cue : raw.cues) {
    if (!cue.begin_ms) continue;
    if (!out) out = Extent{*cue.begin_ms, *cue.begin_ms, 0};
    out->last = *cue.begin_ms;
    ++out->count;
  }
  return out;
}

// Whether "11:02" must be hours and minutes: as minutes and seconds, nobody could speak so fast.
bool are_hours_and_minutes(const Extent &extent, std::size_t words, bool one_colon) {
  constexpr std::size_t least_times = 6, most_words_per_minute = 600;
  if (!one_colon || extent.count < least_times || extent.last < extent.first) return false;
  const auto span = static_cast<std::size_t>(extent.last - extent.first);
  return words * 60000 > most_words_per_minute * std::max<std::size_t>(span, 1);
}

// Whether times that begin after an hour are of the clock: in a recording of that length there
// would be far more words.
bool are_clock(const Extent &extent, std::size_t words) {
  constexpr std::size_t fewest_words_per_minute = 20;
  if (extent.count < 2 || extent.first < hour_ms || extent.last >= 2 * day_ms) return false;
  return words * 60000 < fewest_words_per_minute * static_cast<std::size_t>(extent.last);
}

// Makes seconds of times that are milliseconds, by how fast people would speak, and removes those
// that are neither, such as the numbers of turns.
void find_unit(RawTranscript &raw, const Extent &extent, std::size_t words) {
  constexpr std::int64_t slowest = 20, fastest = 600, minute_ms = 60000;
  const std::int64_t span = extent.last - extent.first;
  const auto minutes = static_cast<std::int64_t>(words) * minute_ms;
  const auto fits = [&](std::int64_t ms) {
    return ms > 0 && minutes >= slowest * ms && minutes <= fastest * ms;
  };
  if (fits(span)) return;
  if (!fits(span / 1000)) {
    raw.warnings.emplace_back(
        "the numbers before the turns are no times in seconds or milliseconds; they are left out");
    return remove_all(raw);
  }
  raw.warnings.emplace_back("the times are milliseconds, as the speed of speech tells");
  for (RawCue &cue : raw.cues) {
    if (cue.begin_ms) *cue.begin_ms /= 1000;
    if (cue.end_ms) *cue.end_ms /= 1000;
  }
}

}  // namespace

void repair_times(RawTranscript &raw, const TimeNotes &notes) {
  if (!notes.clock) join_recordings(raw);
  const auto extent = extent_of(raw);
  if (!extent) return;
  const std::size_t words = count_all_words(raw);
  if (notes.bare) find_unit(raw, *extent, words);
  if ((notes.clock && notes.minutes) || are_hours_and_minutes(*extent, words, notes.one_colon)) {
    raw.warnings.push_back(
        "the times are times of day without seconds; they are left out, since they are no "
        "positions in the recording");
    remove_all(raw);
    return;
  }
  if (notes.clock || are_clock(*extent, words)) {
    raw.warnings.push_back(
        "the times are times of day; they are counted from the first one, since they are no "
        "positions in the recording");
    count_from_first(raw);
  }
  remove_steps_back(raw);
}

}  // namespace saleschecklist::transcript
