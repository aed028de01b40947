// What a PostgreSQL store does when its server, its network or its rights fail.
#ifdef SALESCHECKLIST_WITH_POSTGRES

#include "postgres_server.hpp"
#include "storage/postgres/store.hpp"
#include "stores.hpp"

#include <doctest/doctest.h>
#include <signal.h>

#include <atomic>
#include <chrono>
#include <thread>

namespace saleschecklist::test {
namespace {

using std::chrono::milliseconds;

PostgresOptions in_schema(const std::string &schema, std::int64_t busy_ms = 10'000) {
  PostgresOptions options;
  options.schema = schema;
  options.busy_ms = busy_ms;
  return options;
}

// Runs the case where there is a server.
template <class Body>
void with_server(Body &&body) {
  PostgresServer *server = PostgresServer::shared();
  if (server == nullptr) {
    MESSAGE("left out, as PostgreSQL is not installed");
    return;
  }
  body(*server);
}

bool told(const Error &error, const char *words) {
  return error.message.find(words) != std::string::npos;
}

}  // namespace

TEST_CASE("a server that cannot be reached is a network error, and no message shows a password") {
  for (const char *url : {"postgresql://ann:hunter22@127.0.0.1:1/deals",
                          "postgresql://ann:hunter22@nowhere.invalid/deals",
                          "postgresql://ann@/deals?host=/no/such/folder&password=hunter22"}) {
    CAPTURE(std::string(url));
    const auto store = postgres_store(url, in_schema("s", 1000));
    REQUIRE_FALSE(store);
    CHECK(store.error().code == ErrorCode::network);
    CHECK(to_string(store.error()).find("hunter22") == std::string::npos);
  }
  for (const char *url :
       {"postgresql://ann:hunter22@host/x?port", "postgresql://ann:hunter22@host/x?hunter22",
        "hunter22", "postgresql://ann:hun%zzter22@h/x"}) {
    CAPTURE(std::string(url));
    const auto store = postgres_store(url);
    REQUIRE_FALSE(store);
    CHECK(store.error().code == ErrorCode::invalid_argument);
    CHECK(to_string(store.error()).find("hunter22") == std::string::npos);
  }
}

TEST_CASE("unsound options are invalid arguments") {
  CHECK(postgres_store("postgresql://h/d", in_schema("")).error().code ==
        ErrorCode::invalid_argument);
  CHECK(postgres_store("postgresql://h/d", in_schema(std::string(64, 's'))).error().code ==
        ErrorCode::invalid_argument);
  PostgresOptions none;
  none.connections = 0;
  CHECK(postgres_store("postgresql://h/d", none).error().code == ErrorCode::invalid_argument);
}

TEST_CASE("the name of a schema is a name, whatever is in it") {
  with_server([](PostgresServer &server) {
    const std::string schema = "odd\"; DROP TABLE records; --' @. $1 %";
    REQUIRE(postgres_store(server.url(), in_schema(schema))
                .value()
                ->commit({put(note("session", "a", 1))}));
    const auto again = postgres_store(server.url(), in_schema(schema)).value();
    CHECK(again->get("session", "", "a"));
  });
}

TEST_CASE("who is not let in is unauthorized, and no message shows the password") {
  with_server([](PostgresServer &server) {
    for (const char *user : {"locked:s3cret-wrong", "locked", "nobody-here"}) {
      CAPTURE(std::string(user));
      const auto store = postgres_store(server.url(user), in_schema("s"));
      REQUIRE_FALSE(store);
      CHECK(store.error().code == ErrorCode::unauthorized);
      CHECK(to_string(store.error()).find("s3cret") == std::string::npos);
    }
    const auto store = postgres_store(server.url("locked:s3cret-word"), in_schema("locked out"));
    REQUIRE_FALSE(store);  // no right to make a schema
    CHECK(store.error().code == ErrorCode::unauthorized);
  });
}

TEST_CASE(
    "a schema that an administrator has made needs no right to make one, odd names none to quote") {
  with_server([](PostgresServer &server) {
    server.query("CREATE SCHEMA \"odd \"\"one\"\" é\" AUTHORIZATION locked");
    const auto options = in_schema("odd \"one\" é");
    const auto store = postgres_store(server.url("locked:s3cret-word"), options).value();
    CHECK(store->commit({put(note("session", "a", 1))}));
    CHECK(
        postgres_store(server.url("locked:s3cret-word"), options).value()->get("session", "", "a"));
  });
}

TEST_CASE("a connection that the server ends is replaced at the next use") {
  with_server([](PostgresServer &server) {
    for (const std::string &url : {server.url(), server.pooler_url()}) {
      if (url.empty()) continue;
      const auto store = postgres_store(url, in_schema("ended")).value();
      store->commit({put(note("session", "a", 1))}).value();
      server.query(
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() "
          "AND usename = 'scl'");
      std::this_thread::sleep_for(milliseconds(50));
      CHECK(store->get("session", "", "a"));
      CHECK(store->commit({put(note("session", "a", 1))}));
    }
  });
}

TEST_CASE(
    "connections that are ended all the time lose no commit that was reported, and tear none") {
  with_server([](PostgresServer &server) {
    const auto store = postgres_store(server.url(), in_schema("torn")).value();
    store->commit({put(numbered("left", 0)), put(numbered("right", 0))}).value();
    std::atomic<bool> done = false;
    std::thread killer([&] {
      while (!done) {
        server.query(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() "
            "AND usename = 'scl'");
      }
    });
    int reported = 0, unknown = 0, other = 0;
    for (int n = 1; n <= 150; ++n) {
      const auto written = store->commit({put(numbered("left", n)), put(numbered("right", n))});
      if (written)
        ++reported;
      else
        ++(written.error().code == ErrorCode::network ? unknown : other);
      const auto left = store->get("counter", "", "left");
      if (written && left) CHECK(number_in(*left) == n);
    }
    done = true;
    killer.join();
    CHECK(other == 0);
    CHECK(reported > 0);
    std::this_thread::sleep_for(milliseconds(100));  // until the last one has ended
    const auto revision = store->get("counter", "", "left").value().revision;
    CHECK(revision >= 1 + reported);
    CHECK(revision <= 1 + reported + unknown);
    CHECK(number_in(store->get("counter", "", "left").value()) ==
          number_in(store->get("counter", "", "right").value()));
  });
}

TEST_CASE("a server that is stopped is a network error until it runs again") {
  with_server([](PostgresServer &server) {
    std::vector<std::shared_ptr<Store>> stores{
        postgres_store(server.url(), in_schema("stopped")).value()};
    if (const auto url = server.pooler_url(); !url.empty()) {
      stores.push_back(postgres_store(url, in_schema("stopped", 500)).value());
    }
    for (const auto &store : stores) store->commit({put(note("session", "a", 1))}).value();
    server.stop();
    for (const auto &store : stores) {
      const auto failed = store->commit({put(note("session", "b", 1))});
      REQUIRE_FALSE(failed);
      const bool known =
          failed.error().code == ErrorCode::network || failed.error().code == ErrorCode::timeout;
      CHECK(known);
      CHECK_FALSE(store->get("session", "", "a"));
    }
    server.start();
    for (const auto &store : stores) {
      for (int tries = 0; tries < 100 && !store->get("session", "", "a"); ++tries)
        std::this_thread::sleep_for(milliseconds(50));
      CHECK(store->get("session", "", "a"));
      CHECK(store->commit({put(note("session", "b", 1))}));
    }
  });
}

TEST_CASE("what was reported as written outlives a crash of the server, and nothing is torn") {
  with_server([](PostgresServer &server) {
    const auto store = postgres_store(server.url(), in_schema("crashed")).value();
    std::atomic<int> reported = 0;
    std::thread writer([&] {
      for (int n = 1; store->commit({put(numbered("left", n)), put(numbered("right", n))}); ++n) {
        reported = n;
      }
    });
    while (reported < 20) std::this_thread::sleep_for(milliseconds(1));
    server.crash();
    writer.join();
    server.start();
    const int left = number_in(store->get("counter", "", "left").value());
    CHECK(number_in(store->get("counter", "", "right").value()) == left);
    CHECK(left >= reported);
    CHECK(left <= reported + 1);
  });
}

TEST_CASE("a COMMIT without an answer says that its outcome is not known") {
  with_server([](PostgresServer &server) {
    const auto patient = postgres_store(server.url(), in_schema("unanswered", 5'000)).value();
    const auto hasty = postgres_store(server.url(), in_schema("unanswered", 100)).value();
    patient->commit({put(note("session", "a", 1)), put(note("session", "b", 1))}).value();
    server.query(R"sql(
      CREATE FUNCTION unanswered.wait() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        SET LOCAL statement_timeout = 0;
        PERFORM pg_sleep(1.6), pg_terminate_backend(pg_backend_pid()); RETURN NULL; END $$;
      CREATE CONSTRAINT TRIGGER held AFTER UPDATE ON unanswered.records
        DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION unanswered.wait();)sql");
    std::optional<Result<std::vector<std::int64_t>>> lost;
    std::thread waiting([&] { lost = patient->commit({put(note("session", "a", 1))}); });
    const auto late = hasty->commit({put(note("session", "b", 1))});
    waiting.join();
    REQUIRE_FALSE(late);
    CHECK(late.error().code == ErrorCode::timeout);
    CHECK(told(late.error(), "it is unknown whether this was written"));
    REQUIRE_FALSE(*lost);
    CHECK(lost->error().code == ErrorCode::network);
    CHECK(told(lost->error(), "it is unknown whether this was written"));
    CHECK(patient->get("session", "", "a").value().revision == 1);
  });
}

TEST_CASE("a lock that others hold too long is a timeout, and the next commit succeeds") {
  with_server([](PostgresServer &server) {
    for (const std::string &url : {server.url(), server.pooler_url()}) {
      if (url.empty()) continue;
      const std::string schema = url == server.url() ? "held" : "held_by_pooler";
      const auto store = postgres_store(url, in_schema(schema, 200)).value();
      store->commit({put(note("session", "a", 1))}).value();
      std::thread holder([&] {
        server.query("BEGIN; SELECT * FROM " + schema +
                     ".records FOR UPDATE; SELECT pg_sleep(1); COMMIT");
      });
      std::this_thread::sleep_for(milliseconds(400));
      const auto late = store->commit({put(note("session", "a", 1))});
      CHECK(store->get("session", "", "a"));  // reading goes on
      const auto next = store->commit({put(note("session", "b", 1))});
      holder.join();
      INFO((next ? "" : to_string(next.error())));
      CHECK(next);
      REQUIRE_FALSE(late);
      CHECK(late.error().code == ErrorCode::timeout);
      CHECK(store->commit({put(note("session", "a", 1))}));
    }
  });
}

TEST_CASE("a newer schema of PostgreSQL is politely refused, naming both versions") {
  with_server([](PostgresServer &server) {
    postgres_store(server.url(), in_schema("newer")).value();
    server.query("UPDATE newer.versions SET version = 1234");
    const auto store = postgres_store(server.url(), in_schema("newer"));
    REQUIRE_FALSE(store);
    CHECK(store.error().code == ErrorCode::unsupported);
    CHECK(told(store.error(), "1234"));
    CHECK(
        told(store.error(), ("up to " + std::to_string(storage::postgres_steps().size())).c_str()));
  });
}

TEST_CASE("a schema of PostgreSQL goes forward step by step, and not at all when a step fails") {
  with_server([](PostgresServer &server) {
    const auto options = in_schema("older");
    postgres_store(server.url(), options).value()->commit({put(note("session", "a", 1))}).value();
    auto steps = storage::postgres_steps();
    steps.push_back(
        {"ALTER TABLE @.records ADD COLUMN colour TEXT", "UPDATE @.records SET colour = 'red'"});
    steps.push_back(
        {"ALTER TABLE @.records RENAME COLUMN colour TO color", "CREATE TABLE @.broken ("});
    REQUIRE_FALSE(storage::postgres_store(server.url(), options, steps));
    CHECK(server.query("SELECT version FROM older.versions") ==
          std::to_string(storage::postgres_steps().size()));
    CHECK(postgres_store(server.url(), options).value()->get("session", "", "a"));
    steps.back().pop_back();
    std::vector<std::thread> threads;
    std::atomic<int> failed = 0;
    for (int i = 0; i < 4; ++i)
      threads.emplace_back(
          [&] { failed += !storage::postgres_store(server.url(), options, steps); });
    for (auto &thread : threads) thread.join();
    CHECK(failed == 0);
    CHECK(server.query("SELECT color FROM older.records") == "red");
    CHECK(postgres_store(server.url(), options).error().code == ErrorCode::unsupported);
  });
}

TEST_CASE("a server that takes no writes is an io error") {
  with_server([](PostgresServer &server) {
    const auto store = postgres_store(
        server.url() + "&options=-c%20default_transaction_read_only%3Don", in_schema("read only"));
    REQUIRE_FALSE(store);
    CHECK(store.error().code == ErrorCode::io);
    CHECK(told(store.error(), "read-only"));
  });
}

}  // namespace saleschecklist::test

#endif
