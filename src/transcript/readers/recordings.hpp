// Recordings that were joined in one file: their times begin again at zero.
#ifndef SALESCHECKLIST_TRANSCRIPT_READERS_RECORDINGS_HPP
#define SALESCHECKLIST_TRANSCRIPT_READERS_RECORDINGS_HPP

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace saleschecklist::transcript {

constexpr std::int64_t tolerance_ms = 2000;  // of a step back, as in assemble()

// A cue as far as the search for recordings needs it.
struct CuePlace {
  std::optional<std::int64_t> begin_ms, end_ms;
  std::string speaker;  // empty if unknown
  std::string where;    // "line 12" or a JSON pointer
};

// Whether any time steps back, without which there is one recording only.
template <class Cue>
bool steps_back(const std::vector<Cue> &cues) {
  std::int64_t latest = 0;
  for (const Cue &cue : cues) {
    if (cue.begin_ms && *cue.begin_ms + tolerance_ms < latest) return true;
    latest = std::max(latest, cue.begin_ms.value_or(0));
  }
  return false;
}

// A stretch of cues, up to the next one, and what has to be added to its times.
struct Recording {
  std::size_t first;
  std::int64_t offset_ms;
};

// The recordings after the first one; empty if there is only one, or if it is not certain: steps
// back of single times, and channels of one recording that stand one after the other, are no new
// recordings. Adds a warning for each.
std::vector<Recording> further_recordings(const std::vector<CuePlace> &cues,
                                          std::vector<std::string> &warnings);

// Makes the times of further recordings go on from the end of the one before.
template <class Cue>
void shift_recordings(std::vector<Cue> &cues, const std::vector<Recording> &recordings) {
  for (std::size_t i = 0; i < recordings.size(); ++i) {
    const std::size_t end = i + 1 < recordings.size() ? recordings[i + 1].first : cues.size();
    for (std::size_t at = recordings[i].first; at < end; ++at) {
      if (cues[at].begin_ms) *cues[at].begin_ms += recordings[i].offset_ms;
      if (cues[at].end_ms) *cues[at].end_ms += recordings[i].offset_ms;
    }
  }
}

}  // namespace saleschecklist::transcript

#endif
