// Sessions of calls that have no score: what is listed, stored, reported, and how they get one.
#include <doctest/doctest.h>

#include "engines.hpp"

using namespace saleschecklist;
using namespace saleschecklist::test;

namespace {

Transcript support_call() {
  const std::string text = read_file(source_dir() / "tests/data/conversations/support-parcel.txt");
  return read_transcript(text, {{"Agent"}}).value();
}

}  // namespace

TEST_CASE("a session of a call without a score ends in a status of its own, without a 0") {
  const auto engine = Engine::open(offline_options()).value();
  const Session made = attached(engine, support_call());
  const Session done = engine.run(made.id).value();
  CHECK(done.status == SessionStatus::not_assessable);
  CHECK(done.assessment == AssessmentStatus::not_assessable);
  CHECK(done.not_assessable == NotAssessableReason::not_a_sales_call);
  CHECK_FALSE(done.total_score);
  CHECK_FALSE(done.risk_band);
  CHECK(done.completed_at_ms > 0);
  CHECK(done.stale.empty());

  SessionFilter filter;
  filter.status = SessionStatus::not_assessable;
  CHECK(engine.list(filter).value().sessions.size() == 1);
  filter.status = SessionStatus::completed;
  CHECK(engine.list(filter).value().sessions.empty());
  filter.status.reset();
  filter.band = RiskBand::red;
  CHECK(engine.list(filter).value().sessions.empty());

  const SessionResult result = engine.result(made.id).value();
  CHECK(result.assessment);
  CHECK(result.assessability->reason == NotAssessableReason::not_a_sales_call);
  CHECK_FALSE(result.score);
  CHECK_FALSE(result.coaching);
  const auto history = engine.history(made.id).value();
  REQUIRE(history.size() == 1);
  CHECK_FALSE(history[0].total_score);
  CHECK(history[0].not_assessable == NotAssessableReason::not_a_sales_call);
  CHECK(engine.verify_audit(made.id).value().faults.empty());
}

TEST_CASE("the report of a session without a score is that of analyze()") {
  const auto engine = Engine::open(offline_options()).value();
  const Session made = attached(engine, support_call());
  REQUIRE(engine.run(made.id));
  AnalyzeOptions options;
  options.deal = {"Acme", "Renewal", ""};
  const Report direct = analyze(support_call(), Checklist::standard(), options).value();
  CHECK(to_json(engine.report(made.id).value()) == to_json(direct));
  if (with_pdf) CHECK(engine.report_pdf(made.id).value() == render_pdf(direct).value());
}

TEST_CASE("a session without a score is not run or coached again") {
  const Transcript call = support_call();
  EngineOptions options = offline_options();
  const auto model = honest_model(call);
  options.services.model = model;
  const auto engine = Engine::open(options).value();
  const Session made = attached(engine, call);
  const Session done = engine.run(made.id).value();
  REQUIRE(done.status == SessionStatus::not_assessable);
  const std::size_t asked = model->count();
  CHECK(engine.run(made.id).value().revision == done.revision);
  CHECK(engine.run_pending().value().empty());
  const auto refused = engine.coach(made.id);
  CHECK(refused.error().code == ErrorCode::conflict);
  CHECK(refused.error().message.find("not_a_sales_call") != std::string::npos);
  CHECK(model->count() == asked);
}

TEST_CASE("a host that says it is a sales call gets a score, and may take it back") {
  const auto engine = Engine::open(offline_options()).value();
  const Session made = attached(engine, support_call());
  REQUIRE(engine.run(made.id).value().status == SessionStatus::not_assessable);
  SessionChange change;
  change.sales_call = SalesCallRule::yes;
  const Session told = engine.update(made.id, change).value();
  CHECK(told.status == SessionStatus::scoring);
  CHECK_FALSE(told.not_assessable);
  REQUIRE(engine.run_pending().value().size() == 1);
  const Session scored = engine.find(made.id).value();
  CHECK(scored.status == SessionStatus::completed);
  CHECK(scored.total_score);
  CHECK(engine.result(made.id).value().coaching);
  CHECK(engine.report(made.id).value().assessment.sales_call_rule == SalesCallRule::yes);

  change.sales_call = SalesCallRule::automatic;
  REQUIRE(engine.update(made.id, change));
  const Session again = engine.run(made.id).value();
  CHECK(again.status == SessionStatus::not_assessable);
  CHECK_FALSE(again.total_score);
  CHECK_FALSE(engine.result(made.id).value().coaching);
  CHECK_FALSE(engine.report(made.id).value().coaching);
  CHECK(engine.history(made.id).value().size() == 3);
  CHECK(engine.verify_audit(made.id).value().faults.empty());
}

TEST_CASE("a session whose sides are unknown is scored once a transcript names them") {
  const auto engine = Engine::open(offline_options()).value();
  Transcript call = small_call();
  for (Utterance &u : call.utterances) u.role = Role::unknown;
  call.role_source = RoleSource::none;
  const Session made = attached(engine, call);
  CHECK(engine.run(made.id).value().not_assessable == NotAssessableReason::roles_unknown);
  const Session changed = engine.attach_transcript(made.id, small_call()).value();
  CHECK(changed.status == SessionStatus::analyzing);
  CHECK_FALSE(changed.not_assessable);
  CHECK(engine.run(made.id).value().status == SessionStatus::completed);
}
