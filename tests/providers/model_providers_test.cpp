// What the language models' providers send, and what they make of each way to reply.
#include "assess/model/models.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using namespace saleschecklist;
using namespace saleschecklist::test;

TEST_CASE("a streamed reply of every provider is that which comes in one piece") {
  FOR_EACH_MODEL {
    CAPTURE(title);
    FakeServices server;
    server.text =
        "{\"answer\":\"Zażółć gęślą jaźń — 日本語 🙂 \\u2028\xE2\x80\xA8 \\n\"}";
    const auto model = open(server, port);
    std::atomic<int> begun{0};
    Usage usage;
    const auto reply = model->complete(streamed(begun), usage);
    if (!reply) FAIL(reply.error().message);
    for (const std::string &fault : server.faults()) FAIL_CHECK(fault);
    CHECK(reply->text == server.text);
    CHECK(reply->text == reply_of(*model).text);
    CHECK(reply->finish == Finish::complete);
    CHECK(reply->notices.empty());
    CHECK(begun == 1);
    CHECK(usage.requests == 1);
    CHECK(usage.tokens_in == 100);
    CHECK(usage.tokens_cached == 64);
    CHECK(usage.tokens_out == 20);
    CHECK_FALSE(reply->request_id.empty());
  }
}

TEST_CASE("on_begin is called when the reply begins, not when it is over") {
  FakeServices server;
  std::atomic<bool> begun{false};
  std::atomic<bool> waited{false};
  server.always([&](const httplib::Request &, httplib::Response &response) {
    response.set_chunked_content_provider(
        "text/event-stream", [&](std::size_t, httplib::DataSink &sink) {
          const std::string first = "data: {\"choices\":[{\"delta\":{\"content\":\"x\"}}]}\n\n";
          sink.write(first.data(), first.size());
          for (int i = 0; i < 1'000 && !begun; ++i) {
            std::this_thread::sleep_for(std::chrono::milliseconds(2));
          }
          waited = begun.load();
          const std::string last =
              "data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]";
          sink.write(last.data(), last.size());
          sink.done();
          return true;
        });
  });
  ModelRequest request = small_question();
  request.on_begin = [&] { begun = true; };
  CHECK(reply_of(*open(server, model_of("openai")), request).text == "x");
  CHECK(waited);
}

TEST_CASE("every provider tells truncated, filtered and refused replies apart") {
  FOR_EACH_MODEL {
    for (const bool stream : {false, true}) {
      CAPTURE(title);
      CAPTURE(stream);
      FakeServices server;
      std::atomic<int> begun{0};
      ModelRequest request = stream ? streamed(begun) : small_question();
      const auto model = open(server, port);
      server.finish = "length";
      server.text = "{\"answ";
      ModelReply reply = reply_of(*model, request);
      CHECK(reply.finish == Finish::truncated);
      CHECK(reply.text == "{\"answ");
      if (port.provider != "anthropic") {
        server.finish = "content_filter";
        CHECK(reply_of(*model, request).finish == Finish::filtered);
      }
      server.finish = "a_new_reason";
      reply = reply_of(*model, request);
      CHECK(reply.finish == Finish::complete);
      REQUIRE(reply.notices.size() == 1);
      CHECK(reply.notices[0] == "the service ended the reply for an unusual reason: a_new_reason");
      server.finish = "stop";
      if (port.provider != "gemini") {
        server.refusal = "I cannot judge that.";
        reply = reply_of(*model, request);
        CHECK(reply.finish == Finish::refused);
        CHECK(reply.detail == "I cannot judge that.");
      }
    }
  }
}

