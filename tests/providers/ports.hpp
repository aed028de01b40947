// Every built-in provider of every port, to be tested alike.
#ifndef SALESCHECKLIST_TESTS_PORTS_HPP
#define SALESCHECKLIST_TESTS_PORTS_HPP

#include "fake_services.hpp"

#include <functional>
#include <string>
#include <vector>

namespace saleschecklist::test {

// How a service words its errors.
struct Wording {
  int status;
  std::string body;
};

struct PortCase {
  std::string name;  // "openai transcriber"
  std::string provider;
  std::string path;  // of its base URL
  // An ordinary request; what it gave as text.
  std::function<Result<std::string>(const ProviderOptions &, Usage &, CancelToken)> call;
  std::function<Wording(const std::string &words)> wrong_key;
  Wording no_credit;
  Wording too_many;
  Wording fault;
  bool binary = false;  // a reply may be any bytes
  int requests = 1;     // that one call sends
};

// A network that loses no time.
inline std::shared_ptr<Network> quick_network(int attempts = 3) {
  NetworkOptions options;
  options.attempts = attempts;
  options.first_wait_ms = 1;
  options.rate_limit_wait_ms = 100;
  options.longest_wait_ms = 2;
  return open_network(options).value();
}

inline ProviderOptions options_for(const FakeServices &server, const PortCase &port) {
  ProviderOptions out;
  out.key = Secret(fake_key);
  out.base_url = server.url() + port.path;
  if (port.provider == "azure") out.model = "my-deployment";
  out.network = quick_network();
  return out;
}

inline AudioClip small_clip() {
  AudioClip out;
  out.bytes = std::string("OggS\0\x02--", 8);
  out.file_name = "window-1.ogg";
  out.content_type = "audio/ogg";
  out.duration_ms = 3'000;
  out.language = "pl";
  return out;
}

inline ModelRequest small_question() {
  ModelRequest out;
  out.instructions = "You judge calls.";
  out.shared = "The call: „Zażółć gęślą jaźń” 🙂";
  out.question = "Was it good?";
  out.schema_name = "verdict";
  out.schema = R"({"type":"object","properties":{"answer":{"type":"string"}},
                   "required":["answer"],"additionalProperties":false})";
  out.cache_key = "call-7";
  return out;
}

inline VoiceRequest small_text() {
  VoiceRequest out;
  out.text = "Zażółć gęślą jaźń, please. 🙂 Done!";
  out.previous_text = "Before.";
  out.next_text = "After.";
  return out;
}

inline std::string text_of(const TranscribedClip &heard) {
  std::string out;
  for (const TranscribedSegment &segment : heard.segments) out += segment.text + "\n";
  return out;
}

template <class Open>
auto hears(Open open) {
  return
      [=](const ProviderOptions &options, Usage &usage, CancelToken cancel) -> Result<std::string> {
        const auto port = open(options);
        if (!port) return port.error();
        AudioClip clip = small_clip();
        clip.cancel = cancel;
        const auto heard = (*port)->transcribe(clip, usage);
        if (!heard) return heard.error();
        return text_of(*heard);
      };
}

template <class Open>
auto answers(Open open) {
  return
      [=](const ProviderOptions &options, Usage &usage, CancelToken cancel) -> Result<std::string> {
        const auto port = open(options);
        if (!port) return port.error();
        ModelRequest request = small_question();
        request.cancel = cancel;
        const auto reply = (*port)->complete(request, usage);
        if (!reply) return reply.error();
        return reply->text;
      };
}

template <class Open>
auto says(Open open) {
  return
      [=](const ProviderOptions &options, Usage &usage, CancelToken cancel) -> Result<std::string> {
        const auto port = open(options);
        if (!port) return port.error();
        VoiceRequest request = small_text();
        request.cancel = cancel;
        const auto speech = (*port)->synthesize(request, usage);
        if (!speech) return speech.error();
        return speech->audio;
      };
}

