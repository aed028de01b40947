// What every store holds, see store.hpp.
#include "stores.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <atomic>
#include <limits>
#include <set>
#include <thread>

namespace saleschecklist::test {
namespace {

using Action = Write::Action;

std::vector<std::string> ids(const Page &page) {
  std::vector<std::string> out;
  for (const Record &record : page.records) out.push_back(record.id);
  return out;
}
using Ids = std::vector<std::string>;

ErrorCode code_of(const Error &error) { return error.code; }

// Runs the case once for each kind of store that there is here.
template <class Body>
void on_each_store(Body &&body) {
  for (const StoreKind kind :
       {StoreKind::memory, StoreKind::sqlite, StoreKind::postgres, StoreKind::postgres_by_pooler}) {
    const auto place = StorePlace::make(kind);
    if (!place) continue;
    CAPTURE(std::string(place->name()));
    const auto store = place->open();
    body(*store);
  }
}

Query of_kind(const std::string &kind) {
  Query query;
  query.kind = kind;
  return query;
}

}  // namespace

TEST_CASE("what is put is got, with all of its fields") {
  on_each_store([](Store &store) {
    Record record = note("transcript", "s1.1", -5);
    record.tenant = "acme";
    record.parent = "s1";
    record.owner = "ann";
    record.status = "completed";
    record.band = "green";
    record.customer = "Zürich AG";
    record.body =
        R"({"text":"Grüße \ud83d\ude00 \\u0000 'quoted' \"too\"","n":[1,-2.5,true,null]})";
    CHECK(store.commit({put(record)}).value() == std::vector<std::int64_t>{1});
    const Record got = store.get("transcript", "acme", "s1.1").value();
    CHECK(got.kind == record.kind);
    CHECK(got.tenant == record.tenant);
    CHECK(got.id == record.id);
    CHECK(got.parent == record.parent);
    CHECK(got.revision == 1);
    CHECK(same_json(got.body, record.body));
    CHECK(got.owner == record.owner);
    CHECK(got.status == record.status);
    CHECK(got.band == record.band);
    CHECK(got.customer == record.customer);
    CHECK(got.at == -5);
  });
}

TEST_CASE("a record that is not there is not found, nor that of another tenant or kind") {
  on_each_store([](Store &store) {
    store.commit({put(note("session", "a", 1))}).value();
    CHECK(code_of(store.get("session", "", "b").error()) == ErrorCode::not_found);
    CHECK(code_of(store.get("session", "acme", "a").error()) == ErrorCode::not_found);
    CHECK(code_of(store.get("job", "", "a").error()) == ErrorCode::not_found);
    CHECK(store.get("session", "", "b").error().message == "there is no session \"b\"");
  });
}

TEST_CASE("a put replaces all of a record and counts its revision") {
  on_each_store([](Store &store) {
    Record record = note("session", "a", 1);
    record.owner = "ann";
    CHECK(store.commit({put(record)}).value() == std::vector<std::int64_t>{1});
    record.owner = "";
    record.body = R"({"new":true})";
    record.at = 2;
    CHECK(store.commit({put(record)}).value() == std::vector<std::int64_t>{2});
    const Record got = store.get("session", "", "a").value();
    CHECK(got.owner.empty());
    CHECK(same_json(got.body, R"({"new":true})"));
    CHECK(got.at == 2);
    CHECK(got.revision == 2);
    Query by_owner = of_kind("session");
    by_owner.owner = "ann";
    CHECK(store.list(by_owner).value().records.empty());
  });
}

TEST_CASE("a write whose record has not the expected revision is a conflict that names it") {
  on_each_store([](Store &store) {
    const Record a = note("session", "a", 1), b = note("session", "b", 1);
    store.commit({put(a), put(b)}).value();
    store.commit({put(a)}).value();
    for (const Action action : {Action::put, Action::erase, Action::check}) {
      CAPTURE(static_cast<int>(action));
      for (const std::int64_t expected : {0, 1, 3}) {
        const auto failed = store.commit({put(b), {action, a, expected}});
        REQUIRE_FALSE(failed);
        CHECK(failed.error().code == ErrorCode::conflict);
        CHECK(failed.error().message.find("session \"a\"") != std::string::npos);
      }
      const auto missing = store.commit({put(b), {action, note("session", "c", 1), 1}});
      REQUIRE_FALSE(missing);
      CHECK(missing.error().code == ErrorCode::conflict);
    }
    CHECK(store.get("session", "", "a").value().revision == 2);
    CHECK(store.get("session", "", "b").value().revision == 1);  // nothing of a conflict is kept
    CHECK_FALSE(store.get("session", "", "c"));
  });
}

