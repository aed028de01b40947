// The port to a recogniser of speech.
#ifndef SALESCHECKLIST_TRANSCRIBER_HPP
#define SALESCHECKLIST_TRANSCRIBER_HPP

#include <saleschecklist/cancel.hpp>
#include <saleschecklist/result.hpp>
#include <saleschecklist/usage.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace saleschecklist {

// One upload: a whole recording or a window of one. `bytes` is valid during the call only.
struct AudioClip {
  std::string bytes;
  std::string file_name;     // with the extension that names the format: "window-3.ogg"
  std::string content_type;  // "audio/ogg"
  std::int64_t duration_ms = 0;
  std::string language{};  // ISO 639-1 such as "pl"; empty: the service detects it
  CancelToken cancel{};
};

// A word with its times from the beginning of the clip.
struct TranscribedWord {
  std::string text;
  std::int64_t begin_ms = 0;
  std::int64_t end_ms = 0;
};

// A phrase as the service cut it. Scores are nothing where the service gives none.
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
  std::string language;                // as the service names it, or empty
  std::vector<TranscribedSegment> segments;  // in order of time
  bool timed = true;  // false: the service gave text alone and every time is the clip's
};

// What one upload may be.
struct TranscriberInfo {
  std::string id;               // "openai:whisper-1": provider and model
  std::size_t max_bytes = 0;    // of one upload
  std::int64_t max_ms = 0;      // of one upload; 0: no limit is known
  bool names_speakers = false;  // tells speakers apart within one channel
};

// Thread-safe: several clips may be heard at a time.
class SALESCHECKLIST_API Transcriber {
 public:
  virtual ~Transcriber() = default;

  virtual TranscriberInfo info() const = 0;

  // The words of one clip. What was used is added to `usage` (micro_dollars excepted), also on
  // failure. A clip without speech gives no segments, which is not a failure. Fails with network,
  // timeout, cancelled, unauthorized, quota, rate_limited or refused.
  virtual Result<TranscribedClip> hear(const AudioClip &clip, Usage &usage) = 0;
};

}  // namespace saleschecklist

#endif
