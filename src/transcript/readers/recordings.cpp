#include "transcript/readers/recordings.hpp"

#include "transcript/readers/readers.hpp"

#include <fmt/format.h>

#include <set>

namespace saleschecklist::transcript {
namespace {

constexpr std::int64_t at_start_ms = 5'000, near_start_ms = 60'000;

// The cues that have a begin, by their places in the file.
struct Timed {
  std::size_t place;
  std::int64_t begin_ms;
};
using Row = std::vector<Timed>;

Row timed_cues(const std::vector<CuePlace> &cues) {
  Row out;
  for (std::size_t at = 0; at < cues.size(); ++at) {
    if (cues[at].begin_ms) out.push_back({at, *cues[at].begin_ms});
  }
  return out;
}

// Whether a recording begins at `at`, after one that began at `first` and went on to `latest`:
// about as many cues as before follow in the time that was there already.
bool begins_again(const Row &row, std::size_t first, std::size_t at, std::int64_t latest) {
  constexpr std::size_t density = 4;
  const std::int64_t begin = row[at].begin_ms;
  if (begin > near_start_ms || row[first].begin_ms > near_start_ms || at - first < 2) return false;
  std::size_t end = at;
  std::int64_t last = begin;
  while (end < row.size() && row[end].begin_ms <= latest &&
         row[end].begin_ms + tolerance_ms >= last) {
    last = std::max(last, row[end].begin_ms);
    ++end;
  }
  if (end < row.size() && row[end].begin_ms > latest) last = latest;
  const auto before = static_cast<std::size_t>(std::count_if(
      row.begin() + static_cast<std::ptrdiff_t>(first),
      row.begin() + static_cast<std::ptrdiff_t>(at),
      [&](const Timed &cue) { return cue.begin_ms >= begin && cue.begin_ms <= last; }));
  const std::size_t again = end - at, fewest = begin <= at_start_ms ? 2 : 3;
  return again >= fewest && before >= fewest && again * density >= before &&
         before * density >= again;
}

// The places in the row at which a recording begins.
std::vector<std::size_t> find_begins(const Row &row) {
  constexpr std::size_t most_steps_back = 200;  // each costs a look at all cues before it
  std::vector<std::size_t> out;
  if (row.empty()) return out;
  std::size_t first = 0, steps_back = 0;
  std::int64_t latest = row[0].begin_ms;
  for (std::size_t at = 1; at < row.size(); ++at) {
    if (row[at].begin_ms + tolerance_ms < latest) {
      if (++steps_back > most_steps_back) return {};
      if (begins_again(row, first, at, latest)) {
        out.push_back(at);
        first = at;
        latest = row[at].begin_ms;
      }
    }
    latest = std::max(latest, row[at].begin_ms);
  }
  return out;
}

// Whether the times step back hardly ever but where recordings begin.
bool are_ordered(const Row &row, const std::vector<std::size_t> &begins) {
  std::size_t back = 0, next = 0;
  std::int64_t latest = row[0].begin_ms;
  for (std::size_t at = 1; at < row.size(); ++at) {
    if (next < begins.size() && begins[next] == at) {
      ++next;
      latest = row[at].begin_ms;
    }
    back += row[at].begin_ms + tolerance_ms < latest;
    latest = std::max(latest, row[at].begin_ms);
  }
  return back * 10 <= row.size();
}

// Whether each stretch has one speaker of its own: the channels of one recording.
bool are_channels(const std::vector<CuePlace> &cues, const std::vector<std::size_t> &places) {
  std::set<std::string> speakers;
  std::size_t next = 0;
  std::string speaker = cues[0].speaker;
  for (std::size_t at = 0; at < cues.size(); ++at) {
    if (next < places.size() && places[next] == at) {
      ++next;
      if (!speakers.insert(speaker).second) return false;
      speaker = cues[at].speaker;
    }
    if (cues[at].speaker.empty() || cues[at].speaker != speaker) return false;
  }
  return speakers.insert(speaker).second;
}

}  // namespace

std::vector<Recording> further_recordings(const std::vector<CuePlace> &cues,
                                          std::vector<std::string> &warnings) {
  const Row row = timed_cues(cues);
  std::vector<std::size_t> places;
  const std::vector<std::size_t> begins = find_begins(row);
  if (begins.empty() || !are_ordered(row, begins)) return {};
  places.reserve(begins.size());
  for (const std::size_t at : begins) places.push_back(row[at].place);
  if (are_channels(cues, places)) return {};
  std::vector<Recording> out;
  std::int64_t offset = 0, latest = 0;
  for (std::size_t at = 0; at < cues.size(); ++at) {
    if (out.size() < places.size() && places[out.size()] == at) {
      offset = latest;
      out.push_back({at, offset});
      warnings.push_back(fmt::format(
          "{}: the times begin again, so that another recording begins here; {} ms, the "
          "end of the recording before it, were added to its times",
          cues[at].where, offset));
    }
    const std::int64_t begin = cues[at].begin_ms.value_or(0);
    latest = std::max(latest, offset + std::max(begin, cues[at].end_ms.value_or(begin)));
  }
  return out;
}

void join_recordings(RawTranscript &raw) {
  if (!steps_back(raw.cues)) return;
  std::vector<CuePlace> places;
  places.reserve(raw.cues.size());
  for (const RawCue &cue : raw.cues) {
    places.push_back({cue.begin_ms, cue.end_ms, cue.speaker, cue.where});
  }
  shift_recordings(raw.cues, further_recordings(places, raw.warnings));
}

}  // namespace saleschecklist::transcript
