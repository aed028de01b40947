// OpenAI, Azure and compatible servers: what their ports have in common, and chat completions.
#include "providers/openai.hpp"

#include "providers/chat.hpp"
#include "providers/defaults.hpp"
#include "providers/openai_responses.hpp"

#include <string_view>

namespace saleschecklist::providers {

// Endpoint.

std::string openai_endpoint(const ProviderOptions &options, const char *path) {
  return join_url(options.base_url, std::string("/") + path);
}

// The newer ".../openai/v1" takes the deployment as the model; older versions have it in the path.
std::string azure_endpoint(const ProviderOptions &options, const char *path) {
  const std::string plain = options.base_url.substr(0, options.base_url.find('?'));
  if (plain.find("/openai/v1") != std::string::npos) return openai_endpoint(options, path);
  const bool named = plain.find("/openai") != std::string::npos;
  const std::string middle = std::string(named ? "" : "/openai") + "/deployments/" +
                             escape_segment(options.model) + "/" + path;
  if (options.base_url.find("api-version=") != std::string::npos) {
    return join_url(options.base_url, middle);
  }
  return join_url(options.base_url, middle + "?api-version=" + escape_segment(options.api_version));
}

namespace {

// Auth.

std::vector<HttpHeader> openai_auth(const ProviderOptions &options) {
  std::vector<HttpHeader> out = key_header("Authorization", "Bearer ", options.key);
  if (!options.organization.empty()) out.push_back({"OpenAI-Organization", options.organization});
  if (!options.project.empty()) out.push_back({"OpenAI-Project", options.project});
  return out;
}

std::vector<HttpHeader> azure_auth(const ProviderOptions &options) {
  return key_header("api-key", "", options.key);
}

// Encode.

Json response_format(const Question &question) {
  if ((question.downgrades & openai_strict_schema) != 0) return {{"type", "json_object"}};
  return {
      {"type", "json_schema"},
      {"json_schema",
       {{"name", openai_schema_name(question)}, {"schema", question.schema}, {"strict", true}}}};
}

Json messages(const Question &question) {
  const std::string system = openai_instructions(question);
  Json out = Json::array();
  if (!system.empty()) out.push_back({{"role", "system"}, {"content", system}});
  out.push_back({{"role", "user"}, {"content", user_text(question.request)}});
  return out;
}

// OpenAI's reasoning models reject max_tokens; other servers may ignore max_completion_tokens and
// then write without a limit.
const char *max_tokens_name(const Question &question, bool own) {
  const bool other = (question.downgrades & openai_other_max_tokens) != 0;
  return own != other ? "max_completion_tokens" : "max_tokens";
}

Json encode_chat(const Question &question, bool own) {
  const auto sent = [&](Downgrades part) { return (question.downgrades & part) == 0; };
  Json out = {{"model", question.options.model}, {"messages", messages(question)}};
  out[max_tokens_name(question, own)] = question.max_output_tokens;
  if (question.takes_temperature && sent(openai_temperature)) out["temperature"] = 0;
  if (!question.schema.is_null() && sent(openai_any_format)) {
    out["response_format"] = response_format(question);
  }
  if (own && !question.request.cache_key.empty() && sent(openai_cache_key)) {
    out["prompt_cache_key"] = question.request.cache_key;
  }
  if (!question.effort.empty() && sent(openai_reasoning_effort)) {
    out["reasoning_effort"] = question.effort;
  }
  if (question.stream) {
    out["stream"] = true;
    if (sent(openai_stream_usage)) out["stream_options"] = {{"include_usage", true}};
  }
  return out;
}

// Decode.

// A string, or an array of parts, of which those of type "text" count.
void append_content(const Json &content, std::string &out) {
  if (content.is_string()) out += content.get_ref<const std::string &>();
  if (!content.is_array()) return;
  for (const Json &part : content) out += text_at(part, "text");
}

void read_usage(const Json &usage, Usage &out) {
  if (!usage.is_object()) return;
  out.tokens_in = count_at(usage, "prompt_tokens");
  out.tokens_out = count_at(usage, "completion_tokens");
  out.tokens_reasoning = count_at(at(usage, "completion_tokens_details"), "reasoning_tokens");
  out.tokens_cached = count_at(at(usage, "prompt_tokens_details"), "cached_tokens");
}

// Azure names the categories that its filter detected.
std::string filtered_names(const Json &results) {
  std::string out;
  if (!results.is_object()) return out;
  for (const auto &[name, result] : results.items()) {
    const Json &filtered = at(result, "filtered");
    if (!filtered.is_boolean() || !filtered.get<bool>()) continue;
    out += (out.empty() ? "" : ", ") + name;
  }
  return out;
}

void read_finish(const Json &choice, Draft &draft) {
  const std::string reason = text_at(choice, "finish_reason");
  if (reason.empty()) return;
  draft.ended = true;
  ModelReply &reply = draft.reply;
  if (reason == "length") {
    reply.finish = Finish::truncated;
  } else if (reason == "content_filter") {
    reply.finish = Finish::filtered;
    reply.detail = filtered_names(at(choice, "content_filter_results"));
  } else if (reason != "stop" && reason != "eos") {
    reply.notices.push_back("the service ended the reply for an unusual reason: " +
                            net::excerpt(reason, 80));
  }
}

void read_choice(const Json &choice, const Json &message, Draft &draft) {
  append_content(at(message, "content"), draft.reply.text);
  draft.reply.detail += text_at(message, "refusal");
  const bool refused = !draft.reply.detail.empty();
  read_finish(choice, draft);
  if (refused && draft.reply.finish == Finish::complete) draft.reply.finish = Finish::refused;
}

bool read_chat(const Json &document, const char *message, Draft &draft) {
  if (draft.reply.request_id.empty()) draft.reply.request_id = text_at(document, "id");
  read_usage(at(document, "usage"), draft.used);
  const Json &choices = at(document, "choices");
  const Json &error = at(document, "error");
  if (!choices.is_array() || error.is_object() || error.is_string()) {
    if (const auto found = find_service_error(document))
      draft.service_error = understand_openai(*found);
    return false;
  }
  if (choices.empty()) return false;
  const Json &choice = choices.front();
  if (!at(choice, message).is_object()) return false;
  read_choice(choice, at(choice, message), draft);
  return true;
}

// Azure's asynchronous filter puts events without a delta between the others: what it found in the
// text so far, and whether it ends the reply.
bool read_filter_event(const Json &choice, Draft &draft) {
  if (!at(choice, "content_filter_results").is_object()) return false;
  read_finish(choice, draft);
  return true;
}

// Errors.

ServiceError openai_errors(const HttpResponse &response) {
  return understand_openai(read_service_error(response));
}

// Whether a refusal is about a part of the request, judged by its name or by the message.
bool is_about(const ServiceError &service_error, std::string_view part) {
  return service_error.param.rfind(part, 0) == 0 || mentions(service_error.message, {part});
}

bool is_unknown_part(const ServiceError &service_error) {
  return mentions(service_error.code, {"unsupported", "unknown"}) ||
         mentions(service_error.message, {"unsupported", "not support", "unrecognized", "unknown",
                                          "not permitted", "not allowed", "unexpected", "extra "});
}

bool uses_responses(const Question &question) {
  return (question.downgrades & openai_responses_api) != 0;
}

// Which part of a request to leave out after a refusal.
Downgrades concede_chat(const ServiceError &service_error, const Question &question, bool own) {
  // "This model is only supported in v1/responses and not in v1/chat/completions."
  if (!uses_responses(question) && service_error.status >= 400 && service_error.status < 500 &&
      mentions(service_error.message, {"v1/responses", "responses api"})) {
    return openai_responses_api;
  }
  const int status = service_error.status;
  const bool bad = status == 400 || status == 422 || status == 501;
  if (!bad || service_error.kind == FailureKind::context) return 0;
  if (is_about(service_error, "prompt_cache_key")) return openai_cache_key;
  if (is_about(service_error, "stream_options")) return openai_stream_usage;
  if (is_about(service_error, "temperature")) return openai_temperature;
  if (is_about(service_error, "reasoning_effort") || is_about(service_error, "reasoning.effort")) {
    return openai_reasoning_effort;
  }
  const bool tokens =
      is_about(service_error, "max_completion_tokens") || is_about(service_error, "max_tokens");
  if (tokens && is_unknown_part(service_error)) return openai_other_max_tokens;
  if (question.schema.is_null()) return 0;
  // An invalid schema must be reported, not worked around.
  const bool fault = own && mentions(service_error.message, {"invalid schema"});
  const bool format = is_about(service_error, "response_format") ||
                      mentions(service_error.message,
                               {"response format", "text.format", "json_schema", "json schema",
                                "json_object", "grammar", "guided", "structured output"});
  if (!format || fault) return 0;
  return (question.downgrades & openai_strict_schema) == 0 ? openai_strict_schema
                                                           : openai_any_format;
}

const char *path_of(const Question &question) {
  return uses_responses(question) ? "responses" : "chat/completions";
}

class ChatCompletions : public ChatDialect {
 public:
  const Protocol &protocol() const override { return openai_protocol; }

