// Stores that several processes share, and processes that die.
#include "stores.hpp"

#include <doctest/doctest.h>
#include <signal.h>

#include <chrono>
#include <thread>

namespace saleschecklist::test {
namespace {

template <class Body>
void on_each_shared_place(Body &&body) {
  for (const StoreKind kind :
       {StoreKind::sqlite, StoreKind::postgres, StoreKind::postgres_by_pooler}) {
    const auto place = StorePlace::make(kind);
    if (!place) continue;
    CAPTURE(std::string(place->name()));
    body(*place);
  }
}

// What each of so many processes, all at one time, ended with: "0 0 0".
std::string all_of(int processes, const std::function<int(int)> &body) {
  std::vector<pid_t> children;
  for (int i = 0; i < processes; ++i) children.push_back(start_process([&, i] { return body(i); }));
  std::string out;
  for (const pid_t child : children) {
    out += (out.empty() ? "" : " ") + std::to_string(wait_for(child));
  }
  return out;
}

}  // namespace

TEST_CASE("processes that open a new place at one time all get the same store") {
  on_each_shared_place([](const StorePlace &place) {
    const auto codes = all_of(6, [&](int i) {
      return place.open()->commit({put(note("session", std::to_string(i), i))}) ? 0 : 1;
    });
    CHECK(codes == "0 0 0 0 0 0");
    Query query;
    query.kind = "session";
    CHECK(place.open()->list(query).value().records.size() == 6);
  });
}

TEST_CASE("processes that count together lose nothing") {
  on_each_shared_place([](const StorePlace &place) {
    place.open()->commit({put(numbered("left", 0)), put(numbered("right", 0))}).value();
    const auto codes = all_of(4, [&](int i) {
      const auto store = place.open();
      const std::vector<std::string> names[] = {{"left", "right"}, {"right", "left"}};
      for (int n = 0; n < 15; ++n) {
        if (!add_one(*store, names[i % 2])) return 1;
      }
      return 0;
    });
    CHECK(codes == "0 0 0 0");
    const auto store = place.open();
    CHECK(number_in(store->get("counter", "", "left").value()) == 60);
    CHECK(number_in(store->get("counter", "", "right").value()) == 60);
    CHECK(store->get("counter", "", "left").value().revision == 61);
  });
}

TEST_CASE("what a commit has checked is so when it is written") {
  on_each_shared_place([](const StorePlace &place) {
    // Each takes the lock unless somebody has it, then holds it while its sign is up.
    const auto codes = all_of(4, [&](int i) {
      const auto store = place.open();
      const Record lock = note("lock", "l", 1), mine = note("sign", std::to_string(i), 1);
      Query signs;
      signs.kind = "sign";
      for (int held = 0; held < 5;) {
        const auto taken = store->commit({put(lock, 0)});
        if (!taken) continue;
        if (!store->commit({{Write::Action::check, lock, 1}, put(mine)})) return 1;
        if (store->list(signs).value().records.size() != 1) return 2;
        if (!store->commit({{Write::Action::erase, mine, 1}, {Write::Action::erase, lock, 1}})) {
          return 3;
        }
        ++held;
      }
      return 0;
    });
    CHECK(codes == "0 0 0 0");
  });
}

TEST_CASE("a checked absence holds off who would add the record") {
  on_each_shared_place([](const StorePlace &place) {
    // Each adds its own record if the other's is absent: only one may.
    for (int round = 0; round < 10; ++round) {
      CAPTURE(round);
      const auto codes = all_of(2, [&](int i) {
        const auto name = [&](int who) {
          return std::to_string(round) + "." + std::to_string(who);
        };
        const auto done =
            place.open()->commit({put(note("claim", name(i), 1)),
                                  {Write::Action::check, note("claim", name(1 - i), 1), 0}});
        return done ? 0 : done.error().code == ErrorCode::conflict ? 1 : 2;
      });
      CHECK((codes == "0 1" || codes == "1 0"));
    }
  });
}

TEST_CASE("a process that is killed in the middle of its commits leaves whole ones") {
  // A server may still be finishing the commit that the killed process had sent.
  const auto wait_until_settled = [](Store &store) {
    const auto number = [&] {
      const auto left = store.get("counter", "", "left");
      return left ? number_in(*left) : -1;
    };
    for (int before = -2, now = number(); before != now; before = now, now = number()) {
      std::this_thread::sleep_for(std::chrono::milliseconds(200));
    }
  };
  on_each_shared_place([&](const StorePlace &place) {
    for (int round = 0; round < 6; ++round) {
      const pid_t child = start_process([&] {
        const auto store = place.open();
        for (int n = 0;; ++n) {
          Record big = numbered("left", n);
          big.body = R"({"number":)" + std::to_string(n) + R"(,"text":")" +
                     std::string(100'000, 'x') + "\"}";
          store
              ->commit(
                  {put(big), put(numbered("right", n)), put(note("extra", std::to_string(n), n))})
              .value();
        }
        return 0;
      });
      std::this_thread::sleep_for(std::chrono::milliseconds(60 + round * 17));
      kill(child, SIGKILL);
      CHECK(wait_for(child) == 128 + SIGKILL);
      const auto store = place.open();
      wait_until_settled(*store);
      const auto left = store->get("counter", "", "left"),
                 right = store->get("counter", "", "right");
      REQUIRE(bool(left) == bool(right));
      if (!left) continue;
      const int last = number_in(*left);
      CHECK(number_in(*right) == last);
      CHECK(store->get("extra", "", std::to_string(last)));
      CHECK_FALSE(store->get("extra", "", std::to_string(last + 1)));
      // All of it: the next process may be killed before its first commit.
      std::vector<Write> tidy = {{Write::Action::erase, *left, {}},
                                 {Write::Action::erase, *right, {}}};
      for (int n = 0; n <= last; ++n)
        tidy.push_back({Write::Action::erase, note("extra", std::to_string(n), n), {}});
      REQUIRE(store->commit(tidy));
    }
  });
}

}  // namespace saleschecklist::test
