// Small servers of the services' APIs on loopback. They check what is sent as the services do, and
// misbehave when they are told to.
#ifndef SALESCHECKLIST_TESTS_FAKE_SERVICES_HPP
#define SALESCHECKLIST_TESTS_FAKE_SERVICES_HPP

#include "fake_transcribers.hpp"

#include <saleschecklist/saleschecklist.hpp>

#include <atomic>
#include <deque>
#include <functional>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <vector>

namespace saleschecklist::test {

using Handler = std::function<void(const httplib::Request &, httplib::Response &)>;

inline Handler answer(int status, std::string body, std::string type = "application/json",
                      httplib::Headers headers = {}) {
  return [=](const httplib::Request &, httplib::Response &response) {
    response.status = status;
    for (const auto &[name, value] : headers) response.set_header(name, value);
    response.set_content(body, type.c_str());
  };
}

// A stream whose bytes come a few at a time, or a hundredth, so that characters and lines are cut.
inline void stream_bytes(httplib::Response &response, const std::string &body) {
  response.set_chunked_content_provider(
      "text/event-stream", [body](std::size_t offset, httplib::DataSink &sink) {
        const std::size_t part = std::max<std::size_t>(7, body.size() / 100);
        const std::size_t size = std::min(part, body.size() - offset);
        if (size == 0) {
          sink.done();
          return true;
        }
        return sink.write(body.data() + offset, size);
      });
}

inline Handler answer_stream(std::string body) {
  return
      [=](const httplib::Request &, httplib::Response &response) { stream_bytes(response, body); };
}

// What strict structured output asks of a schema, all the way down; "" when it is met.
inline std::string strict_fault(const Json &schema, const std::string &place = "#") {
  if (!schema.is_object()) return place + ": not an object";
  for (const char *word : {"allOf", "not", "if", "then", "else", "dependentRequired"}) {
    if (schema.contains(word)) return place + ": " + word + " is not permitted";
  }
  const auto is_object = [&] {
    const Json type = schema.value("type", Json());
    return type == "object" || (type.is_array() && type.dump().find("object") != std::string::npos);
  };
  if (is_object()) {
    if (schema.value("additionalProperties", Json()) != false) {
      return place + ": 'additionalProperties' is required to be supplied and to be false";
    }
    std::set<std::string> required;
    const Json names = schema.value("required", Json::array());
    for (const Json &name : names) required.insert(name);
    const Json properties = schema.value("properties", Json::object());
    for (const auto &[name, property] : properties.items()) {
      if (required.erase(name) == 0) return place + ": 'required' lacks " + name;
      if (auto fault = strict_fault(property, place + "/" + name); !fault.empty()) return fault;
    }
    if (!required.empty()) return place + ": 'required' names what is not there";
  }
  if (schema.contains("items")) {
    if (auto fault = strict_fault(schema["items"], place + "/items"); !fault.empty()) return fault;
  }
  for (const char *list : {"anyOf", "$defs"}) {
    const Json parts = schema.value(list, Json::object());
    for (const auto &[name, part] : parts.items()) {
      if (auto f = strict_fault(part, place + "/" + list + "/" + name); !f.empty()) return f;
    }
  }
  return "";
}

class FakeServices {
 public:
  // What the normal replies hold.
  std::string text = R"({"answer":"yes"})";
  // Instead of `text`, what is made of the body of the request; set before the first one.
  std::function<std::string(const std::string &body)> write;
  // Adds to a normal reply, or refuses the request and returns false; one at a time.
  std::function<bool(const httplib::Request &, httplib::Response &)> limit;
  std::string finish = "stop";  // OpenAI's words, also for the other services
  std::string refusal;
  std::int64_t silence_ms = 0;  // before each reply
  int unfinished = 0;           // how often AssemblyAI's transcript is asked for before it is ready

