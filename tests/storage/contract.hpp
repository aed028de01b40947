// What every Store promises (see saleschecklist/store.hpp), as doctest checks. This library's
// stores pass them, and a host's own store should, too. It needs the public headers and doctest
// only: copy this file into your tests, or include it from here.
//
//   #define DOCTEST_CONFIG_IMPLEMENT_WITH_MAIN
//   #include <doctest/doctest.h>
//   #include "contract.hpp"
//
//   TEST_CASE("my store keeps the contract of stores") {
//     saleschecklist::test::check_store_contract([] { return std::make_shared<MyStore>(); });
//   }
//
// Each promise is a SUBCASE, so the test case is entered once for each of them, with a new store.
#ifndef SALESCHECKLIST_TESTS_STORAGE_CONTRACT_HPP
#define SALESCHECKLIST_TESTS_STORAGE_CONTRACT_HPP

#include <saleschecklist/saleschecklist.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <functional>
#include <limits>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace saleschecklist::test {

struct StoreContract {
  // Whether the store refuses what breaks a rule of store.hpp: names that are too long or not
  // UTF-8, bodies that are not JSON. The engine writes no such record, so a store for it alone may
  // leave these checks out.
  bool refuses_unsound_records = true;
  // Whether an engine is to run a session on the store, with the library's offline assessor.
  bool runs_an_engine = true;
};

