// The port to a voice.
#ifndef SALESCHECKLIST_VOICE_HPP
#define SALESCHECKLIST_VOICE_HPP

#include <saleschecklist/cancel.hpp>
#include <saleschecklist/result.hpp>
#include <saleschecklist/usage.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace saleschecklist {

// One piece of a text, with what comes before and after it so that the voice carries on.
struct VoiceRequest {
  std::string text;  // UTF-8, at most VoiceInfo::max_characters code points
  std::string previous_text{};
  std::string next_text{};
  std::vector<std::string> previous_request_ids{};  // at most three, latest last
  CancelToken cancel{};
};

// When a stretch of the text is heard.
struct SpokenMark {
  std::size_t begin = 0;  // byte offsets in the text
  std::size_t end = 0;
  std::int64_t begin_ms = 0;
  std::int64_t end_ms = 0;
};

struct Speech {
  std::string audio;              // pieces of one voice can be joined by putting them in a row
  std::string content_type;       // "audio/mpeg"
  std::vector<SpokenMark> marks;  // words in order; empty where the service gives no times
  std::int64_t duration_ms = 0;   // 0 where it is not known
  std::string request_id{};
};

struct VoiceInfo {
  std::string id;                  // "elevenlabs:eleven_multilingual_v2": provider and model
  std::size_t max_characters = 0;  // code points of one request
};

// Thread-safe.
class SALESCHECKLIST_API Voice {
 public:
  virtual ~Voice() = default;

  virtual VoiceInfo info() const = 0;

  // One piece. What was used is added to `usage` (micro_dollars excepted), also on failure. Fails
  // with network, timeout, cancelled, unauthorized, quota, rate_limited or refused.
  virtual Result<Speech> say(const VoiceRequest &request, Usage &usage) = 0;
};

}  // namespace saleschecklist

#endif
