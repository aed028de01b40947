// open_services(), and the sources of keys.
#include <saleschecklist/cassette.hpp>
#include <saleschecklist/services.hpp>

#include "base/ascii.hpp"
#include "base/errors.hpp"
#include "base/guard.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <functional>
#include <vector>

namespace saleschecklist {
namespace {

// The name of an environment variable, and the option that it sets.
struct Known {
  const char *name;
  const char *provider;
  void (*set)(ProviderOptions &options, const Secret &value);
};

void set_key(ProviderOptions &options, const Secret &value) { options.key = value; }
void set_base_url(ProviderOptions &options, const Secret &value) {
  options.base_url = value.reveal();
}

// If two names set the same key, the later one takes precedence.
constexpr std::array<Known, 14> known = {{
    {"OPENAI_API_KEY", "openai", set_key},
    {"OPENAI_BASE_URL", "openai", set_base_url},
    {"OPENAI_ORG_ID", "openai",
     [](ProviderOptions &options, const Secret &value) { options.organization = value.reveal(); }},
    {"OPENAI_PROJECT_ID", "openai",
     [](ProviderOptions &options, const Secret &value) { options.project = value.reveal(); }},
    {"AZURE_OPENAI_API_KEY", "azure", set_key},
    {"AZURE_OPENAI_ENDPOINT", "azure", set_base_url},
    {"OPENAI_API_VERSION", "azure",
     [](ProviderOptions &options, const Secret &value) { options.api_version = value.reveal(); }},
    {"ANTHROPIC_API_KEY", "anthropic", set_key},
    {"ANTHROPIC_BASE_URL", "anthropic", set_base_url},
    {"GOOGLE_API_KEY", "gemini", set_key},
    {"GEMINI_API_KEY", "gemini", set_key},
    {"ELEVENLABS_API_KEY", "elevenlabs", set_key},
    {"DEEPGRAM_API_KEY", "deepgram", set_key},
    {"ASSEMBLYAI_API_KEY", "assemblyai", set_key},
}};

Providers providers_from(const std::function<Secret(const char *name)> &lookup,
                         Providers out = {}) {
  for (const Known &entry : known) {
    const Secret value = lookup(entry.name);
    if (!value.empty()) entry.set(out[entry.provider], value);
  }
  return out;
}

std::string_view without_quotes(std::string_view text) {
  const bool quoted =
      text.size() > 1 && (text[0] == '"' || text[0] == '\'') && text.back() == text[0];
  return quoted ? text.substr(1, text.size() - 2) : text;
}

// The providers that "auto" chooses from, the preferred one first.
std::vector<std::string> order_of(Port port) {
  switch (port) {
    case Port::transcriber:
      // Those that tell speakers apart throughout a call come before OpenAI, whose model hears
      // about 23 minutes at a time.
      return {"assemblyai", "deepgram", "elevenlabs", "openai"};
    case Port::model:
      return {"openai", "anthropic", "gemini"};
    case Port::voice:
      break;
  }
  return {"elevenlabs", "openai"};
}

// What "auto" stands for if exchanges are replayed and no provider has a key.
const char *replayed(Port port) { return port == Port::voice ? "elevenlabs" : "openai"; }

const char *name_of(Port port) {
  return port == Port::transcriber ? "transcriber" : port == Port::model ? "model" : "voice";
}

Error no_key(Port port) {
  std::string names;
  for (const std::string &provider : order_of(port)) {
    names += (names.empty() ? "" : " or ") + std::string(key_name(provider));
  }
  return errors::invalid_argument(
      fmt::format("\"auto\" found no key: expected {}, or \"offline\"", names), name_of(port));
}

// The id that an option stands for, with or without a model; empty for none. Throws BadResult
// (invalid_argument) if "auto" finds no provider with a key or a base URL.
std::string chosen(const std::string &id, Port port, const ServicesOptions &options) {
  if (id == "offline") return {};
  if (id != "auto") return id;
  std::string found = find_provider(port, options.providers);
  if (!found.empty()) return found;
  if (!options.replay_folder.empty()) return replayed(port);
  throw BadResult(no_key(port));
}

std::shared_ptr<Transport> transport_of(const ServicesOptions &options) {
  if (!options.replay_folder.empty()) return replay_transport(options.replay_folder).value();
  std::shared_ptr<Transport> transport = options.network.transport;
  if (!transport) transport = curl_transport(options.curl).value();
  if (options.record_folder.empty()) return transport;
  return record_transport(std::move(transport), options.record_folder).value();
}

// Opens the port with `open`, at the provider and model `id`; null if `id` is empty.
template <class Opened>
std::shared_ptr<Opened> opened(Result<std::shared_ptr<Opened>> (*open)(std::string_view,
                                                                       const ProviderOptions &),
                               const std::string &id, const ServicesOptions &options,
                               const std::shared_ptr<Network> &network) {
  if (id.empty()) return nullptr;
  ProviderOptions provider;
  const auto found = options.providers.find(id.substr(0, id.find(':')));
  if (found != options.providers.end()) provider = found->second;
  if (!options.replay_folder.empty() && provider.key.empty()) provider.key = Secret("replayed");
  provider.network = network;
  return open(id, provider).value();
}

}  // namespace

std::string find_provider(Port port, const Providers &providers) {
  for (const std::string &provider : order_of(port)) {
    const auto found = providers.find(provider);
    const bool reachable =
        found != providers.end() && (!found->second.key.empty() || !found->second.base_url.empty());
    if (reachable) return provider;
  }
  return {};
}

Result<Services> open_services(const ServicesOptions &options) {
  return base::guard([&]() -> Result<Services> {
    if (!options.replay_folder.empty() && !options.record_folder.empty()) {
      return errors::invalid_argument("expected a folder to record into or one to replay, not both",
                                      "replay_folder");
    }
    const std::string transcriber = chosen(options.transcriber, Port::transcriber, options);
    const std::string model = chosen(options.model, Port::model, options);
    const std::string voice = chosen(options.voice, Port::voice, options);
    if (transcriber.empty() && model.empty() && voice.empty()) return Services{};
    NetworkOptions network_options = options.network;
    network_options.transport = transport_of(options);
    const auto network = open_network(network_options).value();
    return Services{opened(open_transcriber, transcriber, options, network),
                    opened(open_model, model, options, network),
                    opened(open_voice, voice, options, network)};
  });
}

Providers providers_from_environment() {
  return providers_from([](const char *name) {
    const char *value = std::getenv(name);
    return Secret(value == nullptr ? "" : value);
  });
}

Result<Providers> providers_from_text(std::string_view text, Providers known_before) {
  return base::guard([&]() -> Result<Providers> {
    std::map<std::string, Secret> values;
    for (std::size_t number = 1; !text.empty(); ++number) {
      const std::size_t end = std::min(text.find('\n'), text.size());
      const std::string_view line = base::trim(text.substr(0, end));
      text.remove_prefix(std::min(end + 1, text.size()));
      if (line.empty() || line[0] == '#') continue;
      const std::size_t equals = line.find('=');
      if (equals == std::string_view::npos || equals == 0) {
        return errors::invalid_input("expected NAME=value, such as OPENAI_API_KEY=...",
                                     fmt::format("line {}", number));
      }
      values[std::string(base::trim(line.substr(0, equals)))] =
          Secret(std::string(without_quotes(base::trim(line.substr(equals + 1)))));
    }
    return providers_from(
        [&](const char *name) {
          const auto found = values.find(name);
          return found == values.end() ? Secret() : found->second;
        },
        std::move(known_before));
  });
}

const char *key_name(std::string_view provider) noexcept {
  const char *out = "";
  for (const Known &entry : known) {
    if (provider == entry.provider && entry.set == set_key) out = entry.name;
  }
  return out;
}

}  // namespace saleschecklist