TEST_CASE("a stream that ends too early is a broken exchange, not a short reply") {
  const std::vector<std::pair<std::string, std::string>> streams = {
      {"openai", "data: {\"choices\":[{\"delta\":{\"content\":\"half\"}}]}\n\n"},
      {"openai", "data: {\"choices\":[{\"delta\":{\"content\":\"half\"}}]}\n\ndata: {\"choi"},
      {"anthropic", "event: message_start\ndata: {\"type\":\"message_start\"}\n\n"},
      {"gemini", "data: {\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"half\"}]}}]}\n\n"},
      {"openai", ": nothing but a comment\n\n"},
  };
  for (const auto &served : streams) {
    const auto &provider = served.first;
    const auto &stream = served.second;
    CAPTURE(stream);
    FakeServices server;
    server.always(answer_stream(stream));
    std::atomic<int> begun{0};
    Usage usage;
    const auto reply = open(server, model_of(provider))->complete(streamed(begun), usage);
    REQUIRE_FALSE(reply);
    CHECK(reply.error().code == ErrorCode::network);
    CHECK(usage.requests == 1);
  }
}

TEST_CASE("an event that cannot be read is told of, however the stream ends") {
  for (const std::string provider : {"openai", "anthropic", "gemini"}) {
    CAPTURE(provider);
    FakeServices server;
    server.always(answer_stream("data: {\"text\":\"\xC3\x28\"}\n\ndata: [DONE]\n\n"));
    std::atomic<int> begun{0};
    Usage usage;
    const auto reply = open(server, model_of(provider))->complete(streamed(begun), usage);
    REQUIRE_FALSE(reply);
    CHECK(reply.error().code == ErrorCode::refused);
    CHECK(reply.error().message.find("bytes that are not valid UTF-8") != std::string::npos);
  }
}

TEST_CASE("a stream that says how the reply ended is whole without the last line") {
  FakeServices server;
  server.always(answer_stream(
      "data: {\"choices\":[{\"delta\":{\"content\":\"all\"},\"finish_reason\":\"stop\"}]}"));
  std::atomic<int> begun{0};
  CHECK(reply_of(*open(server, model_of("openai")), streamed(begun)).text == "all");
}

TEST_CASE("an error inside a stream is that error") {
  const std::vector<std::pair<std::string, std::string>> streams = {
      {"openai",
       "data: {\"choices\":[{\"delta\":{\"content\":\"x\"}}]}\n\n"
       "data: {\"error\":{\"message\":\"Overloaded " +
           fake_key + "\",\"code\":\"slow_down\"}}\n\n"},
      {"openai",
       "data: {\"choices\":[{\"delta\":{\"content\":\"half a re\"}}]}\n\n"
       "data: {\"error\":{\"message\":\"Overloaded\",\"code\":\"slow_down\"},"
       "\"choices\":[{\"delta\":{\"content\":\"\"},\"finish_reason\":\"error\"}]}\n\n"},
      {"anthropic",
       "event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\","
       "\"message\":\"Overloaded\"}}\n\n"},
      {"gemini",
       "data: {\"error\":{\"code\":503,\"message\":\"Overloaded\",\"status\":"
       "\"UNAVAILABLE\"}}\n\n"},
  };
  for (const auto &served : streams) {
    const auto &provider = served.first;
    const auto &stream = served.second;
    CAPTURE(stream);
    FakeServices server;
    server.always(answer_stream(stream));
    std::atomic<int> begun{0};
    Usage usage;
    const auto reply = open(server, model_of(provider))->complete(streamed(begun), usage);
    REQUIRE_FALSE(reply);
    CHECK(reply.error().code == ErrorCode::rate_limited);
    CHECK(reply.error().message.find("Overloaded") == 0);
    CHECK(reply.error().message.find(fake_key) == std::string::npos);
    CHECK(reply.error().provider == provider);
  }
}

TEST_CASE("an error under a 200 that is not streamed is that error, too") {
  FakeServices server;
  server.always(
      answer(200, R"({"error":{"message":"No endpoints","code":"rate_limit_exceeded"}})"));
  Usage usage;
  const auto reply = open(server, model_of("openai"))->complete(small_question(), usage);
  REQUIRE_FALSE(reply);
  CHECK(reply.error().code == ErrorCode::rate_limited);
}

