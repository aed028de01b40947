// Recordings whose every word is a sound of its own, and a transcriber that knows the words by
// listening: what is lost, doubled or moved between recording and transcript shows.
#ifndef SALESCHECKLIST_TESTS_TONES_HPP
#define SALESCHECKLIST_TESTS_TONES_HPP

#include "media/sound_reader.hpp"
#include "support/support.hpp"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cmath>
#include <cstdlib>
#include <functional>
#include <map>
#include <mutex>
#include <random>
#include <thread>

namespace saleschecklist::test {

// A folder that is gone when the test is.
class TempFolder {
 public:
  TempFolder() {
    static std::atomic<int> next{0};
    path_ =
        std::filesystem::temp_directory_path() /
        ("scl-recordings-" + std::to_string(std::random_device{}()) + "-" + std::to_string(next++));
    std::filesystem::create_directories(path_);
  }
  ~TempFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  std::string file(const std::string &name) const { return (path_ / name).string(); }

 private:
  std::filesystem::path path_;
};

// A word is three tones of 40 ms, each one of 24: its number in that base.
constexpr std::int64_t tone_ms = 40, word_ms = 3 * tone_ms;
constexpr std::int64_t minute_ms = 60'000;
constexpr int tones = 24;
inline double tone_hz(int tone) { return 400.0 + 100.0 * tone; }
constexpr double pi = 3.14159265358979323846;

struct TonedWord {
  int number = 0;
  std::int64_t begin_ms = 0;
};

inline std::string text_of(int number) { return "w" + std::to_string(number); }

// Words from `from_ms` on with pauses of 150 ms to 1.5 s, and after some of them one of many
// seconds, until `to_ms`. Numbers count up from `first`.
inline std::vector<TonedWord> some_words(std::int64_t from_ms, std::int64_t to_ms, int first = 0,
                                         bool long_pauses = true) {
  std::mt19937 random(7u + static_cast<unsigned>(first));
  std::vector<TonedWord> out;
  for (std::int64_t at = from_ms; at + word_ms <= to_ms;) {
    out.push_back({first + static_cast<int>(out.size()), at});
    at += word_ms + 150 + static_cast<std::int64_t>(random() % 1350);
    if (long_pauses && random() % 60 == 0)
      at += 4'000 + static_cast<std::int64_t>(random() % 40'000);
  }
  return out;
}

// The samples [begin, begin + count) of a channel with these words, over faint noise.
inline std::vector<std::int16_t> render(const std::vector<TonedWord> &words, int rate,
                                        std::int64_t begin, std::size_t count,
                                        double amplitude = 8000, int noise = 12) {
  std::vector<std::int16_t> out(count);
  std::uint32_t state = static_cast<std::uint32_t>(begin) * 2654435761u + 1u;
  for (std::int16_t &sample : out) {
    state = state * 1664525u + 1013904223u;
    if (noise > 0) {
      sample = static_cast<std::int16_t>(static_cast<int>(state >> 16) % (2 * noise + 1) - noise);
    }
  }
  const auto sample_of = [&](std::int64_t ms) { return ms * rate / 1000; };
  const std::int64_t end = begin + static_cast<std::int64_t>(count);
  auto word = std::lower_bound(
      words.begin(), words.end(), begin,
      [&](const TonedWord &w, std::int64_t at) { return sample_of(w.begin_ms + word_ms) <= at; });
  for (; word != words.end() && sample_of(word->begin_ms) < end; ++word) {
    const int digits[3] = {word->number / (tones * tones), word->number / tones % tones,
                           word->number % tones};
    const std::int64_t first = sample_of(word->begin_ms);
    for (std::int64_t at = std::max(first, begin);
         at < std::min(end, sample_of(word->begin_ms + word_ms)); ++at) {
      const std::int64_t place = (at - first) * 1000 / (tone_ms * rate);
      const double hz = tone_hz(digits[std::min<std::int64_t>(place, 2)]);
      const double time = static_cast<double>(at - first) / rate;
      auto &sample = out[static_cast<std::size_t>(at - begin)];
      sample = static_cast<std::int16_t>(sample + amplitude * std::sin(2 * pi * hz * time));
    }
  }
  return out;
}

