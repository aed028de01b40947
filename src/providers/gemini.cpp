#include "providers/gemini.hpp"

#include "net/rate_limits.hpp"
#include "providers/chat.hpp"

namespace saleschecklist::providers {
namespace {

// Endpoint.

std::string generate_endpoint(const ProviderOptions &options, bool stream) {
  constexpr std::string_view prefix = "models/";
  std::string model = options.model;
  if (model.rfind(prefix, 0) == 0) model.erase(0, prefix.size());
  return join_url(options.base_url,
                  "/models/" + escape_segment(model) +
                      (stream ? ":streamGenerateContent?alt=sse" : ":generateContent"));
}

// Auth: never in the URL, which proxies log.

std::vector<HttpHeader> auth(const ProviderOptions &options) {
  return key_header("x-goog-api-key", "", options.key);
}

// Parts of a request that a model may reject.
enum : Downgrades {
  temperature = 1,   // left out
  schema_part = 2,   // JSON mode without the schema
  json_part = 4,     // no JSON mode
  instructions = 8,  // no systemInstruction: the instructions precede the question
  thinking = 16,     // no thinkingConfig
};

// Encode.

Json text_part(const std::string &text) { return {{"text", text}}; }

std::string in_capitals(std::string text) {
  for (char &c : text) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  return text;
}

Json encode_generation(const Question &question) {
  const auto sent = [&](Downgrades part) { return (question.downgrades & part) == 0; };
  Json out = {{"maxOutputTokens", question.max_output_tokens}};
  if (question.takes_temperature && sent(temperature)) out["temperature"] = 0;
  if (!question.effort.empty() && sent(thinking)) {
    out["thinkingConfig"] = {{"thinkingLevel", in_capitals(question.effort)}};
  }
  if (question.schema.is_null() || !sent(json_part)) return out;
  out["responseMimeType"] = "application/json";
  if (sent(schema_part)) out["responseJsonSchema"] = question.schema;
  return out;
}

Json encode_contents(const Question &question) {
  const ModelRequest &request = question.request;
  const bool told =
      !question.schema.is_null() && (question.downgrades & (schema_part | json_part)) != 0;
  const std::string system = told ? instructions_with_schema(question) : request.instructions;
  const bool apart = (question.downgrades & instructions) == 0;
  Json parts = Json::array();
  if (!apart && !system.empty()) parts.push_back(text_part(system));
  if (!request.shared.empty()) parts.push_back(text_part(request.shared));
  if (!request.question.empty()) parts.push_back(text_part(request.question));
  Json out = Json::object();
  if (apart && !system.empty()) {
    out["systemInstruction"] = {{"parts", Json::array({text_part(system)})}};
  }
  out["contents"] = Json::array({{{"role", "user"}, {"parts", parts}}});
  out["generationConfig"] = encode_generation(question);
  return out;
}

// Decode.

void read_usage(const Json &usage, Usage &out) {
  if (!usage.is_object()) return;
  out.tokens_in = count_at(usage, "promptTokenCount");
  out.tokens_cached = count_at(usage, "cachedContentTokenCount");
  out.tokens_out = count_at(usage, "candidatesTokenCount") + count_at(usage, "thoughtsTokenCount");
  out.tokens_reasoning = count_at(usage, "thoughtsTokenCount");
}

void read_finish(const Json &candidate, Draft &draft) {
  const std::string reason = text_at(candidate, "finishReason");
  if (reason.empty() || reason == "FINISH_REASON_UNSPECIFIED") return;
  draft.ended = true;
  if (reason == "STOP") return;
  if (reason == "MAX_TOKENS" || reason == "CONTINUATION") {
    draft.reply.finish = Finish::truncated;
  } else if (mentions(reason, {"safety", "recitation", "blocklist", "prohibited_content", "spii",
                               "escalation", "model_armor", "pup_limited"})) {
    draft.reply.finish = Finish::filtered;
    draft.reply.detail = net::excerpt(reason, 80);
  } else {
    draft.reply.notices.push_back("the service ended the reply for an unusual reason: " +
                                  net::excerpt(reason, 80));
  }
  const std::string message = text_at(candidate, "finishMessage");
  if (!message.empty()) draft.reply.detail = net::excerpt(message, 400);
}

bool read_response(const Json &document, Draft &draft) {
  if (!document.is_object()) return false;
  if (draft.reply.request_id.empty()) draft.reply.request_id = text_at(document, "responseId");
  read_usage(at(document, "usageMetadata"), draft.used);
  const Json &candidates = at(document, "candidates");
  if (candidates.is_array() && !candidates.empty()) {
    const Json &candidate = candidates.front();
    const Json &parts = at(at(candidate, "content"), "parts");
    for (const Json &part : parts.is_array() ? parts : Json::array()) {
      if (at(part, "thought") != true) draft.reply.text += text_at(part, "text");
    }
    read_finish(candidate, draft);
    return true;
  }
  const std::string blocked = text_at(at(document, "promptFeedback"), "blockReason");
  if (blocked.empty()) return false;
  draft.ended = true;
  draft.reply.finish = Finish::filtered;
  const std::string message = text_at(at(document, "promptFeedback"), "blockReasonMessage");
  draft.reply.detail = net::excerpt(message.empty() ? blocked : message, 400);
  return true;
}

// Errors.

// What the error details add: the wait, the reason, and whether a daily quota is used up.
void read_details(const Json &details, ServiceError &out) {
  if (!details.is_array()) return;
  for (const Json &detail : details) {
    if (const auto wait = net::parse_duration(text_at(detail, "retryDelay")))
      out.retry_after_ms = wait;
    const std::string reason = text_at(detail, "reason");
    if (reason == "API_KEY_INVALID" || reason == "API_KEY_EXPIRED") out.kind = FailureKind::key;
    const Json &violations = at(detail, "violations");
    for (const Json &violation : violations.is_array() ? violations : Json::array()) {
      if (mentions(text_at(violation, "quotaId"), {"perday"})) out.kind = FailureKind::credit;
    }
  }
}

ServiceError understand(const Json &document, ServiceError service_error) {
  const Json &root = document.is_array() ? first(document) : document;
  const auto coded = [&](const char *code) { return service_error.code == code; };
  if (service_error.kind == FailureKind::credit) return service_error;
  if (coded("UNAUTHENTICATED")) service_error.kind = FailureKind::key;
  if (coded("PERMISSION_DENIED")) service_error.kind = FailureKind::permission;
  if (coded("NOT_FOUND")) service_error.kind = FailureKind::model;
  if (coded("RESOURCE_EXHAUSTED")) service_error.kind = FailureKind::rate;
  if (coded("UNAVAILABLE")) service_error.kind = FailureKind::overload;
  if (coded("DEADLINE_EXCEEDED")) service_error.kind = FailureKind::late;
  const bool invalid = coded("INVALID_ARGUMENT");
  if (invalid && mentions(service_error.message, {"api key not valid", "api key expired"})) {
    service_error.kind = FailureKind::key;
  } else if (invalid &&
             mentions(service_error.message, {"token count", "maximum number of tokens"})) {
    service_error.kind = FailureKind::context;
  }
  if (mentions(service_error.message, {"credits are depleted"}))
    service_error.kind = FailureKind::credit;
  read_details(at(at(root, "error"), "details"), service_error);
  return service_error;
}

ServiceError errors(const HttpResponse &response) {
  return understand(read_json(response.body).value_or(Json()), read_service_error(response));
}

constexpr Protocol gemini_protocol = {"gemini", auth, errors};

class Gemini final : public ChatDialect {
 public:
  const Protocol &protocol() const override { return gemini_protocol; }

