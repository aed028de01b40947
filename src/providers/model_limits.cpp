#include "providers/model_limits.hpp"

#include "base/ascii.hpp"
#include "providers/provider_client.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace saleschecklist::providers {
namespace {

// Smaller or larger numbers are no contexts.
constexpr std::int64_t least_context = 256, most_context = 100'000'000;
// What Ollama reads unless it is configured otherwise, see OLLAMA_CONTEXT_LENGTH in its FAQ.
constexpr std::int64_t ollama_context = 4'096;

std::int64_t context_at(const Json &value, std::initializer_list<const char *> keys) {
  for (const char *key : keys) {
    const std::int64_t count = count_at(value, key);
    if (count >= least_context && count <= most_context) return count;
  }
  return 0;
}

void set(std::int64_t &limit, std::int64_t told) {
  if (told > 0) limit = told;
}

// The keys of vLLM, OpenRouter, Groq, Together, Mistral, LM Studio and LiteLLM. Returns whether the
// context is told.
bool read_limits(const Json &model, ModelLimits &limits) {
  const Json &top = at(model, "top_provider");
  const std::int64_t context = context_at(
      model, {"max_model_len", "loaded_context_length", "context_length", "context_window",
              "max_context_length", "max_input_tokens", "max_tokens_total"});
  const std::int64_t reachable = context_at(top, {"context_length"});
  const std::int64_t running = context_at(at(model, "meta"), {"n_ctx", "n_ctx_train"});
  set(limits.context_tokens, running);
  set(limits.context_tokens, context);
  if (reachable > 0 && (context == 0 || reachable < context)) limits.context_tokens = reachable;
  set(limits.max_output_tokens, context_at(top, {"max_completion_tokens"}));
  set(limits.max_output_tokens,
      context_at(model, {"max_completion_tokens", "max_output_tokens", "max_output_length"}));
  return context + reachable + running > 0;
}

// The entry of the model in a list such as {"data": [{"id": ...}]}.
const Json &entry_of(const Json &document, const std::string &model) {
  static const Json none;
  const Json &list = document.is_array() ? document : at(document, "data");
  if (!list.is_array()) return none;
  const auto found = std::find_if(list.begin(), list.end(), [&](const Json &entry) {
    return text_at(entry, "id") == model || text_at(entry, "name") == model;
  });
  return found == list.end() ? none : *found;
}

// The base URL without its path.
std::string root_of(const std::string &base_url) {
  const std::size_t host = base_url.find("://") + 3;
  return base_url.substr(0, base_url.find_first_of("/?", host));
}

// The number after "num_ctx" in the parameters of a model, one per line.
std::int64_t configured_context(const std::string &parameters) {
  const std::size_t key = parameters.find("num_ctx");
  const std::size_t digits =
      key == std::string::npos ? key : parameters.find_first_of("0123456789", key);
  if (digits == std::string::npos) return 0;
  std::int64_t out = 0;
  std::from_chars(parameters.data() + digits, parameters.data() + parameters.size(), out);
  return out;
}

void find_ollama_limits(const ProviderOptions &options, const Fetch &fetch, ModelLimits &limits) {
  const std::string root = root_of(options.base_url);
  const auto version = fetch("GET", root + "/api/version", {});
  if (!version || text_at(*version, "version").empty()) return;
  const auto shown = fetch("POST", root + "/api/show", compact({{"model", options.model}}));
  if (!shown || !at(*shown, "model_info").is_object()) return;
  std::int64_t trained = 0;
  for (const auto &[key, value] : at(*shown, "model_info").items()) {
    if (key.ends_with(".context_length") && value.is_number()) trained = value;
  }
  std::int64_t context = configured_context(text_at(*shown, "parameters"));
  if (context == 0) {
    const auto running = fetch("GET", root + "/api/ps", {});
    const Json &list = running ? at(*running, "models") : at(Json(), "models");
    context = context_at(entry_of(list, options.model), {"context_length"});
  }
  if (context == 0) context = trained > 0 ? std::min(trained, ollama_context) : ollama_context;
  limits.context_tokens = context;
}

// The first number in the text, with "8,192" and "8 192" read as one.
std::int64_t first_number(std::string_view text) {
  constexpr std::string_view digits = "0123456789";
  std::size_t i = std::min(text.find_first_of(digits), text.size());
  std::int64_t out = 0;
  for (; i < text.size() && out <= most_context; ++i) {
    if (digits.find(text[i]) != std::string_view::npos) {
      out = out * 10 + (text[i] - '0');
    } else if (text[i] != ',' || i + 1 == text.size() || text[i + 1] == ' ') {
      break;
    }
  }
  return out;
}

}  // namespace

void find_openai_limits(const ProviderOptions &options, const Fetch &fetch, ModelLimits &limits) {
  const auto listed = fetch("GET", join_url(options.base_url, "/models"), {});
  if (listed && read_limits(entry_of(*listed, options.model), limits)) return;
  const auto studio = fetch("GET", root_of(options.base_url) + "/api/v0/models", {});
  if (studio && read_limits(entry_of(*studio, options.model), limits)) return;
  find_ollama_limits(options, fetch, limits);
}

void find_anthropic_limits(const ProviderOptions &options, const Fetch &fetch,
                           ModelLimits &limits) {
  const auto model =
      fetch("GET", join_url(options.base_url, "/models/" + escape_segment(options.model)), {});
  if (!model) return;
  set(limits.context_tokens, context_at(*model, {"max_input_tokens"}));
  set(limits.max_output_tokens, context_at(*model, {"max_tokens"}));
}

void find_gemini_limits(const ProviderOptions &options, const Fetch &fetch, ModelLimits &limits) {
  constexpr std::string_view prefix = "models/";
  const std::string name =
      options.model.rfind(prefix, 0) == 0 ? options.model.substr(prefix.size()) : options.model;
  const auto model =
      fetch("GET", join_url(options.base_url, "/models/" + escape_segment(name)), {});
  if (!model) return;
  set(limits.context_tokens, context_at(*model, {"inputTokenLimit"}));
  set(limits.max_output_tokens, context_at(*model, {"outputTokenLimit"}));
}

std::optional<std::int64_t> context_told_by(std::string_view message) {
  constexpr std::array words = {std::string_view("maximum context length"),
                                std::string_view("context size"),
                                std::string_view("context window"),
                                std::string_view("context length"),
                                std::string_view("maximum number of tokens"),
                                std::string_view("limit"),
                                std::string_view("> ")};
  const std::string folded = base::ascii_lower(message);
  for (const std::string_view word : words) {
    for (std::size_t at = folded.find(word); at != std::string::npos;
         at = folded.find(word, at + 1)) {
      const std::int64_t number =
          first_number(std::string_view(folded).substr(at + word.size(), 60));
      if (number >= least_context && number <= most_context) return number;
    }
  }
  return std::nullopt;
}

}  // namespace saleschecklist::providers
