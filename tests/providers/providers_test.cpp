// How providers are opened.
#include "ports.hpp"

#include <doctest/doctest.h>

using namespace saleschecklist;
using namespace saleschecklist::test;

namespace {

ProviderOptions with_key() {
  ProviderOptions out;
  out.key = Secret(fake_key);
  out.network = quick_network();
  return out;
}

Error fault_of(const ProviderOptions &options) {
  const auto model = openai_model(options);
  REQUIRE_FALSE(model);
  CHECK(model.error().code == ErrorCode::invalid_argument);
  return model.error();
}

}  // namespace

TEST_CASE("every default is told, and is what an empty option means") {
  for (const Port port : {Port::transcriber, Port::model, Port::voice}) {
    for (const char *provider :
         {"openai", "azure", "anthropic", "gemini", "elevenlabs", "deepgram", "assemblyai"}) {
      CAPTURE(provider);
      const auto defaults = provider_defaults(provider, port);
      if (!defaults) {
        CHECK(defaults.error().code == ErrorCode::not_found);
        continue;
      }
      CHECK(defaults->connect_ms == 5'000);
      CHECK(defaults->idle_ms >= 120'000);
      CHECK(defaults->total_ms >= defaults->idle_ms);
      const bool azure = std::string(provider) == "azure";
      CHECK(defaults->model.empty() == azure);
      CHECK(defaults->base_url.empty() == azure);
    }
  }
  CHECK(provider_defaults("elevenlabs", Port::voice)->voice == "2EiwWnXFnvU5JabPnv8n");
  const auto unknown = provider_defaults("acme", Port::voice);
  CHECK(unknown.error().message ==
        "there is no such provider; expected openai, azure or elevenlabs");
  CHECK(unknown.error().where == "acme");
  const auto model = anthropic_model(with_key()).value();
  CHECK(model->info().id == "anthropic:" + provider_defaults("anthropic", Port::model)->model);
}

TEST_CASE("a provider is opened by its name, with or without a model") {
  CHECK(open_model("openai:gpt-4o-mini", with_key()).value()->info().id == "openai:gpt-4o-mini");
  CHECK(open_model("gemini", with_key()).value()->info().id ==
        "gemini:" + provider_defaults("gemini", Port::model)->model);
  CHECK(open_transcriber("elevenlabs", with_key()).value()->info().id == "elevenlabs:scribe_v2");
  CHECK(open_transcriber("deepgram", with_key()).value()->info().id == "deepgram:nova-3");
  CHECK(open_transcriber("assemblyai:universal-2", with_key()).value()->info().id ==
        "assemblyai:universal-2");
  CHECK(open_voice("openai:tts-1", with_key()).value()->info().id == "openai:tts-1");
  CHECK(open_model("openai:llama3.2:1b", with_key()).value()->info().id == "openai:llama3.2:1b");
  const auto wrong_port = open_voice("anthropic:claude-sonnet-4-5", with_key());
  REQUIRE_FALSE(wrong_port);
  CHECK(wrong_port.error().code == ErrorCode::not_found);
  CHECK(wrong_port.error().message ==
        "\"anthropic\" has no voice; expected openai, azure or elevenlabs");
  CHECK(open_model("acme", with_key()).error().message.find("is not a known provider") !=
        std::string::npos);
  CHECK(open_model("", with_key()).error().code == ErrorCode::not_found);
}

TEST_CASE("options that cannot be right are refused by name, without showing the key") {
  ProviderOptions options;
  CHECK(fault_of(options).where == "key");
  options.base_url = "https://api.openai.com/";
  CHECK(fault_of(options).where == "key");
  options.key = Secret("sk-secret\n");
  const Error error = fault_of(options);
  CHECK(error.where == "key");
  CHECK(error.message.find("sk-secret") == std::string::npos);
  options = with_key();
  for (const char *url : {"localhost:11434/v1", "ftp://x/v1", "http://", "https:///v1", "x\ny"}) {
    CAPTURE(url);
    options.base_url = url;
    CHECK(fault_of(options).where == "base_url");
  }
  options = with_key();
  options.model = "a\nb";
  CHECK(fault_of(options).where == "model");
  options = with_key();
  options.idle_ms = -1;
  CHECK(fault_of(options).where == "idle_ms");
  options = with_key();
  options.headers = {{"X", "a\r\nY: b"}};
  CHECK(fault_of(options).where == "headers");
  CHECK(azure_model(with_key()).error().where == "base_url");
  options = with_key();
  options.base_url = "https://my.openai.azure.com";
  CHECK(azure_model(options).error().where == "model");
}

TEST_CASE("a local server needs no key, and a host's own header may take its place") {
  FakeServices server;
  ProviderOptions options;
  options.base_url = server.url() + "/v1";
  options.network = quick_network();
  server.next(answer(200, R"({"choices":[{"message":{"content":"hi"},"finish_reason":"stop"}]})"));
  Usage usage;
  CHECK(openai_model(options).value()->complete(small_question(), usage)->text == "hi");
  CHECK_FALSE(server.requests().back().has_header("Authorization"));
  options = {};
  options.headers = {{"Authorization", "Bearer token"}};
  CHECK(openai_model(options).has_value());
}

TEST_CASE("an address is joined with what comes after it, however it is written") {
  FakeServices server;
  server.always(answer(400, R"({"error":{"message":"enough"}})"));
  const auto url_of = [&](const std::string &provider, const std::string &base) {
    ProviderOptions options = with_key();
    options.base_url = server.url() + base;
    options.model = "my model";
    Usage usage;
    (void)open_model(provider, options).value()->complete(small_question(), usage);
    return server.requests().back().target;
  };
  CHECK(url_of("openai", "") == "/v1/chat/completions");
  CHECK(url_of("openai", "/") == "/v1/chat/completions");
  CHECK(url_of("openai", "/v1/") == "/v1/chat/completions");
  CHECK(url_of("openai", "/proxy/openai/v1") == "/proxy/openai/v1/chat/completions");
  CHECK(url_of("openai", "/v1?tenant=7") == "/v1/chat/completions?tenant=7");
  CHECK(url_of("anthropic", "") == "/v1/messages");
  CHECK(url_of("gemini", "") == "/v1beta/models/my%20model:generateContent");
  CHECK(url_of("azure", "") ==
        "/openai/deployments/my%20model/chat/completions?api-version=2024-10-21");
  CHECK(url_of("azure", "/openai/") ==
        "/openai/deployments/my%20model/chat/completions?api-version=2024-10-21");
  CHECK(url_of("azure", "/?api-version=2025-01-01") ==
        "/openai/deployments/my%20model/chat/completions?api-version=2025-01-01");
  CHECK(url_of("azure", "/openai/v1/") == "/openai/v1/chat/completions");
}

TEST_CASE("an address where nothing answers says so") {
  FakeServices server;
  server.always(answer(404, "404 page not found", "text/plain"));
  ProviderOptions options = with_key();
  options.base_url = server.url() + "/wrong";
  Usage usage;
  const auto reply = openai_model(options).value()->complete(small_question(), usage);
  REQUIRE_FALSE(reply);
  CHECK(reply.error().message.find("404 page not found; check base_url") == 0);
  CHECK(reply.error().where == server.url() + "/wrong/chat/completions");
  for (const char *body :
       {R"({"detail":"Not Found"})", R"({"error":{"code":"404","message":"Resource not found"}})",
        R"~({"error":{"message":"Invalid URL (POST /wrong/chat/completions)"}})~"}) {
    CAPTURE(body);
    server.always(answer(404, body));
    const auto other = openai_model(options).value()->complete(small_question(), usage);
    CHECK(other.error().message.find("; check base_url") != std::string::npos);
  }
}

TEST_CASE("a provider gives all attempts of a call together no more than its time") {
  FakeServices server;
  server.always(
      answer(503, R"({"error":{"message":"slow"}})", "application/json", {{"retry-after", "60"}}));
  ProviderOptions options = with_key();
  options.base_url = server.url();
  options.total_ms = 300;
  Usage usage;
  const auto begun = std::chrono::steady_clock::now();
  const auto reply = openai_model(options).value()->complete(small_question(), usage);
  CHECK(std::chrono::steady_clock::now() - begun < std::chrono::seconds(2));
  REQUIRE_FALSE(reply);
  CHECK(reply.error().code == ErrorCode::rate_limited);
  CHECK(reply.error().retry_after_ms == 60'000);
}