// A wav file of 16-bit samples, written piece by piece.
class WavFile {
 public:
  WavFile(const std::string &path, int channels, int rate)
      : out_(path, std::ios::binary), channels_(channels), rate_(rate) {
    header();
  }
  ~WavFile() {
    out_.seekp(0);
    header();
  }
  // Per channel the same number of samples.
  void add(const std::vector<std::vector<std::int16_t>> &samples) {
    std::vector<std::int16_t> mixed(samples[0].size() * samples.size());
    for (std::size_t c = 0; c < samples.size(); ++c) {
      for (std::size_t i = 0; i < samples[c].size(); ++i) {
        mixed[i * samples.size() + c] = samples[c][i];
      }
    }
    out_.write(reinterpret_cast<const char *>(mixed.data()),
               static_cast<std::streamsize>(mixed.size() * 2));
    bytes_ += static_cast<std::uint32_t>(mixed.size() * 2);
  }

 private:
  template <class T>
  void put(T value) {
    out_.write(reinterpret_cast<const char *>(&value), sizeof value);
  }
  void header() {
    out_.write("RIFF", 4);
    put<std::uint32_t>(36 + bytes_);
    out_.write("WAVEfmt ", 8);
    put<std::uint32_t>(16);
    put<std::uint16_t>(1);
    put(static_cast<std::uint16_t>(channels_));
    put(static_cast<std::uint32_t>(rate_));
    put(static_cast<std::uint32_t>(rate_ * channels_ * 2));
    put(static_cast<std::uint16_t>(channels_ * 2));
    put<std::uint16_t>(16);
    out_.write("data", 4);
    put(bytes_);
  }

  std::ofstream out_;
  int channels_, rate_;
  std::uint32_t bytes_ = 0;
};

// Writes a recording of these words, one list per channel.
inline void write_recording(const std::string &path, int rate, std::int64_t duration_ms,
                            const std::vector<std::vector<TonedWord>> &channels,
                            double amplitude = 8000, int noise = 12) {
  WavFile wav(path, static_cast<int>(channels.size()), rate);
  const std::int64_t all = duration_ms * rate / 1000, step = 60 * rate;
  for (std::int64_t at = 0; at < all; at += step) {
    std::vector<std::vector<std::int16_t>> block;
    for (const auto &words : channels) {
      block.push_back(render(words, rate, at, static_cast<std::size_t>(std::min(step, all - at)),
                             amplitude, noise));
    }
    wav.add(block);
  }
}

// All samples of a file's first channel at 16 kHz.
inline media::Samples samples_of(const std::string &file) {
  media::SoundReader sound(file, {});
  media::Samples out;
  for (media::Block block; sound.read(block);) {
    out.insert(out.end(), block[0].begin(), block[0].end());
  }
  return out;
}

// The power of one frequency in a few samples (Goertzel).
inline double power_at(const std::int16_t *samples, std::size_t count, double hz) {
  const double c = 2 * std::cos(2 * pi * hz / media::samples_per_second);
  double a = 0, b = 0;
  for (std::size_t i = 0; i < count; ++i) {
    const double next = samples[i] + c * a - b;
    b = a;
    a = next;
  }
  return a * a + b * b - c * a * b;
}

// The words that are heard in 16 kHz samples. A word cut in two gives a wrong one, or none.
inline std::vector<TonedWord> recognise(const media::Samples &samples, int loud = 1500) {
  constexpr std::size_t per_ms = media::samples_per_ms;
  constexpr std::size_t tone = tone_ms * per_ms, margin = 10 * per_ms;
  std::vector<TonedWord> out;
  for (std::size_t at = 0; at < samples.size();) {
    if (std::abs(samples[at]) < loud) {
      ++at;
      continue;
    }
    if (at + 3 * tone > samples.size() + margin) break;
    int number = 0;
    for (std::size_t digit = 0; digit < 3; ++digit) {
      const std::int16_t *middle = samples.data() + at + digit * tone + margin;
      int best = 0;
      double most = -1;
      for (int t = 0; t < tones; ++t) {
        const double power = power_at(middle, tone - 2 * margin, tone_hz(t));
        if (power > most) {
          most = power;
          best = t;
        }
      }
      number = number * tones + best;
    }
    out.push_back({number, static_cast<std::int64_t>(at / per_ms)});
    at += 3 * tone + margin;
  }
  return out;
}

