// The factories of ports, and the functions that open a port by its id.
#include <saleschecklist/providers.hpp>

#include "base/errors.hpp"
#include "base/guard.hpp"
#include "providers/anthropic.hpp"
#include "providers/assemblyai.hpp"
#include "providers/deepgram.hpp"
#include "providers/defaults.hpp"
#include "providers/elevenlabs.hpp"
#include "providers/gemini.hpp"
#include "providers/openai.hpp"

#include <algorithm>

namespace saleschecklist {
namespace {

// Completes the options and makes a port with them.
template <class PortType, class Make>
Result<std::shared_ptr<PortType>> open(const char *provider, Port port,
                                       const ProviderOptions &options, Make make) {
  return base::guard([&]() -> Result<std::shared_ptr<PortType>> {
    return make(providers::complete_options(provider, port, options));
  });
}

// The parts of an id such as "openai:gpt-4o-mini".
struct Id {
  std::string provider, model;
};

Result<Id> read_id(std::string_view id, Port port, const char *noun) {
  const std::size_t colon = std::min(id.find(':'), id.size());
  Id out{std::string(id.substr(0, colon)), {}};
  if (colon < id.size()) out.model = id.substr(colon + 1);
  if (providers::has_port(out.provider, port)) return out;
  const std::string what = providers::is_provider(out.provider) ? " has no " + std::string(noun)
                                                                : " is not a known provider";
  return errors::not_found("\"" + net::excerpt(out.provider, 80) + "\"" + what + "; expected " +
                           providers::providers_of(port));
}

// Calls the factory of the provider that the id names.
template <class PortType>
struct Named {
  const char *provider;
  Result<std::shared_ptr<PortType>> (*open)(const ProviderOptions &);
};

template <class PortType, std::size_t n>
Result<std::shared_ptr<PortType>> open_named(std::string_view id, Port port, const char *noun,
                                             ProviderOptions options,
                                             const Named<PortType> (&factories)[n]) {
  return base::guard([&]() -> Result<std::shared_ptr<PortType>> {
    const auto parsed = read_id(id, port, noun);
    if (!parsed) return parsed.error();
    if (!parsed->model.empty()) options.model = parsed->model;
    const auto *const found =
        std::find_if(std::begin(factories), std::end(factories),
                     [&](const auto &factory) { return parsed->provider == factory.provider; });
    return found->open(options);
  });
}

}  // namespace

Result<std::shared_ptr<Transcriber>> openai_transcriber(const ProviderOptions &options) {
  // Compatible servers usually have one model.
  const bool chosen = !options.model.empty();
  return open<Transcriber>("openai", Port::transcriber, options, [&](const ProviderOptions &o) {
    const bool one = chosen || !providers::is_own_address("openai", o.base_url);
    return one ? providers::make_openai_transcriber(o, false)
               : providers::make_openai_transcribers(o);
  });
}

Result<std::shared_ptr<Transcriber>> azure_transcriber(const ProviderOptions &options) {
  return open<Transcriber>("azure", Port::transcriber, options, [](const ProviderOptions &o) {
    return providers::make_openai_transcriber(o, true);
  });
}

Result<std::shared_ptr<Transcriber>> elevenlabs_transcriber(const ProviderOptions &options) {
  return open<Transcriber>("elevenlabs", Port::transcriber, options,
                           providers::make_elevenlabs_transcriber);
}

Result<std::shared_ptr<Transcriber>> deepgram_transcriber(const ProviderOptions &options) {
  return open<Transcriber>("deepgram", Port::transcriber, options,
                           providers::make_deepgram_transcriber);
}

Result<std::shared_ptr<Transcriber>> assemblyai_transcriber(const ProviderOptions &options) {
  return open<Transcriber>("assemblyai", Port::transcriber, options,
                           providers::make_assemblyai_transcriber);
}

Result<std::shared_ptr<LanguageModel>> openai_model(const ProviderOptions &options) {
  return open<LanguageModel>("openai", Port::model, options, [](const ProviderOptions &o) {
    return providers::make_openai_model(o, false);
  });
}

Result<std::shared_ptr<LanguageModel>> azure_model(const ProviderOptions &options) {
  return open<LanguageModel>("azure", Port::model, options, [](const ProviderOptions &o) {
    return providers::make_openai_model(o, true);
  });
}

Result<std::shared_ptr<LanguageModel>> anthropic_model(const ProviderOptions &options) {
  return open<LanguageModel>("anthropic", Port::model, options, providers::make_anthropic_model);
}

Result<std::shared_ptr<LanguageModel>> gemini_model(const ProviderOptions &options) {
  return open<LanguageModel>("gemini", Port::model, options, providers::make_gemini_model);
}

Result<std::shared_ptr<Voice>> openai_voice(const ProviderOptions &options) {
  return open<Voice>("openai", Port::voice, options, [](const ProviderOptions &o) {
    return providers::make_openai_voice(o, false);
  });
}

Result<std::shared_ptr<Voice>> azure_voice(const ProviderOptions &options) {
  return open<Voice>("azure", Port::voice, options, [](const ProviderOptions &o) {
    return providers::make_openai_voice(o, true);
  });
}

Result<std::shared_ptr<Voice>> elevenlabs_voice(const ProviderOptions &options) {
  return open<Voice>("elevenlabs", Port::voice, options, providers::make_elevenlabs_voice);
}

Result<std::shared_ptr<Transcriber>> open_transcriber(std::string_view id,
                                                      const ProviderOptions &options) {
  static constexpr Named<Transcriber> factories[] = {{"openai", openai_transcriber},
                                                     {"azure", azure_transcriber},
                                                     {"elevenlabs", elevenlabs_transcriber},
                                                     {"deepgram", deepgram_transcriber},
                                                     {"assemblyai", assemblyai_transcriber}};
  return open_named<Transcriber>(id, Port::transcriber, "transcriber", options, factories);
}

Result<std::shared_ptr<LanguageModel>> open_model(std::string_view id,
                                                  const ProviderOptions &options) {
  static constexpr Named<LanguageModel> factories[] = {{"openai", openai_model},
                                                       {"azure", azure_model},
                                                       {"anthropic", anthropic_model},
                                                       {"gemini", gemini_model}};
  return open_named<LanguageModel>(id, Port::model, "language model", options, factories);
}

Result<std::shared_ptr<Voice>> open_voice(std::string_view id, const ProviderOptions &options) {
  static constexpr Named<Voice> factories[] = {
      {"openai", openai_voice}, {"azure", azure_voice}, {"elevenlabs", elevenlabs_voice}};
  return open_named<Voice>(id, Port::voice, "voice", options, factories);
}

}  // namespace saleschecklist
