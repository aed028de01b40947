// What is done with the cues of a file once they are read.
#include <fmt/format.h>

#include <algorithm>

#include "base/errors.hpp"
#include "base/unicode.hpp"
#include "text/words.hpp"
#include "transcript/readers/cues.hpp"
#include "transcript/readers/recordings.hpp"
#include "transcript/readers/time_order.hpp"

namespace saleschecklist::transcript {
namespace {

// A cue that is further than this from its neighbours has a wrong time; a nearer one was only
// written late.
constexpr std::int64_t longest_delay_ms = 30'000;
// Cues may step back a little, where people talk at once. assemble() sorts these.
constexpr std::int64_t usual_step_back_ms = 2000;

std::vector<std::size_t> misplaced(const std::vector<Cue> &cues) {
  std::vector<std::optional<std::int64_t>> times;
  times.reserve(cues.size());
  for (const Cue &cue : cues) times.push_back(cue.begin_ms);
  const std::vector<std::size_t> sound = ascending_places(times);
  std::vector<std::size_t> out;
  std::size_t next = 0;  // the first of `sound` that is not before `i`
  for (std::size_t i = 0; i < cues.size(); ++i) {
    while (next < sound.size() && sound[next] < i) ++next;
    if (!cues[i].begin_ms || (next < sound.size() && sound[next] == i)) continue;
    const std::int64_t time = *cues[i].begin_ms;
    const bool early = next > 0 && time + longest_delay_ms < *cues[sound[next - 1]].begin_ms;
    const bool late = next < sound.size() && time > *cues[sound[next]].begin_ms + longest_delay_ms;
    if (early || late) out.push_back(i);
  }
  return out;
}

void sort_by_time(CueFile &file) {
  std::vector<std::size_t> places;
  std::optional<std::size_t> first_back;
  std::int64_t latest = 0;
  for (std::size_t i = 0; i < file.cues.size(); ++i) {
    if (!file.cues[i].begin_ms) continue;
    places.push_back(i);
    if (*file.cues[i].begin_ms + usual_step_back_ms < latest && !first_back) first_back = i;
    latest = std::max(latest, *file.cues[i].begin_ms);
  }
  if (!first_back) return;
  file.warnings.push_back(fmt::format(
      "line {}: the cue begins before the one above it; the cues were sorted by their times",
      file.cues[*first_back].line));
  std::vector<std::size_t> order = places;
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return *file.cues[a].begin_ms < *file.cues[b].begin_ms;
  });
  std::vector<Cue> sorted = file.cues;
  for (std::size_t i = 0; i < places.size(); ++i) sorted[places[i]] = file.cues[order[i]];
  file.cues = std::move(sorted);
}

std::vector<std::string> lines_of(const Cue &cue) {
  std::vector<std::string> out;
  for (const CuePiece &piece : cue.pieces) {
    out.insert(out.end(), piece.lines.begin(), piece.lines.end());
  }
  return out;
}

// How many of the first lines of `now` are the last lines of `before`.
std::size_t repeated_lines(const std::vector<std::string> &before,
                           const std::vector<std::string> &now) {
  for (std::size_t size = std::min(before.size(), now.size()); size > 0; --size) {
    const auto tail = before.end() - static_cast<std::ptrdiff_t>(size);
    if (std::equal(tail, before.end(), now.begin())) return size;
  }
  return 0;
}

bool begins_with_words(std::string_view text, std::string_view beginning) {
  return text.size() > beginning.size() && text.substr(0, beginning.size()) == beginning &&
         text[beginning.size()] == ' ';
}

void remove_first_lines(Cue &cue, std::size_t count) {
  for (CuePiece &piece : cue.pieces) {
    const std::size_t size = std::min(count, piece.lines.size());
    piece.lines.erase(piece.lines.begin(), piece.lines.begin() + static_cast<std::ptrdiff_t>(size));
    count -= size;
  }
}

// The times of the first cue and of the last cue's end; std::nullopt if there are none.
struct Extent {
  std::int64_t first, last;
};
std::optional<Extent> extent_of(const std::vector<Cue> &cues) {
  std::optional<Extent> out;
  for (const Cue &cue : cues) {
    if (!cue.begin_ms) continue;
    if (!out) out = Extent{*cue.begin_ms, *cue.begin_ms};
    out->last = std::max(out->last, cue.end_ms.value_or(*cue.begin_ms));
  }
  return out;
}

void join_recordings(CueFile &file) {
  if (!steps_back(file.cues)) return;
  std::vector<CuePlace> places;
  places.reserve(file.cues.size());
  for (const Cue &cue : file.cues) {
    places.push_back({cue.begin_ms, cue.end_ms, cue.pieces.empty() ? "" : cue.pieces[0].speaker,
                      line_name(cue.line)});
  }
  shift_recordings(file.cues, further_recordings(places, file.warnings));
}

std::string joined(const std::vector<std::string> &lines) {
  std::string out;
  for (const std::string &line : lines) out += (out.empty() ? "" : " ") + line;
  return base::collapse_spaces(out);
}

}  // namespace

