// Whom curl_transport() trusts, and HTTP/2 where the server speaks it.
#include "support/support.hpp"
#include "support/temporary_folder.hpp"

#include <doctest/doctest.h>
#include <httplib.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>

#include <chrono>
#include <future>
#include <thread>

using namespace saleschecklist;
using namespace saleschecklist::test;

namespace {

// A certificate for `name`, signed by itself, with its key.
struct Certificate {
  explicit Certificate(const std::string &name) {
    const std::string command =
        "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj "
        "/CN=" +
        name + " -addext subjectAltName=" + name + " -keyout " + key + " -out " + file +
        " 2>/dev/null";
    REQUIRE(std::system(command.c_str()) == 0);
  }
  TemporaryFolder folder{};
  std::string file = folder.path("cert.pem"), key = folder.path("key.pem");
};

class TlsServer {
 public:
  explicit TlsServer(const Certificate &certificate)
      : server_(certificate.file.c_str(), certificate.key.c_str()) {
    server_.Get("/", [this](const httplib::Request &, httplib::Response &response) {
      ++asked;
      response.set_content("over TLS", "text/plain");
    });
    port_ = server_.bind_to_any_port("127.0.0.1");
    thread_ = std::thread([this] { server_.listen_after_bind(); });
    while (!server_.is_running()) std::this_thread::yield();
  }
  ~TlsServer() {
    server_.stop();
    thread_.join();
  }
  std::string url() const { return "https://127.0.0.1:" + std::to_string(port_) + "/"; }
  std::atomic<int> asked{0};

 private:
  httplib::SSLServer server_;
  int port_ = 0;
  std::thread thread_;
};

HttpRequest get(const std::string &url) {
  HttpRequest request;
  request.url = url;
  request.headers = {{"Authorization", "Bearer sk-very-secret"}};
  return request;
}

}  // namespace

TEST_CASE("a certificate that is trusted and names the host is accepted") {
  const Certificate right("IP:127.0.0.1");
  TlsServer server(right);
  const auto transport = curl_transport({{}, right.file}).value();
  CHECK(transport->send(get(server.url())).value().body == "over TLS");
}

TEST_CASE("an unknown issuer, a wrong name and plain HTTP get no request, hence no key") {
  const Certificate right("IP:127.0.0.1"), elsewhere("DNS:elsewhere.example");
  TlsServer stranger(right), other(elsewhere);
  const Error unknown = curl_transport().value()->send(get(stranger.url())).error();
  CHECK(unknown.code == ErrorCode::network);
  CHECK(unknown.message.find("certificate") != std::string::npos);
  const Error wrong_name =
      curl_transport({{}, elsewhere.file}).value()->send(get(other.url())).error();
  CHECK(wrong_name.code == ErrorCode::network);
  CHECK(stranger.asked == 0);
  CHECK(other.asked == 0);
  CHECK(to_string(unknown).find("secret") == std::string::npos);
}

TEST_CASE("a CA file that is not there is said") {
  const Certificate right("IP:127.0.0.1");
  TlsServer server(right);
  const Error error =
      curl_transport({{}, "/nowhere/ca.pem"}).value()->send(get(server.url())).error();
  CHECK(error.code == ErrorCode::network);
  CHECK(error.message.find("/nowhere/ca.pem") != std::string::npos);
}

TEST_CASE("requests to a server of HTTP/2 share one connection") {
  const char *const nghttpd = "/usr/sbin/nghttpd";
  if (!std::filesystem::exists(nghttpd)) {
    MESSAGE("not tested: nghttpd is not installed");
    return;
  }
  const Certificate right("IP:127.0.0.1");
  right.folder.write("page", "over HTTP/2");
  const std::string port = std::to_string(20'000 + ::getpid() % 20'000);
  const std::string root = "--htdocs=" + right.folder.path();
  const std::string log = right.folder.path("log");
  std::vector<std::string> words = {nghttpd,   "-v",      "--address=127.0.0.1", root, port,
                                    right.key, right.file};
  std::vector<char *> arguments;
  for (std::string &word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, 1, log.c_str(), O_WRONLY | O_CREAT, 0600);
  pid_t server = 0;
  REQUIRE(posix_spawn(&server, nghttpd, &actions, nullptr, arguments.data(), environ) == 0);
  posix_spawn_file_actions_destroy(&actions);

  const auto transport = curl_transport({{}, right.file}).value();
  const HttpRequest request = get("https://127.0.0.1:" + port + "/page");
  for (int i = 0; i < 200 && !transport->send(request); ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  std::vector<std::future<bool>> threads;
  for (int i = 0; i < 16; ++i) {
    threads.push_back(std::async(std::launch::async, [&] {
      const auto result = transport->send(request);
      return result && result->status == 200 && result->body == "over HTTP/2";
    }));
  }
  for (auto &thread : threads) CHECK(thread.get());
  ::kill(server, SIGTERM);
  ::waitpid(server, nullptr, 0);
  const std::string told = read_file(log);
  int connections = 0;
  for (std::size_t at = 0; (at = told.find("negotiated protocol: h2", at)) != std::string::npos;
       ++at)
    ++connections;
  CHECK_MESSAGE(connections == 1, told.substr(0, 2000));
}
