// curl_transport() against a server that misbehaves on demand.
#include "raw_server.hpp"
#include "support/support.hpp"
#include "support/temporary_folder.hpp"

#include <doctest/doctest.h>

#include <sys/wait.h>
#include <unistd.h>
#include <chrono>

#include <future>
#include <thread>

using namespace saleschecklist;
using namespace saleschecklist::test;
using namespace std::chrono_literals;

namespace {

std::shared_ptr<Transport> transport() { return curl_transport().value(); }

HttpRequest post(const std::string &url, const std::string &body = "hello") {
  HttpRequest request;
  request.method = "POST";
  request.url = url;
  request.body = body;
  return request;
}

RawServer::Handler always(const std::string &bytes) {
  return [bytes](Connection &c, const std::string &) { c.write(bytes); };
}

// Runs and tells how long it took.
template <class Body>
std::pair<Result<HttpResponse>, std::chrono::milliseconds> timed(Body body) {
  const auto begin = std::chrono::steady_clock::now();
  auto result = body();
  return {std::move(result), std::chrono::duration_cast<std::chrono::milliseconds>(
                                 std::chrono::steady_clock::now() - begin)};
}

}  // namespace

TEST_CASE("one exchange carries method, headers and body there and status, headers and body back") {
  RawServer server(always(reply(418, "short and stout", "X-Pot: tea \r\nx-pot: coffee\r\n")));
  HttpRequest request = post(server.url("/brew?cups=2"), std::string("a\0b", 3));
  request.headers = {{"X-Sugar", "none"}, {"X-Empty", ""}, {"Content-Type", "text/plain"}};
  const HttpResponse response = transport()->send(request).value();
  CHECK(response.status == 418);
  CHECK(response.body == "short and stout");
  CHECK(response.header("X-POT") == "tea");
  CHECK(response.header("absent").empty());
  const std::string sent = server.requests().at(0);
  CHECK(sent.find("POST /brew?cups=2 HTTP/1.1\r\n") == 0);
  CHECK(sent.find("X-Sugar: none\r\n") != std::string::npos);
  CHECK(sent.find("X-Empty:\r\n") != std::string::npos);
  CHECK(sent.find("Content-Type: text/plain\r\n") != std::string::npos);
  CHECK(sent.find("urlencoded") == std::string::npos);
  CHECK(sent.find("User-Agent: saleschecklist/") != std::string::npos);
  CHECK(sent.substr(sent.size() - 3) == std::string("a\0b", 3));
}

TEST_CASE("a request without a body is sent as such") {
  RawServer server(always(reply(200, "")));
  const auto t = transport();
  for (const std::string method : {"GET", "DELETE"}) {
    HttpRequest request;
    request.method = method;
    request.url = server.url();
    CHECK(t->send(request).value().status == 200);
    CHECK(server.requests().back().find(method + " / HTTP/1.1\r\n") == 0);
  }
}

TEST_CASE("a body of 3 MB goes without waiting for permission") {
  RawServer server(always(reply(200, "ok")));
  CHECK(transport()->send(post(server.url(), std::string(3'000'000, 'x'))).value().body == "ok");
  const std::string sent = server.requests().at(0);
  CHECK(sent.find("Expect:") == std::string::npos);
  CHECK(sent.size() > 3'000'000);
}

TEST_CASE("a body is read from a file as it goes") {
  const TemporaryFolder folder;
  const std::string bytes = std::string(2'000'000, 'y') + "end";
  const std::string file = folder.write("body.bin", bytes);
  RawServer server(always(reply(200, "ok")));
  HttpRequest request = post(server.url(), "");
  request.body_file = file;
  const auto t = transport();
  CHECK(t->send(request).value().body == "ok");
  const std::string sent = server.requests().at(0);
  CHECK(sent.substr(sent.size() - bytes.size()) == bytes);

  request.body_file = folder.path("absent");
  const Error absent = t->send(request).error();
  CHECK(absent.code == ErrorCode::io);
  CHECK(absent.where == request.body_file);
  request.body_file = folder.path("");
  CHECK(t->send(request).error().code == ErrorCode::io);
}

TEST_CASE("connections are kept and used again") {
  RawServer server(always(reply(200, "ok")));
  const auto t = transport();
  for (int i = 0; i < 5; ++i) CHECK(t->send(post(server.url())).value().body == "ok");
  CHECK(server.connections() == 1);
}

TEST_CASE("a kept connection that the server closed meanwhile is replaced") {
  RawServer server([](Connection &c, const std::string &) {
    c.write(reply(200, "ok"));
    c.close();
  });
  const auto t = transport();
  for (int i = 0; i < 5; ++i) {
    CHECK(t->send(post(server.url())).value().body == "ok");
    std::this_thread::sleep_for(5ms);
  }
}

