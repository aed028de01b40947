// From a recording to a transcript.
#ifndef SALESCHECKLIST_AUDIO_HPP
#define SALESCHECKLIST_AUDIO_HPP

#include <saleschecklist/log.hpp>
#include <saleschecklist/progress.hpp>
#include <saleschecklist/result.hpp>
#include <saleschecklist/transcriber.hpp>
#include <saleschecklist/transcript.hpp>
#include <saleschecklist/usage.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace saleschecklist {

// What a recording is, as FFmpeg's libraries see it.
struct AudioInfo {
  std::string container;  // "wav", "mov,mp4,m4a,3gp,3g2,mj2", ...
  std::string codec;      // of the sound: "pcm_s16le", "aac", ...
  int channels = 0;
  int sample_rate = 0;           // per second
  std::int64_t duration_ms = 0;  // of the sound; 0 when the file does not tell
};

// Looks at a file in any container that FFmpeg reads; of a video, at its sound. Fails with io when
// it cannot be read, with invalid_input when it holds no sound, and with unsupported in a build
// without FFmpeg.
SALESCHECKLIST_API Result<AudioInfo> probe_audio(const std::string &file);

struct TranscribeOptions {
  std::vector<std::string> rep_names{};  // as ReadOptions has them
  // Names of the speakers of the channels of a recording with two; empty: "Channel 1", "Channel 2".
  // They may then be used in rep_names.
  std::vector<std::string> channel_names{};
  std::string language{};    // ISO 639-1; empty: detected by the service
  std::size_t parallel = 4;  // windows heard at a time, at least 1
  std::vector<Price> prices = default_prices();
  Log log{};
  Progress progress{};
  CancelToken cancel{};
};

// The words of a recording of any length. What the transcriber cannot take at a time is cut at
// silences into windows that do not overlap; silent stretches are not sent; the windows are heard
// in parallel and joined with their own times. Two channels with different sound are heard apart,
// which tells the speakers. Segments that look invented (see Utterance::doubt) are kept and marked.
// What was used is added to `usage`, also on failure. Fails as probe_audio() and
// Transcriber::hear() do, with invalid_input when there is no speech, and with invalid_argument as
// read_transcript() does for names.
SALESCHECKLIST_API Result<Transcript> transcribe(const std::string &file, Transcriber &transcriber,
                                                 Usage &usage,
                                                 const TranscribeOptions &options = {});

}  // namespace saleschecklist

#endif
