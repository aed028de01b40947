// What an engine gives, against the schemas, at every step of a session's life.
#include <doctest/doctest.h>

#include "json/library.hpp"

#include "engines.hpp"
#include "json/schema.hpp"

using namespace saleschecklist;
using namespace saleschecklist::test;
using Json = nlohmann::json;

namespace {

Json checked(const std::string &text, const char *schema) {
  const Json out = Json::parse(text);
  CAPTURE(schema);
  for (const Error &fault : json::schema_faults(out, schema)) FAIL_CHECK(to_string(fault));
  return out;
}

// All that can be asked about a session that is not erased.
void check_all(const Engine &engine, const std::string &id) {
  const auto found = engine.find(id).value();
  const Json session = checked(to_json(found), "session.schema.json");
  const Json result = checked(to_json(engine.result(id).value()), "session-result.schema.json");
  CHECK(result["session"] == session);
  CHECK(checked(to_json(engine.list().value()), "session-page.schema.json")["sessions"][0] ==
        session);
  checked(to_json(engine.history(id).value()), "score-history.schema.json");
  checked(to_json(engine.audit(id).value()), "audit-log.schema.json");
  checked(to_json(engine.verify_audit(id).value()), "audit-report.schema.json");
}

}  // namespace

TEST_CASE("what an engine gives keeps to the schemas all through a session's life") {
  const auto engine = Engine::open(offline_options()).value();
  NewSession fresh;
  fresh.customer = "Acme";
  fresh.review = true;
  const std::string id = engine.create(fresh).value().id;
  check_all(engine, id);
  REQUIRE(engine.attach_transcript(id, small_call()));
  check_all(engine, id);
  REQUIRE(engine.run(id));
  check_all(engine, id);
  REQUIRE(engine.approve(id));
  REQUIRE(engine.run(id));
  check_all(engine, id);
  const std::string gap = engine.result(id).value().score->gaps.front().item_id;
  REQUIRE(engine.override_answer(id, gap, Answer::yes, "I was there"));
  check_all(engine, id);
  checked(to_json(engine.report(id).value()), "report.schema.json");
  REQUIRE(engine.rescore(id, Checklist::ten_point()));
  check_all(engine, id);
  REQUIRE(engine.erase(id));
  checked(to_json(engine.audit(id).value()), "audit-log.schema.json");
  checked(to_json(engine.verify_audit(id).value()), "audit-report.schema.json");
}

TEST_CASE("options that were read from JSON open an engine and fill a session") {
  const auto engine =
      Engine::open(engine_options_from_json(R"({"actor": "dana", "tenant": "globex"})").value())
          .value();
  const auto made =
      engine.create(new_session_from_json(R"({"customer": "Acme", "owner": "rita"})").value())
          .value();
  CHECK(made.tenant == "globex");
  CHECK(engine.audit(made.id).value().front().actor == "dana");
  const auto change = session_change_from_json(R"({"deal_stage": "Demo"})").value();
  CHECK(engine.update(made.id, change).value().deal_stage == "Demo");
  const auto filter = session_filter_from_json(R"({"owner": "rita", "status": "draft"})").value();
  CHECK(engine.list(filter).value().sessions.size() == 1);
  REQUIRE(engine.attach_transcript(made.id, small_call()));
  const auto run = run_options_from_json(R"({"until": "assess"})").value();
  CHECK(engine.run(made.id, run).value().total_score == std::nullopt);
}
