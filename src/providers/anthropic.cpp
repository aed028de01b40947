#include "providers/anthropic.hpp"

#include "providers/chat.hpp"

#include <algorithm>

namespace saleschecklist::providers {
namespace {

// Endpoint.

std::string messages_endpoint(const ProviderOptions &options) {
  return join_url(options.base_url, "/messages");
}

// Auth.

std::vector<HttpHeader> auth(const ProviderOptions &options) {
  std::vector<HttpHeader> out = key_header("x-api-key", "", options.key);
  out.push_back({"anthropic-version", options.api_version});
  return out;
}

// Parts of a request that a model may reject.
enum : Downgrades {
  temperature = 1,    // left out
  output_config = 2,  // the schema is passed as that of a tool which the model must use
  forced_tool = 4,    // the schema is described in the instructions
  cache_control = 8,  // rejected by some compatible servers
  effort = 16,        // left out
};

// Encode.

Json text_block(const std::string &text) { return {{"type", "text"}, {"text", text}}; }

// Marks the end of the part that requests have in common, so that the service caches it.
void mark_shared(Json &block, const Question &question) {
  if ((question.downgrades & cache_control) == 0) block["cache_control"] = {{"type", "ephemeral"}};
}

Json user_blocks(const Question &question) {
  const ModelRequest &request = question.request;
  Json out = Json::array();
  if (!request.shared.empty()) {
    out.push_back(text_block(request.shared));
    if (!request.question.empty()) mark_shared(out.back(), question);
  }
  if (!request.question.empty()) out.push_back(text_block(request.question));
  return out;
}

void encode_schema(const Question &question, Json &out) {
  if (question.schema.is_null() || (question.downgrades & forced_tool) != 0) return;
  if ((question.downgrades & output_config) == 0) {
    out["output_config"] = {{"format", {{"type", "json_schema"}, {"schema", question.schema}}}};
    return;
  }
  const std::string &given = question.request.schema_name;
  const std::string name = given.empty() ? "reply" : given;
  out["tools"] = Json::array(
      {{{"name", name}, {"description", "Gives the reply."}, {"input_schema", question.schema}}});
  out["tool_choice"] = {{"type", "tool"}, {"name", name}};
}

Json encode_messages(const Question &question) {
  Json out = {{"model", question.options.model}, {"max_tokens", question.max_output_tokens}};
  const bool told = !question.schema.is_null() && (question.downgrades & forced_tool) != 0;
  const std::string system =
      told ? instructions_with_schema(question) : question.request.instructions;
  if (!system.empty()) {
    Json block = text_block(system);
    if (question.request.shared.empty()) mark_shared(block, question);
    out["system"] = Json::array({block});
  }
  out["messages"] = Json::array({{{"role", "user"}, {"content", user_blocks(question)}}});
  if (question.takes_temperature && (question.downgrades & temperature) == 0)
    out["temperature"] = 0;
  encode_schema(question, out);
  if (!question.effort.empty() && (question.downgrades & (effort | output_config)) == 0) {
    out["output_config"]["effort"] = question.effort;
  }
  if (question.stream) out["stream"] = true;
  return out;
}

// Decode.

// The service counts tokens read without the cache, written to the cache and read from it
// separately. Events repeat their counts, which only grow; one that lacks a count or has null for
// it takes nothing back.
void read_usage(const Json &usage, Usage &out) {
  const std::int64_t cached = count_at(usage, "cache_read_input_tokens");
  const std::int64_t thought = count_at(at(usage, "output_tokens_details"), "thinking_tokens");
  out.tokens_cached = std::max(out.tokens_cached, cached);
  out.tokens_in = std::max(out.tokens_in, count_at(usage, "input_tokens") + cached +
                                              count_at(usage, "cache_creation_input_tokens"));
  out.tokens_out = std::max(out.tokens_out, count_at(usage, "output_tokens"));
  out.tokens_reasoning = std::max(out.tokens_reasoning, thought);
}

// `ended` is a whole message, or the last change to one.
void read_stop(const Json &ended, Draft &draft) {
  const std::string reason = text_at(ended, "stop_reason");
  if (reason.empty()) return;
  draft.ended = true;
  if (reason == "max_tokens" || reason == "model_context_window_exceeded") {
    draft.reply.finish = Finish::truncated;
  } else if (reason == "refusal") {
    draft.reply.finish = Finish::refused;
    draft.reply.detail = net::excerpt(text_at(at(ended, "stop_details"), "explanation"), 400);
  } else if (reason != "end_turn" && reason != "stop_sequence" && reason != "tool_use") {
    draft.reply.notices.push_back("the service ended the reply for an unusual reason: " +
                                  net::excerpt(reason, 80));
  }
}

// If the service does not say why the model declined, the model's text is the reason.
void settle_refusal(Draft &draft) {
  if (draft.reply.finish == Finish::refused && draft.reply.detail.empty()) {
    draft.reply.detail = net::excerpt(draft.reply.text, 400);
  }
}

bool read_message(const Json &document, Draft &draft) {
  const Json &content = at(document, "content");
  if (!content.is_array()) return false;
  draft.reply.request_id = text_at(document, "id");
  read_usage(at(document, "usage"), draft.used);
  for (const Json &block : content) {
    if (text_at(block, "type") == "text") draft.reply.text += text_at(block, "text");
    if (text_at(block, "type") == "tool_use") draft.reply.text += compact(at(block, "input"));
  }
  read_stop(document, draft);
  settle_refusal(draft);
  return true;
}

bool read_event(const Json &event, Draft &draft) {
  const std::string type = text_at(event, "type");
  if (type == "message_start") {
    draft.reply.request_id = text_at(at(event, "message"), "id");
    read_usage(at(at(event, "message"), "usage"), draft.used);
  } else if (type == "content_block_delta") {
    const Json &delta = at(event, "delta");
    draft.reply.text += text_at(delta, "text") + text_at(delta, "partial_json");
  } else if (type == "message_delta") {
    read_usage(at(event, "usage"), draft.used);
    read_stop(at(event, "delta"), draft);
  } else if (type == "message_stop") {
    settle_refusal(draft);
    draft.done = true;
  }
  return !type.empty();
}

// Errors.

ServiceError understand(ServiceError service_error) {
  const auto coded = [&](std::initializer_list<std::string_view> words) {
    return mentions(service_error.code, words);
  };
  const auto says = [&](std::initializer_list<std::string_view> words) {
    return mentions(service_error.message, words);
  };
  if (service_error.kind == FailureKind::credit ||
      says({"credit balance is too low", "enforced_spend_limit_reached"})) {
    service_error.kind = FailureKind::credit;
  } else if (coded({"authentication_error"})) {
    service_error.kind = FailureKind::key;
  } else if (coded({"permission_error"})) {
    service_error.kind = FailureKind::permission;
  } else if (coded({"not_found_error"})) {
    service_error.kind = FailureKind::model;
  } else if (coded({"rate_limit_error"})) {
    service_error.kind = FailureKind::rate;
  } else if (coded({"overloaded_error"})) {
    service_error.kind = FailureKind::overload;
  } else if (coded({"api_error"})) {
    service_error.kind = FailureKind::fault;
  } else if (coded({"timeout_error"})) {
    service_error.kind = FailureKind::late;
  } else if (coded({"request_too_large"}) ||
             says({"prompt is too long", "exceed context limit", "context window"})) {
    service_error.kind = FailureKind::context;
  } else if (says({"content filtering policy"})) {
    service_error.kind = FailureKind::filter;
  }
  return service_error;
}

ServiceError errors(const HttpResponse &response) {
  return understand(read_service_error(response));
}

constexpr Protocol anthropic_protocol = {"anthropic", auth, errors};

class Messages final : public ChatDialect {
 public:
  const Protocol &protocol() const override { return anthropic_protocol; }