namespace contract {

using Action = Write::Action;
using Ids = std::vector<std::string>;
using Revisions = std::vector<std::int64_t>;

inline Record note(const std::string &kind, const std::string &id, std::int64_t at) {
  Record record;
  record.kind = kind;
  record.id = id;
  record.at = at;
  return record;
}

inline Write put(const Record &record, std::optional<std::int64_t> expected = {}) {
  return {Action::put, record, expected};
}

inline Query of_kind(const std::string &kind) {
  Query query;
  query.kind = kind;
  return query;
}

inline Ids ids(const Page &page) {
  Ids out;
  for (const Record &record : page.records) out.push_back(record.id);
  return out;
}

template <class T>
bool fails_with(const Result<T> &result, ErrorCode code) {
  return !result && result.error().code == code;
}

// A record of kind "counter" that holds a number.
inline Record numbered(const std::string &id, int number) {
  Record record = note("counter", id, 1);
  record.body = "{\"number\":" + std::to_string(number) + "}";
  return record;
}

inline int number_in(const Record &record) {
  return static_cast<int>(number_at(record.body, "/number").value_or(-1));
}

// Adds one to each of these counters in one commit, again after each conflict.
inline bool add_one(Store &store, const Ids &counters) {
  for (;;) {
    std::vector<Write> writes;
    for (const std::string &id : counters) {
      const auto record = store.get("counter", "", id);
      if (!record) return false;
      writes.push_back(put(numbered(id, number_in(*record) + 1), record->revision));
    }
    const auto written = store.commit(writes);
    if (written) return true;
    if (written.error().code != ErrorCode::conflict) return false;
  }
}

inline void check_records(Store &store) {
  SUBCASE("what is put is got, with all of its fields") {
    Record record = note("transcript", "s1.1", -5);
    record.tenant = "acme";
    record.parent = "s1";
    record.owner = "ann";
    record.status = "completed";
    record.band = "green";
    record.customer = "Zürich AG";
    record.body =
        R"({"text":"Grüße \ud83d\ude00 \\u0000 'quoted' \"too\"","n":[1,-2.5],"yes":true})";
    CHECK(store.commit({put(record)}).value() == Revisions{1});
    const Record got = store.get("transcript", "acme", "s1.1").value();
    CHECK(got.kind == record.kind);
    CHECK(got.tenant == record.tenant);
    CHECK(got.id == record.id);
    CHECK(got.parent == record.parent);
    CHECK(got.revision == 1);
    CHECK(text_at(got.body, "/text").value() == text_at(record.body, "/text").value());
    CHECK(number_at(got.body, "/n/0").value() == 1);
    CHECK(number_at(got.body, "/n/1").value() == -2.5);
    CHECK(fails_with(number_at(got.body, "/n/2"), ErrorCode::not_found));
    CHECK(fails_with(number_at(got.body, "/yes"), ErrorCode::invalid_input));  // it is no number
    CHECK(got.owner == record.owner);
    CHECK(got.status == record.status);
    CHECK(got.band == record.band);
    CHECK(got.customer == record.customer);
    CHECK(got.at == -5);
  }

  SUBCASE("a record that does not exist is not found, nor is that of another tenant or kind") {
    store.commit({put(note("session", "a", 1))}).value();
    CHECK(fails_with(store.get("session", "", "b"), ErrorCode::not_found));
    CHECK(fails_with(store.get("session", "acme", "a"), ErrorCode::not_found));
    CHECK(fails_with(store.get("job", "", "a"), ErrorCode::not_found));
  }

  SUBCASE("a put replaces all of a record and increments its revision") {
    Record record = note("session", "a", 1);
    record.owner = "ann";
    CHECK(store.commit({put(record)}).value() == Revisions{1});
    record.owner = "";
    record.body = R"({"number":7})";
    record.at = 2;
    CHECK(store.commit({put(record)}).value() == Revisions{2});
    const Record got = store.get("session", "", "a").value();
    CHECK(got.owner.empty());
    CHECK(number_in(got) == 7);
    CHECK(got.at == 2);
    CHECK(got.revision == 2);
    Query by_owner = of_kind("session");
    by_owner.owner = "ann";
    CHECK(store.list(by_owner).value().records.empty());
  }

  SUBCASE("what is erased is in no list any more, and may be erased again") {
    Record record = note("session", "a", 1);
    record.parent = "p";
    record.owner = "ann";
    store.commit({put(record)}).value();
    CHECK(store.commit({{Action::erase, record, {}}}).value() == Revisions{0});
    CHECK(store.commit({{Action::erase, record, {}}}).value() == Revisions{0});
    CHECK(store.list(of_kind("session")).value().records.empty());
    Query by_parent = of_kind("session");
    by_parent.parent = "p";
    CHECK(store.list(by_parent).value().records.empty());
  }

  SUBCASE("the longest names and every lead byte of UTF-8 are kept") {
    Record record = note(std::string(32, 'k'), std::string(200, 'i'), 1);
    record.tenant = std::string(200, 't');
    record.parent = std::string(200, 'p');
    // Not compressible, as the keys of an index might be.
    std::uint32_t random = 7;
    for (std::string *field : {&record.owner, &record.status, &record.band, &record.customer}) {
      while (field->size() < 1000) {
        random = random * 1664525 + 1013904223;
        field->push_back(static_cast<char>('0' + random % 75));
      }
    }
    store.commit({put(record)}).value();
    CHECK(store.get(record.kind, record.tenant, record.id).value().customer == record.customer);
    Record odd = note("note", "\"\\'%_\t\n\u00e9\u20ac\U0001f600", 1);
    odd.owner = odd.id;
    store.commit({put(odd)}).value();
    Query query = of_kind("note");
    query.owner = odd.owner;
    CHECK(ids(store.list(query).value()) == Ids{odd.id});
    query.owner = "%";
    CHECK(store.list(query).value().records.empty());
  }

  SUBCASE("scrubbing changes nothing that is kept") {
    store.commit({put(note("session", "a", 1)), put(note("session", "b", 1))}).value();
    store.commit({{Action::erase, note("session", "b", 1), {}}}).value();
    CHECK(store.scrub());
    CHECK(ids(store.list(of_kind("session")).value()) == Ids{"a"});
    CHECK(store.commit({put(note("session", "a", 1), 1)}).value() == Revisions{2});
  }
}

inline void check_revisions(Store &store) {
  SUBCASE("a write to a record of another revision than expected is a conflict that names it") {
    const Record a = note("session", "a", 1), b = note("session", "b", 1);
    store.commit({put(a), put(b)}).value();
    store.commit({put(a)}).value();
    for (const Action action : {Action::put, Action::erase, Action::check}) {
      CAPTURE(static_cast<int>(action));
      for (const std::int64_t expected : {0, 1, 3}) {
        const auto failed = store.commit({put(b), {action, a, expected}});
        REQUIRE(fails_with(failed, ErrorCode::conflict));
        CHECK(failed.error().message.find("session \"a\"") != std::string::npos);
      }
      CHECK(fails_with(store.commit({put(b), {action, note("session", "c", 1), 1}}),
                       ErrorCode::conflict));
    }
    CHECK(store.get("session", "", "a").value().revision == 2);
    CHECK(store.get("session", "", "b").value().revision == 1);  // nothing of a conflict is kept
    CHECK_FALSE(store.get("session", "", "c"));
  }

  SUBCASE("a write to a record of the expected revision gives the new one") {
    const Record a = note("session", "a", 1), b = note("session", "b", 1), c = note("job", "c", 1);
    const auto none = store.commit({put(a, 0), {Action::check, b, 0}, {Action::erase, c, 0}});
    CHECK(none.value() == Revisions{1, 0, 0});
    CHECK_FALSE(store.get("session", "", "b"));
    CHECK(store.commit({put(b), {Action::check, a, 1}}).value() == Revisions{1, 1});
    CHECK(store.commit({{Action::check, a, {}}, {Action::check, c, {}}, put(b, 1)}).value() ==
          Revisions{1, 0, 2});
    CHECK(store.commit({{Action::erase, b, 2}, put(a, 1)}).value() == Revisions{0, 2});
    CHECK_FALSE(store.get("session", "", "b"));
    CHECK(store.commit({put(b, 0)}).value() == Revisions{1});
    CHECK(store.commit({}).value().empty());
  }
}

