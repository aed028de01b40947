// Which proxy curl_transport() takes, what the environment may say about it, and what it never
// tells.
#include "net/proxy.hpp"

#include "environment.hpp"
#include "raw_server.hpp"
#include "support/support.hpp"
#include "support/temporary_folder.hpp"

#include <saleschecklist/cassette.hpp>
#include <saleschecklist/json.hpp>
#include <saleschecklist/storage.hpp>

#include <doctest/doctest.h>

#include <array>

using namespace saleschecklist;
using namespace saleschecklist::test;
using net::proxy_for;

namespace {

RawServer::Handler always(const std::string &bytes) {
  return [bytes](Connection &c, const std::string &) { c.write(bytes); };
}

HttpRequest get(const std::string &url) {
  HttpRequest request;
  request.url = url;
  return request;
}

std::string body_of(const CurlOptions &options, const std::string &url) {
  return curl_transport(options).value()->send(get(url)).value().body;
}

bool is_direct(const std::string &no_proxy, const std::string &url) {
  CurlOptions options;
  options.proxy = "http://proxy:1";
  options.no_proxy = no_proxy;
  return proxy_for(options, url).empty();
}

}  // namespace

TEST_CASE("the environment is not read unless it is asked for, by libcurl neither") {
  RawServer proxy(always(reply(200, "by proxy"))), server(always(reply(200, "directly")));
  const std::string url = server.url();
  for (const char *name : {"http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"}) {
    const Environment set(Environment::Variables{{name, proxy.url()}});
    CHECK(body_of({}, url) == "directly");
  }
  for (const char *name : {"no_proxy", "NO_PROXY"}) {
    const Environment set(Environment::Variables{{name, "*"}});
    CurlOptions options;
    options.proxy = proxy.url();
    CHECK(body_of(options, url) == "by proxy");
  }
  const Environment set(
      Environment::Variables{{"https_proxy", proxy.url()}, {"SSL_CERT_FILE", "/nowhere"}});
  const ServicesOptions plain = services_options_from_json("{}").value();
  CHECK(plain.curl.https_proxy.empty());
  CHECK(plain.curl.no_proxy.empty());
  CHECK(plain.curl.ca_file.empty());
}

TEST_CASE("a proxy of the environment is taken by those who ask for it") {
  RawServer proxy(always(reply(200, "by proxy")));
  for (const char *name : {"http_proxy", "all_proxy", "ALL_PROXY"}) {
    CAPTURE(name);
    const Environment set(Environment::Variables{{name, proxy.url()}});
    CHECK(body_of(curl_from_environment(), "http://service.example/x") == "by proxy");
    const auto asked = services_options_from_json(R"({"environment": true})").value();
    CHECK(body_of(asked.curl, "http://service.example/x") == "by proxy");
    CHECK(body_of(s3_from_environment().curl, "http://service.example/x") == "by proxy");
  }
  CHECK(proxy.requests().at(0).find("GET http://service.example/x HTTP/1.1\r\n") == 0);
}

TEST_CASE("https, http and all are told apart, and small letters go first") {
  const std::string https = "https://service.example/", http = "http://service.example/";
  {
    const Environment set(Environment::Variables{{"HTTPS_PROXY", "a:1"}});
    CHECK(proxy_for(curl_from_environment(), https) == "a:1");
    CHECK(proxy_for(curl_from_environment(), http).empty());
  }
  {
    const Environment set(Environment::Variables{
        {"HTTPS_PROXY", "a:1"}, {"https_proxy", "b:1"}, {"all_proxy", "c:1"}});
    CHECK(proxy_for(curl_from_environment(), https) == "b:1");
    CHECK(proxy_for(curl_from_environment(), http) == "c:1");
  }
  {
    const Environment set(
        Environment::Variables{{"https_proxy", ""}, {"HTTPS_PROXY", ""}, {"ALL_PROXY", "c:1"}});
    CHECK(proxy_for(curl_from_environment(), https) == "c:1");
  }
  const Environment set(Environment::Variables{
      {"HTTP_PROXY", "http://attacker:1"}});  // from a request's header "Proxy"
  CHECK(proxy_for(curl_from_environment(), http).empty());
  CHECK(proxy_for(curl_from_environment(), https).empty());
}

