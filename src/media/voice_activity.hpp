// Where there is sound in a recording: the levels of its frames and what they tell.
#ifndef SALESCHECKLIST_MEDIA_VOICE_ACTIVITY_HPP
#define SALESCHECKLIST_MEDIA_VOICE_ACTIVITY_HPP

#include "media/sound.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace saleschecklist::media {

constexpr std::int64_t frame_ms = 10;
constexpr std::int64_t samples_per_frame = frame_ms * samples_per_ms;

// One level per frame: decibels below full scale, from -100 (nothing at all) to 0.
using Levels = std::vector<std::int8_t>;

// A run of frames, half-open.
struct Stretch {
  std::size_t begin = 0, end = 0;

  std::size_t size() const { return end - begin; }
};

// Levels of samples that come in pieces. A frame's own mean does not count, so that a constant
// offset is silence.
class LevelMeter {
 public:
  void add(const Samples &samples);
  Levels finish();  // an unfinished frame counts

 private:
  void close_frame();

  Levels levels_;
  std::int64_t count_ = 0, sum_ = 0, squares_ = 0;  // of the frame at hand
};

// Per frame, whether it stands out from the noise around it. Noise that nothing stands out from is
// no silence: it may be speech.
std::vector<bool> active_frames(const Levels &levels);

// The stretches that are worth hearing, with a little silence around each: between two of them
// there are seconds of it. Empty when there is nothing but silence.
std::vector<Stretch> sounding_stretches(const std::vector<bool> &active);

// How two channels relate, from one look at both.
class StereoMeter {
 public:
  void add(const Samples &left, const Samples &right);

  // Whether mixing would cancel what is in both.
  bool is_opposed() const;

 private:
  double left_ = 0, right_ = 0, both_ = 0;
};

// Whether the channels of a recording carry different speakers: when one is heard, the other is
// mostly far quieter. Two microphones in one room, or one sound twice, are not that.
bool carry_different_speakers(const Levels &left, const std::vector<bool> &left_active,
                              const Levels &right, const std::vector<bool> &right_active);

}  // namespace saleschecklist::media

#endif
