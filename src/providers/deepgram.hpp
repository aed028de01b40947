// Deepgram: transcription of whole recordings.
#ifndef SALESCHECKLIST_PROVIDERS_DEEPGRAM_HPP
#define SALESCHECKLIST_PROVIDERS_DEEPGRAM_HPP

#include <saleschecklist/providers.hpp>

#include <memory>

namespace saleschecklist::providers {

// `options` must be complete, see complete_options().
std::shared_ptr<Transcriber> make_deepgram_transcriber(const ProviderOptions &options);

}  // namespace saleschecklist::providers

#endif
