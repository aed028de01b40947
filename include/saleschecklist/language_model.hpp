// The port for language models.
#ifndef SALESCHECKLIST_LANGUAGE_MODEL_HPP
#define SALESCHECKLIST_LANGUAGE_MODEL_HPP

#include <saleschecklist/cancel.hpp>
#include <saleschecklist/result.hpp>
#include <saleschecklist/usage.hpp>

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace saleschecklist {

// One question. Requests with equal `instructions`, `shared`, `schema` and `cache_key` have a
// common prefix, which services can cache; `question` follows it.
struct ModelRequest {
  std::string instructions;  // the system message
  std::string shared;        // the first part of the user message
  std::string question;      // the second part of the user message
  std::string schema_name;   // at most 64 letters, digits, '_' and '-'
  std::string schema;        // JSON Schema (strict subset) of the reply; empty: free text
  std::string cache_key{};   // at most 64 characters; empty: none
  std::int64_t max_output_tokens = 8'000;
  // Room for hidden reasoning in addition to max_output_tokens; 0: as much as the port thinks
  // right.
  std::int64_t reasoning_tokens = 0;
  // Called at most once, when the reply begins to arrive (the service has then cached the prefix),
  // on any thread and before complete() returns. Must not block.
  std::function<void()> on_begin{};
  CancelToken cancel{};
  // Called before the request waits for a rate limit of the service, on the thread of the call,
  // with the time at which the wait ends, in ms since 1970-01-01 UTC; again if that changes, and
  // with 0 when the wait is over. Must not throw and should not block.
  std::function<void(std::int64_t until_ms)> on_wait{};
};

// How a reply ended.
enum class Finish {
  complete,
  truncated,  // max_output_tokens or the context was reached
  refused,    // the model declined
  filtered,   // the service's content filter cut it
};

struct ModelReply {
  std::string text;  // as the model wrote it; may be empty even if complete
  Finish finish = Finish::complete;
  std::string detail{};                // the text of the refusal or filter, or empty
  std::string request_id{};            // the service's
  std::vector<std::string> notices{};  // what readers of the result should know, such as
                                       // "the server does not enforce schemas"
};

struct ModelInfo {
  std::string id;                   // "openai:gpt-4o-mini": provider and model
  std::int64_t context_tokens = 0;  // for the whole request and the reply; 0: unknown
  std::int64_t max_output_tokens = 0;
};

// Thread-safe: several requests may be made at a time.
class SALESCHECKLIST_API LanguageModel {
 public:
  virtual ~LanguageModel() = default;

  // What is known of the model. Sends nothing.
  virtual ModelInfo info() const = 0;

  // Asks the service for the limits of the model, unless they are known; info() tells them then. A
  // failure of the service is ignored. Does nothing by default.
  virtual void discover(const CancelToken &cancel) { static_cast<void>(cancel); }

  // Returns one reply. What was used is added to `usage` (except micro_dollars), also on failure;
  // no other thread uses `usage` meanwhile. Fails with network, timeout, cancelled, unauthorized,
  // quota, rate_limited or refused. A refusal by the model itself is a reply (Finish::refused), not
  // a failure.
  virtual Result<ModelReply> complete(const ModelRequest &request, Usage &usage) = 0;
};

SALESCHECKLIST_API const char *name(Finish finish) noexcept;  // "complete", "truncated", ...

}  // namespace saleschecklist

#endif