  std::string endpoint(const Question &question) const override {
    return openai_endpoint(question.options, path_of(question));
  }

  Json encode(const Question &question) const override {
    return uses_responses(question) ? encode_response_request(question)
                                    : encode_chat(question, is_own(question));
  }

  bool decode(const Json &document, Draft &draft) const override {
    return is_of_responses_api(document) ? read_response(document, draft)
                                         : read_chat(document, "message", draft);
  }

  bool decode_event(const net::SseEvent &event, Draft &draft) const override {
    if (event.data == "[DONE]") return draft.done = true;
    if (event.data.empty()) return true;
    const auto document = read_json(event.data);
    if (!document) return false;
    if (is_of_responses_api(*document) || text_at(*document, "type") == "error") {
      return read_response_event(*document, draft);
    }
    if (read_chat(*document, "delta", draft)) return true;
    const Json &choices = at(*document, "choices");  // empty for usage, or for results of a filter
    return draft.service_error || (choices.is_array() && choices.empty()) ||
           read_filter_event(first(choices), draft);
  }

  Downgrades downgrade(const ServiceError &service_error, const Question &question) const override {
    return concede_chat(service_error, question, is_own(question));
  }

  void find_limits(const ProviderOptions &options, const Fetch &fetch,
                   ModelLimits &limits) const override {
    if (!is_own_address("openai", options.base_url)) find_openai_limits(options, fetch, limits);
  }

