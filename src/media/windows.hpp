// What of a recording is heard at a time, and where in the recording the times of a clip are.
#ifndef SALESCHECKLIST_MEDIA_WINDOWS_HPP
#define SALESCHECKLIST_MEDIA_WINDOWS_HPP

#include "media/voice_activity.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace saleschecklist::media {

// Stretches of one channel that are heard as one clip, one after the other without the silence
// between them. Never empty, in order of time.
struct Window {
  std::vector<Stretch> pieces;

  std::size_t frames() const;     // of the clip
  std::int64_t begin_ms() const;  // in the recording
  std::int64_t end_ms() const;
};

// The recording's time at which the clip's time `clip_ms` is; times beyond the clip are its end's.
// At the joint of two pieces, a begin belongs to the later one and an end to the earlier one.
enum class Edge { begin, end };
std::int64_t recording_ms(const Window &window, std::int64_t clip_ms, Edge edge);

// The piece that the clip's time belongs to, as above.
std::size_t piece_at(const Window &window, std::int64_t clip_ms, Edge edge);

// Cuts the stretches into windows of at most `most_frames` and about the same length, which do not
// overlap and leave nothing out: between two stretches where it can be, else in the longest pause,
// else at the quietest place. `active` and `levels` are of the whole channel; most_frames > 0.
std::vector<Window> plan_windows(const std::vector<Stretch> &stretches,
                                 const std::vector<bool> &active, const Levels &levels,
                                 std::size_t most_frames);

std::string clock_time(std::int64_t ms);  // "1:02:03"

}  // namespace saleschecklist::media

#endif
