// The ways in which services of language models fail, as each of them would word it.
#ifndef SALESCHECKLIST_TESTS_FAILING_SERVICES_HPP
#define SALESCHECKLIST_TESTS_FAILING_SERVICES_HPP

#include "providers/fake_services.hpp"

#include <array>
#include <string>

namespace saleschecklist::test {

enum class Way {
  tool_calls,
  refusal,
  content_filter,
  length,
  only_reasoning,
  cut_json,
  error_in_ok,
  no_choices,
  html_page,
  wrong_schema,
  too_many,
  revoked_key,
  broken_off
};

inline constexpr std::array all_ways = {
    Way::tool_calls,     Way::refusal,      Way::content_filter, Way::length,   Way::cut_json,
    Way::error_in_ok,    Way::no_choices,   Way::html_page,      Way::too_many, Way::revoked_key,
    Way::only_reasoning, Way::wrong_schema, Way::broken_off};

inline const std::string half_a_reply = R"({"answers":[{"item_id":"problem.01","reasoning":"It)";

// What a reply holds: a text, a call of a tool, or neither; and why it ended, in OpenAI's words.
struct Holding {
  std::string text;
  bool tool = false;
  std::string refusal{};
  std::string finish = "stop";
  bool reasoned = false;
  bool nothing = false;  // no choices
};

inline Holding holding(Way way) {
  switch (way) {
    case Way::tool_calls:
      return {"", true, "", "tool_calls"};
    case Way::refusal:
      return {"", false, "I cannot help with that.", "stop"};
    case Way::content_filter:
      return {"", false, "", "content_filter"};
    case Way::length:
      return {half_a_reply, false, "", "length"};
    case Way::only_reasoning:
      return {"", false, "", "length", true};
    case Way::cut_json:
      return {half_a_reply};
    case Way::wrong_schema:
      return {R"({"verdict":"good","comment":"It went well."})"};
    default:
      return {"", false, "", "stop", false, true};
  }
}

inline std::string sse(const std::string &event, const Json &data) {
  return (event.empty() ? "" : "event: " + event + "\n") + "data: " + data.dump() + "\n\n";
}

inline void chat_holding(const Holding &h, bool stream, httplib::Response &response) {
  Json message = {{"role", "assistant"}, {"content", h.text.empty() ? Json() : Json(h.text)}};
  if (!h.refusal.empty()) message["refusal"] = h.refusal;
  if (h.tool) {
    message["tool_calls"] = Json::parse(
        R"([{"index":0,"id":"call_1","type":"function","function":{"name":"reply","arguments":"{}"}}])");
  }
  const Json details = {{"reasoning_tokens", h.reasoned ? 800 : 0}};
  const Json usage = {{"prompt_tokens", 100},
                      {"completion_tokens", h.reasoned ? 800 : 20},
                      {"completion_tokens_details", details}};
  const auto reply = [&](const char *key, const Json &value) {
    Json choices = Json::array();
    if (!h.nothing) choices.push_back({{"index", 0}, {key, value}, {"finish_reason", h.finish}});
    return Json{{"id", "chatcmpl-1"}, {"choices", choices}, {"usage", usage}};
  };
  if (!stream) return response.set_content(reply("message", message).dump(), "application/json");
  stream_bytes(response, sse("", reply("delta", message)) + "data: [DONE]\n\n");
}

