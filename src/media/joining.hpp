// From what a transcriber heard in the windows to the cues of a transcript.
#ifndef SALESCHECKLIST_MEDIA_JOINING_HPP
#define SALESCHECKLIST_MEDIA_JOINING_HPP

#include "media/windows.hpp"
#include "transcript/readers/readers.hpp"

#include <saleschecklist/transcriber.hpp>

#include <cstddef>
#include <string>
#include <vector>

namespace saleschecklist::media {

// A channel that is heard, and what was measured of it.
struct Channel {
  std::string speaker;  // empty: the recording does not tell
  Levels levels;
  std::vector<bool> active;
};

// A window with its channel and what was heard in it.
struct TranscribedWindow {
  std::size_t channel = 0;
  Window window;
  TranscribedClip clip;
};

// Cues in the recording's time, in order, suspect ones marked: by Whisper's scores, by repetition,
// where nothing sounds, and where only the other channel's speaker is heard. Segments are cut at
// the joints of their window when their words tell where. `windows` are in order of channel and
// time. A channel's speaker outweighs the service's labels; labels of different windows are
// different speakers, and are so named.
transcript::RawTranscript join(const std::vector<Channel> &channels,
                               const std::vector<TranscribedWindow> &windows);

}  // namespace saleschecklist::media

#endif
