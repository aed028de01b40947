// Asks a chat model. What a server turns out to reject is left out of later requests.
#ifndef SALESCHECKLIST_PROVIDERS_CHAT_HPP
#define SALESCHECKLIST_PROVIDERS_CHAT_HPP

#include "net/sse.hpp"
#include "providers/json_read.hpp"
#include "providers/model_limits.hpp"
#include "providers/provider_client.hpp"

#include <memory>
#include <string>
#include <vector>

namespace saleschecklist::providers {

// Parts of a request that can be left out, as bits that each dialect defines.
using Downgrades = unsigned;

// A request, prepared for encoding.
struct Question {
  const ModelRequest &request;
  const ProviderOptions &options;
  Json schema;  // null: free text
  std::int64_t max_output_tokens = 0;
  std::string effort{};           // of reasoning; empty: not sent
  bool takes_temperature = true;  // false for reasoning models
  bool stream = false;
  Downgrades downgrades = 0;
};

// The part of a reply that was read so far.
struct Draft {
  ModelReply reply;
  Usage used;                                   // as reported last; services repeat their counts
  bool ended = false;                           // the service stated how the reply ended
  bool done = false;                            // and that nothing follows
  std::optional<ServiceError> service_error{};  // an error in a reply with status 200
};

// The request and reply format of one service. Stateless.
class ChatDialect {
 public:
  virtual ~ChatDialect() = default;

  virtual const Protocol &protocol() const = 0;
  virtual std::string endpoint(const Question &question) const = 0;
  virtual Json encode(const Question &question) const = 0;
  // Reads a whole reply. Returns false if it has another format.
  virtual bool decode(const Json &document, Draft &draft) const = 0;
  // Reads one event of a streamed reply. Returns false if it has another format.
  virtual bool decode_event(const net::SseEvent &event, Draft &draft) const = 0;
  // What else to leave out after a refusal, so that the request may be accepted; 0 if nothing can
  // help.
  virtual Downgrades downgrade(const ServiceError &service_error,
                               const Question &question) const = 0;
  // Asks the service for the limits of its model. Leaves `limits` as they are if it tells none.
  virtual void find_limits(const ProviderOptions &options, const Fetch &fetch,
                           ModelLimits &limits) const = 0;
  // What the reader of a reply must know about the parts that were left out.
  virtual std::vector<std::string> notices(Downgrades downgrades) const = 0;
};

std::shared_ptr<LanguageModel> chat_model(std::shared_ptr<const ChatDialect> dialect,
                                          ProviderOptions options);

// The instructions with the schema appended, for servers that do not accept a schema.
std::string instructions_with_schema(const Question &question);

// `shared` and `question` as one text.
std::string user_text(const ModelRequest &request);

}  // namespace saleschecklist::providers

#endif