inline void check_rules(Store &store) {
  SUBCASE("what breaks a rule is an invalid argument") {
    const auto refused = [&](auto &&change) {
      Record record = note("session", "a", 1);
      change(record);
      return fails_with(store.commit({put(note("session", "innocent", 1)), put(record)}),
                        ErrorCode::invalid_argument);
    };
    using namespace std::string_literals;
    CHECK(refused([](Record &r) { r.kind = ""; }));
    CHECK(refused([](Record &r) { r.kind = std::string(33, 'k'); }));
    CHECK(refused([](Record &r) { r.id = ""; }));
    CHECK(refused([](Record &r) { r.id = std::string(201, 'i'); }));
    CHECK(refused([](Record &r) { r.id = "a\0b"s; }));
    CHECK(refused([](Record &r) { r.tenant = "\xff"; }));
    CHECK(refused([](Record &r) { r.tenant = std::string(201, 't'); }));
    CHECK(refused([](Record &r) { r.parent = std::string(201, 'p'); }));
    CHECK(refused([](Record &r) { r.customer = std::string(1001, 'c'); }));
    CHECK(refused([](Record &r) { r.owner = "\xc3"; }));
    CHECK(refused([](Record &r) { r.body = ""; }));
    CHECK(refused([](Record &r) { r.body = "{\"a\":1"; }));
    CHECK(refused([](Record &r) { r.body = "{\"a\":\"\xff\"}"; }));
    CHECK(refused([](Record &r) { r.body = R"({"a":"\u0000"})"; }));
    CHECK(refused([](Record &r) { r.body = R"({"a\\\u0000":1})"; }));
    CHECK(refused([](Record &r) { r.body = R"({"a":"\ud800"})"; }));
    CHECK(refused([](Record &r) { r.body = R"({"a":1e999})"; }));
    CHECK(refused([](Record &r) { r.body = std::string(101, '[') + std::string(101, ']'); }));
    CHECK_FALSE(refused([](Record &r) { r.body = R"({"a":"\\u0000"})"; }));
    const Record twice = note("session", "b", 1);
    CHECK(fails_with(store.commit({put(twice), {Action::check, twice, {}}}),
                     ErrorCode::invalid_argument));
    CHECK(fails_with(store.commit({put(twice, -1)}), ErrorCode::invalid_argument));
    CHECK(fails_with(store.get("session", "", ""), ErrorCode::invalid_argument));
    CHECK(fails_with(store.get("session", "\xff", "a"), ErrorCode::invalid_argument));
    CHECK_FALSE(store.get("session", "", "b"));
  }
}

