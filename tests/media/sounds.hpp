// Sounds that are no words: tones, noise, chords, and what has the rhythm and colours of speech.
#ifndef SALESCHECKLIST_TESTS_SOUNDS_HPP
#define SALESCHECKLIST_TESTS_SOUNDS_HPP

#include "tones.hpp"

#include <array>
#include <cmath>
#include <random>
#include <vector>

namespace saleschecklist::test {

using Sound = std::vector<double>;  // samples, of about -1 to 1

inline std::size_t count_of(double seconds, int rate) {
  return static_cast<std::size_t>(seconds * rate);
}

// Tones together, which sound for `on` seconds and pause for `off`.
inline Sound tones_of(const std::vector<double> &hz, double seconds, double on = 1, double off = 0,
                      int rate = 16'000) {
  Sound out(count_of(seconds, rate));
  for (std::size_t i = 0; i < out.size(); ++i) {
    const double time = static_cast<double>(i) / rate;
    if (off > 0 && std::fmod(time, on + off) > on) continue;
    for (const double f : hz)
      out[i] += std::sin(2 * pi * f * time) / static_cast<double>(hz.size());
  }
  return out;
}

// White noise, smoothed if `darker` is less than 1 (a low-pass of first order).
inline Sound noise_of(double seconds, double darker = 1, unsigned seed = 1, int rate = 16'000) {
  std::mt19937 random(seed);
  Sound out(count_of(seconds, rate));
  double last = 0;
  for (double &sample : out) {
    const double white = static_cast<double>(random() % 20'001) / 10'000 - 1;
    last += darker * (white - last);
    sample = last;
  }
  return out;
}

// Major and minor chords of organ-like tones, each for `each` seconds.
inline Sound chords_of(double seconds, double each, int rate = 16'000) {
  Sound out(count_of(seconds, rate));
  for (std::size_t i = 0; i < out.size(); ++i) {
    const double time = static_cast<double>(i) / rate;
    const auto chord = static_cast<int>(time / each);
    const double root = 130.8 * std::pow(2, (chord * 5 % 12) / 12.0);
    const double within = time - chord * each;
    const double fade = std::min({1.0, within / 0.02, (each - within) / 0.02});
    for (const double step : {0.0, chord % 2 == 0 ? 4.0 : 3.0, 7.0, 12.0}) {
      for (int h = 1; h <= 5; ++h) {
        out[i] += 0.1 * fade / h * std::sin(2 * pi * h * root * std::pow(2, step / 12) * time);
      }
    }
  }
  return out;
}

// Four syllables a second: a hiss, then a voice with two formants whose pitch falls, then a pause.
inline Sound speech_like(double seconds, int rate = 16'000) {
  static constexpr std::array<std::array<double, 2>, 5> vowels = {
      {{{300, 2300}}, {{500, 1800}}, {{750, 1200}}, {{500, 900}}, {{320, 800}}}};
  const Sound hiss = noise_of(seconds, 1, 5, rate);
  Sound out(count_of(seconds, rate));
  double phase = 0;
  for (std::size_t i = 1; i < out.size(); ++i) {
    const double time = static_cast<double>(i) / rate;
    const auto syllable = static_cast<std::size_t>(time * 4);
    const double within = time * 4 - static_cast<double>(syllable);
    const double pitch = 140 - 40 * within;
    phase += 2 * pi * pitch / rate;
    if (within < 0.25) {
      out[i] = 0.08 * (hiss[i] - hiss[i - 1]) * std::sin(pi * within / 0.25);
    } else if (within < 0.85) {
      const auto &vowel = vowels[syllable * 7 % vowels.size()];
      double sample = 0;
      for (int h = 1; h * pitch < std::min(4'000.0, rate / 2.0); ++h) {
        double gain = 0.02;
        for (const double formant : vowel)
          gain += 1 / (1 + std::pow((h * pitch - formant) / 90, 2));
        sample += gain / 6 * std::sin(h * phase);
      }
      out[i] = sample * std::sin(pi * (within - 0.25) / 0.6);
    }
  }
  return out;
}

inline double rms_of(const Sound &sound) {
  double squares = 0;
  for (const double sample : sound) squares += sample * sample;
  return std::sqrt(squares / static_cast<double>(sound.size()));
}

// Speech with a sound of the same length below it, by so many decibels.
inline Sound over(Sound speech, const Sound &below, double decibels) {
  const double gain = rms_of(speech) / rms_of(below) * std::pow(10, -decibels / 20);
  for (std::size_t i = 0; i < speech.size(); ++i) speech[i] += gain * below[i];
  return speech;
}

inline Sound operator+(Sound a, const Sound &b) {
  a.insert(a.end(), b.begin(), b.end());
  return a;
}

inline media::Samples samples_of(const Sound &sound, double amplitude = 8'000) {
  media::Samples out;
  out.reserve(sound.size());
  for (const double sample : sound) {
    out.push_back(static_cast<std::int16_t>(std::clamp(sample * amplitude, -32'000.0, 32'000.0)));
  }
  return out;
}

}  // namespace saleschecklist::test

#endif
