// Models that are only in OpenAI's Responses API.
#include "assess/model/models.hpp"

#include <doctest/doctest.h>

using namespace saleschecklist;
using namespace saleschecklist::test;

namespace {

const std::string only_there =
    R"({"error":{"message":"This model is only supported in v1/responses and not in )"
    R"(v1/chat/completions.","type":"invalid_request_error","param":"model","code":null}})";

// A response as the service writes it, whose text is `text`.
Json response_of(const std::string &text, const std::string &status = "completed") {
  const Json part = {{"type", "output_text"}, {"text", text}, {"annotations", Json::array()}};
  return {{"id", "resp_1"},
          {"object", "response"},
          {"status", status},
          {"error", nullptr},
          {"incomplete_details", nullptr},
          {"output",
           {{{"type", "reasoning"}, {"id", "rs_1"}, {"summary", Json::array()}},
            {{"type", "message"}, {"role", "assistant"}, {"content", Json::array({part})}}}},
          {"usage",
           {{"input_tokens", 100},
            {"input_tokens_details", {{"cached_tokens", 64}}},
            {"output_tokens", 20},
            {"output_tokens_details", {{"reasoning_tokens", 12}}}}}};
}

// Refuses chat completions, and answers in the Responses API as `respond` does.
Handler only_responses(const Handler &respond) {
  return [respond](const httplib::Request &request, httplib::Response &response) {
    if (request.path == "/v1/responses") return respond(request, response);
    response.status = 404;
    response.set_content(only_there, "application/json");
  };
}

Result<ModelReply> ask(const FakeServices &server, const ModelRequest &request,
                       Usage *usage = nullptr) {
  Usage own;
  return open(server, model_of("openai"), "o9-pro")
      ->complete(request, usage == nullptr ? own : *usage);
}

}  // namespace

TEST_CASE("a model that is only in the Responses API is asked there, from then on at once") {
  FakeServices server;
  server.always(only_responses(answer(200, response_of(R"({"answer":"yes"})").dump())));
  const auto model = open(server, model_of("openai"), "o9-pro");
  ModelRequest request = small_question();
  request.cache_key = "key-1";
  Usage usage;
  const ModelReply reply = model->complete(request, usage).value();
  CHECK(reply.text == R"({"answer":"yes"})");
  CHECK(reply.finish == Finish::complete);
  CHECK(usage.tokens_in == 100);
  CHECK(usage.tokens_cached == 64);
  CHECK(usage.tokens_out == 20);
  CHECK(usage.tokens_reasoning == 12);
  const Json body = server.last_json();
  CHECK(body["model"] == "o9-pro");
  CHECK(body["instructions"] == request.instructions);
  CHECK(body["input"].get<std::string>().find(request.question) != std::string::npos);
  CHECK(body["text"]["format"]["type"] == "json_schema");
  CHECK(body["text"]["format"]["strict"] == true);
  CHECK(strict_fault(body["text"]["format"]["schema"]).empty());
  CHECK(body["store"] == false);  // the service keeps nothing
  CHECK(body["max_output_tokens"].get<std::int64_t>() >= request.max_output_tokens);
  CHECK(body.size() <= 9);
  REQUIRE(server.requests().size() == 2);
  CHECK(model->complete(request, usage));
  CHECK(server.requests().size() == 3);
}

TEST_CASE("a response is read from its events") {
  FakeServices server;
  std::string events;
  const auto event = [&](const std::string &type, Json data) {
    data["type"] = type;
    events += "event: " + type + "\ndata: " + data.dump() + "\n\n";
  };
  event("response.created", {{"response", response_of("", "in_progress")}});
  event("response.output_item.added", {{"item", {{"type", "message"}}}});
  event("response.output_text.delta", {{"delta", "{\"answer\":"}});
  event("response.output_text.delta", {{"delta", "\"ja, natürlich\"}"}});
  event("response.output_text.done", {{"text", "{\"answer\":\"ja, natürlich\"}"}});
  event("response.completed", {{"response", response_of("{\"answer\":\"ja, natürlich\"}")}});
  server.always(only_responses(answer_stream(events)));
  std::atomic<int> begun{0};
  Usage usage;
  const ModelReply reply = ask(server, streamed(begun), &usage).value();
  CHECK(reply.text == "{\"answer\":\"ja, natürlich\"}");
  CHECK(reply.finish == Finish::complete);
  CHECK(usage.tokens_out == 20);
  CHECK(begun == 1);
  CHECK(server.last_json()["stream"] == true);
}

TEST_CASE("a response that ends in another way says so") {
  const auto finish_of = [](const Json &response) {
    FakeServices server;
    server.always(only_responses(answer(200, response.dump())));
    return ask(server, small_question()).value();
  };
  Json cut = response_of("{\"ans", "incomplete");
  cut["incomplete_details"] = {{"reason", "max_output_tokens"}};
  CHECK(finish_of(cut).finish == Finish::truncated);
  cut["incomplete_details"] = {{"reason", "content_filter"}};
  CHECK(finish_of(cut).finish == Finish::filtered);
  Json declined = response_of("");
  declined["output"][1]["content"] = Json::array({{{"type", "refusal"}, {"refusal", "No."}}});
  CHECK(finish_of(declined).finish == Finish::refused);
  CHECK(finish_of(declined).detail == "No.");
}

TEST_CASE("a response that failed is the service's error, streamed or not") {
  Json failed = response_of("", "failed");
  failed["error"] = {{"code", "server_error"}, {"message", "The model is broken."}};
  std::atomic<int> begun{0};
  for (const bool stream : {false, true}) {
    FakeServices server;
    const Json event = {{"type", "response.failed"}, {"response", failed}};
    server.always(only_responses(
        stream ? answer_stream("event: response.failed\ndata: " + event.dump() + "\n\n")
               : answer(200, failed.dump())));
    const auto reply = ask(server, stream ? streamed(begun) : small_question());
    REQUIRE_FALSE(reply);
    CHECK(reply.error().message.find("The model is broken") != std::string::npos);
  }
  FakeServices server;
  server.always(only_responses(answer_stream(
      R"(event: error
data: {"type":"error","code":"rate_limit_exceeded","message":"Slow down.","param":null}

)")));
  CHECK(ask(server, streamed(begun)).error().message.find("Slow down") != std::string::npos);
}

TEST_CASE("what the Responses API refuses of a request is left out there, too") {
  FakeServices server;
  server.always(only_responses([](const httplib::Request &request, httplib::Response &response) {
    const Json body = Json::parse(request.body);
    if (body.contains("temperature")) {
      return refuse(
          "Unsupported parameter: 'temperature' is not supported with this model in the Responses "
          "API.",
          "temperature")(request, response);
    }
    if (body["text"]["format"]["type"] == "json_schema") {
      return refuse("Invalid parameter: 'text.format' of type 'json_schema' is not supported.",
                    "text.format")(request, response);
    }
    answer(200, response_of(R"({"answer":"no"})").dump())(request, response);
  }));
  const ModelReply reply = ask(server, small_question()).value();
  CHECK(reply.text == R"({"answer":"no"})");
  REQUIRE(reply.notices.size() == 1);
  CHECK(server.last_json()["instructions"].get<std::string>().find("JSON Schema") !=
        std::string::npos);
}
