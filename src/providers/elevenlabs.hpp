// ElevenLabs: transcription with Scribe, and speech with timestamps.
#ifndef SALESCHECKLIST_PROVIDERS_ELEVENLABS_HPP
#define SALESCHECKLIST_PROVIDERS_ELEVENLABS_HPP

#include <saleschecklist/providers.hpp>

#include <memory>

namespace saleschecklist::providers {

// `options` must be complete, see complete_options().
std::shared_ptr<Transcriber> make_elevenlabs_transcriber(const ProviderOptions &options);
std::shared_ptr<Voice> make_elevenlabs_voice(const ProviderOptions &options);

}  // namespace saleschecklist::providers

#endif
