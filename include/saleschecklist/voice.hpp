// The port for text to speech.
#ifndef SALESCHECKLIST_VOICE_HPP
#define SALESCHECKLIST_VOICE_HPP

#include <saleschecklist/cancel.hpp>
#include <saleschecklist/result.hpp>
#include <saleschecklist/usage.hpp>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace saleschecklist {

// One piece of a text. The text before and after it lets the voice keep its intonation.
struct VoiceRequest {
  std::string text;  // UTF-8, at most VoiceInfo::max_characters code points
  std::string previous_text{};
  std::string next_text{};
  std::vector<std::string> previous_request_ids{};  // at most three, the latest last
  CancelToken cancel{};
  std::function<void(std::int64_t until_ms)> on_wait{};  // as that of ModelRequest
};

// When a part of the text is spoken.
struct SpokenMark {
  std::size_t begin = 0;  // byte offsets in the text
  std::size_t end = 0;
  std::int64_t begin_ms = 0;
  std::int64_t end_ms = 0;
};

struct Speech {
  std::string audio;              // the audio of consecutive pieces can be concatenated
  std::string content_type;       // "audio/mpeg"
  std::vector<SpokenMark> marks;  // words in order; empty if the service reports no times
  std::int64_t duration_ms = 0;   // 0 if unknown
  std::string request_id{};
};

struct VoiceInfo {
  std::string id;                  // "elevenlabs:eleven_multilingual_v2": provider and model
  std::size_t max_characters = 0;  // the most code points in one request
};

// Thread-safe.
class SALESCHECKLIST_API Voice {
 public:
  virtual ~Voice() = default;

  virtual VoiceInfo info() const = 0;

  // Speaks one piece. What was used is added to `usage` (except micro_dollars), also on failure.
  // Fails with network, timeout, cancelled, unauthorized, quota, rate_limited or refused.
  virtual Result<Speech> synthesize(const VoiceRequest &request, Usage &usage) = 0;
};

}  // namespace saleschecklist

#endif
