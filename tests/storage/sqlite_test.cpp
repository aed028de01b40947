// What SQLite's files hold, what becomes of them in kind, and how they grow old.
#include "storage/sqlite/store.hpp"

#include "stores.hpp"
#include "support/support.hpp"

#include <doctest/doctest.h>
#include <signal.h>
#include <sqlite3.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <thread>

namespace saleschecklist::test {
namespace {

namespace fs = std::filesystem;

// A file in a folder of its own.
struct Place {
  TemporaryFolder folder;
  std::string file = (folder.path() / "deals.db").string();

  std::shared_ptr<Store> open() const { return sqlite_store(file).value(); }

  // Rows as "a|b\n", from a connection of the test's own.
  std::string query(const std::string &sql) const {
    sqlite3 *database = nullptr;
    REQUIRE(sqlite3_open(file.c_str(), &database) == SQLITE_OK);
    std::string out;
    const auto add = [](void *text, int columns, char **values, char **) {
      for (int i = 0; i < columns; ++i) {
        *static_cast<std::string *>(text) +=
            (i ? "|" : "") + std::string(values[i] ? values[i] : "");
      }
      *static_cast<std::string *>(text) += "\n";
      return 0;
    };
    char *error = nullptr;
    sqlite3_exec(database, sql.c_str(), add, &out, &error);
    const std::string failed = error ? error : "";
    sqlite3_free(error);
    sqlite3_close(database);
    CHECK(failed == "");
    return out;
  }

