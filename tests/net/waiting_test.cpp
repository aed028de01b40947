// Requests that wait for a rate limit, against a server that misbehaves on demand.
#include "fake_time.hpp"
#include "net/limiter.hpp"

#include <doctest/doctest.h>

using namespace saleschecklist;
using namespace saleschecklist::test;

TEST_CASE("a call tells that it waits for a rate limit, and until when") {
  RawServer server(in_turn({reply(429, "x", "retry-after: 60\r\n"), ok}));
  FakeTime time;
  NetworkOptions options;
  options.transport = curl_transport().value();
  Network network(options, time.timing());
  Usage usage;
  std::vector<std::int64_t> until;
  net::Call call = call_to(server.url());
  call.on_wait = [&](std::int64_t until_ms) { until.push_back(until_ms); };
  milliseconds waited{0};
  CHECK(network.send(call, usage, &waited));
  CHECK(until == std::vector<std::int64_t>{784'111'777'000 + 60'000, 0});
  CHECK(waited == milliseconds(60'000));
}

TEST_CASE("a limit that was to last for long is put to the test each minute") {
  std::atomic<bool> limited{true};
  RawServer server([&](Connection &c, const std::string &) {
    c.write(limited ? reply(429, "x", "retry-after: 86400\r\n") : ok);
  });
  FakeTime time;
  NetworkOptions options;
  options.transport = curl_transport().value();
  Network network(options, time.timing());
  Usage usage;
  const auto send = [&] { return network.send(call_to(server.url()), usage); };
  CHECK(send().error().retry_after_ms == 86'400'000);
  CHECK(send().error().code == ErrorCode::rate_limited);  // at once, and unasked
  CHECK(server.requests().size() == 1);
  time.now += std::chrono::seconds(61);
  CHECK(send().error().http_status == 429);
  CHECK(send().error().message.find("allows the next request in") != std::string::npos);
  CHECK(server.requests().size() == 2);
  limited = false;
  time.now += std::chrono::seconds(61);
  CHECK(send());
  CHECK(send());
  CHECK(server.requests().size() == 4);
}

TEST_CASE("a refusal that tells nothing is not asked again in a hot loop, however short the wait") {
  RawServer server([](Connection &c, const std::string &) { c.write(reply(429, "x")); });
  FakeTime time;
  NetworkOptions options;
  options.transport = curl_transport().value();
  options.first_wait_ms = 0;
  Network network(options, time.timing());
  Usage usage;
  CHECK(network.send(call_to(server.url()), usage).error().http_status == 429);
  CHECK(usage.requests < 25);
}

TEST_CASE("a request that is not repeated does not wait for a rate limit") {
  RawServer server(in_turn({reply(429, "x", "retry-after: 60\r\n"), ok}));
  FakeTime time;
  NetworkOptions options;
  options.transport = curl_transport().value();
  Network network(options, time.timing());
  Usage usage;
  net::Call once = call_to(server.url());
  once.retried = false;
  CHECK(network.send(once, usage).error().http_status == 429);
  const auto before = time.now;
  CHECK(network.send(once, usage).error().code == ErrorCode::rate_limited);
  CHECK(time.now == before);
  CHECK(server.requests().size() == 1);
}

TEST_CASE("too many requests halve what may be under way, and successes raise it one by one") {
  FakeTime time;
  net::Limiter limiter(8, milliseconds(60'000), time.timing());
  const CancelToken cancel;
  auto later = time.now + std::chrono::hours(1);
  const auto once = [&](bool too_many) {
    const auto entry = limiter.enter({"h"}, cancel, later);
    REQUIRE(entry.kind == net::Limiter::Entry::entered);
    limiter.leave(entry, {!too_many, too_many});
  };
  CHECK(limiter.limit("h") == 8);
  once(true);
  CHECK(limiter.limit("h") == 4);
  for (int i = 0; i < 3; ++i) once(false);
  CHECK(limiter.limit("h") == 4);
  once(false);
  CHECK(limiter.limit("h") == 5);
  for (int i = 0; i < 9; ++i) once(true);
  CHECK(limiter.limit("h") == 1);
  for (int i = 0; i < 200; ++i) once(false);
  CHECK(limiter.limit("h") == 8);
  CHECK(limiter.limit("other") == 8);
}

TEST_CASE("a pause holds back everybody at that limit, and nobody elsewhere") {
  FakeTime time;
  net::Limiter limiter(8, milliseconds(60'000), time.timing());
  using Entry = net::Limiter::Entry;
  const CancelToken cancel;
  auto later = time.now + std::chrono::hours(1);
  const auto told_deadline = later;
  const Entry entry = limiter.enter({"h"}, cancel, later);
  REQUIRE(entry.kind == Entry::entered);
  limiter.leave(entry, {false, true, milliseconds(3000)});
  CHECK(limiter.enter({"other"}, cancel, later).kind == Entry::entered);
  CHECK(limiter.enter({"h", "another model"}, cancel, later).kind == Entry::entered);
  CHECK(time.slept.empty());
  const Entry second = limiter.enter({"h"}, cancel, later);
  CHECK(second.kind == Entry::entered);
  CHECK(time.slept == std::vector<std::int64_t>{1000, 1000, 1000});
  CHECK(later == told_deadline + milliseconds(3000));
  limiter.leave(second, {false, true, milliseconds(120'000)});
  const Entry paused = limiter.enter({"h"}, cancel, later);
  CHECK(paused.kind == Entry::paused);
  CHECK(paused.left == milliseconds(120'000));
  cancel.cancel();
  CHECK(limiter.enter({"h"}, cancel, later).kind == Entry::cancelled);
}
