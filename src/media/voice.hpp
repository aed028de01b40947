// Finds where a sound may be a voice: not a steady tone, a beep, or noise that stays the same.
#ifndef SALESCHECKLIST_MEDIA_VOICE_HPP
#define SALESCHECKLIST_MEDIA_VOICE_HPP

#include "media/voice_activity.hpp"

#include <cstdint>
#include <vector>

namespace saleschecklist::media {

// The power of a frame's samples, and of the differences between neighbouring samples.
struct FramePower {
  float sound = 0, differences = 0;
};

// Measures the power of samples that arrive in blocks. The mean of a frame is subtracted.
class PowerMeter {
 public:
  void add(const Samples &samples);
  std::vector<FramePower> finish();  // includes an incomplete last frame

 private:
  void close_frame();

  std::vector<FramePower> powers_;
  std::int64_t count_ = 0, sum_ = 0, squares_ = 0, differences_ = 0;  // of the current frame
  std::int16_t last_ = 0;
};

// For each frame, whether it is near a half second in which both the level and the colour of the
// sound change as in speech. Most music counts as a voice, and so does noise that changes; speech
// at 10 dB above noise always does. O(n).
std::vector<bool> voiced_frames(const std::vector<FramePower> &powers);

}  // namespace saleschecklist::media

#endif
