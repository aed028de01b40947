// What the ports of OpenAI, Azure and compatible servers have in common.
#ifndef SALESCHECKLIST_PROVIDERS_OPENAI_HPP
#define SALESCHECKLIST_PROVIDERS_OPENAI_HPP

#include "providers/provider_client.hpp"

#include <memory>
#include <string>

namespace saleschecklist::providers {

extern const Protocol openai_protocol;
extern const Protocol azure_protocol;

// The URL for "chat/completions", "audio/transcriptions" or "audio/speech".
std::string openai_endpoint(const ProviderOptions &options, const char *path);
std::string azure_endpoint(const ProviderOptions &options, const char *path);

// Interprets the codes and texts of these services, and returns the error with its `kind`.
ServiceError understand_openai(ServiceError service_error);

// `options` must be complete, see complete_options().
std::shared_ptr<LanguageModel> make_openai_model(const ProviderOptions &options, bool azure);
std::shared_ptr<Transcriber> make_openai_transcriber(const ProviderOptions &options, bool azure);

// The model of `options`, and for clips of Speakers::several the one that tells speakers apart.
std::shared_ptr<Transcriber> make_openai_transcribers(const ProviderOptions &options);
std::shared_ptr<Voice> make_openai_voice(const ProviderOptions &options, bool azure);

}  // namespace saleschecklist::providers

#endif
