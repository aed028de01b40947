// The limits of models: as servers tell them, before a question or when they refuse one.
#include "assess/model/models.hpp"
#include "support/support.hpp"

#include <doctest/doctest.h>

#include <map>

using namespace saleschecklist;
using namespace saleschecklist::test;

namespace {

// A server that replies to GET and POST by path, and fails questions with `refusal`.
class LimitServer {
 public:
  explicit LimitServer(std::map<std::string, std::string> replies) : replies_(std::move(replies)) {
    const auto reply = [this](const httplib::Request &request, httplib::Response &response) {
      asked.push_back(request.method + " " + request.path);
      const auto found = replies_.find(request.path);
      if (found == replies_.end()) {
        response.status = 404;
        return;
      }
      response.set_content(found->second, "application/json");
    };
    server_.Get(".*", reply);
    server_.Post(".*", reply);
    port_ = server_.bind_to_any_port("127.0.0.1");
    thread_ = std::thread([this] { server_.listen_after_bind(); });
    while (!server_.is_running()) std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  ~LimitServer() {
    server_.stop();
    thread_.join();
  }
  std::string url() const { return "http://127.0.0.1:" + std::to_string(port_); }

  std::vector<std::string> asked;

 private:
  std::map<std::string, std::string> replies_;
  httplib::Server server_;
  int port_ = 0;
  std::thread thread_;
};

struct Told {
  const char *what;
  const char *provider;
  const char *model;
  std::map<std::string, std::string> replies;
  std::int64_t context;
  std::int64_t output;
};

const std::string show =
    R"({"model_info":{"general.architecture":"llama","llama.context_length":131072},)";

const std::vector<Told> &all_told() {
  static const std::vector<Told> out = {
      {"vLLM",
       "openai",
       "qwen",
       {{"/v1/models", R"({"data":[{"id":"qwen","max_model_len":32768}]})"}},
       32'768,
       16'384},
      {"OpenRouter",
       "openai",
       "z-ai/glm-9",
       {{"/v1/models", R"({"data":[{"id":"other","context_length":1},{"id":"z-ai/glm-9",
          "context_length":202752,"top_provider":{"context_length":131072,"max_completion_tokens":65536}}]})"}},
       131'072,
       65'536},
      {"Groq",
       "openai",
       "kimi",
       {{"/v1/models",
         R"({"data":[{"id":"kimi","context_window":262144,"max_completion_tokens":16000}]})"}},
       262'144,
       16'000},
      {"llama.cpp",
       "openai",
       "gguf",
       {{"/v1/models", R"({"data":[{"id":"gguf","meta":{"n_ctx_train":40960}}]})"}},
       40'960,
       16'384},
      {"LM Studio",
       "openai",
       "phi",
       {{"/v1/models", R"({"data":[{"id":"phi"}]})"},
        {"/api/v0/models",
         R"({"data":[{"id":"phi","max_context_length":131072,"loaded_context_length":8192}]})"}},
       8'192,
       4'096},
      {"Ollama, configured",
       "openai",
       "llama9",
       {{"/api/version", R"({"version":"0.30.1"})"},
        {"/api/show", show + R"("parameters":"stop \"x\"\nnum_ctx      16384\n"})"}},
       16'384,
       8'192},
      {"Ollama, running",
       "openai",
       "llama9",
       {{"/api/version", R"({"version":"0.30.1"})"},
        {"/api/show", show + R"("parameters":""})"},
        {"/api/ps", R"({"models":[{"name":"llama9","context_length":32768}]})"}},
       32'768,
       16'384},
      {"Ollama, as it is",
       "openai",
       "llama9",
       {{"/api/version", R"({"version":"0.30.1"})"}, {"/api/show", show + R"("parameters":""})"}},
       4'096,
       2'048},
      {"Gemini",
       "gemini",
       "gemini-9-quark",
       {{"/v1beta/models/gemini-9-quark",
         R"({"inputTokenLimit":2097152,"outputTokenLimit":131072})"}},
       2'097'152,
       131'072},
      {"Anthropic",
       "anthropic",
       "claude-new",
       {{"/v1/models/claude-new", R"({"max_input_tokens":500000,"max_tokens":64000})"}},
       500'000,
       64'000},
      {"nothing", "openai", "unheard-of", {}, 128'000, 16'384},
      {"nonsense",
       "openai",
       "odd",
       {{"/v1/models", R"({"data":[{"id":"odd","context_length":-5,"max_model_len":"many"}]})"}},
       128'000,
       16'384},
      {"not JSON", "openai", "odd", {{"/v1/models", "<html>"}}, 128'000, 16'384},
  };
  return out;
}

ProviderOptions options_at(const std::string &url, const Told &told) {
  ProviderOptions out;
  out.key = Secret(fake_key);
  out.model = told.model;
  out.base_url = url + (std::string(told.provider) == "gemini" ? "/v1beta" : "/v1");
  out.network = quick_network();
  return out;
}

}  // namespace

TEST_CASE("the limits of a model are those that its server tells, asked for once") {
  for (const Told &told : all_told()) {
    CAPTURE(std::string(told.what));
    LimitServer server(told.replies);
    const auto model = open_model(told.provider, options_at(server.url(), told)).value();
    CHECK(server.asked.empty());
    model->discover({});
    CHECK(model->info().context_tokens == told.context);
    CHECK(model->info().max_output_tokens == told.output);
    const std::size_t asked = server.asked.size();
    model->discover({});
    CHECK(server.asked.size() == asked);
  }
}

TEST_CASE("what the host says of a model is not asked for") {
  const Told &told = all_told().front();
  LimitServer server(told.replies);
  ProviderOptions options = options_at(server.url(), told);
  options.context_tokens = 9'000;
  options.max_output_tokens = 1'000;
  const auto model = openai_model(options).value();
  model->discover({});
  CHECK(server.asked.empty());
  CHECK(model->info().context_tokens == 9'000);
  CHECK(model->info().max_output_tokens == 1'000);
}

TEST_CASE("the context is learned from a refusal") {
  const std::map<std::string, std::int64_t> refusals = {
      {"This model's maximum context length is 8192 tokens. However, you requested 9000 tokens "
       "(5000 "
       "in the messages, 4000 in the completion).",
       8'192},
      {"the request exceeds the available context size (4096 tokens), try increasing it", 4'096},
      {"Requested tokens exceed context window of 2,048", 2'048},
      {"prompt is too long: 210000 tokens > 100000 maximum", 100'000},
      {"the maximum context length was exceeded", 64'000},  // half of what was thought
  };
  for (const auto &[message, context] : refusals) {
    CAPTURE(message);
    FakeServices server;
    server.next(refuse(message, "messages", "context_length_exceeded"));
    const auto model = open(server, model_of("openai"), "unheard-of");
    Usage usage;
    CHECK_FALSE(model->complete(small_question(), usage));
    CHECK(model->info().context_tokens == context);
  }
}

TEST_CASE("a call that is too long for a model is asked about again in shorter passages") {
  FakeServices server;
  std::atomic<int> refused{0};
  server.always([&](const httplib::Request &request, httplib::Response &response) {
    if (request.body.size() > 40'000) {
      ++refused;
      response.status = 400;
      return response.set_content(
          R"({"error":{"message":"maximum context length is 8192 tokens","code":"context_length_exceeded"}})",
          "application/json");
    }
    const std::string text = all_no(request.body, Checklist::standard());
    const Json choice = {{"index", 0}, {"message", {{"content", text}}}, {"finish_reason", "stop"}};
    response.set_content(Json{{"choices", Json::array({choice})}}.dump(), "application/json");
  });
  std::string call;
  for (int i = 0; i < 400; ++i) {
    call += "Dana: How do you plan the routes of your trucks on a day like this, number " +
            std::to_string(i) + "?\nMarcus: By hand, and it takes us hours every morning.\n";
  }
  const auto model = open(server, model_of("openai"), "unheard-of");
  const auto out = assess(read_transcript(call, {{"Dana"}}).value(), Checklist::standard(), *model);
  if (!out) FAIL(to_string(out.error()));
  CHECK(refused > 0);
  CHECK_FALSE(out->failure);
  CHECK(model->info().context_tokens == 8'192);
}

TEST_CASE("reasoning models get an effort and room for it, others do not") {
  struct Row {
    const char *provider, *model, *effort;
    const char *pointer;  // of the effort in the request
    const char *wanted;
  };
  for (const Row &row : {Row{"openai", "gpt-6-luna", "", "/reasoning_effort", "low"},
                         Row{"openai", "gpt-6-luna", "high", "/reasoning_effort", "high"},
                         Row{"openai", "gpt-4.1", "", "/reasoning_effort", ""},
                         Row{"gemini", "gemini-3.8-flash", "",
                             "/generationConfig/thinkingConfig/thinkingLevel", "LOW"},
                         Row{"anthropic", "claude-sonnet-5", "", "/output_config/effort", "low"},
                         Row{"anthropic", "claude-haiku-4-5", "", "/output_config/effort", ""}}) {
    CAPTURE(std::string(row.model));
    FakeServices server;
    ProviderOptions options = options_for(server, model_of(row.provider));
    options.model = row.model;
    options.effort = row.effort;
    const auto model = open_model(row.provider, options).value();
    ModelRequest request = small_question();
    request.max_output_tokens = 500;
    reply_of(*model, request);
    const Json body = server.last_json();
    const Json::json_pointer place(row.pointer);
    CHECK((body.contains(place) ? body[place].get<std::string>() : "") == row.wanted);
    std::int64_t most = 0;
    for (const char *key :
         {"/max_tokens", "/max_completion_tokens", "/generationConfig/maxOutputTokens"}) {
      if (body.contains(Json::json_pointer(key))) most = body[Json::json_pointer(key)];
    }
    CHECK((most > 500) == (*row.wanted != '\0'));
  }
}

TEST_CASE("an effort that a service refuses is left out from then on") {
  for (const auto &[provider, id, message] :
       {std::tuple{"openai", "gpt-6-luna", "Unsupported parameter: 'reasoning_effort'"},
        std::tuple{"gemini", "gemini-3.8-flash", "Thinking level is not supported for this model."},
        std::tuple{"anthropic", "claude-sonnet-5",
                   "This model does not support the effort parameter."}}) {
    CAPTURE(std::string(provider));
    FakeServices server;
    const auto model = open(server, model_of(provider), id);
    server.next(refuse(message));
    reply_of(*model);
    reply_of(*model);
    CHECK(server.requests().size() == 3);
    CHECK(server.requests().back().body.find("effort") == std::string::npos);
    CHECK(server.requests().back().body.find("thinkingLevel") == std::string::npos);
  }
}

TEST_CASE("a reply that reasoning used up is asked for once more, with more room") {
  FakeServices server;
  std::vector<std::int64_t> most;
  server.always([&](const httplib::Request &request, httplib::Response &response) {
    const Json body = Json::parse(request.body);
    most.push_back(body.contains("max_tokens") ? body["max_tokens"]
                                               : body["max_completion_tokens"]);
    const bool first = most.size() == 1;
    const std::string text = all_no(request.body, Checklist::ten_point());
    const Json choice = {{"index", 0},
                         {"message", {{"content", first ? Json() : Json(text)}}},
                         {"finish_reason", first ? "length" : "stop"}};
    const Json usage = {{"prompt_tokens", 900},
                        {"completion_tokens", first ? 5'000 : 300},
                        {"completion_tokens_details", {{"reasoning_tokens", first ? 5'000 : 100}}}};
    response.set_content(Json{{"choices", Json::array({choice})}, {"usage", usage}}.dump(),
                         "application/json");
  });
  const auto model = open(server, model_of("openai"), "gpt-6-luna");
  Usage usage;
  AssessOptions options;
  options.parallel = 1;
  const auto out =
      assess(talk("Dana: How many trucks do you have?\nMarcus: Forty, and it is a pain.\n"),
             Checklist::ten_point(), *model, options, &usage);
  if (!out) FAIL(to_string(out.error()));
  CHECK_FALSE(out->failure);
  REQUIRE(most.size() >= 2);
  CHECK(most[1] >= most[0] + 12'000);
  CHECK(usage.tokens_reasoning >= 5'100);
}

TEST_CASE("a model that is shut down soon is told of, with the date") {
  CHECK(retirement_notice("openai:gpt-4.1-mini").find("2027-01-14") != std::string::npos);
  CHECK(retirement_notice("anthropic:claude-sonnet-4-5").find("2026-11-30") != std::string::npos);
  CHECK(retirement_notice("elevenlabs:scribe_v1").find("2026-07-09") != std::string::npos);
  CHECK(retirement_notice("openai:gpt-6-luna").empty());
  CHECK(retirement_notice("azure:gpt-4.1-mini").empty());
  CHECK(retirement_notice("").empty());
  for (const char *provider : {"openai", "anthropic", "gemini"}) {
    const std::string id =
        std::string(provider) + ":" + provider_defaults(provider, Port::model)->model;
    CHECK_MESSAGE(retirement_notice(id).empty(), id);
  }
  FakeServices server;
  const ModelReply reply = reply_of(*open(server, model_of("openai"), "gpt-4.1-mini"));
  REQUIRE(reply.notices.size() == 1);
  CHECK(reply.notices[0].find("shuts gpt-4.1-mini down on 2027-01-14") != std::string::npos);
}
