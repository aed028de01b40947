// Detects text that a recogniser has probably invented, as Whisper does in silence, music and
// noise.
#ifndef SALESCHECKLIST_TRANSCRIPT_READERS_SUSPECT_HPP
#define SALESCHECKLIST_TRANSCRIPT_READERS_SUSPECT_HPP

#include "transcript/readers/readers.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace saleschecklist::transcript {

// Whisper's scores of a segment; std::nullopt if the service does not return a score.
struct SegmentScores {
  std::optional<double> avg_logprob;
  std::optional<double> compression_ratio;
  std::optional<double> no_speech_prob;
};

// Why the scores make the segment suspect, as one clause; empty if they do not. Phrases that are
// often invented (is_often_invented()) are so already where Whisper detected no speech, however
// sure it was of the words.
std::string why_suspect(const SegmentScores &scores, std::string_view segment);

// Whether the segments of a format are as a recogniser wrote them, by RawTranscript::format.
bool has_recognised_segments(std::string_view format);

// The functions below mark cues as suspect. Cues that are marked already keep their reason.

// All that follows, and segments that are a web address, for segments as a recogniser wrote them.
void mark_suspects(std::vector<RawCue> &cues);

// Whole segments that are known to be invented (why_invented()), and those that are often invented
// where one comes again and again in long pauses, without the first of them.
void mark_inventions(std::vector<RawCue> &cues);

// A phrase that is repeated many times, within a cue or across neighbouring cues of one speaker
// less than two seconds apart, without its first time. A cue that is partly repetition is divided;
// each part has the times of the whole.
void mark_repetitions(std::vector<RawCue> &cues);

// Segments nearly all of which is in a script that the rest of the call does not use. Not where a
// tenth of the call or several segments in a row are in it, as where people speak two languages.
void mark_foreign_scripts(std::vector<RawCue> &cues);

}  // namespace saleschecklist::transcript

#endif