std::string line_name(std::size_t line) { return fmt::format("line {}", line); }

void CueFile::repair(Error error, std::string_view done) {
  warnings.push_back(fmt::format("{}: {}; {}", error.where, error.message, done));
  ++faults;
  if (!first_fault) first_fault = std::move(error);
}

void CueFile::drop(Error error, std::string_view done) {
  ++dropped;
  repair(std::move(error), done);
}

bool CueFile::is_sound(std::size_t more) const {
  constexpr std::size_t parts = 10, few = 5;
  const std::size_t total = cues.size() + dropped;
  const std::size_t allowed = std::max<std::size_t>(total / parts, total >= few ? 1 : 0);
  return faults + more <= allowed;
}

void mend_order(CueFile &file) {
  const std::vector<std::size_t> wrong = misplaced(file.cues);
  if (!file.is_sound(wrong.size())) return;
  for (const std::size_t at : wrong) {
    Cue &cue = file.cues[at];
    file.repair(errors::invalid_input(
                    fmt::format("the time {} ms is not in the order of the file", *cue.begin_ms),
                    line_name(cue.line)),
                "the words were kept in their place without a time");
    cue.begin_ms.reset();
    cue.end_ms.reset();
  }
  sort_by_time(file);
}

void tell_once(CueFile &file) {
  constexpr std::size_t fewest = 4;  // that make a habit
  const auto named = [](const Cue &cue) {
    return std::any_of(cue.pieces.begin(), cue.pieces.end(),
                       [](const CuePiece &piece) { return !piece.speaker.empty(); });
  };
  if (std::any_of(file.cues.begin(), file.cues.end(), named)) return;  // these are not captions
  std::size_t repeats = 0, spoken = 0;
  std::vector<std::string> before;
  for (const Cue &cue : file.cues) {
    std::vector<std::string> lines = lines_of(cue);
    if (lines.empty()) continue;
    ++spoken;
    const bool grown = !before.empty() && begins_with_words(lines.back(), before.back());
    if (repeated_lines(before, lines) > 0 || grown) ++repeats;
    before = std::move(lines);
  }
  if (repeats < fewest || repeats * 3 < spoken) return;
  before.clear();
  for (Cue &cue : file.cues) {
    std::vector<std::string> lines = lines_of(cue);
    if (lines.empty()) continue;
    const std::size_t repeated = repeated_lines(before, lines);
    if (repeated > 0) {
      remove_first_lines(cue, repeated);
    } else if (!before.empty() && lines.size() == 1 &&
               begins_with_words(lines.back(), before.back())) {
      for (CuePiece &piece : cue.pieces) {
        if (piece.lines.empty()) continue;
        piece.lines[0] =
            base::collapse_spaces(std::string_view(piece.lines[0]).substr(before.back().size()));
      }
    }
    before = std::move(lines);
  }
  file.warnings.emplace_back("the captions repeat each other's words, which were kept once");
}

void start_at_zero(CueFile &file) {
  constexpr std::size_t fewest_cues = 5;
  constexpr std::int64_t hour_ms = 3'600'000, minute_ms = 60'000, slowest = 60, fastest = 400;
  const auto extent = extent_of(file.cues);
  if (!extent || file.cues.size() < fewest_cues || extent->first < hour_ms) return;
  std::int64_t words = 0;
  for (const Cue &cue : file.cues) {
    for (const std::string &line : lines_of(cue)) {
      words += static_cast<std::int64_t>(text::count_words(line));
    }
  }
  const std::int64_t span = extent->last - extent->first;
  const bool spoken_in_span =
      words * minute_ms >= slowest * span && words * minute_ms <= fastest * span;
  const bool spoken_from_zero = words * minute_ms * 6 >= slowest * extent->last;
  if (!spoken_in_span || spoken_from_zero) return;
  for (Cue &cue : file.cues) {
    if (cue.begin_ms) *cue.begin_ms -= extent->first;
    if (cue.end_ms) *cue.end_ms = std::max<std::int64_t>(0, *cue.end_ms - extent->first);
  }
  file.warnings.emplace_back(
      "the times are those of a clock and not of a recording; they were counted from the first");
}

Result<RawTranscript> to_raw_transcript(CueFile file) {
  const auto checked = file.cues.size();
  if (file.first_fault && (checked == 0 || !file.is_sound())) return *file.first_fault;
  join_recordings(file);
  mend_order(file);
  tell_once(file);
  start_at_zero(file);
  name_speakers(file);
  RawTranscript out;
  out.format = std::move(file.format);
  out.warnings = std::move(file.warnings);
  for (Cue &cue : file.cues) {
    for (CuePiece &piece : cue.pieces) {
      std::string text = joined(piece.lines);
      if (text.empty()) continue;
      out.cues.push_back({std::move(piece.speaker), std::move(text), cue.begin_ms, cue.end_ms,
                          line_name(cue.line)});
    }
  }
  return out;
}

}  // namespace saleschecklist::transcript
