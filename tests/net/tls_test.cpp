// Whom curl_transport() trusts, and HTTP/2 where the server speaks it.
#include "environment.hpp"
#include "raw_server.hpp"
#include "support/support.hpp"
#include "support/temporary_folder.hpp"

#include <doctest/doctest.h>
#include <httplib.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>

#include <array>
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

TEST_CASE("the environment's certificates are trusted by those who ask for it, file or folder") {
  const Certificate right("IP:127.0.0.1");
  TlsServer server(right);
  const auto trusts = [&](const CurlOptions &options) {
    return curl_transport(options).value()->send(get(server.url())).has_value();
  };
  const TemporaryFolder folder;
  const std::string rehash = "cp " + right.file + " " + folder.path("ca.pem") +
                             " && openssl rehash " + folder.path() + " 2>/dev/null";
  REQUIRE(std::system(rehash.c_str()) == 0);
  const std::pair<const char *, std::string> variables[] = {{"SSL_CERT_FILE", right.file},
                                                            {"CURL_CA_BUNDLE", right.file},
                                                            {"SSL_CERT_DIR", folder.path()}};
  for (const auto &[name, value] : variables) {
    CAPTURE(std::string(name));
    const Environment set(Environment::Variables{{name, value}});
    CHECK_FALSE(trusts({}));
    CHECK(trusts(curl_from_environment()));
  }
  const Environment none({});
  CHECK_FALSE(trusts(curl_from_environment()));
}

// Passes bytes on between the two sides of a CONNECT until one of them ends.
void pass_on(int client, int server) {
  std::array<pollfd, 2> ends = {{{client, POLLIN, 0}, {server, POLLIN, 0}}};
  std::array<char, 1 << 14> buffer;
  while (::poll(ends.data(), 2, 5'000) > 0) {
    for (std::size_t i = 0; i < 2; ++i) {
      if ((ends[i].revents & (POLLIN | POLLHUP)) == 0) continue;
      const ssize_t size = ::recv(ends[i].fd, buffer.data(), buffer.size(), 0);
      if (size <= 0) return;
      ::send(ends[1 - i].fd, buffer.data(), static_cast<std::size_t>(size), MSG_NOSIGNAL);
    }
  }
}

TEST_CASE("a request of https goes through the tunnel of a proxy, which sees no header of it") {
  const Certificate right("IP:127.0.0.1");
  TlsServer server(right);
  RawServer proxy([&](Connection &c, const std::string &) {
    const int out = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const std::string url = server.url();
    address.sin_port = htons(static_cast<std::uint16_t>(std::stoi(url.substr(url.rfind(':') + 1))));
    REQUIRE(::connect(out, reinterpret_cast<sockaddr *>(&address), sizeof address) == 0);
    c.write("HTTP/1.1 200 Connection established\r\nX-Of: the proxy\r\n\r\n");
    pass_on(c.socket(), out);
    ::close(out);
    c.close();
  });
  CurlOptions options;
  options.https_proxy = "http://dana:s3cret-pw@" + proxy.url().substr(7);
  options.http_proxy = "http://127.0.0.1:1";
  options.ca_file = right.file;
  const auto got = curl_transport(options).value()->send(get(server.url()));
  REQUIRE(got);
  CHECK(got->body == "over TLS");
  CHECK(got->header("x-of").empty());
  const std::string seen = proxy.requests().at(0);
  CHECK(seen.find("CONNECT 127.0.0.1:") == 0);
  CHECK(seen.find("Proxy-Authorization: Basic ") != std::string::npos);
  CHECK(seen.find("sk-very-secret") == std::string::npos);
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