TEST_CASE("many threads share one transport") {
  RawServer server([](Connection &c, const std::string &request) {
    c.write(reply(200, request.substr(request.find("\r\n\r\n") + 4)));
  });
  const auto t = transport();
  std::vector<std::future<int>> threads;
  for (int i = 0; i < 16; ++i) {
    threads.push_back(std::async(std::launch::async, [&, i] {
      int right = 0;
      for (int j = 0; j < 20; ++j) {
        const std::string body = std::to_string(i * 1000 + j);
        const auto result = t->send(post(server.url(), body));
        right += result && result->body == body ? 1 : 0;
      }
      return right;
    }));
  }
  for (auto &thread : threads) CHECK(thread.get() == 20);
}

TEST_CASE("a stream arrives piece by piece, before the reply is whole") {
  std::promise<void> seen;
  RawServer server([&](Connection &c, const std::string &) {
    c.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nfirst\r\n");
    CHECK(seen.get_future().wait_for(5s) == std::future_status::ready);
    c.write("6\r\nsecond\r\n0\r\n\r\n");
  });
  HttpRequest request = post(server.url());
  std::string heard;
  request.on_body = [&](std::string_view piece) {
    if (heard.empty()) seen.set_value();
    heard += piece;
    return true;
  };
  const HttpResponse response = transport()->send(request).value();
  CHECK(heard == "firstsecond");
  CHECK(response.body.empty());
}

TEST_CASE("a stream's callback gets no reply of failure, and can end the exchange") {
  RawServer server([](Connection &c, const std::string &request) {
    c.write(reply(request.find("/bad") == std::string::npos ? 200 : 500, "words"));
  });
  HttpRequest request = post(server.url("/bad"));
  int calls = 0;
  request.on_body = [&](std::string_view) { return ++calls, false; };
  const auto t = transport();
  const HttpResponse bad = t->send(request).value();
  CHECK(bad.status == 500);
  CHECK(bad.body == "words");
  CHECK(calls == 0);
  request.url = server.url("/good");
  CHECK(t->send(request).error().code == ErrorCode::cancelled);
  CHECK(calls == 1);
}

TEST_CASE("a slow first byte is waited for, but not longer than told") {
  RawServer server([](Connection &c, const std::string &) {
    std::this_thread::sleep_for(300ms);
    c.write(reply(200, "late"));
  });
  HttpRequest request = post(server.url());
  const auto t = transport();
  CHECK(t->send(request).value().body == "late");
  request.idle_ms = 100;
  const Error idle = t->send(request).error();
  CHECK(idle.code == ErrorCode::timeout);
  CHECK(idle.message == "no byte was sent or received for 100 ms");
  request.idle_ms = 10'000;
  request.total_ms = 100;
  const Error total = t->send(request).error();
  CHECK(total.code == ErrorCode::timeout);
  CHECK(total.message == "the exchange took longer than 100 ms");
}

TEST_CASE("a stall in the middle of the body ends by the idle limit") {
  RawServer server([](Connection &c, const std::string &) {
    c.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nten bytes.");
    c.wait_for_close();
  });
  HttpRequest request = post(server.url());
  request.idle_ms = 150;
  const auto [result, time] = timed([&] { return transport()->send(request); });
  CHECK(result.error().code == ErrorCode::timeout);
  CHECK(time < 3s);
}

TEST_CASE("a drip that never ends is stopped by the total limit") {
  RawServer server([](Connection &c, const std::string &) {
    c.write("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n");
    while (c.write("x")) std::this_thread::sleep_for(10ms);
    c.close();
  });
  HttpRequest request = post(server.url());
  request.idle_ms = 5'000;
  request.total_ms = 300;
  const auto [result, time] = timed([&] { return transport()->send(request); });
  CHECK(result.error().code == ErrorCode::timeout);
  CHECK(time < 3s);
}

TEST_CASE("resets, truncated bodies, wrong lengths and nonsense are network errors") {
  const auto t = transport();
  const auto refused = [&](RawServer::Handler handler) {
    RawServer server(std::move(handler));
    const auto result = t->send(post(server.url()));
    REQUIRE(!result);
    CHECK(result.error().code == ErrorCode::network);
    CHECK(!result.error().message.empty());
    CHECK(result.error().where == server.url());
  };
  refused([](Connection &c, const std::string &) { c.reset(); });
  refused([](Connection &c, const std::string &) { c.close(); });
  refused([](Connection &c, const std::string &) {
    c.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nten bytes.");
    c.reset();
  });
  refused([](Connection &c, const std::string &) {
    c.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nten bytes.");
    c.close();
  });
  refused([](Connection &c, const std::string &) {
    c.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nfirst\r\n");
    c.close();
  });
  refused([](Connection &c, const std::string &) {
    c.write("HTTP/1.1 200 OK\r\nContent-Length: minus one\r\n\r\nx");
    c.close();
  });
  refused([](Connection &c, const std::string &) {
    c.write("SSH-2.0-OpenSSH_9.2\r\n");
    c.close();
  });
}

TEST_CASE("a body longer than its length is cut at its length") {
  RawServer server([](Connection &c, const std::string &) {
    c.write("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabcdefgh");
    c.close();
  });
  CHECK(transport()->send(post(server.url())).value().body == "abc");
}

