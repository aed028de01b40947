// Leases and clocks: nobody waits for a lease that only a wrong clock can have written.
#include <doctest/doctest.h>

#include <algorithm>
#include <limits>

#include "engines.hpp"

using namespace saleschecklist;
using namespace saleschecklist::test;

namespace {

constexpr std::int64_t minute = 60'000, year = 365LL * 24 * 60 * minute;
constexpr std::int64_t never = 253'402'300'799'999;

// A session that another machine's worker holds, as the clock of that worker had it.
struct Held {
  std::shared_ptr<std::atomic<std::int64_t>> clock =
      std::make_shared<std::atomic<std::int64_t>>(year);
  std::vector<std::string> log;
  EngineOptions options = offline_options();
  std::optional<Engine> engine;
  std::string id;

  explicit Held(std::int64_t lease_ms = minute) {
    options.clock = [c = clock] { return c->load(); };
    options.lease_ms = lease_ms;
    options.log = [this](LogLevel level, std::string_view line) {
      if (level == LogLevel::warning) log.emplace_back(line);
    };
    engine.emplace(Engine::open(options).value());
    id = attached(*engine, small_call()).id;
  }
  void hold(std::int64_t until, const std::string &body) const {
    Record job = options.store->get("job", "", id).value();
    job.at = until;
    job.body = body;
    REQUIRE(options.store->commit({{Write::Action::put, job, {}}}));
  }
  bool is_audited() const {
    const auto entries = engine->audit(id).value();
    return std::any_of(entries.begin(), entries.end(),
                       [](const AuditEntry &entry) { return entry.action == "lease taken over"; });
  }
};

std::string worker(const std::string &more) {
  return R"({"worker":{"claim":"x","machine":"elsewhere","pid":1,"started":"1")" + more + "}}";
}

}  // namespace

TEST_CASE("a lease that a wrong clock wrote is taken over, and the logs say so") {
  for (const std::int64_t until :
       {year + 3 * minute + 1, 2 * year, 30 * year, never - 1, never + 1}) {
    for (const bool pending : {false, true}) {
      CAPTURE(until);
      if (pending && until >= never) continue;
      Held h;
      h.hold(until, worker(R"(,"lease_ms":60000)"));
      if (pending) {
        CHECK(h.engine->run_pending().value().size() == 1);
      } else {
        REQUIRE(h.engine->run(h.id));
      }
      CHECK(h.engine->find(h.id).value().status == SessionStatus::completed);
      CHECK(h.is_audited());
      REQUIRE(h.log.size() == 1);
      CHECK(h.log[0].find("a clock was wrong") != std::string::npos);
      CHECK(h.log[0].find(h.id) != std::string::npos);
      CHECK(h.engine->verify_audit(h.id).value().faults.empty());
    }
  }
}

TEST_CASE("a lease that clocks which differ a little explain is waited for") {
  // Until, and what the other worker told of the length of its lease.
  const std::pair<std::int64_t, std::string> held[] = {
      {year + minute, worker(R"(,"lease_ms":60000)")},
      {year + 2 * minute, worker(R"(,"lease_ms":60000)")},
      {year + minute, worker(R"(,"lease_ms":100)")},
      {year + 60 * minute, worker(R"(,"lease_ms":3600000)")},  // longer than this engine's
      {year + 60 * minute, worker("")},                        // of an earlier version
      {year + 24 * 60 * minute, worker(R"(,"lease_ms":9223372036854775807)")},
      {year + 24 * 60 * minute, worker(R"(,"lease_ms":"long")")}};
  for (const auto &[until, body] : held) {
    CAPTURE(body);
    Held h(100);
    h.hold(until, body);
    const auto refused = h.engine->run(h.id);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == ErrorCode::conflict);
    CHECK(h.engine->run_pending().value().empty());
    CHECK_FALSE(h.is_audited());
    *h.clock = until + 1;
    CHECK(h.engine->run_pending().value().size() == 1);
    CHECK_FALSE(h.is_audited());
    CHECK(h.log.empty());
  }
}

TEST_CASE("a session that a fast clock put off and nobody holds is run at once") {
  for (const char *body : {"{}", R"({"worker":{}})"}) {
    CAPTURE(body);
    Held h;
    h.hold(year + 5 * minute, body);
    CHECK(h.engine->run_pending().value().size() == 1);
    CHECK_FALSE(h.is_audited());
  }
}

TEST_CASE("a session that waits for new input is no lease of a wrong clock") {
  Held h;
  REQUIRE(h.engine->run(h.id));
  CHECK(h.engine->run_pending().value().empty());
  REQUIRE(h.engine->run(h.id));
  CHECK_FALSE(h.is_audited());
}

TEST_CASE("a lease is a tenth of a second to a day") {
  EngineOptions options = offline_options();
  constexpr std::int64_t day = 24 * 60 * minute;
  for (const std::int64_t good : {std::int64_t{100}, minute, day}) {
    options.lease_ms = good;
    CHECK(Engine::open(options));
  }
  for (const std::int64_t bad :
       {std::numeric_limits<std::int64_t>::min(), std::int64_t{-1}, std::int64_t{99}, day + 1,
        std::numeric_limits<std::int64_t>::max()}) {
    options.lease_ms = bad;
    const Error error = Engine::open(options).error();
    CHECK(error.code == ErrorCode::invalid_argument);
    CHECK(error.where == "lease_ms");
    CHECK(error.message.find(bad > minute ? "at most" : "at least") != std::string::npos);
  }
}
