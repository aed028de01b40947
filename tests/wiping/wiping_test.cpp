// Keys do not stay behind in memory that the library released.
#include "base/sha256.hpp"
#include "freed_blocks.hpp"
#include "net/raw_server.hpp"
#include "storage/s3/client.hpp"
#include "support/temporary_folder.hpp"

#include <saleschecklist/saleschecklist.hpp>

#include <doctest/doctest.h>

#include <memory>
#include <optional>

using namespace saleschecklist;
using namespace saleschecklist::test;

namespace {

const std::string key = "sk-0123456789abcdef-wiping";
const std::vector<std::string> words = {key};

// A server that gives one reply to all requests, in threads that are not searched.
class Server {
 public:
  explicit Server(const std::string &all) {
    const Bystander threads;
    server_.emplace([all](Connection &c, const std::string &) { c.write(all); });
  }

  std::string url() const { return server_->url(""); }
  std::vector<std::string> requests() const { return server_->requests(); }

 private:
  std::optional<RawServer> server_;
};

std::string answered() {
  const std::string body = R"({"id": "1", "choices": [{"finish_reason": "stop",
    "message": {"role": "assistant", "content": "yes"}}]})";
  return reply(200, body, "Content-Type: application/json\r\n");
}

std::string refused(int status) {
  return reply(status, R"({"error": {"message": "not now"}})",
               "Content-Type: application/json\r\n");
}

// Without waits, so that attempts follow each other at once.
std::shared_ptr<Network> network(NetworkOptions options = {}) {
  options.first_wait_ms = options.longest_wait_ms = options.rate_limit_wait_ms = 0;
  return open_network(options).value();
}

// What the ports of each provider do with a key, up to the reply.
void use_all(const std::string &url, const std::shared_ptr<Network> &over) {
  for (const char *id : {"openai", "azure:m", "anthropic", "gemini"}) {
    const auto port = open_model(id, {.key = Secret(key), .base_url = url, .network = over});
    Usage usage;
    static_cast<void>(port.value()->complete({"Be brief.", "", "Yes?", "", ""}, usage));
  }
  for (const char *id : {"openai", "azure:m", "elevenlabs", "deepgram", "assemblyai"}) {
    const auto port = open_transcriber(id, {.key = Secret(key), .base_url = url, .network = over});
    Usage usage;
    static_cast<void>(port.value()->transcribe({"fLaC", "a.flac", "audio/flac", 1'000}, usage));
  }
  for (const char *id : {"openai", "azure:m", "elevenlabs"}) {
    const auto port =
        open_voice(id, {.key = Secret(key), .base_url = url, .voice = "v", .network = over});
    Usage usage;
    static_cast<void>(port.value()->synthesize({"Hello."}, usage));
  }
}

bool was_sent(const Server &server) {
  for (const std::string &request : server.requests()) {
    if (request.find(key) != std::string::npos) return true;
  }
  return false;
}

}  // namespace

TEST_CASE("the search finds a key that was freed, and none where it was overwritten") {
  const FreedBlocks freed(words);
  { const std::string copy = "Bearer " + key; }
  const int found = freed.found();
  CHECK(found >= 1);
  {
    std::string copy = "Bearer " + key;
    const int before = freed.found();  // the sum may have freed a smaller block
    Secret::wipe(copy);
    CHECK(copy.empty());
    copy = std::string();
    CHECK(freed.found() == before);
  }
}

TEST_CASE("a secret leaves no copy, however it is copied, moved and assigned, long or short") {
  for (const std::string &word : {key, std::string("short-key")}) {
    CAPTURE(word);
    const std::vector<std::string> searched = {word};
    const FreedBlocks freed(searched);
    auto first = std::make_unique<Secret>(word);
    auto second = std::make_unique<Secret>(*first);
    auto third = std::make_unique<Secret>(std::move(*first));
    first.reset();
    *second = *third;
    *second = Secret("another value that is as long as the key was");
    *third = std::move(*second);
    second = std::make_unique<Secret>(word);
    *second = *second;  // NOLINT
    CHECK(second->reveal() == word);
    second.reset();
    third.reset();
    std::vector<Secret> grown;
    for (int i = 0; i < 20; ++i) grown.emplace_back(word);
    grown.clear();
    grown.shrink_to_fit();
    CHECK(freed.found() == 0);
  }
}

TEST_CASE("a request leaves no copy of its key, whatever the reply") {
  for (const std::string &all :
       {answered(), refused(401), refused(429), refused(503), std::string("no HTTP\r\n\r\n")}) {
    CAPTURE(all);
    const Server server(all);
    const std::string url = server.url();
    {
      const FreedBlocks freed(words);
      use_all(url, network());
      CHECK(freed.found() == 0);
    }
    CHECK(was_sent(server));
  }
}

TEST_CASE("a recorded request leaves no copy of its key, in the files neither") {
  const Server server(answered());
  const TemporaryFolder folder;
  const std::string url = server.url(), path = folder.path("cassette");
  const FreedBlocks freed(words);
  NetworkOptions options;
  options.transport = record_transport(curl_transport().value(), path).value();
  use_all(url, network(options));
  options.transport = replay_transport(path).value();
  use_all(url, network(options));
  CHECK(freed.found() == 0);
}

TEST_CASE("a header of the host that takes the key's place leaves no copy of either") {
  const Server server(answered());
  ProviderOptions options{.key = Secret(key), .base_url = server.url()};
  options.headers = {{"Authorization", "Bearer " + key + "-of-the-gateway"}};
  {
    const auto port = openai_model(options).value();  // holds its own copy of the options
    const FreedBlocks freed(words);
    Usage usage;
    CHECK(port->complete({"Be brief.", "", "Yes?", "", ""}, usage).value().text == "yes");
    CHECK(freed.found() == 0);
  }
  CHECK(was_sent(server));
}

TEST_CASE("options of services leave no copy of a key that they were read from") {
  const Server server(answered());
  const std::string json = R"({"model": "openai:some-model", "providers": {"openai": {"key": ")" +
                           key + R"(", "base_url": ")" + server.url() + R"("}}})";
  const std::string broken = json.substr(0, json.size() - 1);
  const std::string unknown = R"({"model": 7, "providers": {"openai": {"key": ")" + key + R"("}}})";
  const std::string lines = "# keys\nOPENAI_API_KEY = \"" + key + "\"\nGEMINI_API_KEY=" + key;
  {
    const FreedBlocks freed(words);
    {
      const Services services = open_services(services_options_from_json(json).value()).value();
      Usage usage;
      CHECK(services.model->complete({"Be brief.", "", "Yes?", "", ""}, usage).value().text ==
            "yes");
    }
    CHECK(services_options_from_json(broken).error().code == ErrorCode::invalid_input);
    CHECK(services_options_from_json(unknown).error().code == ErrorCode::invalid_input);
    CHECK(providers_from_text(lines).value().at("openai").key.reveal() == key);
    CHECK(freed.found() == 0);
  }
  CHECK(was_sent(server));
}

