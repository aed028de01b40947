#include "transcript/readers/suspect.hpp"

#include "text/words.hpp"
#include "transcript/readers/inventions.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string>

namespace saleschecklist::transcript {
namespace {

// The thresholds at which Whisper's own transcribe() rejects a decoding (openai/whisper,
// whisper/transcribe.py: logprob_threshold, compression_ratio_threshold, no_speech_threshold).
constexpr double least_logprob = -1.0;
constexpr double most_compression = 2.4;
constexpr double most_no_speech = 0.6;

// Recognisers write the same thanks for each stretch of silence. People thank three times in a row,
// too, but not with seconds in between in which nobody says anything else.
constexpr std::size_t again_and_again = 3;
constexpr std::int64_t long_pause_ms = 5'000;

// The words alone, folded.
std::string words_of(std::string_view said) {
  const text::WordedText text = text::split_words(said);
  std::string out;
  for (const text::Word &word : text.words) out.append(text.text_of(word)) += ' ';
  return out;
}

bool comes_again(const RawCue &cue, const RawCue &next) {
  if (cue.speaker != next.speaker || !cue.begin_ms || !next.begin_ms) return false;
  return *next.begin_ms - *cue.begin_ms >= long_pause_ms &&
         words_of(cue.text) == words_of(next.text);
}

void mark_in_pauses(std::vector<RawCue> &cues) {
  for (std::size_t first = 0; first < cues.size();) {
    std::size_t last = first + 1;
    while (last < cues.size() && comes_again(cues[last - 1], cues[last])) ++last;
    if (last - first >= again_and_again && is_often_invented(cues[first].text)) {
      for (std::size_t c = first + 1; c < last; ++c) {
        if (cues[c].suspect.empty()) cues[c].suspect = "the same comes again in every long pause";
      }
    }
    first = last;
  }
}

}  // namespace

std::string why_suspect(const SegmentScores &scores, std::string_view segment) {
  const bool unsure = scores.avg_logprob && *scores.avg_logprob < least_logprob;
  const bool speechless = scores.no_speech_prob && *scores.no_speech_prob > most_no_speech;
  if (speechless && (unsure || !scores.avg_logprob || is_often_invented(segment))) {
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

bool has_recognised_segments(std::string_view format) {
  static constexpr std::array<std::string_view, 13> formats = {
      "whisper",         "whisperx",   "whispercpp", "whisper_text", "whisperx_text",
      "openai_diarized", "srt",        "webvtt",     "tsv",          "lrc",
      "deepgram",        "assemblyai", "elevenlabs"};
  return std::find(formats.begin(), formats.end(), format) != formats.end();
}

void mark_suspects(std::vector<RawCue> &cues) {
  mark_inventions(cues);
  for (RawCue &cue : cues) {
    if (cue.suspect.empty() && is_address(cue.text)) {
      cue.suspect = "recognisers write an address alone where nobody speaks";
    }
  }
  mark_repetitions(cues);
  mark_foreign_scripts(cues);
}

void mark_inventions(std::vector<RawCue> &cues) {
  for (RawCue &cue : cues) {
    if (cue.suspect.empty()) cue.suspect = why_invented(cue.text);
  }
  mark_in_pauses(cues);
}

}  // namespace saleschecklist::transcript