TEST_CASE("a server that does not stream is understood all the same") {
  for (const std::string provider : {"openai", "anthropic", "gemini"}) {
    CAPTURE(provider);
    FakeServices server;
    const std::string body =
        provider == "openai"
            ? R"({"choices":[{"message":{"content":"whole"},"finish_reason":"stop"}]})"
        : provider == "anthropic"
            ? R"({"content":[{"type":"text","text":"whole"}],"stop_reason":"end_turn"})"
            : R"([{"candidates":[{"content":{"parts":[{"text":"who"}]}}]},
                  {"candidates":[{"content":{"parts":[{"text":"le"}]},"finishReason":"STOP"}]}])";
    server.always(answer(200, body));
    std::atomic<int> begun{0};
    CHECK(reply_of(*open(server, model_of(provider)), streamed(begun)).text == "whole");
    CHECK(begun == 1);
  }
}

TEST_CASE("questions of one call share their beginning byte for byte") {
  FOR_EACH_MODEL {
    CAPTURE(title);
    FakeServices server;
    const auto model = open(server, port);
    ModelRequest request = small_question();
    reply_of(*model, request);
    request.question = "And was it long?";
    reply_of(*model, request);
    const auto requests = server.requests();
    const std::string &a = requests[0].body, &b = requests[1].body;
    const auto differ = std::mismatch(a.begin(), a.end(), b.begin(), b.end()).first - a.begin();
    CHECK(a.substr(static_cast<std::size_t>(differ)).find("Was it good?") == 0);
    CHECK(a.find("Zażółć") < static_cast<std::size_t>(differ));
  }
}

TEST_CASE("OpenAI gets a strict schema, a cache key and no more tokens than the model writes") {
  FakeServices server;
  const PortCase port = model_of("azure");  // which is treated as OpenAI itself
  ProviderOptions options = options_for(server, port);
  options.model = "gpt-4o-mini";
  ModelRequest request = small_question();
  request.max_output_tokens = 1'000'000;
  reply_of(*open_model("azure", options).value(), request);
  const Json body = server.last_json();
  CHECK(body["max_completion_tokens"] == 16'384);
  CHECK(body["prompt_cache_key"] == "call-7");
  CHECK(body["temperature"] == 0);
  CHECK(body["response_format"]["json_schema"]["name"] == "verdict");
  CHECK(body["messages"][1]["content"] ==
        "The call: „Zażółć gęślą jaźń” 🙂\n\nWas it good?");
  options.model = "gpt-5-mini";
  reply_of(*open_model("azure", options).value(), request);
  CHECK_FALSE(server.last_json().contains("temperature"));
}

TEST_CASE("a schema keeps the order of its properties") {
  FOR_EACH_MODEL {
    CAPTURE(title);
    FakeServices server;
    ModelRequest request = small_question();
    request.schema = R"({"type":"object","properties":{"zebra":{"type":"string"},
        "apple":{"type":"string"}},"required":["zebra","apple"],"additionalProperties":false})";
    reply_of(*open(server, port), request);
    const std::string body = server.requests().back().body;
    CHECK(body.find("\"zebra\":{") < body.find("\"apple\":{"));
  }
}

TEST_CASE("a prompt that a filter refuses is a filtered reply") {
  FakeServices server;
  server.next(answer(400, R"({"error":{"message":"The response was filtered","param":"prompt",
      "code":"content_filter","status":400}})",
                     "application/json", {{"apim-request-id", "req-9"}}));
  ModelReply reply = reply_of(*open(server, model_of("azure")));
  CHECK(reply.finish == Finish::filtered);
  CHECK(reply.detail == "The response was filtered");
  CHECK(reply.request_id == "req-9");
  for (const bool stream : {false, true}) {
    const std::string blocked = R"({"promptFeedback":{"blockReason":"PROHIBITED_CONTENT"}})";
    server.next(stream ? answer_stream("data: " + blocked + "\n\n") : answer(200, blocked));
    std::atomic<int> begun{0};
    reply =
        reply_of(*open(server, model_of("gemini")), stream ? streamed(begun) : small_question());
    CHECK(reply.finish == Finish::filtered);
    CHECK(reply.detail == "PROHIBITED_CONTENT");
  }
}

