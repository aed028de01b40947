// Anthropic's Messages API.
#ifndef SALESCHECKLIST_PROVIDERS_ANTHROPIC_HPP
#define SALESCHECKLIST_PROVIDERS_ANTHROPIC_HPP

#include <saleschecklist/providers.hpp>

#include <memory>

namespace saleschecklist::providers {

// `options` must be complete, see complete_options().
std::shared_ptr<LanguageModel> make_anthropic_model(const ProviderOptions &options);

}  // namespace saleschecklist::providers

#endif
