// What the ports of OpenAI, Azure and compatible servers have in common.
#ifndef SALESCHECKLIST_PROVIDERS_OPENAI_HPP
#define SALESCHECKLIST_PROVIDERS_OPENAI_HPP

#include "providers/chat.hpp"
#include "providers/provider_client.hpp"

#include <memory>
#include <string>

namespace saleschecklist::providers {

// Parts of a request that a server may reject.
enum : Downgrades {
  openai_cache_key = 1,          // prompt_cache_key
  openai_stream_usage = 2,       // stream_options
  openai_temperature = 4,        // left out
  openai_other_max_tokens = 8,   // max_tokens instead of max_completion_tokens, or vice versa
  openai_strict_schema = 16,     // json_object instead of json_schema
  openai_any_format = 32,        // no format
  openai_reasoning_effort = 64,  // left out
  openai_responses_api = 128,    // the Responses API instead of chat completions
};

extern const Protocol openai_protocol;
extern const Protocol azure_protocol;

// The URL for "chat/completions", "audio/transcriptions" or "audio/speech".
std::string openai_endpoint(const ProviderOptions &options, const char *path);
std::string azure_endpoint(const ProviderOptions &options, const char *path);

// Interprets the codes and texts of these services, and returns the error with its `kind`.
ServiceError understand_openai(ServiceError service_error);

// What chat completions and the Responses API say alike: the instructions, with the schema if it is
// not sent as such, and the name of the schema.
std::string openai_instructions(const Question &question);
std::string openai_schema_name(const Question &question);

// `options` must be complete, see complete_options().
std::shared_ptr<LanguageModel> make_openai_model(const ProviderOptions &options, bool azure);
std::shared_ptr<Transcriber> make_openai_transcriber(const ProviderOptions &options, bool azure);

// The model of `options`, and for clips of Speakers::several the one that tells speakers apart.
std::shared_ptr<Transcriber> make_openai_transcribers(const ProviderOptions &options);
std::shared_ptr<Voice> make_openai_voice(const ProviderOptions &options, bool azure);

}  // namespace saleschecklist::providers

#endif
