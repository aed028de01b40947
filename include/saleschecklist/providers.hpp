// The built-in services behind the ports, one factory each, all alike.
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

// How a service is reached. What is left empty or 0 has the default that provider_defaults() tells.
struct ProviderOptions {
  Secret key{};  // may be empty for local servers
  std::string model{};
  std::string base_url{};      // "https://api.openai.com/v1", "http://localhost:11434/v1", ...
  std::string voice{};         // of a Voice: the service's name or id of it
  std::string organization{};  // OpenAI's headers
  std::string project{};
  std::string api_version{};        // Azure's deployments; anthropic-version
  std::int64_t context_tokens = 0;  // of the model, where the library does not know it
  std::int64_t connect_ms = 0;
  std::int64_t idle_ms = 0;            // without a byte in either direction
  std::int64_t total_ms = 0;           // of one request with all its retries
  std::vector<HttpHeader> headers{};   // sent as well, such as a proxy's
  std::shared_ptr<Network> network{};  // none: one of its own
};

// The defaults of "openai", "azure", "anthropic", "gemini" or "elevenlabs" for a port; fields
// without one stay empty. Fails with not_found, naming those there are.
enum class Port { transcriber, model, voice };
SALESCHECKLIST_API Result<ProviderOptions> provider_defaults(std::string_view provider, Port port);

// Each fails with invalid_argument when an option cannot be right (a key missing for the service's
// own address, a URL without scheme, a model without which there is no default) and connects only
// when it is used. "openai" also speaks to every server that is compatible with it.
SALESCHECKLIST_API Result<std::shared_ptr<Transcriber>> openai_transcriber(const ProviderOptions &);
SALESCHECKLIST_API Result<std::shared_ptr<Transcriber>> azure_transcriber(const ProviderOptions &);
SALESCHECKLIST_API Result<std::shared_ptr<Transcriber>> elevenlabs_transcriber(
    const ProviderOptions &);

SALESCHECKLIST_API Result<std::shared_ptr<LanguageModel>> openai_model(const ProviderOptions &);
SALESCHECKLIST_API Result<std::shared_ptr<LanguageModel>> azure_model(const ProviderOptions &);
SALESCHECKLIST_API Result<std::shared_ptr<LanguageModel>> anthropic_model(const ProviderOptions &);
SALESCHECKLIST_API Result<std::shared_ptr<LanguageModel>> gemini_model(const ProviderOptions &);

SALESCHECKLIST_API Result<std::shared_ptr<Voice>> openai_voice(const ProviderOptions &);
SALESCHECKLIST_API Result<std::shared_ptr<Voice>> azure_voice(const ProviderOptions &);
SALESCHECKLIST_API Result<std::shared_ptr<Voice>> elevenlabs_voice(const ProviderOptions &);

// The same by name: "openai:gpt-4o-mini" is openai_model() with that model, "anthropic" alone its
// default. Fails with not_found for a provider that has no such port, naming those that have.
SALESCHECKLIST_API Result<std::shared_ptr<Transcriber>> open_transcriber(
    std::string_view id, const ProviderOptions &options);
SALESCHECKLIST_API Result<std::shared_ptr<LanguageModel>> open_model(
    std::string_view id, const ProviderOptions &options);
SALESCHECKLIST_API Result<std::shared_ptr<Voice>> open_voice(std::string_view id,
                                                             const ProviderOptions &options);

}  // namespace saleschecklist

#endif