  std::string endpoint(const Question &question) const override {
    return messages_endpoint(question.options);
  }

  Json encode(const Question &question) const override { return encode_messages(question); }

  bool decode(const Json &document, Draft &draft) const override {
    if (read_message(document, draft)) return true;
    if (const auto found = find_service_error(document)) draft.service_error = understand(*found);
    return false;
  }

  bool decode_event(const net::SseEvent &event, Draft &draft) const override {
    const auto document = read_json(event.data);
    if (!document) return false;
    if (text_at(*document, "type") == "error" || at(*document, "error").is_object()) {
      draft.service_error = understand(find_service_error(*document).value_or(ServiceError{}));
      return true;
    }
    return read_event(*document, draft);
  }

  Downgrades downgrade(const ServiceError &service_error, const Question &question) const override {
    const bool bad = service_error.status == 400 || service_error.status == 422;
    if (!bad || service_error.kind != FailureKind::other) return 0;
    const auto says = [&](std::initializer_list<std::string_view> words) {
      return mentions(service_error.message, words) || mentions(service_error.param, words);
    };
    if (says({"temperature"})) return temperature;
    if (says({"cache_control"})) return cache_control;
    if (says({"effort"})) return effort;
    if (question.schema.is_null()) return 0;
    const bool format =
        says({"output_config", "output_format", "structured output", "output format"});
    // An invalid schema must be reported, not worked around.
    const bool fault = says({"invalid schema", "output_config.format.schema"});
    if ((format && !fault) || says({"schema is too complex", "grammar"})) return output_config;
    if ((question.downgrades & output_config) != 0 && says({"tool"})) return forced_tool;
    return 0;
  }

  void find_limits(const ProviderOptions &options, const Fetch &fetch,
                   ModelLimits &limits) const override {
    find_anthropic_limits(options, fetch, limits);
  }

  std::vector<std::string> notices(Downgrades downgrades) const override {
    if ((downgrades & forced_tool) != 0) {
      return {
          "the model enforces neither JSON nor schemas: the schema was described in the "
          "instructions"};
    }
    if ((downgrades & output_config) != 0) {
      return {"the model does not enforce schemas: the schema was passed as that of a tool"};
    }
    return {};
  }
};

}  // namespace

std::shared_ptr<LanguageModel> make_anthropic_model(const ProviderOptions &options) {
  return chat_model(std::make_shared<Messages>(), options);
}

}  // namespace saleschecklist::providers
