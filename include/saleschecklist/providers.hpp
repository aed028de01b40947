// The built-in services behind the ports: one factory each.
#ifndef SALESCHECKLIST_PROVIDERS_HPP
#define SALESCHECKLIST_PROVIDERS_HPP

#include <saleschecklist/language_model.hpp>
#include <saleschecklist/network.hpp>
#include <saleschecklist/secret.hpp>
#include <saleschecklist/transcriber.hpp>
#include <saleschecklist/voice.hpp>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace saleschecklist {

// How a service is reached. Fields that are empty or 0 take the value from provider_defaults().
struct ProviderOptions {
  Secret key{};  // may be empty for local servers
  std::string model{};
  std::string base_url{};      // "https://api.openai.com/v1", "http://localhost:11434/v1", ...
  std::string voice{};         // for a Voice: the name or id that the service uses
  std::string organization{};  // OpenAI's headers
  std::string project{};
  std::string api_version{};  // Azure's deployments; anthropic-version
  // The limits of the model; 0: as the service tells them, or else as the library knows them.
  std::int64_t context_tokens = 0;  // of the whole request and the reply
  std::int64_t max_output_tokens = 0;
  // How much a reasoning model reasons, in the service's own word: "low", "medium", "high", ...
  // Empty: "low" for models that are known to reason, else it is not sent.
  std::string effort{};
  std::int64_t connect_ms = 0;
  std::int64_t idle_ms = 0;   // without a byte in either direction
  std::int64_t total_ms = 0;  // for one request with all its retries, without waits for rate limits
  std::vector<HttpHeader> headers{};   // additional headers, such as a proxy's
  std::shared_ptr<Network> network{};  // null: a new one
};

// The defaults of "openai", "azure", "anthropic", "gemini", "elevenlabs", "deepgram" or
// "assemblyai" for a port; fields without a default stay empty. Fails with not_found for a provider
// that does not implement the port, listing those that do.
enum class Port { transcriber, model, voice };
SALESCHECKLIST_API Result<ProviderOptions> provider_defaults(std::string_view provider, Port port);

// When the service shuts a model down, as a sentence for people; empty if no date is known. `id` as
// in ModelInfo, such as "openai:gpt-4.1-mini". From schemas/models/services.json, which has the
// date of its sources.
SALESCHECKLIST_API std::string retirement_notice(std::string_view id);

// Each factory fails with invalid_argument if an option cannot be right: no key for the service's
// own URL, a URL without a scheme, no model where there is no default. Nothing is sent before the
// first use. The OpenAI ports work with any compatible server, too. If neither a model nor another
// server is chosen, OpenAI's transcriber hears clips of Speakers::several with a model that tells
// speakers apart, see TranscriberInfo::for_several.
SALESCHECKLIST_API Result<std::shared_ptr<Transcriber>> openai_transcriber(const ProviderOptions &);
SALESCHECKLIST_API Result<std::shared_ptr<Transcriber>> azure_transcriber(const ProviderOptions &);
SALESCHECKLIST_API Result<std::shared_ptr<Transcriber>> elevenlabs_transcriber(
    const ProviderOptions &);
SALESCHECKLIST_API Result<std::shared_ptr<Transcriber>> deepgram_transcriber(
    const ProviderOptions &);
SALESCHECKLIST_API Result<std::shared_ptr<Transcriber>> assemblyai_transcriber(
    const ProviderOptions &);

SALESCHECKLIST_API Result<std::shared_ptr<LanguageModel>> openai_model(const ProviderOptions &);
SALESCHECKLIST_API Result<std::shared_ptr<LanguageModel>> azure_model(const ProviderOptions &);
SALESCHECKLIST_API Result<std::shared_ptr<LanguageModel>> anthropic_model(const ProviderOptions &);
SALESCHECKLIST_API Result<std::shared_ptr<LanguageModel>> gemini_model(const ProviderOptions &);

SALESCHECKLIST_API Result<std::shared_ptr<Voice>> openai_voice(const ProviderOptions &);
SALESCHECKLIST_API Result<std::shared_ptr<Voice>> azure_voice(const ProviderOptions &);
SALESCHECKLIST_API Result<std::shared_ptr<Voice>> elevenlabs_voice(const ProviderOptions &);

// The same by name: "openai:gpt-4o-mini" is openai_model() with that model, and "anthropic" is
// anthropic_model() with its default. Fails with not_found if the provider does not implement the
// port, listing those that do.
SALESCHECKLIST_API Result<std::shared_ptr<Transcriber>> open_transcriber(
    std::string_view id, const ProviderOptions &options);
SALESCHECKLIST_API Result<std::shared_ptr<LanguageModel>> open_model(
    std::string_view id, const ProviderOptions &options);
SALESCHECKLIST_API Result<std::shared_ptr<Voice>> open_voice(std::string_view id,
                                                             const ProviderOptions &options);

}  // namespace saleschecklist

#endif
