#include "media/timeline.hpp"

#include "media/sound_reader.hpp"

#include <algorithm>

namespace saleschecklist::media {
namespace {

// A smaller deviation is rounding noise; a larger one is a gap or an overlap.
constexpr std::int64_t time_noise_samples = 15 * samples_per_ms;
// The timestamps of live recorders deviate and recover: a small deviation must last for so many
// packets.
constexpr int lasting_packets = 5;
constexpr std::int64_t certain_hole_samples = 250 * samples_per_ms;
// A larger step back is not an overlap: recordings were joined, and a new clock begins.
constexpr std::int64_t clock_reset_samples = samples_per_second;

}  // namespace

bool Timeline::is_far_ahead(std::optional<std::int64_t> sample, std::int64_t position) const {
  if (!origin_ || position == 0 || !sample) return false;
  return *sample - *origin_ - position > far_ahead_samples;
}

std::int64_t Timeline::hole_before(std::optional<std::int64_t> sample, std::int64_t position) {
  const std::int64_t hole = place_of(sample, position).value_or(position) - position;
  const std::int64_t size = hole < 0 ? -hole : hole;
  strays_ = size > time_noise_samples ? strays_ + 1 : 0;
  const bool certain = size > certain_hole_samples || position == 0;
  const bool acts = strays_ >= lasting_packets || (strays_ > 0 && certain);
  return acts ? hole : 0;
}

std::optional<std::int64_t> Timeline::place_of(std::optional<std::int64_t> sample,
                                               std::int64_t position) {
  if (!sample) return std::nullopt;
  if (origin_ && *sample - *origin_ - position < -clock_reset_samples) {
    origin_.reset();
    ++resets_;
  }
  if (!origin_) {
    origin_ = *sample - position;
    if (position != 0) return position;
    if (picture_begin_) origin_ = std::min(*origin_, *picture_begin_);
  }
  return *sample - *origin_;
}

}  // namespace saleschecklist::media
