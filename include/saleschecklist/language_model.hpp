// The port to a model that reads and answers.
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

// One question. Requests with equal `instructions`, `shared`, `schema` and `cache_key` share a
// prefix that services keep in a cache; `question` comes after it.
struct ModelRequest {
  std::string instructions;  // what the model is to be and do (the system's message)
  std::string shared;        // the first part of the user's message
  std::string question;      // its second part
  std::string schema_name;   // of letters, digits, '_' and '-', at most 64
  std::string schema;        // JSON Schema (strict subset) of the reply; empty: free text
  std::string cache_key{};   // at most 64 characters; empty: none
  std::int64_t max_output_tokens = 8'000;
  // Called at most once, as soon as the reply has begun to arrive (when the service's cache is
  // warm), in any thread and before complete() returns. Must not block.
  std::function<void()> on_begin{};
  CancelToken cancel{};
};

// How a reply ended.
enum class Finish {
  complete,
  truncated,  // max_output_tokens or the context was reached
  refused,    // the model declined
  filtered,   // the service's content filter cut it
};

struct ModelReply {
  std::string text;  // as the model wrote it; may be empty, also when complete
  Finish finish = Finish::complete;
  std::string detail{};                // the refusal's or filter's own words, or empty
  std::string request_id{};            // the service's
  std::vector<std::string> notices{};  // what a reader of the result should know, such as
                                       // "the server does not enforce schemas"
};

struct ModelInfo {
  std::string id;                   // "openai:gpt-4o-mini": provider and model
  std::int64_t context_tokens = 0;  // instructions, question and reply together
  std::int64_t max_output_tokens = 0;
};

// Thread-safe: several replies may be asked for at a time.
class SALESCHECKLIST_API LanguageModel {
 public:
  virtual ~LanguageModel() = default;

  virtual ModelInfo info() const = 0;

  // One reply. What was used is added to `usage` (micro_dollars excepted), also on failure; `usage`
  // is the caller's and not shared with other threads. Fails with network, timeout, cancelled,
  // unauthorized, quota, rate_limited or refused; a refusal by the model is not a failure.
  virtual Result<ModelReply> complete(const ModelRequest &request, Usage &usage) = 0;
};

SALESCHECKLIST_API const char *name(Finish finish) noexcept;  // "complete", "truncated", ...

}  // namespace saleschecklist

#endif
