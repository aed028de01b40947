// The models of the services: defaults, limits, and dates on which they are shut down.
#ifndef SALESCHECKLIST_PROVIDERS_MODEL_LIST_HPP
#define SALESCHECKLIST_PROVIDERS_MODEL_LIST_HPP

#include <saleschecklist/providers.hpp>

#include <string>
#include <string_view>

namespace saleschecklist::providers {

struct ModelLimits {
  std::int64_t context_tokens = 0;
  std::int64_t max_output_tokens = 0;
  bool takes_temperature = true;
  bool reasons = false;  // writes hidden reasoning, which counts as written
  bool known = false;
};

// The name of the model that a provider uses for a port unless the host names one; or empty.
std::string default_model(std::string_view provider, Port port);

// The limits of a language model, by the longest known prefix of its name. A path such as "openai/"
// before the name is ignored. Unknown models get the limits that are usual today.
ModelLimits limits_of(std::string_view model);

// The most characters of one request to a voice, by the longest known prefix of the model's name.
std::size_t most_characters(std::string_view provider, std::string_view model);

}  // namespace saleschecklist::providers

#endif
