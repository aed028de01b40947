// What every provider of every port keeps, whatever its service speaks.
#include "ports.hpp"

#include "base/unicode.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <chrono>

using namespace saleschecklist;
using namespace saleschecklist::test;

namespace {

struct Called {
  Result<std::string> result;
  Usage usage;
};

Called call(const PortCase &port, const ProviderOptions &options, CancelToken cancel = {}) {
  Usage usage;
  auto result = port.call(options, usage, cancel);
  return {std::move(result), usage};
}

Called call(const PortCase &port, const FakeServices &server) {
  return call(port, options_for(server, port));
}

// What holds for each error that a person may see.
void check_error(const PortCase &port, const Called &called, ErrorCode code) {
  REQUIRE_FALSE(called.result);
  const Error &error = called.result.error();
  CAPTURE(error.message);
  CHECK(name(error.code) == std::string(name(code)));
  CHECK(error.provider == port.provider);
  CHECK_FALSE(error.message.empty());
  CHECK(error.message.size() < 700);
  CHECK(base::valid_utf8_prefix(error.message) == error.message.size());
  CHECK(std::none_of(error.message.begin(), error.message.end(),
                     [](unsigned char c) { return c < 32 || c == 127; }));
  CHECK(to_string(error).find(fake_key) == std::string::npos);
}

#define FOR_EACH_PORT                      \
  for (const PortCase &port : all_ports()) \
    if (doctest::String title = port.name.c_str(); true)

}  // namespace