inline void check_lists(Store &store) {
  SUBCASE("a list has the records that fit all of its filters, by time, tenant and id") {
    std::vector<Write> writes;
    for (int i = 0; i < 24; ++i) {
      Record record = note("session", std::string(1, static_cast<char>('a' + i)), 100 - i / 2);
      record.parent = i % 2 ? "odd" : "";
      record.owner = i % 3 ? "ann" : "bob";
      record.status = i % 4 ? "completed" : "draft";
      record.band = i < 12 ? "red" : "green";
      record.customer = i % 5 ? "acme" : "globex";
      writes.push_back(put(record));
    }
    writes.push_back(put(note("job", "j", 95)));
    Record foreign = note("session", "foreign", 95);
    foreign.tenant = "other";
    writes.push_back(put(foreign));
    store.commit(writes).value();
    const auto found = [&](auto &&change) {
      Query query = of_kind("session");
      change(query);
      return ids(store.list(query).value());
    };
    CHECK(found([](Query &) {}).size() == 24);
    CHECK(found([](Query &q) { q.limit = 4; }) == Ids{"w", "x", "u", "v"});
    CHECK(found([](Query &q) { q.limit = 4, q.newest_first = true; }) == Ids{"b", "a", "d", "c"});
    CHECK(found([](Query &q) { q.from = 97, q.before = 99; }) == Ids{"g", "h", "e", "f"});
    CHECK(found([](Query &q) { q.from = 97, q.before = 99, q.newest_first = true; }) ==
          Ids{"f", "e", "h", "g"});
    CHECK(found([](Query &q) { q.owner = "bob"; }) == Ids{"v", "s", "p", "m", "j", "g", "d", "a"});
    CHECK(found([](Query &q) { q.owner = "bob", q.parent = "odd"; }) == Ids{"v", "p", "j", "d"});
    CHECK(found([](Query &q) { q.status = "draft", q.band = "red"; }) == Ids{"i", "e", "a"});
    CHECK(found([](Query &q) { q.customer = "globex", q.from = 95; }) == Ids{"k", "f", "a"});
    CHECK(found([](Query &q) { q.customer = "Acme"; }).empty());
    CHECK(found([](Query &q) { q.tenant = "other"; }) == Ids{"foreign"});
    CHECK(found([](Query &q) { q.tenant.reset(), q.from = 95, q.before = 96; }) ==
          Ids{"k", "l", "foreign"});
    CHECK(found([](Query &q) { q.kind = "job", q.tenant.reset(), q.before = 96; }) == Ids{"j"});
  }

  SUBCASE("pages follow each other without gaps or repetitions, both ways, with many at one time") {
    std::vector<Write> writes;
    const std::int64_t least = std::numeric_limits<std::int64_t>::min();
    const std::int64_t most = std::numeric_limits<std::int64_t>::max();
    for (int i = 0; i < 50; ++i) {
      Record record = note("session", "s" + std::to_string(i), i < 2 ? (i ? least : most) : i / 10);
      record.tenant = i % 3 ? "x" : "y";
      record.owner = "ann";
      writes.push_back(put(record));
    }
    store.commit(writes).value();
    for (int way = 0; way < 8; ++way) {
      const bool all_tenants = way & 1;
      Query query = of_kind("session");
      query.newest_first = way & 2;
      query.tenant = all_tenants ? std::nullopt : std::optional<std::string>("x");
      query.owner = way & 4 ? "ann" : "";
      const Ids all = ids(store.list(query).value());
      query.limit = 7;
      Ids paged;
      do {
        const Page page = store.list(query).value();
        CHECK(page.records.size() <= 7);
        for (const std::string &id : ids(page)) paged.push_back(id);
        query.after = page.next;
      } while (!query.after.empty() && paged.size() <= all.size());
      CHECK(paged == all);
      CHECK(std::set<std::string>(paged.begin(), paged.end()).size() == (all_tenants ? 50 : 33));
    }
  }

  SUBCASE("a record that stays is listed once, whatever else comes and goes between the pages") {
    for (int i = 0; i < 20; ++i) {
      store.commit({put(note("session", "stays" + std::to_string(i), i * 10))}).value();
    }
    Query query = of_kind("session");
    query.limit = 5;
    int stayed = 0;
    for (int round = 0; round == 0 || !query.after.empty(); ++round) {
      const Page page = store.list(query).value();
      for (const std::string &id : ids(page)) stayed += id.rfind("stays", 0) == 0;
      query.after = page.next;
      store.commit({put(note("session", "early" + std::to_string(round), 0))}).value();
      store.commit({{Action::erase, page.records.back(), {}}}).value();
    }
    CHECK(stayed == 20);
  }

  SUBCASE("limits out of range and texts that are no cursors are invalid arguments") {
    store.commit({put(note("session", "a", 1)), put(note("session", "b", 2))}).value();
    const auto refused = [&](auto &&change) {
      Query query = of_kind("session");
      query.limit = 1;
      query.after = store.list(query).value().next;
      change(query);
      return fails_with(store.list(query), ErrorCode::invalid_argument);
    };
    CHECK_FALSE(refused([](Query &) {}));
    CHECK(refused([](Query &q) { q.limit = 0; }));
    CHECK(refused([](Query &q) { q.limit = 1001; }));
    CHECK(refused([](Query &q) { q.after = "not a cursor"; }));
    CHECK(refused([](Query &q) { q.after.resize(q.after.size() / 2); }));
  }
}