TEST_CASE("a write whose record has the expected revision gives the new one") {
  on_each_store([](Store &store) {
    const Record a = note("session", "a", 1), b = note("session", "b", 1), c = note("job", "c", 1);
    const auto none = store.commit({put(a, 0), {Action::check, b, 0}, {Action::erase, c, 0}});
    CHECK(none.value() == std::vector<std::int64_t>{1, 0, 0});
    CHECK_FALSE(store.get("session", "", "b"));
    CHECK(store.commit({put(b), {Action::check, a, 1}}).value() == std::vector<std::int64_t>{1, 1});
    CHECK(store.commit({{Action::check, a, {}}, {Action::check, c, {}}, put(b, 1)}).value() ==
          std::vector<std::int64_t>{1, 0, 2});
    CHECK(store.commit({{Action::erase, b, 2}, put(a, 1)}).value() ==
          std::vector<std::int64_t>{0, 2});
    CHECK_FALSE(store.get("session", "", "b"));
    CHECK(store.commit({put(b, 0)}).value() == std::vector<std::int64_t>{1});
    CHECK(store.commit({}).value().empty());
  });
}

TEST_CASE("what is erased is gone from every list, and may be erased again") {
  on_each_store([](Store &store) {
    Record record = note("session", "a", 1);
    record.parent = "p";
    record.owner = "ann";
    store.commit({put(record)}).value();
    CHECK(store.commit({{Action::erase, record, {}}}).value() == std::vector<std::int64_t>{0});
    CHECK(store.commit({{Action::erase, record, {}}}).value() == std::vector<std::int64_t>{0});
    CHECK(store.list(of_kind("session")).value().records.empty());
    Query by_parent = of_kind("session");
    by_parent.parent = "p";
    CHECK(store.list(by_parent).value().records.empty());
  });
}

TEST_CASE("what breaks a rule is an invalid argument, in every store") {
  on_each_store([](Store &store) {
    const auto refused = [&](const Record &record) {
      const auto result = store.commit({put(note("session", "innocent", 1)), put(record)});
      return !result && result.error().code == ErrorCode::invalid_argument;
    };
    const auto with = [](auto &&change) {
      Record record = note("session", "a", 1);
      change(record);
      return record;
    };
    using namespace std::string_literals;
    CHECK(refused(with([](Record &r) { r.kind = ""; })));
    CHECK(refused(with([](Record &r) { r.kind = std::string(33, 'k'); })));
    CHECK(refused(with([](Record &r) { r.id = ""; })));
    CHECK(refused(with([](Record &r) { r.id = std::string(201, 'i'); })));
    CHECK(refused(with([](Record &r) { r.id = "a\0b"s; })));
    CHECK(refused(with([](Record &r) { r.tenant = "\xff"; })));
    CHECK(refused(with([](Record &r) { r.tenant = std::string(201, 't'); })));
    CHECK(refused(with([](Record &r) { r.parent = std::string(201, 'p'); })));
    CHECK(refused(with([](Record &r) { r.customer = std::string(1001, 'c'); })));
    CHECK(refused(with([](Record &r) { r.owner = "\xc3"; })));
    CHECK(refused(with([](Record &r) { r.body = ""; })));
    CHECK(refused(with([](Record &r) { r.body = "{\"a\":1"; })));
    CHECK(refused(with([](Record &r) { r.body = "{\"a\":\"\xff\"}"; })));
    CHECK(refused(with([](Record &r) { r.body = R"({"a":"\u0000"})"; })));
    CHECK(refused(with([](Record &r) { r.body = R"({"a\\\u0000":1})"; })));
    CHECK(refused(with([](Record &r) { r.body = R"({"a":"\ud800"})"; })));
    CHECK(refused(with([](Record &r) { r.body = R"({"a":1e999})"; })));
    CHECK(refused(with([](Record &r) { r.body = std::string(101, '[') + std::string(101, ']'); })));
    CHECK_FALSE(refused(with([](Record &r) { r.body = R"({"a":"\\u0000"})"; })));
    const Record twice = note("session", "b", 1);
    const auto result = store.commit({put(twice), {Action::check, twice, {}}});
    REQUIRE_FALSE(result);
    CHECK(result.error().code == ErrorCode::invalid_argument);
    CHECK(code_of(store.commit({put(twice, -1)}).error()) == ErrorCode::invalid_argument);
    CHECK(code_of(store.get("session", "", "").error()) == ErrorCode::invalid_argument);
    CHECK(code_of(store.get("session", "\xff", "a").error()) == ErrorCode::invalid_argument);
    CHECK_FALSE(store.get("session", "", "b"));
  });
}

