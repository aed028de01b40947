// Parts of the replies of models that a service sends only now and then.
#include "assess/model/models.hpp"

#include <doctest/doctest.h>

#include <future>
#include <thread>

using namespace saleschecklist;
using namespace saleschecklist::test;

namespace {

std::string sse(const std::vector<std::string> &documents) {
  std::string out;
  for (const std::string &document : documents) out += "data: " + document + "\n\n";
  return out;
}

// What a provider's model makes of a streamed reply.
Result<ModelReply> streamed_reply(const std::string &provider,
                                  const std::vector<std::string> &documents,
                                  Usage *usage = nullptr) {
  FakeServices server;
  server.always(answer_stream(sse(documents)));
  std::atomic<int> begun{0};
  Usage own;
  return open(server, model_of(provider))
      ->complete(streamed(begun), usage == nullptr ? own : *usage);
}

ModelReply whole_reply(const std::string &provider, const std::string &document,
                       Usage *usage = nullptr) {
  FakeServices server;
  server.always(answer(200, document));
  Usage own;
  return open(server, model_of(provider))
      ->complete(small_question(), usage == nullptr ? own : *usage)
      .value();
}

// An event of Azure's asynchronous filter.
std::string filter_event(const char *reason, bool filtered) {
  Json choice = {{"index", 0},
                 {"finish_reason", nullptr},
                 {"content_filter_results", {{"hate", {{"filtered", filtered}}}}},
                 {"content_filter_offsets", {{"check_offset", 44}}}};
  if (reason != nullptr) choice["finish_reason"] = reason;
  return Json{{"id", ""}, {"model", ""}, {"choices", Json::array({choice})}, {"usage", nullptr}}
      .dump();
}

const std::string word = R"({"choices":[{"delta":{"content":"x"},"finish_reason":null}]})";
const std::string stop = R"({"choices":[{"delta":{},"finish_reason":"stop"}]})";

}  // namespace

