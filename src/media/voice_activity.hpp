// Finds where there is sound in a recording, from the levels of its frames.
#ifndef SALESCHECKLIST_MEDIA_VOICE_ACTIVITY_HPP
#define SALESCHECKLIST_MEDIA_VOICE_ACTIVITY_HPP

#include "media/sound_reader.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace saleschecklist::media {

constexpr std::int64_t frame_ms = 10;
constexpr std::int64_t samples_per_frame = frame_ms * samples_per_ms;

// One level per frame in decibels below full scale, from -100 (digital silence) to 0.
using Levels = std::vector<std::int8_t>;

// A run of frames, half-open.
struct Stretch {
  std::size_t begin = 0, end = 0;

  std::size_t size() const { return end - begin; }
};

// Measures the levels of samples that arrive in blocks. The mean of a frame is subtracted, so a
// constant offset is silence.
class LevelMeter {
 public:
  void add(const Samples &samples);
  Levels finish();  // includes an incomplete last frame

 private:
  void close_frame();

  Levels levels_;
  std::int64_t count_ = 0, sum_ = 0, squares_ = 0;  // of the current frame
};

// For each frame, whether it stands out from the noise around it. Noise from which nothing stands
// out counts as active: it may be speech.
std::vector<bool> active_frames(const Levels &levels);

// The stretches to transcribe, with a little silence around each, separated by seconds of silence.
// Empty if there is only silence.
std::vector<Stretch> sounding_stretches(const std::vector<bool> &active);

// Measures how two channels relate.
class StereoMeter {
 public:
  void add(const Samples &left, const Samples &right);

  // Whether mixing the channels would cancel the sound that they have in common.
  bool is_opposed() const;

 private:
  double left_ = 0, right_ = 0, both_ = 0;
};

// Whether the channels carry different speakers: while one is active, the other is mostly far
// quieter. False for two microphones in one room and for the same sound on both channels.
bool carry_different_speakers(const Levels &left, const std::vector<bool> &left_active,
                              const Levels &right, const std::vector<bool> &right_active);

}  // namespace saleschecklist::media

#endif
