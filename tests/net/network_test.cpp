// Retry, limits and errors that all providers share, against a server that misbehaves on demand.
#include "base/base64.hpp"
#include "fake_time.hpp"
#include "net/limiter.hpp"
#include "net/rate_limits.hpp"
#include "net/secrets.hpp"

#include <doctest/doctest.h>

#include <atomic>
#include <future>
#include <numeric>
#include <thread>

using namespace saleschecklist;
using namespace saleschecklist::test;

namespace {

struct Outcome {
  Result<HttpResponse> result;
  Usage usage;
  std::vector<std::int64_t> slept;
  std::size_t requests;
};

Outcome ask(std::vector<std::string> replies, std::int64_t total_ms = 600'000,
            double chance = 1.0) {
  RawServer server(in_turn(std::move(replies)));
  FakeTime time;
  time.chance = chance;
  NetworkOptions options;
  options.transport = curl_transport().value();
  Network network(options, time.timing());
  net::Call call = call_to(server.url());
  call.request.total_ms = total_ms;
  Usage usage;
  auto result = network.send(std::move(call), usage);
  return {std::move(result), usage, time.slept, server.requests().size()};
}

}  // namespace

TEST_CASE("what may pass is asked again, with growing waits") {
  for (const int status : {408, 409, 429, 500, 502, 503, 529}) {
    CAPTURE(status);
    const Outcome out = ask({reply(status, "x"), reply(status, "x"), ok});
    CHECK(out.result.value().body == "ok");
    CHECK(out.usage.requests == 3);
    CHECK(out.usage.retries == 2);
    CHECK(out.slept == std::vector<std::int64_t>{500, 1000});
  }
}

