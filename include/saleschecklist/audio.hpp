// From a recording to a transcript.
#ifndef SALESCHECKLIST_AUDIO_HPP
#define SALESCHECKLIST_AUDIO_HPP

#include <saleschecklist/call_options.hpp>
#include <saleschecklist/result.hpp>
#include <saleschecklist/transcriber.hpp>
#include <saleschecklist/transcript.hpp>
#include <saleschecklist/usage.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace saleschecklist {

// What a recording contains, as reported by FFmpeg's libraries.
struct AudioInfo {
  std::string container;  // "wav", "mov,mp4,m4a,3gp,3g2,mj2", ...
  std::string codec;      // of the audio: "pcm_s16le", "aac", ...
  int channels = 0;
  int sample_rate = 0;           // samples per second
  std::int64_t duration_ms = 0;  // of the audio; 0 if the file does not say
  // What is wrong with the file's end: that it is cut off or was not finished. Not every format
  // tells; transcribe() also finds out what can only be heard.
  std::vector<std::string> warnings{};
};

// Inspects a file in any container that FFmpeg reads; of a video, its audio track. Fails with io if
// it cannot be read, with invalid_input if it contains no audio, and with unsupported in a build
// without FFmpeg.
SALESCHECKLIST_API Result<AudioInfo> probe_audio(const std::string &file);

struct TranscribeOptions {
  std::vector<std::string> rep_names{};  // as ReadOptions has them
  // The speakers on the two channels of a stereo recording; empty: "Channel 1", "Channel 2". These
  // names may be used in rep_names.
  std::vector<std::string> channel_names{};
  std::string language{};    // "pl" or "Polish"; empty: detected. See Transcript::language
  std::size_t parallel = 4;  // windows transcribed at a time, at least 1
  CallOptions call{};        // progress: a part per window
};

// Transcribes a recording of any length. It is cut at silences into windows that do not overlap and
// that the transcriber accepts; silent stretches are not sent; the windows are transcribed in
// parallel and joined in the recording's time. Two channels with different audio are transcribed
// separately, which tells the speakers apart; in any other recording, the transcriber has to
// (Speakers::several, TranscriberInfo::for_several). Segments that the recogniser has probably
// invented (see Utterance::suspect) are kept and marked. What was used is added to `usage`, also on
// failure. Fails as probe_audio() and Transcriber::transcribe() do, with invalid_input if there is
// no speech, with over_budget, before anything is sent, if what sounds would cost more than the
// budget allows, and with invalid_argument as read_transcript() does for names.
SALESCHECKLIST_API Result<Transcript> transcribe(const std::string &file, Transcriber &transcriber,
                                                 const TranscribeOptions &options = {},
                                                 Usage *usage = nullptr);

// The same, where the transcriber may hear recordings of one channel with another model: sets the
// stage and the provider of `used` to what was used, and adds to its usage.
SALESCHECKLIST_API Result<Transcript> transcribe(const std::string &file, Transcriber &transcriber,
                                                 const TranscribeOptions &options,
                                                 StageUsage &used);

}  // namespace saleschecklist

#endif
