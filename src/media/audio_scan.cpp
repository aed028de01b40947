#ifdef SALESCHECKLIST_WITH_FFMPEG

#include "media/audio_scan.hpp"
#include "base/errors.hpp"
#include "media/voice.hpp"
#include "text/phrasing.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace saleschecklist::media {
namespace {

constexpr std::int64_t short_by_ms = 2'000;  // containers round by less than this

// What is measured of a channel.
struct Meters {
  LevelMeter levels;
  PowerMeter powers;

  void add(const Samples &samples) {
    levels.add(samples);
    powers.add(samples);
  }
};

Channel channel_of(Meters &meters) {
  Channel out;
  out.levels = meters.levels.finish();
  out.active = active_frames(out.levels);
  out.voiced = voiced_frames(meters.powers.finish());
  return out;
}

bool sounds(const Channel &channel) {
  return std::find(channel.active.begin(), channel.active.end(), true) != channel.active.end();
}

// Decides which of two channels to transcribe.
void choose(AudioScan &out, Channel first, Channel second, Channel mixed, bool opposed,
            const std::vector<std::string> &names) {
  const bool different =
      carry_different_speakers(first.levels, first.active, second.levels, second.active);
  const bool one_is_dead = sounds(first) != sounds(second);
  if (different && (!one_is_dead || !names.empty())) {
    first.speaker = names.empty() ? "Channel 1" : names[0];
    second.speaker = names.empty() ? "Channel 2" : names[1];
    out.channels = {std::move(first), std::move(second)};
    out.sources = {Source::first, Source::second};
  } else if (one_is_dead || opposed) {
    const bool use_first = sounds(first);
    out.channels = {use_first ? std::move(first) : std::move(second)};
    out.sources = {use_first ? Source::first : Source::second};
  } else {
    out.channels = {std::move(mixed)};
    out.sources = {Source::mixed};
  }
}

void warn(AudioScan &out, const SoundReader &sound, const std::vector<std::string> &names) {
  const std::int64_t claimed = out.info.duration_ms;
  if (!sound.duration_is_estimated() && claimed - out.duration_ms() > short_by_ms) {
    out.warnings.push_back(
        fmt::format("the recording ends at {}, although its file states a duration of {}",
                    text::clock_time(out.duration_ms()), text::clock_time(claimed)));
  } else {
    out.warnings = out.info.warnings;
  }
  if (sound.damaged_packets() > 0) {
    out.warnings.push_back(
        fmt::format("{} damaged packets of the recording were skipped", sound.damaged_packets()));
  }
  if (sound.jumps_in_time() > 0) {
    out.warnings.push_back(fmt::format("{} jump{} in the recording's timestamps {} ignored",
                                       sound.jumps_in_time(), sound.jumps_in_time() == 1 ? "" : "s",
                                       sound.jumps_in_time() == 1 ? "was" : "were"));
  }
  if (!names.empty() && out.channels.size() < names.size()) {
    out.warnings.push_back(
        "the names of the channels were not used: the recording does not have one speaker per "
        "channel");
  }
}

}  // namespace

AudioScan scan_audio(const std::string &file, const std::vector<std::string> &names,
                     const CancelToken &cancel) {
  AudioScan out;
  out.stamp = stamp_of(file);
  SoundReader sound(file, cancel);
  out.info = sound.info();
  Meters first, second, mixed;
  StereoMeter stereo;
  Block block;
  Samples room;
  while (sound.read(block)) {
    out.samples += static_cast<std::int64_t>(block[0].size());
    first.add(block[0]);
    if (sound.channels() < 2) continue;
    second.add(block[1]);
    mixed.add(samples_of(Source::mixed, block, room));
    stereo.add(block[0], block[1]);
  }
  if (out.samples == 0) {
    throw BadResult(errors::invalid_input(
        fmt::format("expected a recording, found sound of length 0 or sound that cannot be "
                    "decoded{}",
                    out.info.warnings.empty() ? "" : ": " + out.info.warnings[0]),
        file));
  }
  if (sound.channels() < 2) {
    out.channels = {channel_of(first)};
    out.sources = {Source::first};
  } else {
    choose(out, channel_of(first), channel_of(second), channel_of(mixed), stereo.is_opposed(),
           names);
  }
  warn(out, sound, names);
  return out;
}

const Samples &samples_of(Source source, const Block &block, Samples &room) {
  if (source == Source::first) return block[0];
  if (source == Source::second) return block[1];
  room.resize(block[0].size());
  for (std::size_t i = 0; i < room.size(); ++i) {
    room[i] = static_cast<std::int16_t>((block[0][i] + block[1][i]) / 2);
  }
  return room;
}

}  // namespace saleschecklist::media

#endif