TEST_CASE("the longest names and every lead byte of UTF-8 are kept") {
  on_each_store([](Store &store) {
    Record record = note(std::string(32, 'k'), std::string(200, 'i'), 1);
    record.tenant = std::string(200, 't');
    record.parent = std::string(200, 'p');
    // Not compressible, as the keys of an index might be.
    std::uint32_t random = 7;
    for (std::string *field : {&record.owner, &record.status, &record.band, &record.customer}) {
      while (field->size() < 1000)
        field->push_back('0' + (random = random * 1664525 + 1013904223) % 75);
    }
    store.commit({put(record)}).value();
    CHECK(store.get(record.kind, record.tenant, record.id).value().customer == record.customer);
    Record odd = note("note", "\"\\'%_\t\n\u00e9\u20ac\U0001f600", 1);
    odd.owner = odd.id;
    store.commit({put(odd)}).value();
    Query query = of_kind("note");
    query.owner = odd.owner;
    CHECK(ids(store.list(query).value()) == Ids{odd.id});
  });
}

TEST_CASE("a list holds what fits every filter, in the order of its times") {
  on_each_store([](Store &store) {
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
  });
}

TEST_CASE("pages follow each other without gaps or repetitions, both ways, with many at one time") {
  on_each_store([](Store &store) {
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
    for (const bool newest_first : {false, true}) {
      for (const bool all_tenants : {false, true}) {
        for (const bool by_owner : {false, true}) {
          Query query = of_kind("session");
          query.newest_first = newest_first;
          query.tenant = all_tenants ? std::nullopt : std::optional<std::string>("x");
          query.owner = by_owner ? "ann" : "";
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
          CHECK(std::set<std::string>(paged.begin(), paged.end()).size() ==
                (all_tenants ? 50 : 33));
        }
      }
    }
  });
}

TEST_CASE("a record that stays is listed once, whatever else comes and goes between the pages") {
  on_each_store([](Store &store) {
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
      const auto name = std::to_string(round);
      store.commit({put(note("session", "early" + name, 0))}).value();
      store.commit({{Action::erase, page.records.back(), {}}}).value();
    }
    CHECK(stayed == 20);
  });
}

TEST_CASE("unsound pages and cursors are invalid arguments") {
  on_each_store([](Store &store) {
    store.commit({put(note("session", "a", 1)), put(note("session", "b", 2))}).value();
    const auto refused = [&](auto &&change) {
      Query query = of_kind("session");
      query.limit = 1;
      query.after = store.list(query).value().next;
      change(query);
      const auto result = store.list(query);
      return !result && result.error().code == ErrorCode::invalid_argument;
    };
    CHECK_FALSE(refused([](Query &) {}));
    CHECK(refused([](Query &q) { q.limit = 0; }));
    CHECK(refused([](Query &q) { q.limit = 1001; }));
    CHECK(refused([](Query &q) { q.kind = ""; }));
    CHECK(refused([](Query &q) { q.owner = "\xff"; }));
    CHECK(refused([](Query &q) { q.after = "12"; }));
    CHECK(refused([](Query &q) { q.after = "not a cursor"; }));
    CHECK(refused([](Query &q) { q.after.resize(q.after.size() / 2); }));
    CHECK(refused([](Query &q) { q.newest_first = true; }));
    CHECK(refused([](Query &q) { q.tenant = "other"; }));
  });
}

TEST_CASE("of many threads that expect one revision exactly one wins") {
  on_each_store([](Store &store) {
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
  });
}

TEST_CASE("threads that count together lose nothing, and readers never see half a commit") {
  on_each_store([](Store &store) {
    store.commit({put(numbered("left", 0)), put(numbered("right", 0))}).value();
    std::atomic<bool> done = false;
    std::atomic<int> torn = 0, failed = 0;
    std::thread reader([&] {
      while (!done) {
        const auto page = store.list(of_kind("counter"));
        if (!page || number_in(page->records.at(0)) != number_in(page->records.at(1))) ++torn;
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
  });
}

TEST_CASE("commits that name the same records in other orders do not lock each other up") {
  on_each_store([](Store &store) {
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
  });
}

TEST_CASE("scrubbing changes nothing that is kept") {
  on_each_store([](Store &store) {
    store.commit({put(note("session", "a", 1)), put(note("session", "b", 1))}).value();
    store.commit({{Action::erase, note("session", "b", 1), {}}}).value();
    CHECK(store.scrub());
    CHECK(ids(store.list(of_kind("session")).value()) == Ids{"a"});
    CHECK(store.commit({put(note("session", "a", 1), 1)}).value() == std::vector<std::int64_t>{2});
  });
}

}  // namespace saleschecklist::test
