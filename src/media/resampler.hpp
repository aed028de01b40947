// Converts decoded frames of any format to 16 kHz samples.
#ifndef SALESCHECKLIST_MEDIA_RESAMPLER_HPP
#define SALESCHECKLIST_MEDIA_RESAMPLER_HPP

#include "media/sound_decoder.hpp"
#include "media/sound_reader.hpp"

namespace saleschecklist::media {

// One thread at a time. All members throw BadResult and std::bad_alloc.
class Resampler {
 public:
  // `decoder` reports errors and must outlive this object.
  Resampler(const SoundDecoder &decoder, std::size_t channels)
      : decoder_(decoder), channels_(channels) {}

  // Whether frames of another format were appended since the last close().
  bool conflicts_with(const AVFrame &frame) const;

  // Appends a frame without its first `skip` samples. Returns how many samples were output, which
  // may be fewer because some are held back until more are appended.
  std::int64_t append(const AVFrame &frame, int skip, Block &block);
  // Appends the samples that are held back. Returns how many.
  std::int64_t drain(Block &block);
  void close() { converter_.reset(); }

  // The number of samples that are held back.
  std::int64_t delay() const;

 private:
  void open_for(const AVFrame &frame);
  std::int64_t convert(Block &block, const std::uint8_t **input, int count);

  const SoundDecoder &decoder_;
  const std::size_t channels_;
  Owned<SwrContext> converter_;
  int rate_ = 0, format_ = 0, inputs_ = 0;  // the format of the frames
};

}  // namespace saleschecklist::media

#endif
