// Chooses the services, connects them to one shared network and calls them.
#ifndef SALESCHECKLIST_SERVICES_HPP
#define SALESCHECKLIST_SERVICES_HPP

#include <saleschecklist/assess.hpp>
#include <saleschecklist/audio.hpp>
#include <saleschecklist/coach.hpp>
#include <saleschecklist/providers.hpp>
#include <saleschecklist/speak.hpp>
#include <saleschecklist/turns.hpp>

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace saleschecklist {

// Keys and URLs by the name of the provider: "openai", "azure", "anthropic", "gemini",
// "elevenlabs", "deepgram", "assemblyai".
using Providers = std::map<std::string, ProviderOptions>;

struct ServicesOptions {
  // The provider for each port, optionally with a model: "anthropic", "openai:gpt-4o-mini". "auto"
  // selects find_provider(); empty or "offline" selects no service.
  std::string transcriber{};
  std::string model{};
  std::string voice{};
  Providers providers{};     // their `network` is replaced by the shared one
  NetworkOptions network{};  // without a transport, curl_transport(curl) is used
  CurlOptions curl{};
  std::string record_folder{};  // if not empty, exchanges are recorded by record_transport()
  std::string replay_folder{};  // if not empty, replay_transport() is used; no keys are needed
};

// A port that was not asked for is null; one that was asked for is not.
struct Services {
  std::shared_ptr<Transcriber> transcriber;
  std::shared_ptr<LanguageModel> model;
  std::shared_ptr<Voice> voice;
};

// The first provider that has a key or URL in `providers`; empty if none does. The order for a
// transcriber, best at telling speakers apart first: assemblyai, deepgram, elevenlabs, openai; for
// a model: openai, anthropic, gemini; for a voice: elevenlabs, openai. Azure is never chosen: its
// model has to be named.
SALESCHECKLIST_API std::string find_provider(Port port, const Providers &providers);

// Opens the ports that are asked for over one shared network. Fails as the factories of
// providers.hpp, open_network() and the cassettes do; and with invalid_argument if a port is "auto"
// and find_provider() finds none, and if record_folder and replay_folder are both given. If
// exchanges are replayed, "auto" without a key stands for openai, and for elevenlabs as a voice.
SALESCHECKLIST_API Result<Services> open_services(const ServicesOptions &options);

// Keys and URLs from the environment of the process, under the usual names: OPENAI_API_KEY,
// OPENAI_BASE_URL, OPENAI_ORG_ID, OPENAI_PROJECT_ID, AZURE_OPENAI_API_KEY, AZURE_OPENAI_ENDPOINT,
// OPENAI_API_VERSION, ANTHROPIC_API_KEY, ANTHROPIC_BASE_URL, GEMINI_API_KEY, GOOGLE_API_KEY,
// ELEVENLABS_API_KEY, DEEPGRAM_API_KEY, ASSEMBLYAI_API_KEY. Must not be called while another thread
// changes the environment. For proxies and certificates see curl_from_environment().
SALESCHECKLIST_API Providers providers_from_environment();

// The same from the text of a file with lines of NAME=value under those names. Empty lines and
// lines that begin with '#' are skipped, and quotation marks around a value are removed. Values
// override those in `known`. Fails with invalid_input naming the number of the line, never its
// content, which may be a key.
SALESCHECKLIST_API Result<Providers> providers_from_text(std::string_view text,
                                                         Providers known = {});

// The environment variable that holds the key of a provider; "" for an unknown provider.
SALESCHECKLIST_API const char *key_name(std::string_view provider) noexcept;

// The functions of the same names with the port of `services` that they need. Fail with
// invalid_argument, at "services", if it is null. If anything was sent, one entry with what was
// used is appended to `usage`, also on failure.
SALESCHECKLIST_API Result<Transcript> transcribe(const std::string &file, const Services &services,
                                                 const TranscribeOptions &options = {},
                                                 std::vector<StageUsage> *usage = nullptr);
SALESCHECKLIST_API Result<Transcript> separate_turns(const Transcript &transcript,
                                                     const Services &services,
                                                     const SeparateOptions &options = {},
                                                     std::vector<StageUsage> *usage = nullptr);
SALESCHECKLIST_API Result<Assessment> assess(const Transcript &transcript,
                                             const Checklist &checklist, const Services &services,
                                             const AssessOptions &options = {},
                                             std::vector<StageUsage> *usage = nullptr);
SALESCHECKLIST_API Result<Coaching> coach(const Transcript &transcript, const Checklist &checklist,
                                          const std::vector<Response> &responses,
                                          const Score &score, const Services &services,
                                          const CallOptions &options = {},
                                          std::vector<StageUsage> *usage = nullptr);
SALESCHECKLIST_API Result<Speech> speak(const std::string &text, const Services &services,
                                        const CallOptions &options = {},
                                        std::vector<StageUsage> *usage = nullptr);

}  // namespace saleschecklist

#endif