TEST_CASE("100 MB of garbage end at the size limit") {
  RawServer server([](Connection &c, const std::string &) {
    c.write("HTTP/1.1 200 OK\r\n\r\n");
    const std::string garbage(1 << 20, '\xfe');
    for (int i = 0; i < 100 && c.write(garbage); ++i) {
    }
    c.close();
  });
  HttpRequest request = post(server.url());
  request.most_bytes = 1 << 20;
  const Error error = transport()->send(request).error();
  CHECK(error.code == ErrorCode::refused);  // which is not asked again
  CHECK(error.message == "the reply is larger than 1048576 bytes");
}

TEST_CASE("headers without end are refused") {
  RawServer server([](Connection &c, const std::string &) {
    c.write("HTTP/1.1 200 OK\r\n");
    const std::string header = "X-More: " + std::string(8'000, 'x') + "\r\n";
    while (c.write(header)) {
    }
    c.close();
  });
  CHECK(transport()->send(post(server.url())).error().code == ErrorCode::network);
}

TEST_CASE("bytes that are no UTF-8 arrive as they are") {
  const std::string odd = "\xff\xfe\x80 and \xc3";
  RawServer server(always(reply(200, odd)));
  CHECK(transport()->send(post(server.url())).value().body == odd);
}

TEST_CASE("a redirect is not followed, so that no key goes to another host") {
  RawServer other(always(reply(200, "gotcha")));
  RawServer server(always(reply(307, "", "Location: " + other.url("/steal") + "\r\n")));
  HttpRequest request = post(server.url());
  request.headers = {{"xi-api-key", "sk-very-secret"}};
  const HttpResponse response = transport()->send(request).value();
  CHECK(response.status == 307);
  CHECK(other.connections() == 0);
}

TEST_CASE("cancelling ends an exchange that waits, soon") {
  RawServer server([](Connection &c, const std::string &) { c.wait_for_close(); });
  const HttpRequest request = post(server.url());
  std::thread canceller([&] {
    std::this_thread::sleep_for(50ms);
    request.cancel.cancel();
  });
  const auto [result, time] = timed([&] { return transport()->send(request); });
  canceller.join();
  CHECK(result.error().code == ErrorCode::cancelled);
  CHECK(time < 2s);
  CHECK(transport()->send(request).error().code == ErrorCode::cancelled);
}

TEST_CASE("what cannot be sent is refused by name, without its secrets") {
  const auto t = transport();
  for (const std::string url : {"ftp://example.com/x", "file:///etc/passwd", "example.com", ""}) {
    CHECK(t->send(post(url)).error().code == ErrorCode::invalid_argument);
  }
  HttpRequest request = post("http://user:pass@127.0.0.1:1/x?key=secret");
  for (const HttpHeader &header :
       {HttpHeader{"X", "a\r\nY: b"}, HttpHeader{"X\n", "a"}, HttpHeader{"", "a"},
        HttpHeader{"X: y", "a"}, HttpHeader{"X", std::string("a\0b", 3)}}) {
    request.headers = {header};
    const Error error = t->send(request).error();
    CHECK(error.code == ErrorCode::invalid_argument);
    CHECK(error.where == "http://127.0.0.1:1/x");
  }
}

TEST_CASE("a port where nobody listens is a network error, at once") {
  const Error error = transport()->send(post("http://127.0.0.1:1/x?key=secret")).error();
  CHECK(error.code == ErrorCode::network);
  CHECK(to_string(error).find("secret") == std::string::npos);
}

TEST_CASE("limits of any size are fine") {
  RawServer server(always(reply(200, "ok")));
  HttpRequest request = post(server.url());
  request.total_ms = request.idle_ms = request.connect_ms = INT64_MAX;
  CHECK(transport()->send(request).value().body == "ok");
}

TEST_CASE("a child process is told to open a transport of its own") {
  RawServer server(always(reply(200, "ok")));
  auto t = transport();
  REQUIRE(t->send(post(server.url())));
  const pid_t child = ::fork();
  if (child == 0) {
    const auto result = t->send(post(server.url()));
    t.reset();
    ::_exit(!result && result.error().code == ErrorCode::invalid_argument ? 0 : 1);
  }
  int status = 1;
  REQUIRE(::waitpid(child, &status, 0) == child);
  CHECK(status == 0);
  CHECK(t->send(post(server.url())));
}

TEST_CASE("a proxy is used when it is named, and never because of the environment") {
  RawServer proxy(always(reply(200, "by proxy"))), server(always(reply(200, "directly")));
  ::setenv("http_proxy", proxy.url().c_str(), 1);
  CHECK(transport()->send(post(server.url())).value().body == "directly");
  ::unsetenv("http_proxy");
  const auto t = curl_transport({proxy.url(), {}}).value();
  CHECK(t->send(post("http://service.example/x")).value().body == "by proxy");
  CHECK(proxy.requests().at(0).find("POST http://service.example/x HTTP/1.1\r\n") == 0);
}

TEST_CASE("closing a transport needs no waiting, and opening a hundred is no trouble") {
  RawServer server(always(reply(200, "ok")));
  for (int i = 0; i < 100; ++i) CHECK(transport()->send(post(server.url())).value().status == 200);
}