  std::string endpoint(const Question &question) const override {
    return generate_endpoint(question.options, question.stream);
  }

  Json encode(const Question &question) const override { return encode_contents(question); }

  bool decode(const Json &document, Draft &draft) const override {
    // Without alt=sse, proxies stream a JSON array of replies.
    if (document.is_array() && !find_service_error(document)) {
      for (const Json &part : document) {
        if (!decode(part, draft)) return false;
      }
      return draft.ended;
    }
    if (read_response(document, draft)) return true;
    if (const auto found = find_service_error(document)) {
      draft.service_error = understand(document, *found);
    }
    return false;
  }

  bool decode_event(const net::SseEvent &event, Draft &draft) const override {
    const auto document = read_json(event.data);
    if (!document) return false;
    // An event may contain counts only.
    return decode(*document, draft) || draft.service_error || document->contains("usageMetadata");
  }

  Downgrades downgrade(const ServiceError &service_error, const Question &question) const override {
    if (service_error.status != 400 || service_error.kind != FailureKind::other) return 0;
    const auto says = [&](std::initializer_list<std::string_view> words) {
      return mentions(service_error.message, words);
    };
    if (says({"temperature"})) return temperature;
    if (says({"thinking"})) return thinking;
    if (says({"developer instruction", "system instruction", "systeminstruction"})) {
      return instructions;
    }
    if (question.schema.is_null()) return 0;
    if (says({"json mode", "responsemimetype", "response_mime_type"})) {
      return schema_part | json_part;
    }
    const bool schema = says({"responsejsonschema", "response_json_schema", "schema"});
    return schema ? Downgrades{schema_part} : Downgrades{0};
  }

  void find_limits(const ProviderOptions &options, const Fetch &fetch,
                   ModelLimits &limits) const override {
    find_gemini_limits(options, fetch, limits);
  }

  std::vector<std::string> notices(Downgrades downgrades) const override {
    if ((downgrades & json_part) != 0) {
      return {
          "the model enforces neither JSON nor schemas: the schema was described in the "
          "instructions"};
    }
    if ((downgrades & schema_part) != 0) {
      return {
          "the model enforces JSON but not schemas: the schema was described in the instructions"};
    }
    return {};
  }
};

}  // namespace

std::shared_ptr<LanguageModel> make_gemini_model(const ProviderOptions &options) {
  return chat_model(std::make_shared<Gemini>(), options);
}

}  // namespace saleschecklist::providers
