// What is tried, and what is not, when a service refuses a question.
#include "assess/model/models.hpp"

#include <doctest/doctest.h>

#include <chrono>

using namespace saleschecklist;
using namespace saleschecklist::test;

TEST_CASE("what a server refuses is left out, and remembered") {
  FakeServices server;
  const auto model = open(server, model_of("openai"), "some-local-model");
  server.next(refuse("Unsupported value: 'temperature' does not support 0", "temperature"));
  server.next(refuse("Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead.",
                     "max_tokens"));
  std::atomic<int> begun{0};
  Usage usage;
  server.next(refuse("Unrecognized request argument supplied: stream_options", "", ""));
  const auto reply = model->complete(streamed(begun), usage);
  if (!reply) FAIL(reply.error().message);
  CHECK(usage.requests == 4);
  CHECK(usage.retries == 0);
  const auto check_body = [&] {
    const Json body = server.last_json();
    CHECK_FALSE(body.contains("temperature"));
    CHECK_FALSE(body.contains("max_tokens"));
    CHECK_FALSE(body.contains("stream_options"));
    CHECK(body.contains("max_completion_tokens"));
    CHECK(body.contains("response_format"));
  };
  check_body();
  CHECK(model->complete(streamed(begun), usage).has_value());
  CHECK(usage.requests == 5);
  check_body();
}

TEST_CASE("a server without schemas gets them in words, and the reply says so") {
  FakeServices server;
  const auto model = open(server, model_of("openai"), "some-local-model");
  server.next(refuse("'response_format.type' must be 'json_object'", "", ""));
  ModelReply reply = reply_of(*model);
  REQUIRE(reply.notices.size() == 1);
  CHECK(reply.notices[0].find("enforces JSON but not schemas") != std::string::npos);
  Json body = server.last_json();
  CHECK(body["response_format"] == Json{{"type", "json_object"}});
  CHECK(body["messages"][0]["content"].get<std::string>().find("\"required\":[\"answer\"]") !=
        std::string::npos);

  server.next(refuse("response_format is not supported", "", "", 422));
  reply = reply_of(*model);
  REQUIRE(reply.notices.size() == 1);
  CHECK(reply.notices[0].find("enforces neither JSON nor schemas") != std::string::npos);
  CHECK_FALSE(server.last_json().contains("response_format"));
  ModelRequest free = small_question();
  free.schema.clear();
  CHECK(reply_of(*model, free).notices.empty());
  CHECK(server.requests().size() == 5);
}

TEST_CASE("a request that is refused for itself is not tried in other ways") {
  FakeServices server;
  for (const PortCase &port : models()) {
    const auto model = open(server, port);
    const std::size_t before = server.requests().size();
    server.next(
        refuse("You requested 9000 tokens (max_tokens 8000); this model's maximum context "
               "length is 8192 tokens. prompt is too long",
               "messages", "context_length_exceeded"));
    Usage usage;
    const auto reply = model->complete(small_question(), usage);
    REQUIRE_FALSE(reply);
    CHECK(reply.error().code == ErrorCode::refused);
    CHECK(server.requests().size() == before + 1);
  }
}

TEST_CASE("the wait that Gemini asks for in the body is kept to and told") {
  FakeServices server;
  server.always(answer(429, R"([{"error":{"code":429,"message":"Slow down","status":
      "RESOURCE_EXHAUSTED","details":[{"@type":"type.googleapis.com/google.rpc.RetryInfo",
      "retryDelay":"0.05s"}]}}])"));
  Usage usage;
  const auto begun = std::chrono::steady_clock::now();
  const auto reply = open(server, model_of("gemini"))->complete(small_question(), usage);
  CHECK(std::chrono::steady_clock::now() - begun >= std::chrono::milliseconds(100));
  REQUIRE_FALSE(reply);
  CHECK(reply.error().retry_after_ms == 50);
  CHECK(usage.retries == 2);
}

TEST_CASE("a request that is too large for the account's rate is not tried again") {
  FakeServices server;
  server.always(
      refuse("Request too large for gpt-4o on tokens per min (TPM): Limit 30000, "
             "Requested 50000.",
             "", "rate_limit_exceeded", 429));
  Usage usage;
  const auto reply = open(server, model_of("openai"))->complete(small_question(), usage);
  REQUIRE_FALSE(reply);
  CHECK(reply.error().code == ErrorCode::refused);
  CHECK(usage.requests == 1);
}

TEST_CASE("Anthropic falls back to a tool, and to words") {
  FakeServices server;
  const auto model = open(server, model_of("anthropic"));
  const auto refuse_as = [](const std::string &message) {
    return answer(400, Json{{"type", "error"},
                            {"error", {{"type", "invalid_request_error"}, {"message", message}}}}
                           .dump());
  };
  server.next(refuse_as("`temperature` is deprecated for this model."));
  server.next(refuse_as("output_config: Extra inputs are not permitted"));
  ModelReply reply = reply_of(*model);
  CHECK(reply.text == server.text);
  REQUIRE(reply.notices.size() == 1);
  CHECK(reply.notices[0].find("that of a tool") != std::string::npos);
  const Json body = server.last_json();
  CHECK(body["tool_choice"] == Json{{"type", "tool"}, {"name", "verdict"}});
  CHECK_FALSE(body.contains("temperature"));
  server.next(refuse_as("tools are not supported"));
  reply = reply_of(*model);
  CHECK(reply.notices[0].find("described in the instructions") != std::string::npos);
  CHECK(server.requests().size() == 5);
}

TEST_CASE("Gemini falls back to JSON without a schema, and to words") {
  FakeServices server;
  const auto model = open(server, model_of("gemini"), "models/gemma");
  const auto refuse_as = [](const std::string &message) {
    return answer(
        400, Json{{"error", {{"code", 400}, {"message", message}, {"status", "INVALID_ARGUMENT"}}}}
                 .dump());
  };
  server.next(refuse_as("Unknown name \"responseJsonSchema\" at 'generation_config'"));
  CHECK(reply_of(*model).notices.size() == 1);
  CHECK(server.last_json()["generationConfig"]["responseMimeType"] == "application/json");
  CHECK(server.requests().back().path == "/v1beta/models/gemma:generateContent");
  server.next(refuse_as("JSON mode is not enabled for models/gemma"));
  CHECK(reply_of(*model).notices.at(0).find("neither") != std::string::npos);
  CHECK_FALSE(server.last_json()["generationConfig"].contains("responseMimeType"));
}

TEST_CASE("a streamed reply that comes at the second attempt begins once") {
  FOR_EACH_MODEL {
    CAPTURE(title);
    FakeServices server;
    server.next(answer(500, "<html></html>", "text/html"));
    std::atomic<int> begun{0};
    Usage usage;
    const auto reply = open(server, port)->complete(streamed(begun), usage);
    if (!reply) FAIL(reply.error().message);
    CHECK(reply->text == server.text);
    CHECK(begun == 1);
    CHECK(usage.retries == 1);
  }
}
