// What every store of this library promises: the contract of store.hpp, and what is ours alone.
#include "contract.hpp"
#include "stores.hpp"

#include <doctest/doctest.h>

namespace saleschecklist::test {
namespace {

void check_contract(StoreKind kind) {
  const auto place = StorePlace::make(kind);
  if (place) check_store_contract([&] { return place->open(); });
}

// Runs the case once for each kind of store that can be opened here.
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

}  // namespace

TEST_CASE("the store in memory keeps the contract of stores") { check_contract(StoreKind::memory); }

TEST_CASE("the store in SQLite keeps the contract of stores") { check_contract(StoreKind::sqlite); }

TEST_CASE("the store in PostgreSQL keeps the contract of stores") {
  check_contract(StoreKind::postgres);
}

TEST_CASE("the store in PostgreSQL behind PgBouncer keeps the contract of stores") {
  check_contract(StoreKind::postgres_by_pooler);
}

TEST_CASE("an error names the record that does not exist") {
  on_each_store([](Store &store) {
    CHECK(store.get("session", "", "b").error().message == "there is no session \"b\"");
  });
}

TEST_CASE("a cursor continues only the list that it is from") {
  on_each_store([](Store &store) {
    store.commit({put(note("session", "a", 1)), put(note("session", "b", 2))}).value();
    const auto refused = [&](auto &&change) {
      Query query;
      query.kind = "session";
      query.limit = 1;
      query.after = store.list(query).value().next;
      change(query);
      const auto result = store.list(query);
      return !result && result.error().code == ErrorCode::invalid_argument;
    };
    CHECK_FALSE(refused([](Query &) {}));
    CHECK(refused([](Query &q) { q.kind = ""; }));
    CHECK(refused([](Query &q) { q.owner = "\xff"; }));
    CHECK(refused([](Query &q) { q.after = "12"; }));
    CHECK(refused([](Query &q) { q.newest_first = true; }));
    CHECK(refused([](Query &q) { q.tenant = "other"; }));
  });
}

}  // namespace saleschecklist::test
