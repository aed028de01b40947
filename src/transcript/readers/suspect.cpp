#include "transcript/readers/suspect.hpp"

#include "text/words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <unordered_map>

namespace saleschecklist::transcript {
namespace {

// The thresholds at which Whisper's own transcribe() rejects a decoding (openai/whisper,
// whisper/transcribe.py: logprob_threshold, compression_ratio_threshold, no_speech_threshold).
constexpr double least_logprob = -1.0;
constexpr double most_compression = 2.4;
constexpr double most_no_speech = 0.6;

constexpr std::size_t longest_phrase = 24;  // in words
constexpr std::int64_t longest_pause_ms = 2'000;

// People say "no, no, no" and "I know, I know, I know"; a recogniser in a loop repeats more often.
std::size_t least_repetitions(std::size_t words) { return words == 1 ? 8 : words == 2 ? 5 : 4; }

struct SpokenWord {
  std::size_t cue;
  std::size_t id;  // of the folded word
};

// The words of the neighbouring cues [first, last).
std::vector<SpokenWord> words_of(const std::vector<RawCue> &cues, std::size_t first,
                                 std::size_t last) {
  std::vector<SpokenWord> out;
  std::unordered_map<std::string, std::size_t> ids;
  for (std::size_t c = first; c < last; ++c) {
    const text::WordedText text = text::split_words(cues[c].text);
    for (const text::Word &word : text.words) {
      const auto [known, added] = ids.emplace(text.text_of(word), ids.size());
      out.push_back({c, known->second});
    }
  }
  return out;
}

// For each word, whether it belongs to a phrase that is repeated many times.
std::vector<bool> repeated(const std::vector<SpokenWord> &words) {
  std::vector<bool> out(words.size());
  for (std::size_t period = 1; period <= longest_phrase; ++period) {
    std::size_t same = 0;  // length of the repetition that ends here, in words
    for (std::size_t w = period; w <= words.size(); ++w) {
      if (w < words.size() && words[w].id == words[w - period].id) {
        ++same;
        continue;
      }
      if ((same + period) / period >= least_repetitions(period)) {
        std::fill(out.begin() + static_cast<std::ptrdiff_t>(w - same - period),
                  out.begin() + static_cast<std::ptrdiff_t>(w), true);
      }
      same = 0;
    }
  }
  return out;
}

// Whether one speaker continues without a pause, as the output of a recogniser in a loop does.
bool goes_on(const RawCue &cue, const RawCue &next) {
  if (cue.speaker != next.speaker) return false;
  return !cue.end_ms || !next.begin_ms || *next.begin_ms - *cue.end_ms <= longest_pause_ms;
}

void mark_run(std::vector<RawCue> &cues, std::size_t first, std::size_t last) {
  const std::vector<SpokenWord> words = words_of(cues, first, last);
  const std::vector<bool> loops = repeated(words);
  for (std::size_t w = 0; w < words.size();) {
    const std::size_t cue = words[w].cue;
    std::size_t all = 0, looped = 0;
    for (; w < words.size() && words[w].cue == cue; ++w) {
      ++all;
      looped += loops[w] ? 1 : 0;
    }
    if (2 * looped >= all && cues[cue].suspect.empty()) {
      cues[cue].suspect = "the same words are repeated many times";
    }
  }
}

}  // namespace

std::string why_suspect(const SegmentScores &scores) {
  const bool unsure = scores.avg_logprob && *scores.avg_logprob < least_logprob;
  const bool speechless = scores.no_speech_prob && *scores.no_speech_prob > most_no_speech;
  if (speechless && (unsure || !scores.avg_logprob)) {
    return fmt::format("the recogniser itself detected no speech (no_speech_prob {:.2f})",
                       *scores.no_speech_prob);
  }
  if (unsure) {
    return fmt::format("the recogniser had low confidence (avg_logprob {:.2f})",
                       *scores.avg_logprob);
  }
  if (scores.compression_ratio && *scores.compression_ratio > most_compression) {
    return fmt::format("the text is repetitive (compression_ratio {:.2f})",
                       *scores.compression_ratio);
  }
  return {};
}

void mark_repetitions(std::vector<RawCue> &cues) {
  for (std::size_t first = 0; first < cues.size();) {
    std::size_t last = first + 1;
    while (last < cues.size() && goes_on(cues[last - 1], cues[last])) ++last;
    mark_run(cues, first, last);
    first = last;
  }
}

}  // namespace saleschecklist::transcript
