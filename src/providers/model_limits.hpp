// The limits of a model as its server tells them, in replies and in errors.
#ifndef SALESCHECKLIST_PROVIDERS_MODEL_LIMITS_HPP
#define SALESCHECKLIST_PROVIDERS_MODEL_LIMITS_HPP

#include "providers/json_read.hpp"
#include "providers/model_list.hpp"

#include <saleschecklist/providers.hpp>

#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace saleschecklist::providers {

// Returns the JSON reply to a request; nothing if the server fails or replies with something else.
using Fetch = std::function<std::optional<Json>(const char *method, const std::string &url,
                                                const std::string &body)>;

// Each leaves `limits` as they are if the server does not tell them.

// Servers with OpenAI's interface: their list of models (vLLM, OpenRouter, LiteLLM, Groq,
// llama.cpp), that of LM Studio, and what Ollama tells of a model. Ollama cuts off what exceeds the
// context that it was started with, so that counts, not what the model could read.
void find_openai_limits(const ProviderOptions &options, const Fetch &fetch, ModelLimits &limits);
void find_anthropic_limits(const ProviderOptions &options, const Fetch &fetch, ModelLimits &limits);
void find_gemini_limits(const ProviderOptions &options, const Fetch &fetch, ModelLimits &limits);

// The greatest context according to a server's refusal of a request that is too long, such as "This
// model's maximum context length is 8192 tokens, however you requested 9000".
std::optional<std::int64_t> context_told_by(std::string_view message);

}  // namespace saleschecklist::providers

#endif
