#include "media/voice_activity.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace saleschecklist::media {
namespace {

constexpr int nothing_db = -100;
constexpr int always_silent_db = -70;    // no speech is recorded at a lower level
constexpr int often_silent_db = -55;     // silence in most recordings...
constexpr int far_below_speech_db = 30;  // ... unless the speech itself has such a low level
constexpr int above_noise_db = 6;
constexpr int below_speech_db = 15;  // silence is at least so far below the loudest speech
constexpr std::size_t block_frames = 30'000 / frame_ms;  // noise is constant within it

constexpr std::size_t long_silence_frames = 3'000 / frame_ms;  // longer silence is not transcribed
constexpr std::size_t padding_frames = 400 / frame_ms;
constexpr std::size_t least_sounding_frames = 30 / frame_ms;  // a shorter sound is a click

constexpr int different_db = 10;
constexpr double mostly = 0.6;

// A histogram of levels, which finds the level that a given share of the frames does not exceed.
class Histogram {
 public:
  void add(std::int8_t level) {
    ++counts_[static_cast<std::size_t>(level - nothing_db)];
    ++all_;
  }

  int quantile(double share) const {
    const auto wanted = static_cast<std::size_t>(share * static_cast<double>(all_ - 1));
    std::size_t seen = 0;
    for (std::size_t i = 0; i < counts_.size(); ++i) {
      seen += counts_[i];
      if (seen > wanted) return static_cast<int>(i) + nothing_db;
    }
    return 0;
  }

 private:
  std::array<std::size_t, 101> counts_{};
  std::size_t all_ = 0;
};

}  // namespace

void LevelMeter::add(const Samples &samples) {
  for (const std::int16_t sample : samples) {
    sum_ += sample;
    squares_ += static_cast<std::int64_t>(sample) * sample;
    if (++count_ == samples_per_frame) close_frame();
  }
}

void LevelMeter::close_frame() {
  const double mean = static_cast<double>(sum_) / static_cast<double>(count_);
  const double power = static_cast<double>(squares_) / static_cast<double>(count_) - mean * mean;
  constexpr double full = 32768.0 * 32768.0;
  const double db = power <= 0 ? nothing_db : 10 * std::log10(power / full);
  levels_.push_back(static_cast<std::int8_t>(std::clamp(db, double{nothing_db}, 0.0)));
  count_ = sum_ = squares_ = 0;
}

Levels LevelMeter::finish() {
  if (count_ > 0) close_frame();
  return std::move(levels_);
}

std::vector<bool> active_frames(const Levels &levels) {
  const std::size_t blocks = (levels.size() + block_frames - 1) / block_frames;
  std::vector<int> noise(blocks, 0);
  int speech = nothing_db;
  for (std::size_t b = 0; b < blocks; ++b) {
    Histogram histogram;
    const std::size_t end = std::min(levels.size(), (b + 1) * block_frames);
    for (std::size_t f = b * block_frames; f < end; ++f) histogram.add(levels[f]);
    noise[b] = histogram.quantile(0.10);
    speech = std::max(speech, histogram.quantile(0.97));
  }
  const int quiet = std::clamp(speech - far_below_speech_db, always_silent_db, often_silent_db);
  std::vector<bool> out(levels.size());
  // The quietest of the neighbouring blocks gives the noise level: a block may consist of speech
  // only.
  const std::vector<int> own = noise;
  for (std::size_t b = 0; b < blocks; ++b) {
    if (b > 0) noise[b] = std::min(noise[b], own[b - 1]);
    if (b + 1 < blocks) noise[b] = std::min(noise[b], own[b + 1]);
  }
  for (std::size_t f = 0; f < levels.size(); ++f) {
    const int above_noise = noise[f / block_frames] + above_noise_db;
    const int threshold = std::max(quiet, std::min(above_noise, speech - below_speech_db));
    out[f] = levels[f] > threshold;
  }
  return out;
}

std::vector<Stretch> sounding_stretches(const std::vector<bool> &active) {
  std::vector<Stretch> out;
  std::size_t sounding = 0;  // frames of the last stretch
  const auto drop_click = [&] {
    if (!out.empty() && sounding < least_sounding_frames) out.pop_back();
  };
  for (std::size_t f = 0; f < active.size(); ++f) {
    if (!active[f]) continue;
    if (out.empty() || f - out.back().end >= long_silence_frames) {
      drop_click();
      out.push_back({f, f});
      sounding = 0;
    }
    out.back().end = f + 1;
    ++sounding;
  }
  drop_click();
  for (Stretch &stretch : out) {
    stretch.begin -= std::min(stretch.begin, padding_frames);
    stretch.end = std::min(active.size(), stretch.end + padding_frames);
  }
  return out;
}

void StereoMeter::add(const Samples &left, const Samples &right) {
  for (std::size_t i = 0; i < left.size(); ++i) {
    const double l = left[i], r = right[i];
    left_ += l * l;
    right_ += r * r;
    both_ += l * r;
  }
}

bool StereoMeter::is_opposed() const { return both_ < -0.5 * std::sqrt(left_ * right_); }

bool carry_different_speakers(const Levels &left, const std::vector<bool> &left_active,
                              const Levels &right, const std::vector<bool> &right_active) {
  std::size_t sounding = 0, different = 0;
  for (std::size_t f = 0; f < left.size(); ++f) {
    if (!left_active[f] && !right_active[f]) continue;
    ++sounding;
    different += std::abs(left[f] - right[f]) >= different_db ? 1 : 0;
  }
  return sounding > 0 && static_cast<double>(different) >= mostly * static_cast<double>(sounding);
}

}  // namespace saleschecklist::media
