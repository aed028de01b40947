// The audit log, and what it finds.
#include <doctest/doctest.h>

#include "engines.hpp"

using namespace saleschecklist;
using namespace saleschecklist::test;

namespace {

// A completed session with an override, and the store that it is in.
struct Kept {
  EngineOptions options = offline_options();
  Engine engine = Engine::open(options).value();
  std::string id;

  Kept() {
    id = attached(engine, small_call()).id;
    REQUIRE(engine.run(id));
    REQUIRE(engine.override_answer(id, "mentor.01", Answer::yes, "heard it"));
  }
  // Changes a record behind the engine's back.
  void forge(const std::string &kind, const std::string &record, const std::string &from,
             const std::string &to) {
    Record found = options.store->get(kind, "", record).value();
    const std::size_t at = found.body.find(from);
    REQUIRE(at != std::string::npos);
    found.body.replace(at, from.size(), to);
    REQUIRE(options.store->commit({{Write::Action::put, found, {}}}));
  }
  std::vector<Error> faults() { return engine.verify_audit(id).value().faults; }
};

std::string part(const std::string &id, int number) {
  return id + "." + std::string(7, '0') + std::to_string(number);
}

}  // namespace

TEST_CASE("every change is in the audit log with its actor, and the audit log is whole") {
  Kept kept;
  const auto entries = kept.engine.audit(kept.id).value();
  std::vector<std::string> actions;
  for (const AuditEntry &entry : entries) actions.push_back(entry.action);
  CHECK(actions == std::vector<std::string>{"created", "transcript attached", "assessed", "scored",
                                            "coached", "overridden"});
  for (std::size_t i = 0; i < entries.size(); ++i) {
    CHECK(entries[i].number == static_cast<std::int64_t>(i) + 1);
    CHECK(entries[i].actor == "dana");
    CHECK(entries[i].previous == (i == 0 ? "" : entries[i - 1].hash));
  }
  const auto report = kept.engine.verify_audit(kept.id).value();
  CHECK(report.entries == 6);
  CHECK(report.faults.empty());
}

TEST_CASE("a changed answer, score, transcript or session is found") {
  for (const auto &[kind, number, from, to] :
       {std::tuple("assessment", 1, "\"answer\":\"no\"", "\"answer\":\"yes\""),
        std::tuple("score", 1, "\"total_score\":", "\"total_score\":1"),
        std::tuple("transcript", 1, "freight", "Freight"),
        std::tuple("coaching", 1, "\"first_change\":\"", "\"first_change\":\"Not ")}) {
    Kept kept;
    kept.forge(kind, part(kept.id, number), from, to);
    const auto faults = kept.faults();
    REQUIRE(faults.size() == 1);
    CHECK(faults[0].where == std::string(kind) + " " + part(kept.id, number));
  }
  Kept kept;
  kept.forge("session", kept.id, "Acme", "Acne");
  CHECK(kept.faults().at(0).where == "session " + kept.id);
}

TEST_CASE("a changed, removed or added entry is found") {
  Kept changed;
  changed.forge("audit", part(changed.id, 3), "dana", "eve");
  CHECK(changed.faults().at(0).message == "the entry was changed");

  Kept removed;
  REQUIRE(removed.options.store->commit(
      {{Write::Action::erase,
        removed.options.store->get("audit", "", part(removed.id, 3)).value(),
        {}}}));
  CHECK_FALSE(removed.faults().empty());

  Kept cut;
  REQUIRE(cut.options.store->commit(
      {{Write::Action::erase, cut.options.store->get("audit", "", part(cut.id, 6)).value(), {}}}));
  CHECK(cut.faults().at(0).message.find("missing at the end") != std::string::npos);
}

TEST_CASE("a session that is set back as a whole is whole, and only a hash kept elsewhere tells") {
  Kept kept;
  const auto records = [&] {
    std::vector<Record> out;
    for (const char *kind : {"session", "job", "transcript", "assessment", "score", "coaching",
                             "speech", "report", "audit", "answers"}) {
      Query query;
      query.kind = kind;
      query.limit = 1'000;
      const Page page = kept.options.store->list(query).value();
      out.insert(out.end(), page.records.begin(), page.records.end());
    }
    return out;
  };
  const auto last_hash = [&] { return kept.engine.audit(kept.id).value().back().hash; };
  const std::vector<Record> earlier = records();
  const std::string earlier_hash = last_hash();
  REQUIRE(kept.engine.override_answer(kept.id, "mentor.02", Answer::yes, "heard it, too"));
  const std::string hash = last_hash();
  for (const Record &row : records()) {
    REQUIRE(kept.options.store->commit({{Write::Action::erase, row, {}}}));
  }
  for (const Record &row : earlier) {
    REQUIRE(kept.options.store->commit({{Write::Action::put, row, {}}}));
  }
  CHECK(kept.faults().empty());
  CHECK(last_hash() == earlier_hash);
  CHECK(last_hash() != hash);
}

TEST_CASE("a removed part is found") {
  Kept kept;
  REQUIRE(
      kept.options.store->commit({{Write::Action::erase,
                                   kept.options.store->get("score", "", part(kept.id, 1)).value(),
                                   {}}}));
  CHECK(kept.faults().at(0).message == "the record is missing");
}

TEST_CASE("a forged score is not reported") {
  Kept kept;
  kept.forge("assessment", part(kept.id, 2), "\"answer\":\"no\"", "\"answer\":\"yes\"");
  const auto report = kept.engine.report(kept.id);
  REQUIRE_FALSE(report);
  CHECK(report.error().code == ErrorCode::corrupt);
}
