// One question and its reply, with what a server turns out not to take left out the next time.
#ifndef SALESCHECKLIST_PROVIDERS_CHAT_HPP
#define SALESCHECKLIST_PROVIDERS_CHAT_HPP

#include "net/sse.hpp"
#include "providers/json_read.hpp"
#include "providers/provider_client.hpp"

#include <memory>
#include <string>
#include <vector>

namespace saleschecklist::providers {

// Parts of a request that can be left out, as bits of one dialect's own.
using Downgrades = unsigned;

// What is asked, made ready for encoding.
struct Question {
  const ModelRequest &request;
  const ProviderOptions &options;
  Json schema;  // null: free text
  std::int64_t max_output_tokens = 0;
  bool takes_temperature = true;  // reasoning models do not
  bool stream = false;
  Downgrades downgrades = 0;
};

// What of a reply has been read.
struct Draft {
  ModelReply reply;
  Usage used;                                   // as told last; services repeat their counts
  bool ended = false;                           // the service said how the reply ended
  bool done = false;                            // and that nothing follows
  std::optional<ServiceError> service_error{};  // an error under a 200
};

// How one service is asked. Stateless.
class ChatDialect {
 public:
  virtual ~ChatDialect() = default;

  virtual const Protocol &protocol() const = 0;
  virtual std::string endpoint(const ProviderOptions &options, bool stream) const = 0;
  virtual Json encode(const Question &question) const = 0;
  // Reads a whole reply; false when it is of another shape.
  virtual bool decode(const Json &document, Draft &draft) const = 0;
  // Reads one event of a streamed reply; false when it is of another shape.
  virtual bool decode_event(const net::SseEvent &event, Draft &draft) const = 0;
  // What more to leave out so that a request which was refused may be taken; 0: nothing helps.
  virtual Downgrades downgrade(const ServiceError &service_error,
                               const Question &question) const = 0;
  // What the reader of a reply has to know about what was left out.
  virtual std::vector<std::string> notices(Downgrades downgrades) const = 0;
};

std::shared_ptr<LanguageModel> chat_model(std::shared_ptr<const ChatDialect> dialect,
                                          ProviderOptions options);

// The schema as a part of the instructions, for servers that cannot be given one.
std::string instructions_with_schema(const Question &question);

// shared and question as one text.
std::string user_text(const ModelRequest &request);

}  // namespace saleschecklist::providers

#endif
