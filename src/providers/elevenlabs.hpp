// ElevenLabs: Scribe, and speech with times.
#ifndef SALESCHECKLIST_PROVIDERS_ELEVENLABS_HPP
#define SALESCHECKLIST_PROVIDERS_ELEVENLABS_HPP

#include <saleschecklist/providers.hpp>

#include <memory>

namespace saleschecklist::providers {

// `options` are complete.
std::shared_ptr<Transcriber> make_elevenlabs_transcriber(const ProviderOptions &options);
std::shared_ptr<Voice> make_elevenlabs_voice(const ProviderOptions &options);

}  // namespace saleschecklist::providers

#endif
