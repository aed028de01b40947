// Google's Gemini.
#ifndef SALESCHECKLIST_PROVIDERS_GEMINI_HPP
#define SALESCHECKLIST_PROVIDERS_GEMINI_HPP

#include <saleschecklist/providers.hpp>

#include <memory>

namespace saleschecklist::providers {

// `options` must be complete, see complete_options().
std::shared_ptr<LanguageModel> make_gemini_model(const ProviderOptions &options);

}  // namespace saleschecklist::providers

#endif