TEST_CASE("what a host says goes before the environment") {
  const Environment set(Environment::Variables{{"https_proxy", "env:1"},
                                               {"http_proxy", "env:1"},
                                               {"no_proxy", "*"},
                                               {"SSL_CERT_FILE", "/env/ca.pem"},
                                               {"SSL_CERT_DIR", "/env/certs"}});
  const auto asked = services_options_from_json(
                         R"({"environment": true, "proxy": "own:1", "ca_file": "/own.pem"})")
                         .value();
  CHECK(proxy_for(asked.curl, "https://service.example/") == "own:1");
  CHECK(proxy_for(asked.curl, "http://service.example/") == "own:1");
  CHECK(asked.curl.ca_file == "/own.pem");
  CHECK(asked.curl.ca_folder.empty());
  CurlOptions direct;
  direct.no_proxy = "*";
  CHECK(proxy_for(curl_from_environment(direct), "https://service.example/").empty());
}

TEST_CASE("certificates of the environment") {
  {
    const Environment set(
        Environment::Variables{{"SSL_CERT_FILE", "/a.pem"}, {"SSL_CERT_DIR", "/certs"}});
    CHECK(curl_from_environment().ca_file == "/a.pem");
    CHECK(curl_from_environment().ca_folder == "/certs");
  }
  const Environment set(
      Environment::Variables{{"SSL_CERT_FILE", "/a.pem"}, {"CURL_CA_BUNDLE", "/b.pem"}});
  CHECK(curl_from_environment().ca_file == "/b.pem");
}

TEST_CASE("hosts of no_proxy are reached directly") {
  const std::array<std::array<const char *, 2>, 24> direct = {{
      {"*", "https://any.example/"},
      {"example.com", "https://example.com/"},
      {"example.com", "https://EXAMPLE.com./v1"},
      {"example.com", "https://api.example.com/"},
      {".example.com", "https://api.example.com/"},
      {".example.com", "https://example.com/"},
      {"*.example.com", "https://a.b.example.com/"},
      {"Example.COM.", "https://api.example.com/"},
      {"example.com:443", "https://example.com/"},
      {"example.com:80", "http://example.com/"},
      {"example.com:8443", "https://example.com:8443/"},
      {"other,example.com", "https://example.com/"},
      {" other , example.com ", "https://example.com/"},
      {"other example.com", "https://example.com/"},
      {"10.1.2.3", "http://10.1.2.3:8080/"},
      {"10.0.0.0/8", "http://10.200.1.1/"},
      {"10.1.2.3:8080", "http://10.1.2.3:8080/"},
      {"0.0.0.0/0", "http://10.1.2.3/"},
      {"::1", "http://[::1]:8080/"},
      {"[::1]", "http://[::1]/"},
      {"[::1]:8080", "http://[::1]:8080/"},
      {"0:0:0:0:0:0:0:1", "http://[::1]/"},
      {"fe80::/10", "http://[fe81::1]/"},
      {"example.com", "https://user:pass@example.com/"},
  }};
  for (const auto &[list, url] : direct) {
    CAPTURE(list);
    CHECK_MESSAGE(is_direct(list, url), url);
  }
  const std::array<std::array<const char *, 2>, 20> by_proxy = {{
      {"", "https://example.com/"},
      {",, ,", "https://example.com/"},
      {".", "https://example.com/"},
      {"example.com", "https://notexample.com/"},
      {"example.com", "https://example.com.evil.test/"},
      {"example.com", "https://example.org/example.com"},
      {"example.com", "https://example.org/?@example.com"},
      {"example.com:8443", "https://example.com/"},
      {"example.com:x", "https://example.com/"},
      {"3", "http://10.1.2.3/"},
      {"2.3", "http://10.1.2.3/"},
      {"10.0.0.0/8", "http://11.0.0.1/"},
      {"10.0.0.0/33", "http://10.0.0.1/"},
      {"10.0.0.0/-1", "http://10.0.0.1/"},
      {"10.0.0.0/", "http://10.0.0.1/"},
      {"nonsense/0", "http://10.0.0.1/"},
      {"10.0.0.0/8", "http://ten.example/"},
      {"::1", "http://[::2]/"},
      {"[::1]:81", "http://[::1]:80/"},
      {"[", "http://[::1]/"},
  }};
  for (const auto &[list, url] : by_proxy) {
    CAPTURE(list);
    CHECK_MESSAGE(!is_direct(list, url), url);
  }
}