TEST_CASE("a reasoning model that runs out of tokens before it writes is truncated") {
  FakeServices server;
  server.next(
      answer(200, R"({"choices":[{"message":{"content":null},"finish_reason":"length"}]})"));
  const ModelReply reply = reply_of(*open(server, model_of("openai")));
  CHECK(reply.finish == Finish::truncated);
  CHECK(reply.text.empty());
}

TEST_CASE("thoughts and other parts that are not the reply are left out of it") {
  FakeServices server;
  server.next(answer(200, R"({"candidates":[{"content":{"parts":[{"text":"hm","thought":true},
      {"text":"yes"}]},"finishReason":"STOP"}]})"));
  CHECK(reply_of(*open(server, model_of("gemini"))).text == "yes");
  server.next(answer(200, R"({"content":[{"type":"thinking","thinking":"hm"},
      {"type":"text","text":"yes"}],"stop_reason":"end_turn"})"));
  CHECK(reply_of(*open(server, model_of("anthropic"))).text == "yes");
  server.next(answer(200, R"({"choices":[{"message":{"content":[{"type":"thinking","thinking":[]},
      {"type":"text","text":"yes"}],"reasoning_content":"hm"},"finish_reason":"stop"}]})"));
  CHECK(reply_of(*open(server, model_of("openai"))).text == "yes");
}

TEST_CASE("what cannot be asked is refused before anything is sent") {
  FOR_EACH_MODEL {
    CAPTURE(title);
    FakeServices server;
    const auto model = open(server, port);
    Usage usage;
    const auto where = [&](ModelRequest request) {
      const auto reply = model->complete(request, usage);
      REQUIRE_FALSE(reply);
      CHECK(reply.error().code == ErrorCode::invalid_argument);
      return reply.error().where;
    };
    ModelRequest request = small_question();
    request.question = "\xC3\x28";
    CHECK(where(request) == "question");
    request = small_question();
    request.schema = "{\"type\":";
    CHECK(where(request) == "schema");
    request = small_question();
    request.max_output_tokens = 0;
    CHECK(where(request) == "max_output_tokens");
    CHECK(server.requests().empty());
    CHECK(usage.requests == 0);
  }
}

TEST_CASE("an on_begin that throws fails the call and harms nothing else") {
  FOR_EACH_MODEL {
    CAPTURE(title);
    FakeServices server;
    const auto model = open(server, port);
    ModelRequest request = small_question();
    request.on_begin = [] { throw std::runtime_error("from the host"); };
    Usage usage;
    const auto reply = model->complete(request, usage);
    REQUIRE_FALSE(reply);
    CHECK(reply.error().message == "from the host");
    CHECK(reply_of(*model).text == server.text);
  }
}

TEST_CASE("known models have their limits, unknown ones those that are usual") {
  FakeServices server;
  const PortCase port = model_of("openai");
  CHECK(open(server, port, "gpt-4o-mini-2024-07-18")->info().context_tokens == 128'000);
  CHECK(open(server, port, "openai/gpt-4.1-nano")->info().max_output_tokens == 32'768);
  CHECK(open(server, port, "o3-mini")->info().context_tokens == 200'000);
  CHECK(open(server, port, "llama3.2")->info().context_tokens == 128'000);
  CHECK(open(server, port, "gpt-6-luna")->info().context_tokens == 400'000);
  CHECK(open(server, port, "gpt-7-nova")->info().context_tokens == 128'000);
  ProviderOptions options = options_for(server, port);
  options.model = "llama3.2";
  options.context_tokens = 131'072;
  const ModelInfo info = openai_model(options).value()->info();
  CHECK(info.id == "openai:llama3.2");
  CHECK(info.context_tokens == 131'072);
  CHECK(info.max_output_tokens == 65'536);
}
