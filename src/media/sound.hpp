// The sound of a file, read with FFmpeg's libraries.
#ifndef SALESCHECKLIST_MEDIA_SOUND_HPP
#define SALESCHECKLIST_MEDIA_SOUND_HPP

#include <saleschecklist/audio.hpp>

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace saleschecklist::media {

constexpr int samples_per_second = 16'000;  // all that speech needs; what recognisers resample to
constexpr std::int64_t samples_per_ms = samples_per_second / 1000;
// A time so far ahead is believed only if the next frame continues from there.
constexpr std::int64_t far_ahead_samples = samples_per_second;
constexpr std::size_t most_channels = 2;  // that are told apart; more are mixed into one

using Samples = std::vector<std::int16_t>;
using Block = std::array<Samples, most_channels>;  // of the same stretch, at most some seconds

// A file that is open for one pass over its sound. The first sample is the recording's time 0: that
// of the first sound that is heard, or of the picture where it begins before. What encoders put
// before the sound is left out, and holes are filled with silence, so that a sample's number is its
// time. One thread at a time. All members throw BadResult.
class Sound {
 public:
  // Only regular files are opened, and no other file or address that they name. `cancel` ends
  // reading with `cancelled`.
  Sound(const std::string &file, const CancelToken &cancel);
  ~Sound();

  const AudioInfo &info() const;
  std::size_t channels() const;  // that read() gives: 2 when the file has exactly two, else 1

  // The samples that follow, the same number for each channel; false when there are no more.
  bool read(Block &block);

  bool duration_is_estimated() const;   // info().duration_ms is guessed from the bit rate
  std::size_t damaged_packets() const;  // skipped so far
  std::size_t jumps_in_time() const;    // so far, that were not followed: back, or ahead alone

 private:
  class State;
  std::unique_ptr<State> state_;
};

}  // namespace saleschecklist::media

#endif