  bool holds(const std::string &bytes) const {
    for (const auto &entry : fs::directory_iterator(folder.path())) {
      if (read_file(entry.path()).find(bytes) != std::string::npos) return true;
    }
    return false;
  }
};

ErrorCode code_of_opening(const std::string &file) {
  const auto store = sqlite_store(file);
  REQUIRE_FALSE(store);
  CHECK(store.error().where == file);
  return store.error().code;
}

Record filled(const std::string &id, const std::string &text, std::size_t times) {
  Record record = note("transcript", id, 1);
  std::string all;
  for (std::size_t i = 0; i < times; ++i) all += text;
  record.body = "{\"text\":\"" + all + "\"}";
  return record;
}

}  // namespace

TEST_CASE("an SQLite store is one private file with a log ahead, and knows its own") {
  const Place place;
  const auto store = place.open();
  store->commit({put(note("session", "a", 1))}).value();
  CHECK(place.query("PRAGMA journal_mode") == "wal\n");
  CHECK(place.query("PRAGMA application_id") == "1396919345\n");
  CHECK(place.query("PRAGMA user_version") ==
        std::to_string(storage::sqlite_steps().size()) + "\n");
  for (const auto &entry : fs::directory_iterator(place.folder.path())) {
    CAPTURE(entry.path());
    CHECK((fs::status(entry.path()).permissions() & fs::perms(077)) == fs::perms::none);
  }
}

TEST_CASE("a database behind a symbolic link to nothing is private, too") {
  const Place place;
  const fs::path target = place.folder.path() / "elsewhere.db";
  fs::create_symlink("elsewhere.db", place.file);
  place.open()->commit({put(note("session", "a", 1))}).value();
  CHECK(fs::is_symlink(place.file));
  CHECK((fs::status(target).permissions() & fs::perms(077)) == fs::perms::none);
}

TEST_CASE("a store fails in a child process, which leaves it alone for its parent") {
  const Place place;
  auto store = place.open();
  store->commit({put(note("session", "a", 1))}).value();
  const auto refuses = [](const auto &result) {
    return !result && result.error().code == ErrorCode::invalid_argument;
  };
  const pid_t child = start_process([&] {
    const bool told = refuses(store->get("session", "t", "a")) &&
                      refuses(store->commit({put(note("session", "b", 1))}));
    store.reset();
    return told ? 0 : 1;
  });
  CHECK(wait_for(child) == 0);
  CHECK(store->commit({put(note("session", "d", 1))}));
  CHECK(place.query("SELECT count(*) FROM records WHERE kind = 'session'") == "2\n");
}

TEST_CASE("erased bytes are in no file of an SQLite store once it is scrubbed") {
  const Place place;
  const auto store = place.open();
  const std::string secret = "the merger is on Friday";
  for (int i = 0; i < 120; ++i) {
    const std::string id = std::to_string(i);
    const auto times = static_cast<std::size_t>(i * 37 % 400);
    Record record = filled(id, i % 3 ? secret : "weather", times + 1);
    record.customer = i % 3 ? "Secret Customer Ltd" : "Open Ltd";
    store->commit({put(record), put(filled("kept" + id, "weather", times))}).value();
    if (i % 2) store->commit({put(filled(id, "rewritten", times / 2))}).value();
    if (i % 5 == 4) {
      store->commit({{Write::Action::erase, filled(std::to_string(i - 3), "", 0), {}}}).value();
    }
  }
  CHECK(place.holds(secret));
  for (int i = 0; i < 120; ++i) {
    if (i % 3)
      store->commit({{Write::Action::erase, note("transcript", std::to_string(i), 1), {}}}).value();
  }
  REQUIRE(store->scrub());
  CHECK_FALSE(place.holds("the merger"));
  CHECK_FALSE(place.holds("Secret Customer"));
  CHECK(place.holds("weather"));
  CHECK(place.query("PRAGMA integrity_check") == "ok\n");
}

TEST_CASE("scrubbing that others hold up says that bytes may be left, and succeeds afterwards") {
  const Place place;
  const auto store = sqlite_store(place.file, SqliteOptions{100}).value();
  store->commit({put(filled("a", "the merger", 100))}).value();
  sqlite3 *other = nullptr;
  REQUIRE(sqlite3_open(place.file.c_str(), &other) == SQLITE_OK);
  sqlite3_exec(other, "BEGIN; SELECT * FROM records", nullptr, nullptr, nullptr);
  store->commit({{Write::Action::erase, note("transcript", "a", 1), {}}}).value();
  const auto held_up = store->scrub();
  REQUIRE_FALSE(held_up);
  CHECK(held_up.error().code == ErrorCode::timeout);
  CHECK(held_up.error().message.find("erased data may still be in its files") != std::string::npos);
  sqlite3_exec(other, "COMMIT", nullptr, nullptr, nullptr);
  REQUIRE(store->scrub());
  CHECK_FALSE(place.holds("the merger"));
  sqlite3_close(other);
}

TEST_CASE("a commit that others hold up too long is a timeout, and the next one succeeds") {
  const Place place;
  const auto store = sqlite_store(place.file, SqliteOptions{50}).value();
  sqlite3 *other = nullptr;
  REQUIRE(sqlite3_open(place.file.c_str(), &other) == SQLITE_OK);
  sqlite3_exec(other, "BEGIN IMMEDIATE", nullptr, nullptr, nullptr);
  CHECK(store->commit({put(note("session", "a", 1))}).error().code == ErrorCode::timeout);
  CHECK(store->get("session", "", "a").error().code == ErrorCode::not_found);  // reading goes on
  sqlite3_exec(other, "ROLLBACK", nullptr, nullptr, nullptr);
  CHECK(store->commit({put(note("session", "a", 1))}));
  sqlite3_close(other);
}

TEST_CASE("what is no database of this library, or a damaged one, is invalid input") {
  const Place place;
  std::ofstream(place.file) << std::string(5000, 'x');
  CHECK(code_of_opening(place.file) == ErrorCode::invalid_input);
  CHECK(read_file(place.file) == std::string(5000, 'x'));
  fs::remove(place.file);
  place.query("CREATE TABLE theirs (a)");
  CHECK(code_of_opening(place.file) == ErrorCode::invalid_input);
  CHECK(place.query("PRAGMA journal_mode") == "delete\n");  // left as it was
  fs::remove(place.file);
  for (int i = 0; i < 200; ++i)
    place.open()->commit({put(filled(std::to_string(i), "weather", 50))}).value();
  std::fstream damaged(place.file, std::ios::in | std::ios::out | std::ios::binary);
  for (int page = 1; page < 100; ++page) {
    damaged.seekp(page * 4096);
    damaged << std::string(64, '\xAA');
  }
  damaged.close();
  const auto store = sqlite_store(place.file);
  const auto read = store ? (*store)->commit({put(note("session", "new", 1))}) : store.error();
  REQUIRE_FALSE(read);
  CHECK(read.error().code == ErrorCode::invalid_input);
}

TEST_CASE("names of no file, missing folders and folders are refused") {
  const Place place;
  CHECK(sqlite_store("").error().code == ErrorCode::invalid_argument);
  CHECK(sqlite_store(":memory:").error().code == ErrorCode::invalid_argument);
  CHECK(code_of_opening((place.folder.path() / "none" / "a.db").string()) == ErrorCode::io);
  CHECK(code_of_opening(place.folder.path().string()) == ErrorCode::io);
}

TEST_CASE("a database that may not be written is an io error that says so") {
  const Place place;
  place.open()->commit({put(note("session", "a", 1))}).value();
  fs::permissions(place.file, fs::perms(0444));
  fs::permissions(place.folder.path(), fs::perms(0555));
  const pid_t child = start_process([&] {
    if (geteuid() == 0 && (setgid(65534) != 0 || setuid(65534) != 0)) return 9;
    const auto store = sqlite_store(place.file);
    if (store) return 1;
    if (store.error().code != ErrorCode::io) return 2;
    return store.error().message.find("read-only") == std::string::npos ? 3 : 0;
  });
  CHECK(wait_for(child) == 0);
  fs::permissions(place.folder.path(), fs::perms(0755));
}

TEST_CASE("a full disk is an io error that leaves nothing half-written, wherever it strikes") {
  const Place place;
  place.open()->commit({put(numbered("left", 0)), put(numbered("right", 0))}).value();
  for (rlim_t more = 0; more < 200'000; more += 7'919) {
    CAPTURE(more);
    const pid_t child = start_process([&] {
      signal(SIGXFSZ, SIG_IGN);
      const auto store = place.open();
      const rlimit limit{more, more};
      setrlimit(RLIMIT_FSIZE, &limit);
      int code = 0;
      for (int n = 1; n < 4; ++n) {
        Record big = filled("left", "0123456789", 3'000);
        big.kind = "counter";
        big.body.insert(1, "\"number\":" + std::to_string(n) + ",");
        const auto done = store->commit({put(big), put(numbered("right", n))});
        if (!done && done.error().code != ErrorCode::io) return 1;
        if (!done) code = 77;
        if (!store->get("counter", "", "left")) return 2;
      }
      return code;
    });
    const int code = wait_for(child);
    CHECK((code == 0 || code == 77));
    if (more == 0) CHECK(code == 77);
    const auto store = place.open();
    CHECK(number_in(store->get("counter", "", "left").value()) ==
          number_in(store->get("counter", "", "right").value()));
    CHECK(store->commit({put(numbered("left", 9)), put(numbered("right", 9))}));
  }
  CHECK(place.query("PRAGMA integrity_check") == "ok\n");
}

TEST_CASE("a schema of a newer version is politely refused, naming both versions") {
  const Place place;
  place.open();
  place.query("PRAGMA user_version = 1234");
  const auto store = sqlite_store(place.file);
  REQUIRE_FALSE(store);
  CHECK(store.error().code == ErrorCode::unsupported);
  CHECK(store.error().message.find("1234") != std::string::npos);
  CHECK(store.error().message.find("up to " + std::to_string(storage::sqlite_steps().size())) !=
        std::string::npos);
  CHECK(place.query("PRAGMA user_version") == "1234\n");
}

TEST_CASE("an SQLite schema goes forward step by step, and not at all when a step fails") {
  const Place place;
  place.open()->commit({put(note("session", "a", 1))}).value();
  auto steps = storage::sqlite_steps();
  const std::string now = std::to_string(steps.size());
  steps.push_back("ALTER TABLE records ADD COLUMN colour TEXT; UPDATE records SET colour = 'red'");
  steps.push_back("ALTER TABLE records RENAME COLUMN colour TO color; CREATE TABLE broken (");
  const auto failed = storage::sqlite_store(place.file, {}, steps);
  REQUIRE_FALSE(failed);
  CHECK(place.query("PRAGMA user_version") == now + "\n");
  CHECK(place.open()->get("session", "", "a"));
  steps.back() = "ALTER TABLE records RENAME COLUMN colour TO color";
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i)
    threads.emplace_back([&] { (void)storage::sqlite_store(place.file, {}, steps).value(); });
  for (auto &thread : threads) thread.join();
  CHECK(place.query("SELECT color FROM records") == "red\n");
  CHECK(storage::sqlite_store(place.file, {}, steps).value()->get("session", "", "a"));
  CHECK(sqlite_store(place.file).error().code == ErrorCode::unsupported);
}

}  // namespace saleschecklist::test