inline void messages_holding(const Holding &h, bool stream, httplib::Response &response) {
  Json block = {{"type", "text"}, {"text", h.text}};
  if (h.tool) block = {{"type", "tool_use"}, {"id", "t"}, {"name", "x"}, {"input", Json::object()}};
  if (h.reasoned) block = {{"type", "thinking"}, {"thinking", "Let me see."}};
  const bool empty = h.nothing || !h.refusal.empty() || h.finish == "content_filter";
  const Json content = empty ? Json::array() : Json::array({block});
  const std::string stop = !h.refusal.empty() || h.finish == "content_filter" ? "refusal"
                           : h.tool                                           ? "tool_use"
                           : h.finish == "length"                             ? "max_tokens"
                                                                              : "end_turn";
  const Json usage = {{"input_tokens", 100}, {"output_tokens", 20}};
  const Json message = {{"id", "msg_1"},
                        {"type", "message"},
                        {"content", content},
                        {"stop_reason", stop},
                        {"usage", usage}};
  if (!stream) return response.set_content(message.dump(), "application/json");
  std::string events = sse("message_start", {{"type", "message_start"}, {"message", message}});
  if (!empty) {
    Json delta = {{"type", "text_delta"}, {"text", h.text}};
    if (h.tool) delta = {{"type", "input_json_delta"}, {"partial_json", "{}"}};
    if (h.reasoned) delta = {{"type", "thinking_delta"}, {"thinking", "Let me see."}};
    block.erase("text");
    events += sse("content_block_start",
                  {{"type", "content_block_start"}, {"index", 0}, {"content_block", block}});
    events += sse("content_block_delta",
                  {{"type", "content_block_delta"}, {"index", 0}, {"delta", delta}});
  }
  events += sse("message_delta", {{"type", "message_delta"},
                                  {"delta", {{"stop_reason", stop}}},
                                  {"usage", {{"output_tokens", 20}}}});
  stream_bytes(response, events + sse("message_stop", {{"type", "message_stop"}}));
}

inline void gemini_holding(const Holding &h, bool stream, httplib::Response &response) {
  Json candidate = {{"index", 0}};
  candidate["finishReason"] = !h.refusal.empty()             ? "PROHIBITED_CONTENT"
                              : h.finish == "content_filter" ? "SAFETY"
                              : h.finish == "length"         ? "MAX_TOKENS"
                                                             : "STOP";
  Json part = {{"text", h.text}};
  if (h.tool) part = {{"functionCall", {{"name", "reply"}, {"args", Json::object()}}}};
  if (h.tool || !h.text.empty()) candidate["content"] = {{"parts", Json::array({part})}};
  Json reply = {
      {"responseId", "req-gemini"},
      {"usageMetadata", {{"promptTokenCount", 100}, {"thoughtsTokenCount", h.reasoned ? 800 : 0}}}};
  reply["candidates"] = h.nothing ? Json::array() : Json::array({candidate});
  if (!stream) return response.set_content(reply.dump(), "application/json");
  stream_bytes(response, sse("", reply));
}

// A reply that breaks off in the middle.
inline void break_off(httplib::Response &response) {
  response.set_content_provider(1'000, "application/json",
                                [](std::size_t offset, std::size_t, httplib::DataSink &sink) {
                                  return offset == 0 && sink.write("{\"id\":", 6);
                                });
}

inline void fail_with(int status, const std::string &message, httplib::Response &response) {
  response.status = status;
  response.set_content(
      Json{{"type", "error"},
           {"error", {{"type", "invalid"}, {"code", status}, {"message", message}}}}
          .dump(),
      "application/json");
}

inline Handler failing(Way way) {
  return [way](const httplib::Request &request, httplib::Response &response) {
    switch (way) {
      case Way::html_page:
        return response.set_content("<!DOCTYPE html><html><body>Sign in</body></html>",
                                    "text/html");
      case Way::error_in_ok:
        return fail_with(200, "upstream is not there", response);
      case Way::too_many:
        return fail_with(429, "Rate limit reached, slow down", response);
      case Way::revoked_key:
        return fail_with(401, "the key was revoked", response);
      case Way::broken_off:
        return break_off(response);
      default:
        break;
    }
    const bool streams = request.path.find(":stream") != std::string::npos ||
                         Json::parse(request.body).value("stream", false);
    if (request.path.find("/chat/completions") != std::string::npos) {
      return chat_holding(holding(way), streams, response);
    }
    if (request.path == "/v1/messages") return messages_holding(holding(way), streams, response);
    gemini_holding(holding(way), streams, response);
  };
}

}  // namespace saleschecklist::test

#endif