TEST_CASE("every provider does an ordinary request as its service wants it, and counts it") {
  FOR_EACH_PORT {
    CAPTURE(title);
    FakeServices server;
    const Called called = call(port, server);
    if (!called.result) FAIL(called.result.error().message);
    for (const std::string &fault : server.faults()) FAIL_CHECK(fault);
    CHECK_FALSE(called.result->empty());
    CHECK(called.usage.requests == port.requests);
    CHECK(called.usage.retries == 0);
    const bool model = port.name.find("model") != std::string::npos;
    if (model) {
      CHECK(*called.result == server.text);
      CHECK(called.usage.tokens_in == 100);
      CHECK(called.usage.tokens_cached == 64);
      CHECK(called.usage.tokens_out == 20);
    } else if (port.name.find("voice") != std::string::npos) {
      CHECK(called.usage.characters == 34);
    } else {
      CHECK(*called.result == "Zażółć it, please.\nSure 🙂.\n");
      CHECK(called.usage.audio_ms == 3'000);
    }
  }
}

TEST_CASE("every provider says of a wrong key what to do, and never shows it") {
  FOR_EACH_PORT {
    CAPTURE(title);
    FakeServices server;
    const Wording words =
        port.wrong_key("Incorrect API key provided: " + fake_key + ".\nPlease check it.");
    server.always(
        answer(words.status, words.body, "application/json", {{"x-request-id", "req-1"}}));
    const Called called = call(port, server);
    check_error(port, called, ErrorCode::unauthorized);
    CHECK(called.result.error().message.find("check that the key") != std::string::npos);
    CHECK(called.result.error().message.find("Incorrect API key provided: ***") !=
          std::string::npos);
    CHECK(called.result.error().http_status == words.status);
    CHECK(called.result.error().request_id ==
          (port.provider == "anthropic" ? "req-body" : "req-1"));
    CHECK(called.usage.requests == 1);
  }
}

TEST_CASE("no provider shows a key that is echoed in pieces or in a page") {
  FOR_EACH_PORT {
    CAPTURE(title);
    FakeServices server;
    server.next(answer(400, "<html>" + fake_key + "<title>" + fake_key + "</title>", "text/html"));
    server.next(answer(400, "denied: " + fake_key.substr(0, 20) + "..."));
    server.next(
        answer(400, Json{{"error", fake_key + std::string(20'000, 'x') + fake_key}}.dump()));
    server.next(answer(200, "nonsense " + fake_key, "text/plain", {{"x-request-id", fake_key}}));
    for (int i = 0; i < 4; ++i) {
      const Called called = call(port, server);
      check_error(port, called, ErrorCode::refused);
      CHECK(called.result.error().message.find(fake_key.substr(0, 12)) == std::string::npos);
      CHECK(called.result.error().request_id.find(fake_key) == std::string::npos);
    }
  }
}

TEST_CASE("no provider asks again when the account has no credit") {
  FOR_EACH_PORT {
    CAPTURE(title);
    FakeServices server;
    server.always(answer(port.no_credit.status, port.no_credit.body));
    const Called called = call(port, server);
    check_error(port, called, ErrorCode::quota);
    CHECK(called.result.error().message.find("top it up") != std::string::npos);
    CHECK(called.usage.requests == 1);
  }
}

TEST_CASE("every provider waits and asks again when there were too many requests") {
  FOR_EACH_PORT {
    CAPTURE(title);
    FakeServices server;
    server.next(answer(port.too_many.status, port.too_many.body));
    server.next(answer(port.too_many.status, port.too_many.body, "application/json",
                       {{"retry-after-ms", "5"}}));
    const Called called = call(port, server);
    if (!called.result) FAIL(called.result.error().message);
    CHECK(called.usage.requests == port.requests + 2);
    CHECK(called.usage.retries == 2);

    server.always(answer(port.too_many.status, port.too_many.body));
    check_error(port, call(port, server), ErrorCode::rate_limited);
  }
}

TEST_CASE("every provider asks again after a fault of the service") {
  FOR_EACH_PORT {
    CAPTURE(title);
    FakeServices server;
    server.next(answer(port.fault.status, port.fault.body));
    server.next(
        answer(502, "<html><head><title>502 Bad Gateway</title></head></html>", "text/html"));
    const Called called = call(port, server);
    if (!called.result) FAIL(called.result.error().message);
    CHECK(called.usage.retries == 2);

    server.always(answer(500, "<!DOCTYPE html>\n<title>\n Oops </title>" + std::string(50'000, 'x'),
                         "text/html"));
    const Called failed = call(port, server);
    check_error(port, failed, ErrorCode::refused);
    CHECK(failed.result.error().message.find("HTTP 500 with a web page (Oops)") !=
          std::string::npos);
    CHECK(failed.usage.requests == 3);
  }
}

TEST_CASE("every provider tells what came instead of a reply that can be read") {
  const std::vector<std::pair<std::string, std::string>> bodies = {
      {"", "an empty body"},
      {"  \n", "an empty body"},
      {"<html><title>Sign in</title></html>", "a web page (Sign in)"},
      {"{\"text\": \"\xC3\x28\"}", "bytes that are not valid UTF-8"},
      {"{\"choices\": [", "text that is not JSON"},
      {"[]", "JSON of another format"},
      {"{}", "JSON of another format"},
      {"7", "JSON of another format"},
      {"{\"choices\":[],\"content\":7,\"candidates\":{},\"words\":\"x\",\"audio_base64\":\"!\"}",
       "JSON of another format"},
      {"{\"choices\":[7],\"content\":null,\"candidates\":[],\"words\":7,\"audio_base64\":7}",
       "JSON of another format"},
  };
  FOR_EACH_PORT {
    CAPTURE(title);
    FakeServices server;
    for (const auto &answered : bodies) {
      const auto &body = answered.first;
      const auto &shape = answered.second;
      CAPTURE(body);
      server.next(answer(200, body, "application/json", {{"x-request-id", "req-2"}}));
      const Called called = call(port, server);
      check_error(port, called, ErrorCode::refused);
      CHECK(called.result.error().message.find("the service's reply cannot be read: " + shape) ==
            0);
      CHECK(called.result.error().request_id == "req-2");
      CHECK(called.result.error().http_status == 200);
    }
  }
}

TEST_CASE("errors in any shape become one clean line") {
  const std::vector<std::string> bodies = {
      "",
      "just words\r\nand more",
      std::string("bad \xC3\x28 bytes \x01\x02"),
      std::string(1 << 20, 'x'),
      R"({"error":"a text"})",
      R"({"error":{"message":null,"code":17}})",
      R"({"error":{"message":"line\nbreak\u0000 and \u001b[31m colour"}})",
      R"({"detail":[{"loc":["body","model"],"msg":"field required","type":"missing"}]})",
      R"({"detail":"Not authenticated"})",
      R"([{"error":{"message":"in a list"}}])",
      R"({"object":"error","message":"older vLLM","type":"BadRequestError","param":null,"code":400})",
      "[[[[[]]]]]",
  };
  FOR_EACH_PORT {
    CAPTURE(title);
    FakeServices server;
    for (const std::string &body : bodies) {
      server.next(answer(418, body));
      check_error(port, call(port, server), ErrorCode::refused);
    }
  }
}

TEST_CASE("every provider that is cancelled stops, before it begins and while it waits") {
  FOR_EACH_PORT {
    CAPTURE(title);
    FakeServices server;
    CancelToken early;
    early.cancel();
    const Called before = call(port, options_for(server, port), early);
    check_error(port, before, ErrorCode::cancelled);
    CHECK(server.requests().empty());

    server.silence_ms = 5'000;
    CancelToken late;
    std::thread canceller([&] {
      std::this_thread::sleep_for(std::chrono::milliseconds(60));
      late.cancel();
    });
    const auto begun = std::chrono::steady_clock::now();
    const Called during = call(port, options_for(server, port), late);
    CHECK(std::chrono::steady_clock::now() - begun < std::chrono::seconds(3));
    canceller.join();
    check_error(port, during, ErrorCode::cancelled);
  }
}

TEST_CASE("no provider waits longer for a silent service than it was told") {
  FOR_EACH_PORT {
    CAPTURE(title);
    FakeServices server;
    server.silence_ms = 5'000;
    ProviderOptions options = options_for(server, port);
    options.network = quick_network(1);
    options.idle_ms = 50;
    check_error(port, call(port, options), ErrorCode::timeout);
    options.idle_ms = 4'000;
    options.total_ms = 60;
    check_error(port, call(port, options), ErrorCode::timeout);
  }
}

TEST_CASE("every provider says that a service cannot be reached") {
  FOR_EACH_PORT {
    CAPTURE(title);
    ProviderOptions options;
    {
      FakeServices gone;
      options = options_for(gone, port);
    }
    check_error(port, call(port, options), ErrorCode::network);
  }
}

TEST_CASE("no provider follows a redirect, which could take the key elsewhere") {
  FOR_EACH_PORT {
    CAPTURE(title);
    FakeServices server, other;
    server.always(answer(307, "", "text/html", {{"Location", other.url() + "/v1"}}));
    check_error(port, call(port, server), ErrorCode::refused);
    CHECK(other.requests().empty());
  }
}

TEST_CASE("every provider sends the host's own headers, which come before its own") {
  FOR_EACH_PORT {
    CAPTURE(title);
    FakeServices server;
    ProviderOptions options = options_for(server, port);
    options.headers = {{"X-Proxy", "yes"}, {"user-agent", "saleschecklist/host"}};
    const Called called = call(port, options);
    if (!called.result) FAIL(called.result.error().message);
    const auto request = server.requests().back();
    CHECK(request.get_header_value("X-Proxy") == "yes");
    CHECK(request.get_header_value_count("User-Agent") == 1);
    CHECK(request.get_header_value("User-Agent") == "saleschecklist/host");
  }
}

TEST_CASE("equal requests of every provider are equal byte for byte") {
  FOR_EACH_PORT {
    CAPTURE(title);
    FakeServices server;
    CHECK(call(port, server).result.has_value());
    CHECK(call(port, server).result.has_value());
    const auto requests = server.requests();
    const auto each = static_cast<std::size_t>(port.requests);
    REQUIRE(requests.size() == 2 * each);
    for (std::size_t i = 0; i < each; ++i) {
      CHECK(requests[i].target == requests[each + i].target);
      CHECK(requests[i].body == requests[each + i].body);
      CHECK(requests[i].get_header_value("Content-Type") ==
            requests[each + i].get_header_value("Content-Type"));
    }
  }
}

TEST_CASE("every provider is used by several threads at a time") {
  FOR_EACH_PORT {
    CAPTURE(title);
    FakeServices server;
    const ProviderOptions options = options_for(server, port);
    std::atomic<int> succeeded{0};
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i) {
      threads.emplace_back([&] {
        for (int j = 0; j < 3; ++j) succeeded += call(port, options).result ? 1 : 0;
      });
    }
    for (std::thread &thread : threads) thread.join();
    CHECK(succeeded == 12);
  }
}
