// The port for speech recognition.
#ifndef SALESCHECKLIST_TRANSCRIBER_HPP
#define SALESCHECKLIST_TRANSCRIBER_HPP

#include <saleschecklist/cancel.hpp>
#include <saleschecklist/result.hpp>
#include <saleschecklist/usage.hpp>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace saleschecklist {

// What is known of who speaks in a clip.
enum class Speakers {
  unknown,  // the speakers are told apart if the service and the model can
  one,      // the clip is one speaker's channel: speakers need not be told apart
  several,  // the speakers share a channel: they have to be told apart
};

// A speaker of earlier clips of the same recording, with a sample of the voice.
struct KnownSpeaker {
  std::string name;          // the label to return for this speaker: "speaker_1"
  std::string sample;        // 2 to 10 s of sound in which nobody else speaks
  std::string content_type;  // of the sample: "audio/flac"
};

// One upload: a recording or a window of one. It is valid only during the call.
struct AudioClip {
  std::string bytes;
  std::string file_name;     // with the extension that names the format: "window-3.ogg"
  std::string content_type;  // "audio/ogg"
  std::int64_t duration_ms = 0;
  std::string language{};  // ISO 639-1 such as "pl"; empty: the service detects it
  Speakers speakers = Speakers::unknown;
  CancelToken cancel{};
  std::function<void(std::int64_t until_ms)> on_wait{};  // as that of ModelRequest
  // At most TranscriberInfo::known_speakers. A segment of one of them has its name as the label;
  // the labels of other speakers differ from these names.
  std::vector<KnownSpeaker> known_speakers{};
};

// A word with its times, counted from the beginning of the clip.
struct TranscribedWord {
  std::string text;
  std::int64_t begin_ms = 0;
  std::int64_t end_ms = 0;
};

// A segment as the service cut it. Scores are absent if the service reports none.
struct TranscribedSegment {
  std::string text;
  std::int64_t begin_ms = 0;
  std::int64_t end_ms = 0;
  std::string speaker{};  // the service's label, or empty
  std::vector<TranscribedWord> words{};
  std::optional<double> avg_logprob{};        // mean natural log of the tokens' probabilities
  std::optional<double> compression_ratio{};  // text bytes / gzip bytes
  std::optional<double> no_speech_prob{};     // 0..1
};

struct TranscribedClip {
  std::string language;                      // as the service names it, or empty
  std::vector<TranscribedSegment> segments;  // in order of time
  bool timed = true;  // false if the service reported no times; every time is then the clip's
};

// What a transcriber is, and the limits of one upload.
struct TranscriberInfo {
  std::string id;               // "openai:whisper-1": provider and model
  std::size_t max_bytes = 0;    // of one upload
  std::int64_t max_ms = 0;      // of one upload; 0: no known limit
  bool names_speakers = false;  // distinguishes speakers within one channel
  // What holds instead for clips of Speakers::several, if another model hears those; else null.
  std::shared_ptr<const TranscriberInfo> for_several{};
  // How many speakers of earlier clips are recognised by samples of their voices. If not 0, the
  // clips of a channel with several speakers are transcribed one after the other.
  std::size_t known_speakers = 0;
};

// Thread-safe: several clips may be transcribed at a time.
class SALESCHECKLIST_API Transcriber {
 public:
  virtual ~Transcriber() = default;

  virtual TranscriberInfo info() const = 0;

  // Transcribes one clip. What was used is added to `usage` (except micro_dollars), also on
  // failure. A clip without speech gives no segments, which is not a failure. Fails with network,
  // timeout, cancelled, unauthorized, quota, rate_limited or refused.
  virtual Result<TranscribedClip> transcribe(const AudioClip &clip, Usage &usage) = 0;
};

}  // namespace saleschecklist

#endif