TEST_CASE("the wait is drawn from 0 to its full length") {
  CHECK(ask({reply(500, "x"), reply(500, "x"), ok}, 600'000, 0.25).slept ==
        std::vector<std::int64_t>{125, 250});
}

TEST_CASE("what cannot pass is not asked again") {
  for (const int status : {400, 401, 403, 404, 413, 422}) {
    const Outcome out = ask({reply(status, "x"), ok});
    CHECK(out.result.error().message == "said x");
    CHECK(out.result.error().http_status == status);
    CHECK(out.result.error().provider == "acme");
    CHECK(out.requests == 1);
  }
  CHECK(ask({reply(429, "no credit"), ok}).requests == 1);
  CHECK(ask({reply(429, "no credit", "x-should-retry: true\r\n"), ok}).requests == 1);
}

TEST_CASE("attempts end, and the last error says how many there were") {
  const Outcome out = ask({reply(503, "busy", "x-request-id: r-17\r\n")});
  CHECK(out.requests == 3);
  CHECK(out.result.error().message == "said busy (after 3 attempts)");
  CHECK(out.result.error().request_id == "r-17");
}

TEST_CASE("x-should-retry decides") {
  CHECK(ask({reply(500, "x", "x-should-retry: false\r\n"), ok}).requests == 1);
  CHECK(ask({reply(400, "x", "X-Should-Retry: true\r\n"), ok}).result.value().body == "ok");
}

TEST_CASE("every kind of Retry-After is obeyed") {
  for (const int status : {429, 503}) {
    const auto waits = [&](const std::string &headers) {
      const auto slept = ask({reply(status, "x", headers), ok}).slept;
      return std::accumulate(slept.begin(), slept.end(), std::int64_t{0});
    };
    CHECK(waits("retry-after: 2\r\n") == 2000);
    CHECK(waits("retry-after: 1.5\r\n") == 1500);
    CHECK(waits("retry-after-ms: 250\r\nretry-after: 9\r\n") == 250);
    // The fake day is Sun, 06 Nov 1994 08:49:37 GMT.
    CHECK(waits("retry-after: Sun, 06 Nov 1994 08:49:40 GMT\r\n") == 3000);
    CHECK(waits("retry-after: Sun, 06 Nov 1994 08:49:00 GMT\r\n") == 0);
    for (const char *odd : {"soon", "-5", "nan", "", "1e3", "Sun, 99 Nov 1994 08:49:00 GMT"}) {
      CHECK(waits("retry-after: " + std::string(odd) + "\r\n") == 500);
    }
  }
}

TEST_CASE("a wait beyond the deadline is not begun, and the error tells its length") {
  const Outcome out = ask({reply(503, "x", "retry-after: 3600\r\n"), ok}, 60'000);
  CHECK(out.requests == 1);
  CHECK(out.slept.empty());
  CHECK(out.result.error().retry_after_ms == 3'600'000);
  CHECK(ask({reply(503, "x", "retry-after: 99999999999999999999999\r\n"), ok}).requests == 1);
}

TEST_CASE("a rate limit that lasts longer than allowed fails at once, also for the next call") {
  RawServer server(in_turn({reply(429, "x", "retry-after: 900\r\n"), ok}));
  FakeTime time;
  NetworkOptions options;
  options.transport = curl_transport().value();
  Network network(options, time.timing());
  Usage usage;
  const Error refused = network.send(call_to(server.url()), usage).error();
  CHECK(refused.retry_after_ms == 900'000);
  const Error held = network.send(call_to(server.url()), usage).error();
  CHECK(held.code == ErrorCode::rate_limited);
  CHECK(held.retry_after_ms == 900'000);
  CHECK(time.slept.empty());
  CHECK(server.requests().size() == 1);
  CHECK(usage.requests == 1);
  // The limit is that of one model and key.
  net::Call other = call_to(server.url());
  other.pool = "another model";
  CHECK(network.send(other, usage));
}

TEST_CASE("a service that accepts nothing for long is given up") {
  const auto elapsed = [](const Outcome &out) {
    return std::accumulate(out.slept.begin(), out.slept.end(), std::int64_t{0});
  };
  const Outcome silent = ask({reply(429, "x")});
  CHECK(silent.result.error().http_status == 429);
  CHECK(elapsed(silent) >= 60'000);  // a limit per minute would have ended
  CHECK(elapsed(silent) <= 75'000);
  CHECK(silent.requests <= 9);
  const Outcome telling = ask({reply(429, "x", "retry-after: 1\r\n")});
  CHECK(telling.result.error().retry_after_ms == 1'000);
  CHECK(elapsed(telling) >= 60'000);
  CHECK(elapsed(telling) <= 75'000);
  CHECK(telling.requests <= 9);
  CHECK(ask({reply(429, "x", "retry-after: 60\r\n")}).requests == 3);
}

TEST_CASE("the time of a call does not run while it waits for a rate limit") {
  const Outcome out = ask({reply(429, "x", "retry-after: 300\r\n"), ok}, 5'000);
  CHECK(out.result.value().body == "ok");
  CHECK(std::accumulate(out.slept.begin(), out.slept.end(), std::int64_t{0}) == 300'000);
}

TEST_CASE("what took too long is not asked again: it may be done and billed") {
  RawServer server([](Connection &c, const std::string &) { c.wait_for_close(); });
  FakeTime time;
  NetworkOptions options;
  options.transport = curl_transport().value();
  Network network(options, time.timing());
  Usage usage;
  net::Call call = call_to(server.url());
  call.request.idle_ms = 50;
  CHECK(network.send(call, usage).error().code == ErrorCode::timeout);
  CHECK(server.requests().size() == 1);
}

TEST_CASE("broken exchanges are tried again, unless a stream has begun") {
  std::atomic<int> count{0};
  RawServer server([&](Connection &c, const std::string &) {
    if (++count % 3 != 0) return c.reset();
    c.write(ok);
  });
  FakeTime time;
  NetworkOptions options;
  options.transport = curl_transport().value();
  Network network(options, time.timing());
  Usage usage;
  CHECK(network.send(call_to(server.url()), usage).value().body == "ok");
  CHECK(usage.retries == 2);

  RawServer half([&](Connection &c, const std::string &) {
    c.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nten bytes.");
    c.close();
  });
  net::Call call = call_to(half.url());
  std::string heard;
  call.request.on_body = [&](std::string_view piece) { return heard += piece, true; };
  CHECK(network.send(call, usage).error().code == ErrorCode::network);
  CHECK(heard == "ten bytes.");
  CHECK(half.requests().size() == 1);
}

TEST_CASE("an unreachable host is an error that names provider and attempts") {
  FakeTime time;
  NetworkOptions options;
  options.transport = curl_transport().value();
  options.attempts = 2;
  Network network(options, time.timing());
  Usage usage;
  const Error error = network.send(call_to("http://127.0.0.1:1/"), usage).error();
  CHECK(error.code == ErrorCode::network);
  CHECK(error.provider == "acme");
  CHECK(error.message.find("(after 2 attempts)") != std::string::npos);
}

TEST_CASE("a redirect is an error that says where to, and is asked once") {
  const Outcome out = ask({reply(302, "", "Location: https://other.example/v2?key=1\r\n"), ok});
  CHECK(out.requests == 1);
  CHECK(out.result.error().code == ErrorCode::refused);
  CHECK(out.result.error().message.find("https://other.example/v2,") != std::string::npos);
}

TEST_CASE("a key that the service repeats is hidden") {
  const Outcome out = ask({reply(401, "wrong key sk-very-secret!")});
  CHECK(out.result.error().message == "said wrong key ***!");
}

TEST_CASE("a cancelled call is not sent, and not sent again") {
  RawServer server(in_turn({reply(500, "x")}));
  FakeTime time;
  NetworkOptions options;
  options.transport = curl_transport().value();
  Network network(options, time.timing());
  Usage usage;
  net::Call call = call_to(server.url());
  call.read_failure = [&](const HttpResponse &) -> net::ReplyFailure {
    call.request.cancel.cancel();
    return {{ErrorCode::refused, "x", ""}};
  };
  CHECK(network.send(call, usage).error().code == ErrorCode::cancelled);
  CHECK(server.requests().size() == 1);
  CHECK(network.send(call, usage).error().code == ErrorCode::cancelled);
  CHECK(server.requests().size() == 1);
  CHECK(usage.requests == 1);
}

TEST_CASE("a used-up limit of requests makes the next one wait until one more may pass") {
  RawServer server(in_turn({reply(200, "1",
                                  "x-ratelimit-remaining-requests: 0\r\n"
                                  "x-ratelimit-limit-requests: 60\r\n"
                                  "x-ratelimit-reset-requests: 1m2s\r\n"),
                            ok}));
  FakeTime time;
  NetworkOptions options;
  options.transport = curl_transport().value();
  Network network(options, time.timing());
  Usage usage;
  REQUIRE(network.send(call_to(server.url()), usage));
  CHECK(time.slept.empty());
  REQUIRE(network.send(call_to(server.url()), usage));
  CHECK(time.slept == std::vector<std::int64_t>{1'000, 34});
}

TEST_CASE("what else is refused says nothing of the pace") {
  RawServer server(in_turn({reply(429, "no credit",
                                  "x-ratelimit-remaining-requests: 0\r\n"
                                  "x-ratelimit-reset-requests: 30s\r\nretry-after: 30\r\n"),
                            ok}));
  FakeTime time;
  NetworkOptions options;
  options.transport = curl_transport().value();
  Network network(options, time.timing());
  Usage usage;
  CHECK_FALSE(network.send(call_to(server.url()), usage));
  CHECK(network.send(call_to(server.url()), usage));
  CHECK(time.slept.empty());
}

TEST_CASE("no more than `parallel` requests are under way to one host") {
  std::atomic<int> now{0}, most{0};
  RawServer server([&](Connection &c, const std::string &) {
    const int count = ++now;
    for (int seen = most; count > seen && !most.compare_exchange_weak(seen, count);) {
    }
    std::this_thread::sleep_for(milliseconds(10));
    --now;
    c.write(ok);
  });
  NetworkOptions options;
  options.parallel = 3;
  const auto network = open_network(options).value();
  std::vector<std::future<bool>> threads;
  for (int i = 0; i < 12; ++i) {
    threads.push_back(std::async(std::launch::async, [&] {
      Usage usage;
      return network->send(call_to(server.url()), usage).has_value();
    }));
  }
  for (auto &thread : threads) CHECK(thread.get());
  CHECK(most <= 3);
  CHECK(most >= 2);
}

TEST_CASE("a network that cannot be is refused by the option's name") {
  NetworkOptions options;
  options.attempts = 0;
  CHECK(open_network(options).error().where == "attempts");
  options = {};
  options.parallel = 0;
  CHECK(open_network(options).error().where == "parallel");
  options = {};
  options.first_wait_ms = -1;
  CHECK(open_network(options).error().where == "first_wait_ms");
}

TEST_CASE("durations of rate limits are read") {
  CHECK(net::parse_duration("1s") == 1000);
  CHECK(net::parse_duration("6m0s") == 360'000);
  CHECK(net::parse_duration("120ms") == 120);
  CHECK(net::parse_duration("1h2m3.5s") == 3'723'500);
  CHECK(net::parse_duration("999999999h") == 24 * 3'600'000);
  for (const char *odd : {"", "s", "5", "5x", "-5s", "five s", "5s 6", "ms"}) {
    CHECK_MESSAGE(!net::parse_duration(odd), odd);
  }
}

TEST_CASE("secrets are known by their header and hidden wherever they stand") {
  for (const char *name : {"Authorization", "api-key", "x-api-key", "xi-api-key", "x-goog-api-key",
                           "Cookie", "set-cookie", "OpenAI-Organization",
                           "anthropic-organization-id", "dg-project-id", "X-Auth-Token"}) {
    CHECK_MESSAGE(net::is_secret_header(name), name);
  }
  for (const char *name :
       {"Content-Type", "x-request-id", "x-ratelimit-remaining-tokens", "Accept"}) {
    CHECK_MESSAGE(!net::is_secret_header(name), name);
  }
  HttpRequest request;
  request.url = "https://h.example/p?api_key=query-secret&a=innocent-value";
  request.headers = {{"Helicone-Auth", "Bearer helicone-secret"},
                     {"Cookie", "session=cookie-secret; theme=dark-and-plain"},
                     {"Accept", "application/json"}};
  CHECK(net::without("helicone-secret cookie-secret query-secret innocent-value application/json",
                     net::secrets_of(request)) == "*** *** *** innocent-value application/json");
  CHECK(net::redacted_url("https://me:pw@h.example/p?a=1&api_key=s3cret&sig=x&b=2") ==
        "https://h.example/p?a=1&api_key=***&sig=***&b=2");
  CHECK(net::plain_url("https://h.example/p@q?x=1#y") == "https://h.example/p@q");
  CHECK(net::origin_of("https://me@h.example:8443/p?x") == "https://h.example:8443");
}

TEST_CASE("an estimate is of known prices only, never negative and never beyond all numbers") {
  Usage usage;
  usage.tokens_in = 2'000'000;
  usage.tokens_cached = 1'000'000;
  usage.tokens_out = 1'000'000;
  CHECK(estimate(usage, "openai:gpt-4o-mini", default_prices()) == 150'000 + 75'000 + 600'000);
  CHECK(estimate(usage, "openai:gpt-4o-mini-2024-07-18", default_prices()) ==
        estimate(usage, "openai:gpt-4o-mini", default_prices()));
  CHECK(!estimate(usage, "openai:gpt-5-pro", default_prices()));
  CHECK(!estimate(usage, "nobody:m", default_prices()));
  usage = {};
  usage.characters = 10;
  CHECK(!estimate(usage, "openai:gpt-4o-mini-tts", default_prices()));
  CHECK(!estimate(usage, "openai:gpt-4o-mini", default_prices()));
  CHECK(estimate(usage, "openai:tts-1", default_prices()) == 150);
  usage = {};
  usage.tokens_in = 10;
  usage.tokens_cached = 1'000'000;
  CHECK(estimate(usage, "openai:gpt-4o", default_prices()).value() >= 0);
  usage.tokens_in = 4'000'000'000'000'000'000;
  CHECK(estimate(usage, "openai:gpt-4o", default_prices()).value() > 1'000'000'000'000);
}

TEST_CASE("Base64 goes there and back, and nonsense is refused") {
  for (const std::string text : {"", "f", "fo", "foo", "foob", "fooba", "foobar"}) {
    CHECK(base::base64_decode(base::base64_encode(text)) == text);
  }
  CHECK(base::base64_encode("foob") == "Zm9vYg==");
  CHECK(base::base64_decode(" Zm9v\r\n") == "foo");
  for (const char *odd : {"Zm9", "Zm9v!", "Z===", "Zm=v", "....", "Zm9vYg=a"}) {
    CHECK_MESSAGE(!base::base64_decode(odd), odd);
  }
}
