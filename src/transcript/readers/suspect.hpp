// Detects text that a recogniser has probably invented, as Whisper does in silence, music and
// noise.
#ifndef SALESCHECKLIST_TRANSCRIPT_READERS_SUSPECT_HPP
#define SALESCHECKLIST_TRANSCRIPT_READERS_SUSPECT_HPP

#include "transcript/readers/readers.hpp"

#include <optional>
#include <string>
#include <vector>

namespace saleschecklist::transcript {

// Whisper's scores of a segment; std::nullopt if the service does not return a score.
struct SegmentScores {
  std::optional<double> avg_logprob;
  std::optional<double> compression_ratio;
  std::optional<double> no_speech_prob;
};

// Why the scores make the text suspect, as one clause; empty if they do not.
std::string why_suspect(const SegmentScores &scores);

// Marks cues as suspect of which at least half belongs to one phrase that is repeated many times,
// within a cue or across neighbouring cues of one speaker less than two seconds apart. Cues that
// are marked already keep their reason.
void mark_repetitions(std::vector<RawCue> &cues);

}  // namespace saleschecklist::transcript

#endif