TEST_CASE("a server on the machine itself needs no proxy of the environment") {
  const Environment set(Environment::Variables{{"http_proxy", "http://proxy.example:1"},
                                               {"NO_PROXY", "corp.example"}});
  const CurlOptions options = curl_from_environment();
  for (const char *url : {"http://localhost:11434/v1", "http://127.0.0.1:8080/", "http://[::1]/",
                          "http://127.0.0.2/", "http://llm.corp.example/"}) {
    CHECK_MESSAGE(proxy_for(options, url).empty(), url);
  }
  CHECK(proxy_for(options, "http://192.168.1.2/") == "http://proxy.example:1");
}

TEST_CASE("user and password of a proxy are sent to it and told to nobody else") {
  const std::string echo = "bad login dana:s3cret-pw ZGFuYTpzM2NyZXQtcHc= s3cret-pw";
  RawServer proxy(always(reply(407, echo)));
  CurlOptions options;
  options.proxy = "http://dana:s3cret-pw@" + proxy.url().substr(7);
  const auto refused = curl_transport(options).value()->send(get("http://service.example/"));
  REQUIRE(refused);
  CHECK(proxy.requests().at(0).find("Proxy-Authorization: Basic ZGFuYTpzM2NyZXQtcHc=") !=
        std::string::npos);
  CHECK(refused->body == "bad login *** *** ***");

  // CONNECT is refused before any TLS.
  const Error tunnel =
      curl_transport(options).value()->send(get("https://service.example/")).error();
  CHECK(tunnel.code == ErrorCode::network);
  CHECK(tunnel.message.find("check the user and the password") != std::string::npos);
  CHECK(tunnel.message.find("through the proxy http://127.0.0.1:") != std::string::npos);

  for (const char *bad :
       {"nonsense://dana:s3cret-pw@proxy:1", "http://dana:s3cret-pw@127.0.0.1:1",
        "dana:s3cret-pw@127.0.0.1:1", "http://dana:s3cret-pw@[::bad", "http://dana:s3cret-pw@",
        "http://dana:s3/cret-pw@127.0.0.1:1", "http://dana:s3cret%2Dpw@127.0.0.1:1",
        "http://s3cret-pw@127.0.0.1:1", "socks5h://dana:s3cret-pw@127.0.0.1:1"}) {
    CAPTURE(bad);
    options.proxy = bad;
    const auto got = curl_transport(options).value()->send(get("http://service.example/"));
    REQUIRE_FALSE(got);
    CHECK(to_string(got.error()).find("cret") == std::string::npos);
    CHECK(to_string(got.error()).find("dana") == std::string::npos);
  }
}

TEST_CASE("a cassette knows nothing of the proxy") {
  RawServer proxy(always(reply(200, "by proxy")));
  CurlOptions options;
  options.proxy = "http://dana:s3cret-pw@" + proxy.url().substr(7);
  const TemporaryFolder folder;
  const auto recorder = record_transport(curl_transport(options).value(), folder.path()).value();
  REQUIRE(recorder->send(get("http://service.example/x")));
  for (const auto &entry : std::filesystem::directory_iterator(folder.path())) {
    const std::string text = read_file(entry.path());
    CHECK(text.find("cret") == std::string::npos);
    CHECK(text.find("ZGFu") == std::string::npos);
  }
}

TEST_CASE("the user of a proxy is cut out of texts, however short, and nothing else") {
  CHECK(net::shown_proxy("http://a:b@host:1") == "http://host:1");
  CHECK(net::shown_proxy("a:b@host:1") == "host:1");
  CHECK(net::shown_proxy("http://host:1") == "http://host:1");
  CHECK(net::shown_proxy("").empty());
  CHECK(net::without_user_of("http://a:b@host:1", "cannot read 'http://a:b@host:1': bad") ==
        "cannot read 'http://***host:1': bad");
  CHECK(net::without_user_of("http://host:1", "plain") == "plain");
  CHECK(net::without_user_of("", "plain") == "plain");
  CHECK(net::without_user_of("http://:@host", "a: plain text @ host") == "a: plain text @ host");
}