// Hears words that are tones. What it does is set before it is used.
class ToneTranscriber : public Transcriber {
 public:
  TranscriberInfo limits{"tones:1", 0, 0, false};
  std::size_t words_per_segment = 1;
  bool timed = true;
  int loud = 1500;
  std::string language = "pl";
  // Called with the number of the clip (from 0, in order of arrival); an error is its result.
  std::function<std::optional<Error>(std::size_t, const AudioClip &)> on_clip;
  std::function<void(std::size_t, TranscribedClip &)> on_heard;

  // What was asked of it.
  std::vector<std::int64_t> lengths_ms;
  std::vector<std::size_t> sizes;
  std::vector<std::string> file_names, languages;
  std::vector<Speakers> speakers;
  std::size_t most_at_a_time = 0;

  TranscriberInfo info() const override { return limits; }

  Result<TranscribedClip> transcribe(const AudioClip &clip, Usage &usage) override {
    const std::size_t number = begin(clip, usage);
    std::optional<Error> error;
    if (on_clip) error = on_clip(number, clip);
    Result<TranscribedClip> out = error ? Result<TranscribedClip>(*error) : listen(number, clip);
    const std::lock_guard lock(mutex_);
    --busy_;
    return out;
  }

 private:
  std::size_t begin(const AudioClip &clip, Usage &usage) {
    const std::lock_guard lock(mutex_);
    most_at_a_time = std::max(most_at_a_time, ++busy_);
    lengths_ms.push_back(clip.duration_ms);
    sizes.push_back(clip.bytes.size());
    file_names.push_back(clip.file_name);
    languages.push_back(clip.language);
    speakers.push_back(clip.speakers);
    usage.requests += 1;
    usage.audio_ms += clip.duration_ms;
    return lengths_ms.size() - 1;
  }

  TranscribedClip listen(std::size_t number, const AudioClip &clip) {
    const std::string file = folder_.file(std::to_string(number) + clip.file_name);
    std::ofstream(file, std::ios::binary) << clip.bytes;
    const std::vector<TonedWord> words = recognise(samples_of(file), loud);
    std::filesystem::remove(file);
    TranscribedClip out;
    out.language = language;
    out.timed = timed;
    for (std::size_t w = 0; w < words.size(); ++w) {
      if (w % words_per_segment == 0) out.segments.emplace_back();
      TranscribedSegment &segment = out.segments.back();
      const std::int64_t end = words[w].begin_ms + word_ms;
      if (segment.text.empty()) segment.begin_ms = words[w].begin_ms;
      segment.text += (segment.text.empty() ? "" : " ") + text_of(words[w].number);
      segment.end_ms = end;
      if (words_per_segment > 1) {
        segment.words.push_back({text_of(words[w].number), words[w].begin_ms, end});
      }
    }
    if (on_heard) on_heard(number, out);
    return out;
  }

  TempFolder folder_;
  std::mutex mutex_;
  std::size_t busy_ = 0;
};

// What differs between the words of a recording and of a transcript with one word per span; empty
// when each came once, in order, within 20 ms and not suspect.
inline std::string difference(const std::vector<TonedWord> &words, const Transcript &transcript,
                              std::int64_t tolerance_ms = 20) {
  std::size_t at = 0;
  for (const Utterance &u : transcript.utterances) {
    for (std::size_t c = 0; c < u.spans.size(); ++c, ++at) {
      const std::size_t end = c + 1 < u.spans.size() ? u.spans[c + 1].begin - 1 : u.text.size();
      const std::string text = u.text.substr(u.spans[c].begin, end - u.spans[c].begin);
      if (at >= words.size()) return "more words than were said: " + text;
      const std::string said =
          text_of(words[at].number) + " at " + std::to_string(words[at].begin_ms);
      const std::int64_t begin = u.spans[c].begin_ms.value_or(-1),
                         end_ms = u.spans[c].end_ms.value_or(-1);
      const std::string got = text + " at " + std::to_string(begin);
      const bool late = std::llabs(begin - words[at].begin_ms) > tolerance_ms ||
                        std::llabs(end_ms - words[at].begin_ms - word_ms) > tolerance_ms;
      if (text != text_of(words[at].number) || late) return "said " + said + ", got " + got;
      if (!u.suspect.empty()) return got + " is suspect: " + u.suspect;
    }
  }
  return at == words.size() ? "" : "lost: all from " + text_of(words[at].number);
}

}  // namespace saleschecklist::test

#endif