inline void check_threads(Store &store) {
  SUBCASE("of many threads that expect one revision exactly one wins") {
    const Record record = note("job", "j", 1);
    for (const std::int64_t revision : {0, 1, 2}) {
      std::atomic<int> won = 0, lost = 0, other = 0;
      std::vector<std::thread> threads;
      for (int i = 0; i < 8; ++i) {
        threads.emplace_back([&] {
          const auto result = store.commit({put(record, revision)});
          ++(result ? won : result.error().code == ErrorCode::conflict ? lost : other);
        });
      }
      for (auto &thread : threads) thread.join();
      CHECK(won == 1);
      CHECK(lost == 7);
    }
  }

  SUBCASE("threads that count together lose nothing, and readers never see half a commit") {
    store.commit({put(numbered("left", 0)), put(numbered("right", 0))}).value();
    std::atomic<bool> done = false;
    std::atomic<int> torn = 0, failed = 0;
    std::thread reader([&] {
      while (!done) {
        const auto page = store.list(of_kind("counter"));
        if (!page || page->records.size() != 2 ||
            number_in(page->records[0]) != number_in(page->records[1])) {
          ++torn;
        }
      }
    });
    std::vector<std::thread> writers;
    for (int i = 0; i < 4; ++i) {
      writers.emplace_back([&] {
        for (int n = 0; n < 10; ++n) failed += !add_one(store, {"left", "right"});
      });
    }
    for (auto &writer : writers) writer.join();
    done = true;
    reader.join();
    CHECK(torn == 0);
    CHECK(failed == 0);
    CHECK(number_in(store.get("counter", "", "left").value()) == 40);
    CHECK(number_in(store.get("counter", "", "right").value()) == 40);
  }

  SUBCASE("commits that name the same records in other orders do not lock each other up") {
    std::atomic<int> failed = 0;
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i) {
      threads.emplace_back([&, i] {
        for (int n = 0; n < 10; ++n) {
          std::vector<Write> writes;
          for (int k = 0; k < 6; ++k) writes.push_back(put(note("note", std::to_string(k), n)));
          if (i % 2) std::reverse(writes.begin(), writes.end());
          if (i == 3) writes[2].action = Action::erase;
          failed += !store.commit(writes);
        }
      });
    }
    for (auto &thread : threads) thread.join();
    CHECK(failed == 0);
  }
}

inline void check_engine(const std::shared_ptr<Store> &store) {
  SUBCASE("an engine runs, corrects, lists and erases a session on it") {
    EngineOptions options;
    options.store = store;
    options.actor = "contract";
    const Engine engine = Engine::open(options).value();
    NewSession deal;
    deal.customer = "Acme";
    deal.checklist = std::make_shared<const Checklist>(Checklist::ten_point());
    deal.sales_call = SalesCallRule::yes;  // the call is too short to tell
    const std::string id = engine.create(deal).value().id;
    const Transcript call =
        read_transcript("Rita: What does it cost you?\nTom: We lose forty thousand a month.\n",
                        {{"Rita"}})
            .value();
    engine.attach_transcript(id, call).value();
    CHECK(engine.run(id).value().status == SessionStatus::completed);
    const std::string item = deal.checklist->categories.front().items.front().id;
    engine.override_answer(id, item, Answer::no, "as the contract says").value();
    CHECK(engine.history(id).value().size() == 2);
    CHECK(engine.list().value().sessions.size() == 1);
    CHECK(engine.verify_audit(id).value().faults.empty());
    engine.erase(id).value();
    CHECK(fails_with(engine.find(id), ErrorCode::not_found));
    CHECK(engine.list().value().sessions.empty());
    CHECK(engine.audit(id).value().size() > 3);  // what happened is still known
  }
}

}  // namespace contract

// Call it once in a TEST_CASE. `open` gives a store without records each time.
inline void check_store_contract(const std::function<std::shared_ptr<Store>()> &open,
                                 const StoreContract &promises = {}) {
  const std::shared_ptr<Store> store = open();
  REQUIRE(store != nullptr);
  contract::check_records(*store);
  contract::check_revisions(*store);
  if (promises.refuses_unsound_records) contract::check_rules(*store);
  contract::check_lists(*store);
  contract::check_threads(*store);
  if (promises.runs_an_engine) contract::check_engine(store);
}

}  // namespace saleschecklist::test

#endif
