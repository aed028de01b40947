#include "media/voice.hpp"

#include <algorithm>
#include <cmath>

namespace saleschecklist::media {
namespace {

// Speech is made of syllables: its energy rises and falls 2 to 8 times a second, most at 4 Hz, and
// its spectrum changes from sound to sound. These are two of the classic features that tell speech
// from other sounds (E. Scheirer, M. Slaney: Construction and Evaluation of a Robust Multifeature
// Speech/Music Discriminator, ICASSP 1997: 4 Hz modulation energy, variance of the spectral
// centroid), taken from two powers instead of a spectrum:
// - The spread of the level, of frames smoothed over 50 ms, within 500 ms: what changes slower than
//   2 Hz or faster than 10 Hz counts little.
// - The spread of the colour: the power of the differences over the power of the sound, in
//   decibels. It is 20 log10 of the mobility of B. Hjorth (EEG Analysis Based on Time Domain
//   Properties, 1970), a mean frequency; of a tone of f Hz it is 20 log10(2 sin(pi f / rate)).
// The bounds are between what was measured of 620 voice prompts of a telephone system in two
// languages, alone and 10 dB above white, pink and low noise, and of tones, beeps, slow chords and
// those noises.
constexpr std::size_t smoothed_frames = 50 / frame_ms;
constexpr std::size_t window_frames = 500 / frame_ms, step_frames = 100 / frame_ms;
constexpr double least_level_spread = 0.6;   // of noise: below 0.6
constexpr double least_colour_spread = 0.2;  // of a beep: below 0.16; of one vowel: above 0.25
// Chords that follow each other slowly change their level and colour, and both a little; speech
// has much of one at least: of the level where it is clear, of the colour where there is noise.
constexpr double clear_level_spread = 2.5, clear_colour_spread = 2.0;
constexpr double below_peak_db = 12;  // frames from which the colour is taken
constexpr double lowest_db = 25;      // below the peak; what is lower is all the same
constexpr double nothing_db = -100;

double decibels(double power) {
  constexpr double full = 32768.0 * 32768.0;
  return power <= 0 ? nothing_db : std::max(nothing_db, 10 * std::log10(power / full));
}

struct Frames {  // smoothed, in decibels
  std::vector<double> sound, differences;
};

Frames smoothed(const std::vector<FramePower> &powers) {
  constexpr std::size_t half = smoothed_frames / 2;
  Frames out;
  out.sound.reserve(powers.size());
  out.differences.reserve(powers.size());
  for (std::size_t f = 0; f < powers.size(); ++f) {
    const std::size_t begin = f - std::min(f, half), end = std::min(powers.size(), f + half + 1);
    double sound = 0, differences = 0;
    for (std::size_t n = begin; n < end; ++n) {
      sound += static_cast<double>(powers[n].sound);
      differences += static_cast<double>(powers[n].differences);
    }
    const auto count = static_cast<double>(end - begin);
    out.sound.push_back(decibels(sound / count));
    out.differences.push_back(decibels(differences / count));
  }
  return out;
}

// The standard deviation of values that are added one by one.
class Spread {
 public:
  void add(double value) {
    ++count_;
    sum_ += value;
    squares_ += value * value;
  }
  double value() const {
    if (count_ == 0) return 0;
    const double mean = sum_ / count_;
    return std::sqrt(std::max(0.0, squares_ / count_ - mean * mean));
  }

 private:
  double count_ = 0, sum_ = 0, squares_ = 0;
};

double peak_of(const std::vector<double> &levels, const Stretch &window) {
  const auto begin = levels.begin();
  return *std::max_element(begin + static_cast<std::ptrdiff_t>(window.begin),
                           begin + static_cast<std::ptrdiff_t>(window.end));
}

double level_spread(const std::vector<double> &levels, const Stretch &window) {
  const double lowest = peak_of(levels, window) - lowest_db;
  Spread out;
  for (std::size_t f = window.begin; f < window.end; ++f) out.add(std::max(levels[f], lowest));
  return out.value();
}

double colour_spread(const Frames &frames, const Stretch &window) {
  const double least = peak_of(frames.sound, window) - below_peak_db;
  Spread out;
  for (std::size_t f = window.begin; f < window.end; ++f) {
    if (frames.sound[f] > least) out.add(frames.differences[f] - frames.sound[f]);
  }
  return out.value();
}

bool may_be_voice(const Frames &frames, const Stretch &window) {
  const double level =
      std::max(level_spread(frames.sound, window), level_spread(frames.differences, window));
  const double colour = colour_spread(frames, window);
  return level >= least_level_spread && colour >= least_colour_spread &&
         (level >= clear_level_spread || colour >= clear_colour_spread);
}

}  // namespace

void PowerMeter::add(const Samples &samples) {
  for (const std::int16_t sample : samples) {
    const std::int64_t difference = std::int64_t{sample} - last_;
    last_ = sample;
    sum_ += sample;
    squares_ += std::int64_t{sample} * sample;
    differences_ += difference * difference;
    if (++count_ == samples_per_frame) close_frame();
  }
}

void PowerMeter::close_frame() {
  const auto count = static_cast<double>(count_);
  const double mean = static_cast<double>(sum_) / count;
  const double power = static_cast<double>(squares_) / count - mean * mean;
  powers_.push_back({static_cast<float>(std::max(0.0, power)),
                     static_cast<float>(static_cast<double>(differences_) / count)});
  count_ = sum_ = squares_ = differences_ = 0;
}

std::vector<FramePower> PowerMeter::finish() {
  if (count_ > 0) close_frame();
  return std::move(powers_);
}

std::vector<bool> voiced_frames(const std::vector<FramePower> &powers) {
  const Frames frames = smoothed(powers);
  std::vector<bool> out(powers.size());
  for (std::size_t begin = 0; begin < powers.size(); begin += step_frames) {
    const Stretch window{begin, std::min(powers.size(), begin + window_frames)};
    if (!may_be_voice(frames, window)) continue;
    std::fill(out.begin() + static_cast<std::ptrdiff_t>(window.begin),
              out.begin() + static_cast<std::ptrdiff_t>(window.end), true);
  }
  return out;
}

}  // namespace saleschecklist::media