  std::vector<std::string> notices(Downgrades downgrades) const override {
    if ((downgrades & openai_any_format) != 0) {
      return {
          "the server enforces neither JSON nor schemas: the schema was described in the "
          "instructions"};
    }
    if ((downgrades & openai_strict_schema) != 0) {
      return {
          "the server enforces JSON but not schemas: the schema was described in the instructions"};
    }
    return {};
  }

 private:
  virtual bool is_own(const Question &question) const {
    return is_own_address("openai", question.options.base_url);
  }
};

class AzureChat final : public ChatCompletions {
 public:
  const Protocol &protocol() const override { return azure_protocol; }

  std::string endpoint(const Question &question) const override {
    return azure_endpoint(question.options, path_of(question));
  }

  // Deployments that are addressed by their path have no Responses API.
  Downgrades downgrade(const ServiceError &service_error, const Question &question) const override {
    const bool by_path = question.options.base_url.find("/openai/v1") == std::string::npos;
    const Downgrades out = ChatCompletions::downgrade(service_error, question);
    return by_path ? out & ~Downgrades{openai_responses_api} : out;
  }

  void find_limits(const ProviderOptions &, const Fetch &, ModelLimits &) const override {}

 private:
  bool is_own(const Question &) const override { return true; }
};

}  // namespace

std::string openai_instructions(const Question &question) {
  const bool told = !question.schema.is_null() &&
                    (question.downgrades & (openai_strict_schema | openai_any_format)) != 0;
  return told ? instructions_with_schema(question) : question.request.instructions;
}

std::string openai_schema_name(const Question &question) {
  const std::string &name = question.request.schema_name;
  return name.empty() ? "reply" : name;
}

ServiceError understand_openai(ServiceError service_error) {
  const auto coded = [&](std::initializer_list<std::string_view> words) {
    return mentions(service_error.code, words);
  };
  const auto says = [&](std::initializer_list<std::string_view> words) {
    return mentions(service_error.message, words);
  };
  if (service_error.kind == FailureKind::credit) return service_error;
  if (coded({"invalid_api_key"})) {
    service_error.kind = FailureKind::key;
  } else if (coded({"model_not_found", "deploymentnotfound"})) {
    service_error.kind = FailureKind::model;
  } else if (coded({"content_filter", "content_policy_violation", "responsibleaipolicy"})) {
    service_error.kind = FailureKind::filter;
  } else if (coded({"context_length_exceeded", "string_above_max_length"}) ||
             says({"maximum context length", "context window", "context size",
                   "exceeds the context", "prompt is too long",
                   "request too large"})) {  // for the tokens of a minute: waiting cannot help
    service_error.kind = FailureKind::context;
  } else if (coded({"rate_limit", "slow_down"})) {
    service_error.kind = FailureKind::rate;
  } else if (coded({"server_is_overloaded", "overloaded"})) {
    service_error.kind = FailureKind::overload;
  } else if (service_error.status == 400 && says({"audio duration", "audio is too long"})) {
    service_error.kind = FailureKind::duration;
  } else if (service_error.status == 400 &&
             says({"file format", "could not be decoded", "audio file might be corrupted",
                   "unsupported format", "unsupported_format"})) {
    service_error.kind = FailureKind::format;
  } else if (service_error.status == 400 && says({"maximum content size"})) {
    service_error.kind = FailureKind::size;
  }
  return service_error;
}

const Protocol openai_protocol = {"openai", openai_auth, openai_errors};
const Protocol azure_protocol = {"azure", azure_auth, openai_errors};

std::shared_ptr<LanguageModel> make_openai_model(const ProviderOptions &options, bool azure) {
  if (azure) return chat_model(std::make_shared<AzureChat>(), options);
  return chat_model(std::make_shared<ChatCompletions>(), options);
}

}  // namespace saleschecklist::providers
