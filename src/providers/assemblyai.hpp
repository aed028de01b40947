// AssemblyAI: transcription of whole recordings, which are uploaded and then asked for.
#ifndef SALESCHECKLIST_PROVIDERS_ASSEMBLYAI_HPP
#define SALESCHECKLIST_PROVIDERS_ASSEMBLYAI_HPP

#include <saleschecklist/providers.hpp>

#include <memory>

namespace saleschecklist::providers {

// `options` must be complete, see complete_options().
std::shared_ptr<Transcriber> make_assemblyai_transcriber(const ProviderOptions &options);

}  // namespace saleschecklist::providers

#endif
