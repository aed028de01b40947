// When a recogniser has probably invented text, as Whisper does in silence, music and noise.
#ifndef SALESCHECKLIST_TRANSCRIPT_READERS_SUSPECT_HPP
#define SALESCHECKLIST_TRANSCRIPT_READERS_SUSPECT_HPP

#include "transcript/readers/readers.hpp"

#include <optional>
#include <string>
#include <vector>

namespace saleschecklist::transcript {

// What Whisper tells about a segment; nothing where a service does not tell it.
struct SegmentScores {
  std::optional<double> avg_logprob;
  std::optional<double> compression_ratio;
  std::optional<double> no_speech_prob;
};

// Why the scores speak against the text, as one clause; empty when they do not.
std::string why_suspect(const SegmentScores &scores);

// Marks as suspect the cues of which at least half belongs to one phrase said over and over, within
// a cue or through neighbouring cues of one speaker that are not two seconds apart. Cues already
// marked keep their mark.
void mark_repetitions(std::vector<RawCue> &cues);

}  // namespace saleschecklist::transcript

#endif
