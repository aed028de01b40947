#ifdef SALESCHECKLIST_WITH_FFMPEG

#include "media/sound_reader.hpp"

#include "media/resampler.hpp"
#include "media/sound_decoder.hpp"
#include "media/timeline.hpp"

#include <saleschecklist/limits.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>

namespace saleschecklist::media {
namespace {

constexpr std::int64_t longest_ms = limits::recording_hours * std::int64_t{3'600'000};
constexpr std::int64_t most_silence_at_once = samples_per_second;

}  // namespace

// Puts decoded frames at their place in time: fills gaps with silence and removes what is repeated.
class SoundReader::State {
 public:
  State(const std::string &file, const CancelToken &cancel)
      : decoder_(file, cancel),
        channels_(decoder_.info().channels == static_cast<int>(most_channels) ? most_channels : 1),
        timeline_(decoder_.picture_begin()),
        resampler_(decoder_, channels_),
        frame_(own(av_frame_alloc())),
        later_(own(av_frame_alloc())) {}

  bool read(Block &block) {
    for (Samples &samples : block) samples.clear();
    while (block[0].empty()) {
      decoder_.check_cancelled();
      if (silence_ > 0) {
        append_silence(block);
      } else if (!held_ && !next_frame()) {
        return !ended_ && flush(block);
      } else {
        held_ = false;
        append_frame(block);
      }
      require_length();
    }
    return true;
  }

  const SoundDecoder &decoder() const { return decoder_; }
  std::size_t channels() const { return channels_; }
  std::size_t jumps() const { return timeline_.resets() + disbelieved_; }

 private:
  // The number of samples output, and of those that the resampler still holds.
  std::int64_t position() const { return written_ + resampler_.delay(); }

  // Finds the next frame to output and whether to trust its time. Returns false at the end.
  bool next_frame() {
    if (looked_ahead_) {
      av_frame_unref(frame_.get());
      av_frame_move_ref(frame_.get(), later_.get());
      looked_ahead_ = false;
    } else if (!decoder_.decode(*frame_)) {
      return false;
    }
    believed_ = true;
    const auto begin = decoder_.sample_of(*frame_);
    if (!timeline_.is_far_ahead(begin, position())) return true;
    const std::int64_t end = *begin + av_rescale(frame_->nb_samples, samples_per_second,
                                                 std::max(frame_->sample_rate, 1));
    looked_ahead_ = decoder_.decode(*later_);
    const auto next = looked_ahead_ ? decoder_.sample_of(*later_) : std::nullopt;
    believed_ = looked_ahead_ && (!next || std::llabs(*next - end) <= far_ahead_samples);
    if (!believed_) ++disbelieved_;
    return true;
  }

  void append_frame(Block &block) {
    if (frame_->nb_samples < 1 || frame_->sample_rate < 1) return;
    const std::int64_t hole =
        believed_ ? timeline_.hole_before(decoder_.sample_of(*frame_), position()) : 0;
    if (hole > 0 || resampler_.conflicts_with(*frame_)) {
      // Samples from before the gap, or before the format changed, are output first.
      written_ += resampler_.drain(block);
      resampler_.close();
      silence_ = std::max<std::int64_t>(hole, 0);
      held_ = true;
      return;
    }
    const std::int64_t skip = av_rescale(-hole, frame_->sample_rate, samples_per_second);
    if (skip >= frame_->nb_samples) return;
    written_ += resampler_.append(*frame_, static_cast<int>(skip), block);
  }

  void append_silence(Block &block) {
    const std::int64_t count = std::min(silence_, most_silence_at_once);
    for (std::size_t c = 0; c < channels_; ++c) {
      block[c].resize(block[c].size() + static_cast<std::size_t>(count));
    }
    silence_ -= count;
    written_ += count;
  }

  bool flush(Block &block) {
    ended_ = true;
    written_ += resampler_.drain(block);
    return !block[0].empty();
  }

  void require_length() const {
    if ((written_ + silence_) / samples_per_ms <= longest_ms) return;
    decoder_.fail(
        ErrorCode::invalid_input,
        fmt::format("the timestamps exceed {} hours; expected the recording of one conversation",
                    limits::recording_hours));
  }

  SoundDecoder decoder_;
  const std::size_t channels_;
  Timeline timeline_;
  Resampler resampler_;
  Owned<AVFrame> frame_, later_;
  std::int64_t written_ = 0;   // samples output
  std::int64_t silence_ = 0;   // samples of a gap still to be output
  bool held_ = false;          // the frame is still to be output
  bool looked_ahead_ = false;  // later_ is the next frame
  bool believed_ = true;       // whether the time of the frame is used
  bool ended_ = false;
  std::size_t disbelieved_ = 0;  // times far ahead that the next frame did not confirm
};

SoundReader::SoundReader(const std::string &file, const CancelToken &cancel)
    : state_(std::make_unique<State>(file, cancel)) {}
SoundReader::~SoundReader() = default;

const AudioInfo &SoundReader::info() const { return state_->decoder().info(); }
std::size_t SoundReader::channels() const { return state_->channels(); }
bool SoundReader::read(Block &block) { return state_->read(block); }
bool SoundReader::duration_is_estimated() const {
  return state_->decoder().duration_is_estimated();
}
std::size_t SoundReader::damaged_packets() const { return state_->decoder().damaged_packets(); }
std::size_t SoundReader::jumps_in_time() const { return state_->jumps(); }

}  // namespace saleschecklist::media

#endif
