// Reads the sound of a file with FFmpeg's libraries.
#ifndef SALESCHECKLIST_MEDIA_SOUND_READER_HPP
#define SALESCHECKLIST_MEDIA_SOUND_READER_HPP

#include <saleschecklist/audio.hpp>

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace saleschecklist::media {

constexpr int samples_per_second = 16'000;  // enough for speech; recognisers resample to this rate
constexpr std::int64_t samples_per_ms = samples_per_second / 1000;
// A time this far ahead is trusted only if the next frame continues from there.
constexpr std::int64_t far_ahead_samples = samples_per_second;
constexpr std::size_t most_channels = 2;  // kept separate; more channels are mixed into one

using Samples = std::vector<std::int16_t>;
using Block = std::array<Samples, most_channels>;  // of the same time span, at most some seconds

// A file open for one pass over its sound. The first sample is at the recording's time 0, which is
// the first audible sample, or the first picture of a video if that is earlier. Encoder delay is
// left out and gaps are filled with silence, so the index of a sample is its time. One thread at a
// time. All members throw BadResult.
class SoundReader {
 public:
  // Opens regular files only, and no other file or URL that they name. `cancel` makes every call
  // fail with cancelled.
  SoundReader(const std::string &file, const CancelToken &cancel);
  ~SoundReader();

  const AudioInfo &info() const;
  std::size_t channels() const;  // in the blocks of read(): 2 if the file has exactly two, else 1

  // Reads the next samples, equally many for each channel. Returns false at the end.
  bool read(Block &block);

  bool duration_is_estimated() const;   // whether info().duration_ms is derived from the bit rate
  std::size_t damaged_packets() const;  // skipped so far
  std::size_t jumps_in_time()
      const;  // timestamps so far that were ignored: backwards, or ahead of all others

 private:
  class State;
  std::unique_ptr<State> state_;
};

}  // namespace saleschecklist::media

#endif
