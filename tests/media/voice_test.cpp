// Which sounds may be a voice.
#include "media/voice.hpp"
#include "sounds.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using namespace saleschecklist;
using namespace saleschecklist::test;

namespace {

// The share of frames that may be a voice.
double voiced_share(const media::Samples &samples) {
  media::PowerMeter meter;
  meter.add(samples);
  const std::vector<bool> voiced = media::voiced_frames(meter.finish());
  return static_cast<double>(std::count(voiced.begin(), voiced.end(), true)) /
         static_cast<double>(voiced.size());
}

struct Named {
  std::string name;
  Sound sound;
};

std::vector<Named> steady_sounds() {
  return {{"a tone", tones_of({440}, 10)},
          {"a low tone", tones_of({120}, 10)},
          {"a high tone", tones_of({3'100}, 10)},
          {"a dial tone", tones_of({350, 440}, 10)},
          {"a dial tone of Europe", tones_of({425}, 10)},
          {"a busy tone", tones_of({480, 620}, 10, 0.5, 0.5)},
          {"a busy tone of Europe", tones_of({425}, 10, 0.48, 0.48)},
          {"ringing", tones_of({440, 480}, 12, 2, 4)},
          {"a pressed key", tones_of({697, 1'209}, 5, 0.1, 0.1)},
          {"beeps of a recorder", tones_of({1'400}, 30, 0.5, 14.5)},
          {"a fax", tones_of({1'100}, 12, 0.5, 3)},
          {"white noise", noise_of(20)},
          {"the noise of a line", noise_of(20, 0.5)},
          {"dull noise", noise_of(20, 0.2)},
          {"a tone in noise", over(tones_of({425}, 10), noise_of(10), 20)},
          {"a held chord", chords_of(20, 20)},
          {"silence", Sound(160'000)}};
}

}  // namespace

TEST_CASE("tones, beeps and noise that stay the same are no voice") {
  for (const Named &steady : steady_sounds()) {
    CAPTURE(steady.name);
    for (const double amplitude : {60.0, 800.0, 8'000.0, 25'000.0}) {
      CAPTURE(amplitude);
      CHECK(voiced_share(samples_of(steady.sound, amplitude)) == 0);
    }
  }
}

TEST_CASE("chords that follow each other slowly are hardly ever a voice") {
  CHECK(voiced_share(samples_of(chords_of(20, 2))) < 0.1);
  CHECK(voiced_share(samples_of(chords_of(20, 4))) < 0.1);
}

TEST_CASE("what has the rhythm and the colours of speech may be a voice: quiet, or over noise") {
  const Sound speech = speech_like(10);
  for (const double amplitude : {30.0, 300.0, 8'000.0, 60'000.0}) {
    CAPTURE(amplitude);
    CHECK(voiced_share(samples_of(speech, amplitude)) > 0.95);
  }
  for (const double darker : {1.0, 0.5, 0.2, 0.05}) {
    CAPTURE(darker);
    CHECK(voiced_share(samples_of(over(speech, noise_of(10, darker), 10))) > 0.95);
  }
  for (const Named &steady : steady_sounds()) {
    if (steady.sound.size() != speech.size() || rms_of(steady.sound) == 0) continue;
    CAPTURE(steady.name);
    CHECK(voiced_share(samples_of(over(speech, steady.sound, 10))) > 0.9);
  }
}

TEST_CASE("only what is within half a second of speech may be a voice") {
  const Sound sound = tones_of({425}, 5) + speech_like(2) + tones_of({425}, 5);
  media::PowerMeter meter;
  meter.add(samples_of(sound));
  const std::vector<bool> voiced = media::voiced_frames(meter.finish());
  REQUIRE(voiced.size() == 1'200);
  for (std::size_t f = 0; f < voiced.size(); ++f) {
    CAPTURE(f);
    if (f < 450 || f >= 750) CHECK_FALSE(voiced[f]);
    if (f >= 500 && f < 700) CHECK(voiced[f]);
  }
}

TEST_CASE("every second in which somebody speaks has a voice") {
  const media::Samples call = samples_of((source_dir() / "examples/recording/call.m4a").string());
  media::PowerMeter powers;
  media::LevelMeter levels;
  powers.add(call);
  levels.add(call);
  const std::vector<bool> active = media::active_frames(levels.finish());
  const std::vector<bool> voiced = media::voiced_frames(powers.finish());
  REQUIRE(active.size() == voiced.size());
  for (std::size_t f = 0; f < active.size(); ++f) {
    CAPTURE(f);
    if (active[f]) CHECK(voiced[f]);
  }
}

TEST_CASE("blocks of any size give the same, and the last frame may be short") {
  const media::Samples samples = samples_of(speech_like(1.234));
  media::PowerMeter whole, parts;
  whole.add(samples);
  for (std::size_t at = 0; at < samples.size(); at += 37) {
    const std::size_t end = std::min(samples.size(), at + 37);
    parts.add({samples.begin() + static_cast<std::ptrdiff_t>(at),
               samples.begin() + static_cast<std::ptrdiff_t>(end)});
  }
  CHECK(media::voiced_frames(whole.finish()) == media::voiced_frames(parts.finish()));
  CHECK(media::voiced_frames({}).empty());
  media::PowerMeter one;
  one.add({30'000});
  CHECK(media::voiced_frames(one.finish()) == std::vector<bool>{false});
}
