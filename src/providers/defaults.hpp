// Everything that has a default, in one place.
#ifndef SALESCHECKLIST_PROVIDERS_DEFAULTS_HPP
#define SALESCHECKLIST_PROVIDERS_DEFAULTS_HPP

#include <saleschecklist/providers.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace saleschecklist::providers {

struct ModelLimits {
  std::int64_t context_tokens = 0;
  std::int64_t max_output_tokens = 0;
  bool takes_temperature = true;
  bool known = false;
};

// Of a language model, by the longest known beginning of its name; a path in front such as
// "openai/" does not count. Models that are not known get little, which works everywhere.
ModelLimits limits_of(std::string_view model);

// How much a voice says at a time, by the longest known beginning of the model's name.
std::size_t most_characters(std::string_view provider, std::string_view model);

// `options` with what is empty or 0 from the table, and with a network. Fails as the factories do.
ProviderOptions complete_options(std::string_view provider, Port port, ProviderOptions options);

// Whether the base URL is the service's own.
bool is_own_address(std::string_view provider, std::string_view base_url);

// The providers of a port, as messages list them: "openai, azure or elevenlabs".
std::string providers_of(Port port);
bool has_port(std::string_view provider, Port port);
bool is_provider(std::string_view provider);

// Audio of ElevenLabs: what is asked for, and what it comes to.
constexpr const char *elevenlabs_format = "mp3_44100_128";
constexpr std::int64_t elevenlabs_bytes_per_second = 16'000;  // 128 kbit/s
constexpr const char *openai_speech_format = "mp3";

// Of one upload.
constexpr std::size_t openai_upload_bytes = 26'214'400;         // the whole form
constexpr std::int64_t openai_gpt_audio_ms = 1'400'000;         // gpt-4o-transcribe and its kind
constexpr std::size_t elevenlabs_upload_bytes = 1'073'741'824;  // it takes more; memory may not
constexpr std::int64_t elevenlabs_audio_ms = 36'000'000;

}  // namespace saleschecklist::providers

#endif
