#include "providers/openai_responses.hpp"

#include "providers/openai.hpp"

#include <string>

namespace saleschecklist::providers {
namespace {

// Encode.

Json text_format(const Question &question) {
  if ((question.downgrades & openai_strict_schema) != 0) return {{"type", "json_object"}};
  return {{"type", "json_schema"},
          {"name", openai_schema_name(question)},
          {"schema", question.schema},
          {"strict", true}};
}

// Decode.

void read_usage(const Json &usage, Usage &out) {
  if (!usage.is_object()) return;
  out.tokens_in = count_at(usage, "input_tokens");
  out.tokens_out = count_at(usage, "output_tokens");
  out.tokens_reasoning = count_at(at(usage, "output_tokens_details"), "reasoning_tokens");
  out.tokens_cached = count_at(at(usage, "input_tokens_details"), "cached_tokens");
}

// What the model says of its work before it answers.
bool is_commentary(const Json &item) { return text_at(item, "phase") == "commentary"; }

// The parts of the messages; reasoning, commentary and calls of tools are none. Returns whether
// there is a message.
bool read_output(const Json &output, ModelReply &reply) {
  if (!output.is_array()) return false;
  bool found = false;
  for (const Json &item : output) {
    if (text_at(item, "type") != "message") continue;
    found = true;
    const Json &content = at(item, "content");
    if (is_commentary(item) || !content.is_array()) continue;
    for (const Json &part : content) {
      const std::string type = text_at(part, "type");
      if (type == "output_text") reply.text += text_at(part, "text");
      if (type == "refusal") reply.detail += text_at(part, "refusal");
    }
  }
  return found;
}

void read_end(const Json &response, Draft &draft) {
  const std::string status = text_at(response, "status");
  const std::string reason = text_at(at(response, "incomplete_details"), "reason");
  draft.ended = true;
  draft.reply.finish = Finish::complete;
  if (status == "incomplete") {
    draft.reply.finish = reason == "content_filter" ? Finish::filtered : Finish::truncated;
  } else if (!draft.reply.detail.empty()) {
    draft.reply.finish = Finish::refused;
  }
}

// The end of a streamed response repeats all of it, and tells commentary from the answer, which the
// pieces do not.
void read_streamed_end(const Json &response, Draft &draft) {
  if (draft.reply.request_id.empty()) draft.reply.request_id = text_at(response, "id");
  read_usage(at(response, "usage"), draft.used);
  ModelReply whole;
  if (read_output(at(response, "output"), whole)) {
    draft.reply.text = std::move(whole.text);
    if (draft.reply.detail.empty()) draft.reply.detail = std::move(whole.detail);
  }
  read_end(response, draft);
  draft.done = true;
}

void read_failure(const Json &document, Draft &draft) {
  ServiceError error = find_service_error(document).value_or(ServiceError{});
  if (error.message.empty()) error.message = "the response failed";
  draft.service_error = understand_openai(std::move(error));
}

}  // namespace

Json encode_response_request(const Question &question) {
  const auto sent = [&](Downgrades part) { return (question.downgrades & part) == 0; };
  Json out = {{"model", question.options.model},
              {"input", user_text(question.request)},
              {"max_output_tokens", question.max_output_tokens},
              {"store", false}};
  const std::string system = openai_instructions(question);
  if (!system.empty()) out["instructions"] = system;
  if (question.takes_temperature && sent(openai_temperature)) out["temperature"] = 0;
  if (!question.schema.is_null() && sent(openai_any_format)) {
    out["text"] = {{"format", text_format(question)}};
  }
  if (!question.request.cache_key.empty() && sent(openai_cache_key)) {
    out["prompt_cache_key"] = question.request.cache_key;
  }
  if (!question.effort.empty() && sent(openai_reasoning_effort)) {
    out["reasoning"] = {{"effort", question.effort}};
  }
  if (question.stream) out["stream"] = true;
  return out;
}

bool is_of_responses_api(const Json &document) {
  return text_at(document, "object") == "response" ||
         text_at(document, "type").rfind("response.", 0) == 0 || at(document, "output").is_array();
}

bool read_response(const Json &document, Draft &draft) {
  if (!document.is_object()) return false;
  if (draft.reply.request_id.empty()) draft.reply.request_id = text_at(document, "id");
  read_usage(at(document, "usage"), draft.used);
  if (at(document, "error").is_object() || text_at(document, "status") == "failed") {
    read_failure(document, draft);
    return false;
  }
  if (!at(document, "output").is_array()) return false;
  read_output(at(document, "output"), draft.reply);
  read_end(document, draft);
  return true;
}

bool read_response_event(const Json &event, Draft &draft) {
  const std::string type = text_at(event, "type");
  const Json &response = at(event, "response");
  if (type == "response.output_text.delta") {
    draft.reply.text += text_at(event, "delta");
  } else if (type == "response.refusal.delta") {
    draft.reply.detail += text_at(event, "delta");
  } else if (type == "response.completed" || type == "response.incomplete") {
    read_streamed_end(response, draft);
  } else if (type == "response.failed" || type == "error") {
    read_usage(at(response, "usage"), draft.used);
    read_failure(type == "error" ? event : response, draft);
  }
  return !type.empty();
}

}  // namespace saleschecklist::providers
