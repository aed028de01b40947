// What part of a recording is transcribed at a time, and the mapping of a clip's times to the
// recording.
#ifndef SALESCHECKLIST_MEDIA_WINDOWS_HPP
#define SALESCHECKLIST_MEDIA_WINDOWS_HPP

#include "media/voice_activity.hpp"

#include <cstdint>
#include <vector>

namespace saleschecklist::media {

// Stretches of one channel that form one clip, concatenated without the silence between them. Never
// empty; ordered by time.
struct Window {
  std::vector<Stretch> pieces;

  std::size_t frames() const;     // of the clip
  std::int64_t begin_ms() const;  // in the recording
  std::int64_t end_ms() const;
};

// The recording's time for the clip's time `clip_ms`; times beyond the clip map to its end. At the
// joint of two pieces, a begin belongs to the later piece and an end to the earlier one.
enum class Edge { begin, end };
std::int64_t recording_ms(const Window &window, std::int64_t clip_ms, Edge edge);

// The index of the piece to which the clip's time belongs, as above.
std::size_t piece_at(const Window &window, std::int64_t clip_ms, Edge edge);

// Cuts the stretches into windows of at most `most_frames` and about equal length, which do not
// overlap and leave nothing out: between two stretches if possible, else in the longest pause, else
// at the quietest place. `active` and `levels` cover the whole channel; most_frames must be greater
// than 0.
std::vector<Window> plan_windows(const std::vector<Stretch> &stretches,
                                 const std::vector<bool> &active, const Levels &levels,
                                 std::size_t most_frames);

}  // namespace saleschecklist::media

#endif
