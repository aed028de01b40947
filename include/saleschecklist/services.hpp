// The services that a call is given to, chosen and wired in one place.
#ifndef SALESCHECKLIST_SERVICES_HPP
#define SALESCHECKLIST_SERVICES_HPP

#include <saleschecklist/providers.hpp>

#include <map>
#include <memory>
#include <string>
#include <string_view>

namespace saleschecklist {

// Keys and addresses by the provider's name: "openai", "azure", "anthropic", "gemini",
// "elevenlabs".
using Providers = std::map<std::string, ProviderOptions>;

struct ServicesOptions {
  // Each a provider and model such as "openai:gpt-4o-mini" or "anthropic"; "auto": the first of
  // openai, anthropic, gemini and elevenlabs (for a voice, elevenlabs before openai) that has the
  // port, and a key or an address here; azure is chosen by name only; empty or "offline": none.
  std::string transcriber{};
  std::string model{};
  std::string voice{};
  Providers providers{};     // their `network` is replaced by the shared one
  NetworkOptions network{};  // its transport, where there is none, is curl_transport(curl)
  CurlOptions curl{};
  std::string record_folder{};  // not empty: record_transport() around the transport
  std::string replay_folder{};  // not empty: replay_transport() instead of it; needs no keys
};

// What was not asked for is null.
struct Services {
  std::shared_ptr<Transcriber> transcriber;
  std::shared_ptr<LanguageModel> model;
  std::shared_ptr<Voice> voice;
};

// Opens what is asked for over one shared network; "auto" without any key is null, too. Fails as
// the factories of providers.hpp, open_network() and the cassettes do, and with invalid_argument
// when record_folder and replay_folder are both given.
SALESCHECKLIST_API Result<Services> open_services(const ServicesOptions &options);

// What the environment of the process tells, under the usual names: OPENAI_API_KEY,
// OPENAI_BASE_URL, OPENAI_ORG_ID, OPENAI_PROJECT_ID, AZURE_OPENAI_API_KEY, AZURE_OPENAI_ENDPOINT,
// OPENAI_API_VERSION, ANTHROPIC_API_KEY, ANTHROPIC_BASE_URL, GEMINI_API_KEY, GOOGLE_API_KEY,
// ELEVENLABS_API_KEY. Not to be called while another thread changes the environment.
SALESCHECKLIST_API Providers providers_from_environment();

// The same from the text of a file: lines of NAME=value under those names; empty lines and those
// that begin with '#' are skipped, quotation marks around a value are dropped. What it tells takes
// the place of what `known` has. Fails with invalid_input naming the line, never its words, which
// may be a key.
SALESCHECKLIST_API Result<Providers> providers_from_text(std::string_view text,
                                                         Providers known = {});

// The name in the environment under which a provider's key is looked for; "" for unknown ones.
SALESCHECKLIST_API const char *key_name(std::string_view provider) noexcept;

}  // namespace saleschecklist

#endif