TEST_CASE("what an event of Anthropic does not count stays as it was counted before") {
  const std::string start =
      R"({"type":"message_start","message":{"id":"m","usage":{"input_tokens":10,"output_tokens":1,)"
      R"("cache_creation_input_tokens":200,"cache_read_input_tokens":1000}}})";
  for (const std::string later :
       {R"({"output_tokens":50,"output_tokens_details":{"thinking_tokens":7}})",
        R"({"input_tokens":null,"cache_creation_input_tokens":null,"cache_read_input_tokens":null,)"
        R"("output_tokens":50,"output_tokens_details":{"thinking_tokens":7}})",
        R"({"input_tokens":10,"output_tokens":50,"output_tokens_details":{"thinking_tokens":7}})",
        R"({"input_tokens":10,"cache_creation_input_tokens":200,"cache_read_input_tokens":1000,)"
        R"("output_tokens":50,"output_tokens_details":{"thinking_tokens":7}})"}) {
    CAPTURE(later);
    Usage usage;
    CHECK(streamed_reply(
        "anthropic",
        {start,
         R"({"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":)" + later + "}",
         R"({"type":"message_delta","delta":{},"usage":{"output_tokens":null,)"
         R"("output_tokens_details":null}})",
         R"({"type":"message_delta","delta":{},"usage":null})", R"({"type":"message_stop"})"},
        &usage));
    CHECK(usage.tokens_in == 1'210);
    CHECK(usage.tokens_cached == 1'000);
    CHECK(usage.tokens_out == 50);
    CHECK(usage.tokens_reasoning == 7);
  }
}

TEST_CASE("why Anthropic's model declined is what the service says, or else the model") {
  const auto message = [](const char *details) {
    return std::string(R"({"id":"m","content":[{"type":"text","text":"No."}],)") +
           R"("stop_reason":"refusal","stop_details":)" + details + "}";
  };
  const char *explained = R"({"type":"refusal","category":"cyber","explanation":"It is risky."})";
  ModelReply reply = whole_reply("anthropic", message(explained));
  CHECK(reply.finish == Finish::refused);
  CHECK(reply.detail == "It is risky.");
  for (const char *unexplained : {"null", "7", R"({"type":"refusal","explanation":null})"}) {
    CHECK(whole_reply("anthropic", message(unexplained)).detail == "No.");
  }
  const std::string delta = R"({"type":"message_delta","delta":{"stop_reason":"refusal",)"
                            R"("stop_details":)" +
                            std::string(explained) + "}}";
  reply = streamed_reply("anthropic", {delta, R"({"type":"message_stop"})"}).value();
  CHECK(reply.finish == Finish::refused);
  CHECK(reply.detail == "It is risky.");
}

TEST_CASE("events of a filter stand between the words of Azure's reply, and may end it") {
  const std::string found = filter_event(nullptr, false);
  ModelReply reply =
      streamed_reply("azure", {found, word, found, word, stop, found, "[DONE]"}).value();
  CHECK(reply.text == "xx");
  CHECK(reply.finish == Finish::complete);
  reply = streamed_reply("azure", {word, filter_event("content_filter", true), "[DONE]"}).value();
  CHECK(reply.finish == Finish::filtered);
  CHECK(reply.detail == "hate");
}

TEST_CASE("an event with a choice that is neither a piece nor a filter's result is told of") {
  for (const std::string choice :
       {"null", "7", R"("x")", "[]", "{}", R"({"delta":null})",
        R"({"content_filter_results":null})", R"({"content_filter_results":"none"})"}) {
    CAPTURE(choice);
    const auto reply =
        streamed_reply("azure", {word, R"({"choices":[)" + choice + "]}", stop, "[DONE]"});
    REQUIRE_FALSE(reply);
    CHECK(reply.error().message.find("an event with") != std::string::npos);
  }
}

TEST_CASE("what a model says of its work is not part of a response, streamed or not") {
  const auto item = [](const char *phase, const char *text) {
    return Json{{"type", "message"},
                {"phase", phase == nullptr ? Json() : Json(phase)},
                {"content", {{{"type", "output_text"}, {"text", text}}}}};
  };
  Json response = {{"object", "response"},
                   {"status", "completed"},
                   {"output",
                    {item("commentary", "Let me see {}."), item("final_answer", R"({"answer":)"),
                     item(nullptr, R"("yes"})")}}};
  CHECK(whole_reply("openai", response.dump()).text == R"({"answer":"yes"})");
  const std::string piece = R"({"type":"response.output_text.delta","delta":"Let me see {}."})";
  const auto end = [&] {
    return Json{{"type", "response.completed"}, {"response", response}}.dump();
  };
  CHECK(streamed_reply("openai", {piece, end()})->text == R"({"answer":"yes"})");
  for (const Json &without : {Json(), Json::array(), Json::array({nullptr, "x"})}) {
    response["output"] = without;  // then the pieces are all there is
    CHECK(streamed_reply("openai", {piece, end()})->text == "Let me see {}.");
  }
  // A response that ended before the answer has none; a refusal may be told at the end only.
  response["output"] = {item("commentary", "Let me see {}.")};
  CHECK(streamed_reply("openai", {piece, end()})->text == "");
  response["output"][0]["phase"] = "final_answer";
  response["output"][0]["content"] = {{{"type", "refusal"}, {"refusal", "I cannot."}}};
  const auto refused = streamed_reply("openai", {piece, end()});
  CHECK(refused->finish == Finish::refused);
  CHECK(refused->detail == "I cannot.");
}

TEST_CASE("an effort that the Responses API refuses is left out") {
  FakeServices server;
  server.next(refuse("This model is only supported in v1/responses", "model", "", 404));
  server.next(
      refuse("Unsupported value: 'low' is not supported with the 'gpt-5-pro' model. "
             "Supported values are: 'high'.",
             "reasoning.effort", "unsupported_value"));
  server.always(answer(200, R"({"object":"response","status":"completed","output":[]})"));
  const auto model = open(server, model_of("openai"), "gpt-5-pro");
  Usage usage;
  CHECK(model->complete(small_question(), usage));
  CHECK_FALSE(server.last_json().contains("reasoning"));
  CHECK(server.last_json()["max_output_tokens"] > small_question().max_output_tokens);
  CHECK(usage.requests == 3);
}

TEST_CASE("Gemini's reasons to end a reply are told apart") {
  const auto finish_of = [](const std::string &reason) {
    return whole_reply("gemini", R"({"candidates":[{"finishReason":")" + reason + R"("}]})").finish;
  };
  for (const char *cut : {"MAX_TOKENS", "CONTINUATION"}) {
    CHECK(finish_of(cut) == Finish::truncated);
  }
  for (const char *kept_back : {"SAFETY", "RECITATION", "BLOCKLIST", "PROHIBITED_CONTENT", "SPII",
                                "ESCALATION", "MODEL_ARMOR", "PUP_LIMITED_DISABLED"}) {
    CAPTURE(kept_back);
    CHECK(finish_of(kept_back) == Finish::filtered);
  }
  CHECK(finish_of("STOP") == Finish::complete);
}

TEST_CASE("what was refused is known when the reply begins, not when it is over") {
  FakeServices server;
  std::promise<void> begun, asked;
  server.next(refuse("Unsupported value: 'temperature' does not support 0", "temperature"));
  server.next([&](const httplib::Request &, httplib::Response &response) {
    response.set_chunked_content_provider("text/event-stream",
                                          [&](std::size_t, httplib::DataSink &sink) {
                                            sink.os << sse({word});
                                            asked.get_future().wait_for(std::chrono::seconds(5));
                                            sink.os << sse({stop, "[DONE]"});
                                            sink.done();
                                            return true;
                                          });
  });
  const auto model = open(server, model_of("openai"), "some-local-model");
  ModelRequest first = small_question();
  first.on_begin = [&] { begun.set_value(); };
  Usage usage, second_usage;
  std::thread asking([&] { CHECK(model->complete(first, usage)); });
  begun.get_future().wait_for(std::chrono::seconds(5));
  CHECK(model->complete(small_question(), second_usage));
  asked.set_value();
  asking.join();
  CHECK(usage.requests == 2);
  CHECK(second_usage.requests == 1);
}
