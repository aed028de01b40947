// Joins the transcribed windows into the cues of a transcript.
#ifndef SALESCHECKLIST_MEDIA_JOINING_HPP
#define SALESCHECKLIST_MEDIA_JOINING_HPP

#include "media/windows.hpp"
#include "transcript/readers/readers.hpp"

#include <saleschecklist/transcriber.hpp>

#include <cstddef>
#include <string>
#include <vector>

namespace saleschecklist::media {

// A channel that is transcribed, and what was measured in it.
struct Channel {
  std::string speaker;  // empty if unknown
  Levels levels;
  std::vector<bool> active;
  std::vector<bool> voiced;  // see voiced_frames()
};

// A window, its channel, and its transcription.
struct TranscribedWindow {
  std::size_t channel = 0;
  Window window;
  TranscribedClip clip;
};

// Returns cues in the recording's time, in order. Cues are marked as suspect by Whisper's scores,
// by their words (mark_suspects()), where the recording is silent, where only a tone or noise is
// audible that stays the same, and where only the speaker of the other channel is. Segments are
// split at the joints of their window if the times of their words allow it. `windows` must be
// ordered by channel and time. The speaker of a channel takes precedence over those of the
// segments.
transcript::RawTranscript join(const std::vector<Channel> &channels,
                               const std::vector<TranscribedWindow> &windows);

}  // namespace saleschecklist::media

#endif