  FakeServices() {
    server_.set_keep_alive_timeout(1);
    server_.set_tcp_nodelay(true);
    const auto taken = [this](const httplib::Request &request, httplib::Response &response) {
      take(request, response);
    };
    server_.Post(".*", taken);
    server_.Get("/v2/.*", taken);
    server_.Delete("/v2/.*", taken);
    server_.Get(
        ".*", [](const httplib::Request &, httplib::Response &response) { response.status = 405; });
    port_ = server_.bind_to_any_port("127.0.0.1");
    thread_ = std::thread([this] { server_.listen_after_bind(); });
    while (!server_.is_running()) std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  ~FakeServices() {
    stopping_ = true;
    server_.stop();
    thread_.join();
  }

  std::string url() const { return "http://127.0.0.1:" + std::to_string(port_); }

  // The next request is answered so instead; may be called several times.
  void next(Handler handler) {
    const std::lock_guard lock(mutex_);
    queue_.push_back(std::move(handler));
  }
  void always(Handler handler) {
    const std::lock_guard lock(mutex_);
    always_ = std::move(handler);
  }

  std::vector<httplib::Request> requests() const {
    const std::lock_guard lock(mutex_);
    return requests_;
  }
  Json last_json() const { return Json::parse(requests().back().body); }

  // What was wrong with the requests that were answered normally.
  std::vector<std::string> faults() const {
    const std::lock_guard lock(mutex_);
    return faults_;
  }

 private:
  void take(const httplib::Request &request, httplib::Response &response) {
    Handler handler;
    {
      const std::lock_guard lock(mutex_);
      requests_.push_back(request);
      handler = always_;
      if (!queue_.empty()) {
        handler = queue_.front();
        queue_.pop_front();
      }
    }
    for (std::int64_t ms = 0; ms < silence_ms && !stopping_; ms += 5) {
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    if (handler) return handler(request, response);
    if (limit) {
      const std::lock_guard lock(mutex_);
      if (!limit(request, response)) return;
    }
    try {
      route(request, response);
    } catch (const BadRequest &bad) {
      const std::lock_guard lock(mutex_);
      faults_.push_back(request.path + ": " + bad.why);
      response.status = 400;
      response.set_content(Json{{"error", {{"message", bad.why}}}}.dump(), "application/json");
    } catch (const std::exception &error) {
      const std::lock_guard lock(mutex_);
      faults_.push_back(request.path + ": " + error.what());
      response.status = 400;
    }
  }

  void route(const httplib::Request &request, httplib::Response &response) {
    const std::string &path = request.path;
    const auto ends = [&](const std::string &tail) {
      return path.size() >= tail.size() && path.substr(path.size() - tail.size()) == tail;
    };
    require(request.get_header_value("User-Agent").rfind("saleschecklist/", 0) == 0, "no agent");
    if (path.rfind("/openai/deployments/", 0) == 0) {
      require(request.get_header_value("api-key") == fake_key, "no api-key");
      require(request.has_param("api-version"), "no api-version");
      response.set_header("apim-request-id", "req-azure");
    } else if (ends("/chat/completions") || path.rfind("/v1/audio/", 0) == 0) {
      require(request.get_header_value("Authorization") == "Bearer " + fake_key, "no bearer");
      response.set_header("x-request-id", "req-openai");
    }
    if (ends("/chat/completions")) return chat(request, response);
    if (ends("/audio/transcriptions")) return transcription(request, response);
    if (ends("/audio/speech")) return speech(request, response);
    if (path == "/v1/messages") return messages(request, response);
    if (path.rfind("/v1beta/models/", 0) == 0) return gemini(request, response);
    if (path.rfind("/v1/text-to-speech/", 0) == 0) return elevenlabs_speech(request, response);
    if (path == "/v1/speech-to-text") return scribe(request, response);
    if (path == "/v1/listen") return fake_deepgram(request, response);
    if (path.rfind("/v2/", 0) == 0) {
      const std::lock_guard lock(mutex_);
      return fake_assemblyai(request, response, unfinished);
    }
    require(false, "nothing answers here");
  }

  std::string text_for(const httplib::Request &request) const {
    return write ? write(request.body) : text;
  }

  static void require_json(const httplib::Request &request) {
    require(request.get_header_value("Content-Type") == "application/json", "no content type");
  }

  // The text in pieces of one code point.
  std::vector<std::string> pieces(const std::string &text) const {
    if (write) return {text};  // long
    std::vector<std::string> out;
    for (const char c : text) {
      if ((static_cast<unsigned char>(c) & 0xC0) != 0x80) out.emplace_back();
      out.back() += c;
    }
    return out;
  }

  void chat(const httplib::Request &request, httplib::Response &response) const {
    require_json(request);
    const Json body = Json::parse(request.body);
    static const std::set<std::string> known = {
        "model",          "messages",        "max_completion_tokens", "max_tokens",
        "temperature",    "response_format", "prompt_cache_key",      "stream",
        "stream_options", "reasoning_effort"};
    for (const auto &[name, value] : body.items()) require(known.count(name) == 1, name);
    require(body.at("model").is_string() && body.at("messages").size() == 2, "model, messages");
    require(body["messages"][0].at("role") == "system", "no system");
    require(body["messages"][1].at("role") == "user", "no user");
    require(body.contains("max_tokens") != body.contains("max_completion_tokens"), "max_tokens");
    if (body.contains("response_format")) {
      const Json &format = body["response_format"];
      if (format.at("type") == "json_schema") {
        require(format.at("json_schema").at("strict") == true, "not strict");
        require(!format.at("json_schema").at("name").get<std::string>().empty(), "no name");
        require(strict_fault(format.at("json_schema").at("schema")).empty(), "schema");
      }
    }
    const Json usage = {{"prompt_tokens", 100},
                        {"completion_tokens", 20},
                        {"prompt_tokens_details", {{"cached_tokens", 64}}}};
    const Json no = nullptr;
    const Json declined = refusal.empty() ? no : Json(refusal);
    const std::string written = text_for(request);
    const Json content = refusal.empty() ? Json(written) : no;
    if (!body.value("stream", false)) {
      const Json message = {{"role", "assistant"}, {"content", content}, {"refusal", declined}};
      const Json choice = {{"index", 0}, {"message", message}, {"finish_reason", finish}};
      const Json reply = {
          {"id", "chatcmpl-1"}, {"choices", Json::array({choice})}, {"usage", usage}};
      return response.set_content(reply.dump(), "application/json");
    }
    std::string events = ": processing\n\n";
    const auto event = [&](const Json &delta, const Json &reason) {
      const Json choice = {{"index", 0}, {"delta", delta}, {"finish_reason", reason}};
      events +=
          "data: " + Json{{"id", "chatcmpl-1"}, {"choices", Json::array({choice})}}.dump() + "\n\n";
    };
    event({{"role", "assistant"}, {"content", ""}}, no);
    if (!refusal.empty()) event({{"refusal", refusal}}, no);
    for (const std::string &piece : pieces(written)) {
      if (refusal.empty()) event({{"content", piece}}, no);
    }
    event(Json::object(), finish);
    if (body.contains("stream_options")) {
      events += "data: " + Json{{"choices", Json::array()}, {"usage", usage}}.dump() + "\n\n";
    }
    stream_bytes(response, events + "data: [DONE]\n\n");
  }

  static void speech(const httplib::Request &request, httplib::Response &response) {
    require_json(request);
    const Json body = Json::parse(request.body);
    require(!body.at("input").get<std::string>().empty(), "input");
    require(body.at("voice").is_string() && body.at("response_format") == "mp3", "voice");
    response.set_content(std::string("\xFF\xFB\x90\0sound", 9), "audio/mpeg");
  }

  void messages(const httplib::Request &request, httplib::Response &response) const {
    require_json(request);
    require(request.get_header_value("x-api-key") == fake_key, "no x-api-key");
    require(request.get_header_value("anthropic-version") == "2023-06-01", "no version");
    response.set_header("request-id", "req-anthropic");
    const Json body = Json::parse(request.body);
    require(body.at("max_tokens").get<int>() > 0 && body.at("model").is_string(), "max_tokens");
    require(body.at("system").is_array(), "system");
    int marked = 0;
    for (const Json &block : body.at("messages").at(0).at("content")) {
      require(block.at("type") == "text" && !block.at("text").get<std::string>().empty(), "text");
      marked += block.contains("cache_control") ? 1 : 0;
    }
    require(marked == 1, "the shared part is not marked");
    if (body.contains("output_config")) {
      const Json &format = body["output_config"].at("format");
      require(format.at("type") == "json_schema", "format");
      require(strict_fault(format.at("schema")).empty(), "schema");
    }
    std::string stop = finish == "stop" ? "end_turn" : finish == "length" ? "max_tokens" : finish;
    const bool tool = body.contains("tools");
    if (tool) {
      require(body.at("tool_choice").at("name") == body["tools"][0].at("name"), "tool");
      stop = "tool_use";
    }
    if (!refusal.empty()) stop = "refusal";
    const std::string said = refusal.empty() ? text_for(request) : refusal;
    const Json usage = {{"input_tokens", 36},
                        {"cache_read_input_tokens", 64},
                        {"cache_creation_input_tokens", 0},
                        {"output_tokens", 20}};
    if (!body.value("stream", false)) {
      const Json block = tool ? Json{{"type", "tool_use"}, {"input", Json::parse(said)}}
                              : Json{{"type", "text"}, {"text", said}};
      const Json reply = {{"id", "msg_1"},
                          {"type", "message"},
                          {"content", Json::array({block})},
                          {"stop_reason", stop},
                          {"usage", usage}};
      return response.set_content(reply.dump(), "application/json");
    }
    std::string events;
    const auto event = [&](const char *name, Json data) {
      data["type"] = name;
      events += std::string("event: ") + name + "\ndata: " + data.dump() + "\n\n";
    };
    event("message_start", {{"message", {{"id", "msg_1"}, {"usage", usage}}}});
    event("content_block_start", {{"index", 0}, {"content_block", {{"type", "text"}}}});
    event("ping", Json::object());
    const std::vector<std::string> all = refusal.empty() ? pieces(said) : std::vector{refusal};
    for (const std::string &piece : all) {
      event("content_block_delta", {{"delta", {{"type", "text_delta"}, {"text", piece}}}});
    }
    event("content_block_stop", {{"index", 0}});
    event("message_delta",
          {{"delta", {{"stop_reason", stop}}}, {"usage", {{"output_tokens", 20}}}});
    event("message_stop", Json::object());
    stream_bytes(response, events);
  }

  void gemini(const httplib::Request &request, httplib::Response &response) const {
    require_json(request);
    require(request.get_header_value("x-goog-api-key") == fake_key, "no key");
    require(!request.has_param("key"), "the key is in the URL");
    const Json body = Json::parse(request.body);
    require(body.at("contents").at(0).at("role") == "user", "role");
    require(body.at("systemInstruction").at("parts").at(0).contains("text"), "system");
    const Json &config = body.at("generationConfig");
    require(config.at("maxOutputTokens").get<int>() > 0, "maxOutputTokens");
    if (config.contains("responseJsonSchema")) {
      require(config.at("responseMimeType") == "application/json", "mime type");
    }
    const Json usage = {{"promptTokenCount", 100},
                        {"candidatesTokenCount", 15},
                        {"thoughtsTokenCount", 5},
                        {"cachedContentTokenCount", 64}};
    const Json reason = finish == "stop"             ? "STOP"
                        : finish == "length"         ? "MAX_TOKENS"
                        : finish == "content_filter" ? "SAFETY"
                                                     : finish;
    const auto reply = [&](const std::string &said, const Json &why) {
      Json candidate = {{"content", {{"parts", Json::array({{{"text", said}}})}}}};
      if (!why.is_null()) candidate["finishReason"] = why;
      return Json{{"responseId", "req-gemini"},
                  {"candidates", Json::array({candidate})},
                  {"usageMetadata", usage}};
    };
    if (request.path.find(":streamGenerateContent") == std::string::npos) {
      return response.set_content(reply(text_for(request), reason).dump(), "application/json");
    }
    require(request.get_param_value("alt") == "sse", "alt");
    std::string events;
    for (const std::string &piece : pieces(text_for(request))) {
      events += "data: " + reply(piece, nullptr).dump() + "\r\n\r\n";
    }
    stream_bytes(response, events + "data: " + reply("", reason).dump() + "\r\n\r\n");
  }

  static void elevenlabs_speech(const httplib::Request &request, httplib::Response &response) {
    require_json(request);
    require(request.get_header_value("xi-api-key") == fake_key, "no xi-api-key");
    require(request.path.find("/with-timestamps") != std::string::npos, "without times");
    require(request.get_param_value("output_format") == "mp3_44100_128", "output_format");
    const Json body = Json::parse(request.body);
    const std::string text = body.at("text");
    if (body.at("model_id") == "eleven_v3") {
      require(!body.contains("previous_text") && !body.contains("next_text"), "v3 refuses these");
    }
    require(body.value("previous_request_ids", Json::array()).size() <= 3, "too many ids");
    Json characters = Json::array(), begins = Json::array(), ends = Json::array();
    for (const char c : text) {
      if ((static_cast<unsigned char>(c) & 0xC0) != 0x80) {
        begins.push_back(0.05 * static_cast<double>(characters.size()));
        characters.push_back("");
        ends.push_back(0.05 * static_cast<double>(characters.size()));
      }
      auto &last = characters.back().get_ref<std::string &>();
      last += c;
    }
    response.set_header("request-id", "req-elevenlabs");
    response.set_header("character-cost", std::to_string(characters.size()));
    const Json alignment = {{"characters", characters},
                            {"character_start_times_seconds", begins},
                            {"character_end_times_seconds", ends}};
    const Json reply = {{"audio_base64", "//tzb3VuZA=="}, {"alignment", alignment}};
    response.set_content(reply.dump(), "application/json");
  }

  httplib::Server server_;
  int port_ = 0;
  std::thread thread_;
  std::atomic<bool> stopping_{false};
  mutable std::mutex mutex_;
  std::deque<Handler> queue_;
  Handler always_;
  std::vector<httplib::Request> requests_;
  std::vector<std::string> faults_;
};

}  // namespace saleschecklist::test

#endif