TEST_CASE("a signed request leaves no copy of the secrets and of the keys derived from them") {
  constexpr std::int64_t now = 1'369'353'600;  // 2013-05-24
  const std::string token = "session-token-0123456789";
  std::vector<std::string> searched = {key, token};
  std::string derived = "AWS4" + key;
  for (const char *part : {"20130524", "us-east-1", "s3", "aws4_request"}) {
    derived = base::hmac_sha256(derived, part);
    searched.push_back(derived);
  }
  for (const int status : {200, 403, 500}) {
    CAPTURE(status);
    const Server server(reply(status, ""));
    const std::string url = server.url();
    {
      const FreedBlocks freed(searched);
      S3Options options{.bucket = "calls",
                        .endpoint = url,
                        .path_style = true,
                        .access_key = "AKID",
                        .network = network()};
      options.secret_key = Secret(key);
      options.session_token = Secret(token);
      storage::S3Tuning tuning;
      tuning.now = [] { return now; };
      const auto blobs = storage::tuned_s3_blobs(options, tuning).value();
      CHECK(static_cast<bool>(blobs->put({"a.txt", "text/plain", "words"})) == (status == 200));
      CHECK(freed.found() == 0);
    }
    CHECK(server.requests().at(0).find("20130524/us-east-1/s3/aws4_request") != std::string::npos);
  }
}

TEST_CASE("a proxy's password leaves no copy in the transport") {
  const Server server(refused(407));
  const std::string host = server.url().substr(7);
  CurlOptions options;
  options.proxy = "http://me:" + key + "@" + host;
  const FreedBlocks freed(words);
  {
    const auto transport = curl_transport(options).value();
    HttpRequest request;
    request.url = "http://service.example/";
    CHECK(transport->send(request).value().status == 407);
    request.url = "https://service.example/";
    CHECK(transport->send(request).error().code == ErrorCode::network);
  }
  CHECK(freed.found() == 0);
}

TEST_CASE("a database's password leaves no copy in the store that cannot be opened") {
  const std::string url = "postgresql://me:" + key + "@127.0.0.1:1/deals";
  const FreedBlocks freed(words);
  CHECK_FALSE(postgres_store(url));
  CHECK(freed.found() == 0);
}