inline std::vector<PortCase> all_ports() {
  const auto openai_error = [](const std::string &message, const std::string &code) {
    return Json{
        {"error", {{"message", message}, {"type", code}, {"param", nullptr}, {"code", code}}}}
        .dump();
  };
  const auto openai = [=](std::string name, std::string provider, std::string path, auto call) {
    PortCase out{name, provider, path, call, {}, {}, {}, {}};
    out.wrong_key = [=](const std::string &words) {
      return Wording{401, openai_error(words, "invalid_api_key")};
    };
    out.no_credit = {429, openai_error("You exceeded your current quota", "insufficient_quota")};
    out.too_many = {429, openai_error("Rate limit reached", "rate_limit_exceeded")};
    out.fault = {500, openai_error("The server had an error", "server_error")};
    return out;
  };
  const auto elevenlabs = [](std::string name, auto call) {
    PortCase out{name, "elevenlabs", "/v1", call, {}, {}, {}, {}};
    const auto error = [](const std::string &message, const std::string &code) {
      return Json{
          {"detail", {{"type", "error"}, {"code", code}, {"message", message}, {"status", code}}}}
          .dump();
    };
    out.wrong_key = [=](const std::string &words) {
      return Wording{401, error(words, "invalid_api_key")};
    };
    out.no_credit = {401, error("This request exceeds your quota", "quota_exceeded")};
    out.too_many = {429, error("Too many requests", "concurrent_limit_exceeded")};
    out.fault = {500, R"({"status":"internal_error","message":"Something went wrong"})"};
    return out;
  };
  const auto anthropic_error = [](const std::string &message, const std::string &type) {
    return Json{{"type", "error"},
                {"error", {{"type", type}, {"message", message}}},
                {"request_id", "req-body"}}
        .dump();
  };
  PortCase anthropic{
      "anthropic model", "anthropic", "/v1", answers(anthropic_model), {}, {}, {}, {}};
  anthropic.wrong_key = [=](const std::string &words) {
    return Wording{401, anthropic_error(words, "authentication_error")};
  };
  anthropic.no_credit = {400, anthropic_error("Your credit balance is too low to access the API",
                                              "invalid_request_error")};
  anthropic.too_many = {429, anthropic_error("Number of requests", "rate_limit_error")};
  anthropic.fault = {529, anthropic_error("Overloaded", "overloaded_error")};
  const auto google_error = [](int code, const std::string &message, const std::string &status,
                               const Json &details) {
    return Json::array({{{"error",
                          {{"code", code},
                           {"message", message},
                           {"status", status},
                           {"details", details}}}}})
        .dump();
  };
  PortCase gemini{"gemini model", "gemini", "/v1beta", answers(gemini_model), {}, {}, {}, {}};
  gemini.wrong_key = [=](const std::string &words) {
    return Wording{
        400, google_error(400, words, "INVALID_ARGUMENT",
                          Json::array({{{"@type", "ErrorInfo"}, {"reason", "API_KEY_INVALID"}}}))};
  };
  const Json per_day = {{{"@type", "QuotaFailure"},
                         {"violations", {{{"quotaId", "GenerateRequestsPerDayPerProject"}}}}}};
  gemini.no_credit = {429, google_error(429, "Quota exceeded", "RESOURCE_EXHAUSTED", per_day)};
  const Json wait = {{{"@type", "RetryInfo"}, {"retryDelay", "0.01s"}}};
  gemini.too_many = {429, google_error(429, "Slow down", "RESOURCE_EXHAUSTED", wait)};
  gemini.fault = {500, google_error(500, "Internal", "INTERNAL", Json::array())};

  PortCase deepgram{
      "deepgram transcriber", "deepgram", "/v1", hears(deepgram_transcriber), {}, {}, {}, {}};
  const auto deepgram_error = [](const std::string &message, const std::string &code) {
    return Json{{"err_code", code}, {"err_msg", message}}.dump();
  };
  deepgram.wrong_key = [=](const std::string &words) {
    return Wording{401, deepgram_error(words, "INVALID_AUTH")};
  };
  deepgram.no_credit = {402, deepgram_error("Project does not have enough credits for an ASR "
                                            "request and does not have an overage agreement.",
                                            "ASR_PAYMENT_REQUIRED")};
  deepgram.too_many = {429, deepgram_error("Too many requests", "TOO_MANY_REQUESTS")};
  deepgram.fault = {504, R"({"category":"GATEWAY_TIMEOUT","message":"Late","details":""})"};
  PortCase assemblyai{
      "assemblyai transcriber", "assemblyai", "/v2", hears(assemblyai_transcriber), {}, {}, {}, {}};
  const auto assemblyai_error = [](const std::string &words) {
    return Json{{"error", words}}.dump();
  };
  assemblyai.wrong_key = [=](const std::string &words) {
    return Wording{401, assemblyai_error(words)};
  };
  assemblyai.no_credit = {400, assemblyai_error("Your current account balance is negative. Please "
                                                "top up to continue using the API.")};
  assemblyai.too_many = {429, assemblyai_error("Too Many Requests")};
  assemblyai.fault = {500, assemblyai_error("Server error, developers have been alerted.")};
  assemblyai.requests = 4;  // upload, order, read, delete

  std::vector<PortCase> out = {
      openai("openai transcriber", "openai", "/v1", hears(openai_transcriber)),
      openai("azure transcriber", "azure", "", hears(azure_transcriber)),
      elevenlabs("elevenlabs transcriber", hears(elevenlabs_transcriber)),
      deepgram,
      assemblyai,
      openai("openai model", "openai", "/v1", answers(openai_model)),
      openai("azure model", "azure", "", answers(azure_model)),
      anthropic,
      gemini,
      openai("openai voice", "openai", "/v1", says(openai_voice)),
      openai("azure voice", "azure", "", says(azure_voice)),
      elevenlabs("elevenlabs voice", says(elevenlabs_voice)),
  };
  for (PortCase &port : out) {
    port.binary = port.name == "openai voice" || port.name == "azure voice";
  }
  return out;
}

}  // namespace saleschecklist::test

#endif
