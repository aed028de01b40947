// All defaults of providers but the names of models, see model_list.hpp.
#ifndef SALESCHECKLIST_PROVIDERS_DEFAULTS_HPP
#define SALESCHECKLIST_PROVIDERS_DEFAULTS_HPP

#include <saleschecklist/providers.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace saleschecklist::providers {

// Returns `options` with empty and zero fields replaced with defaults, and with a network. Throws
// BadResult (invalid_argument) if an option is missing or invalid.
ProviderOptions complete_options(std::string_view provider, Port port, ProviderOptions options);

// Whether the base URL is the service's own.
bool is_own_address(std::string_view provider, std::string_view base_url);

// The providers that have a port, as listed in messages: "openai, azure or elevenlabs".
std::string providers_of(Port port);
bool has_port(std::string_view provider, Port port);
bool is_provider(std::string_view provider);

// The audio format requested from ElevenLabs, and its rate.
constexpr const char *elevenlabs_format = "mp3_44100_128";
constexpr std::int64_t elevenlabs_bytes_per_second = 16'000;  // 128 kbit/s
constexpr const char *openai_speech_format = "mp3";

// Limits of one upload.
constexpr std::size_t openai_upload_bytes = 26'214'400;  // of the whole form
constexpr std::int64_t openai_gpt_audio_ms = 1'400'000;  // for gpt-4o-transcribe and similar models
constexpr std::size_t openai_known_speakers = 4;
constexpr std::size_t openai_sample_bytes = 450'000;  // 10 s of 16-bit sound at 16 kHz, in Base64
constexpr std::size_t elevenlabs_upload_bytes = 1'073'741'824;  // the service allows more
constexpr std::int64_t elevenlabs_audio_ms = 36'000'000;
constexpr std::size_t deepgram_upload_bytes = 2'000'000'000;
constexpr std::size_t assemblyai_upload_bytes = 2'200'000'000;
constexpr std::int64_t assemblyai_audio_ms = 36'000'000;

// OpenAI's model that tells speakers apart, which hears clips of Speakers::several unless a model
// or another server was chosen.
constexpr const char *openai_diarizing_model = "gpt-4o-transcribe-diarize";

}  // namespace saleschecklist::providers

#endif
