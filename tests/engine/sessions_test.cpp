// Sessions outside their stages: made, found, listed, changed, corrected, erased.
#include <doctest/doctest.h>

#include "engines.hpp"

using namespace saleschecklist;
using namespace saleschecklist::test;

TEST_CASE("a session is made, found and changed") {
  const auto engine = Engine::open(offline_options()).value();
  const Session made = engine.create({"Acme", "Renewal", "Discovery", "Ada, CTO", "rita"}).value();
  CHECK(made.status == SessionStatus::draft);
  CHECK(made.revision == 1);
  CHECK(made.checklist_id == "sales-checklist-92");
  CHECK(engine.find(made.id).value().customer == "Acme");
  SessionChange change;
  change.deal_stage = "Proposal";
  const Session changed = engine.update(made.id, change).value();
  CHECK(changed.deal_stage == "Proposal");
  CHECK(changed.customer == "Acme");
  CHECK(changed.revision == 2);
  CHECK(engine.update(made.id, change).value().revision == 2);  // nothing to change
}

TEST_CASE("texts that cannot be shown in a line are refused by name") {
  const auto engine = Engine::open(offline_options()).value();
  NewSession session;
  session.customer = "Ac\nme";
  CHECK(engine.create(session).error().where == "customer");
  session.customer = "Ac\xffme";
  CHECK(engine.create(session).error().where == "customer");
  session.customer = std::string(501, 'a');
  const auto refused = engine.create(session);
  CHECK(refused.error().code == ErrorCode::invalid_argument);
}

TEST_CASE("a tenant does not see another's sessions") {
  const auto engine = Engine::open(offline_options()).value();
  const auto other = engine.as("globex", "eve").value();
  const Session made = engine.create({"Acme"}).value();
  CHECK(other.find(made.id).error().code == ErrorCode::not_found);
  CHECK(other.list().value().sessions.empty());
  CHECK(other.erase(made.id).error().code == ErrorCode::not_found);
  CHECK(other.audit(made.id).error().code == ErrorCode::not_found);
  CHECK(engine.list().value().sessions.size() == 1);
}

TEST_CASE("sessions are listed newest first, by what is asked for, page by page") {
  EngineOptions options = offline_options();
  const auto clock = std::make_shared<std::atomic<std::int64_t>>(1'000);
  options.clock = [clock] { return ++*clock; };
  const auto engine = Engine::open(options).value();
  for (int i = 0; i < 25; ++i) {
    NewSession session;
    session.customer = i % 2 == 0 ? "Acme" : "Globex";
    session.owner = i % 5 == 0 ? "rita" : "bob";
    REQUIRE(engine.create(session));
  }
  SessionFilter filter;
  filter.limit = 10;
  std::size_t seen = 0;
  std::int64_t last = clock->load() + 1;
  do {
    const auto page = engine.list(filter).value();
    for (const Session &s : page.sessions) {
      CHECK(s.created_at_ms < last);
      last = s.created_at_ms;
      ++seen;
    }
    filter.after = page.next;
  } while (!filter.after.empty());
  CHECK(seen == 25);
  SessionFilter acme;
  acme.customer = "ACME";
  CHECK(engine.list(acme).value().sessions.size() == 13);
  acme.owner = "rita";
  CHECK(engine.list(acme).value().sessions.size() == 3);
  SessionFilter none;
  none.status = SessionStatus::completed;
  CHECK(engine.list(none).value().sessions.empty());
  none.limit = 0;
  CHECK(engine.list(none).error().code == ErrorCode::invalid_argument);
}

TEST_CASE("a completed session is listed by status and band") {
  const auto engine = Engine::open(offline_options()).value();
  const Session made = attached(engine, small_call());
  CHECK(made.status == SessionStatus::analyzing);
  const Session done = engine.run(made.id).value();
  CHECK(done.status == SessionStatus::completed);
  SessionFilter filter;
  filter.status = SessionStatus::completed;
  filter.band = *done.risk_band;
  const auto found = engine.list(filter).value().sessions;
  REQUIRE(found.size() == 1);
  CHECK(found[0].total_score == done.total_score);
}

TEST_CASE("a run gives what analyze() gives") {
  const Transcript call = small_call();
  const auto engine = Engine::open(offline_options()).value();
  const Session made = attached(engine, call);
  REQUIRE(engine.run(made.id));
  AnalyzeOptions options;
  options.deal = {"Acme", "Renewal", ""};
  const auto direct = analyze(call, Checklist::standard(), options).value();
  CHECK(to_json(engine.report(made.id).value()) == to_json(direct));
  const SessionResult result = engine.result(made.id).value();
  CHECK(result.score->fingerprint == direct.score->fingerprint);
  CHECK(result.coaching->feedback_text == direct.coaching->feedback_text);
}

TEST_CASE("a person's answer makes a new version and coaching stale") {
  const auto engine = Engine::open(offline_options()).value();
  const Session made = attached(engine, small_call());
  const Session done = engine.run(made.id).value();
  const auto before = engine.result(made.id).value();
  const std::string item = before.score->gaps.front().item_id;
  CHECK(engine.override_answer(made.id, item, Answer::yes, " ").error().where == "reason");
  CHECK(engine.override_answer(made.id, "no.01", Answer::yes, "x").error().where == "item_id");
  for (const Answer no_answer : {Answer::unanswered, Answer::ambiguous}) {
    CHECK(engine.override_answer(made.id, item, no_answer, "x").error().where == "answer");
  }
  const Session changed =
      engine.override_answer(made.id, item, Answer::yes, "she said it on the phone").value();
  CHECK(changed.score_version == done.score_version + 1);
  CHECK(*changed.total_score >= *done.total_score);
  REQUIRE(changed.stale.size() == 1);
  CHECK(changed.stale[0] == Stage::coach);
  const auto after = engine.result(made.id).value();
  CHECK_FALSE(after.coaching);
  for (const Response &r : after.assessment->responses) {
    if (r.item_id != item) continue;
    CHECK(r.answer == Answer::yes);
    REQUIRE(r.correction);
    CHECK(r.correction->by == "dana");
    CHECK(r.correction->reason == "she said it on the phone");
  }
  const auto history = engine.history(made.id).value();
  REQUIRE(history.size() == 2);
  CHECK(history[1].reason == item + ": yes, she said it on the phone");
  CHECK(history[1].changed == std::vector<std::string>{item});
  CHECK(history[1].actor == "dana");
  const auto report = engine.report(made.id).value();
  CHECK(report.notices.back().find("older than the answers") != std::string::npos);
  CHECK(engine.coach(made.id).value().stale.empty());
}

TEST_CASE("rescoring by another policy keeps the answers") {
  const auto engine = Engine::open(offline_options()).value();
  const Session made = attached(engine, small_call());
  const Session done = engine.run(made.id).value();
  Policy lenient;
  lenient.id = "lenient";
  lenient.green.threshold = 1;
  lenient.yellow.threshold = 1;
  const Session scored = engine.rescore(made.id, lenient).value();
  CHECK(scored.total_score == done.total_score);
  CHECK(scored.risk_band == RiskBand::green);
  CHECK(scored.stale == std::vector<Stage>{Stage::coach});
  CHECK(engine.history(made.id).value()[1].reason == "rescored by policy lenient");
}

TEST_CASE("rescoring for another revision keeps what was answered, and says what was not asked") {
  const auto engine = Engine::open(offline_options()).value();
  const Session made = attached(engine, small_call());
  REQUIRE(engine.run(made.id));
  Checklist heavier = Checklist::standard();
  heavier.revision = 2;
  heavier.categories[0].items[0].weight = 5;
  const Session same = engine.rescore(made.id, heavier).value();
  CHECK(same.stale == std::vector<Stage>{Stage::coach});
  CHECK(same.total_score);
  Checklist longer = heavier;
  longer.revision = 3;
  Item added = longer.categories[0].items[0];
  added.id = "trigger.99";
  added.title = "A question that nobody asked";
  longer.categories[0].items.push_back(added);
  const Session other = engine.rescore(made.id, longer).value();
  CHECK_FALSE(other.total_score);
  CHECK(other.stale.size() == 3);
  CHECK(engine.history(made.id).value().back().reason.find("1 items not asked about") !=
        std::string::npos);
  CHECK(engine.report(made.id).error().code == ErrorCode::conflict);
  CHECK(engine.run(made.id).value().stale.empty());
  CHECK(engine.report(made.id).value().responses.size() == 93);
}

TEST_CASE("a new transcript makes all that followed from the old one stale") {
  const auto engine = Engine::open(offline_options()).value();
  const Session made = attached(engine, small_call());
  REQUIRE(engine.run(made.id));
  const Session changed =
      engine.attach_transcript(made.id, sample_call("board-meeting.vtt")).value();
  CHECK(changed.status == SessionStatus::analyzing);
  CHECK(changed.stale == std::vector<Stage>{Stage::assess, Stage::score, Stage::coach});
  CHECK_FALSE(changed.total_score);
  const auto result = engine.result(made.id).value();
  CHECK(result.transcript);
  CHECK_FALSE(result.assessment);
  CHECK_FALSE(result.score);
  CHECK(engine.run(made.id).value().score_version == 2);
}

TEST_CASE("a session with review waits for a person") {
  const auto engine = Engine::open(offline_options()).value();
  NewSession session;
  session.customer = "Acme";
  session.review = true;
  const Session made = attached(engine, small_call(), session);
  CHECK(engine.approve(made.id).error().code == ErrorCode::invalid_argument);
  CHECK(engine.run(made.id).value().status == SessionStatus::pending_review);
  CHECK(engine.run(made.id).value().status == SessionStatus::pending_review);
  CHECK(engine.run_pending().value().empty());
  REQUIRE(engine.override_answer(made.id, "mentor.01", Answer::no, "checked"));
  CHECK(engine.approve(made.id).value().status == SessionStatus::scoring);
  const auto ran = engine.run_pending().value();
  REQUIRE(ran.size() == 1);
  CHECK(ran[0].status == SessionStatus::completed);
}

TEST_CASE("the pages of a report are kept until it changes" * doctest::skip(!with_pdf)) {
  EngineOptions options = offline_options();
  const auto engine = Engine::open(options).value();
  const Session made = attached(engine, small_call());
  CHECK(engine.report_pdf(made.id).error().code == ErrorCode::conflict);
  REQUIRE(engine.run(made.id));
  const std::string pdf = engine.report_pdf(made.id).value();
  CHECK(pdf.substr(0, 5) == "%PDF-");
  const auto entries = engine.audit(made.id).value().size();
  CHECK(engine.report_pdf(made.id).value() == pdf);
  CHECK(engine.audit(made.id).value().size() == entries);
  REQUIRE(engine.override_answer(made.id, "mentor.01", Answer::yes, "heard it"));
  CHECK(engine.report_pdf(made.id).value() != pdf);
}

TEST_CASE("without PDF there are no pages of a report, and nothing is kept" *
          doctest::skip(with_pdf)) {
  const auto engine = Engine::open(offline_options()).value();
  const Session made = attached(engine, small_call());
  REQUIRE(engine.run(made.id));
  const auto entries = engine.audit(made.id).value().size();
  CHECK(engine.report_pdf(made.id).error().code == ErrorCode::unsupported);
  CHECK(engine.audit(made.id).value().size() == entries);
}

TEST_CASE("erasing leaves the audit log and nothing else") {
  EngineOptions options = offline_options();
  const auto engine = Engine::open(options).value();
  const Session made = attached(engine, small_call(), {"Acme Freight"});
  REQUIRE(engine.run(made.id));
  if (with_pdf) REQUIRE(engine.report_pdf(made.id));
  REQUIRE(engine.erase(made.id));
  CHECK(engine.find(made.id).error().code == ErrorCode::not_found);
  CHECK(engine.run(made.id).error().code == ErrorCode::not_found);
  CHECK(engine.list().value().sessions.empty());
  const auto entries = engine.audit(made.id).value();
  CHECK(entries.front().action == "created");
  CHECK(entries.back().action == "erased");
  for (const AuditEntry &entry : entries) {
    CHECK(entry.detail.find("Acme") == std::string::npos);
  }
  CHECK(engine.verify_audit(made.id).value().faults.empty());
  CHECK(engine.erase(made.id));  // again is no failure
  CHECK(engine.erase("nobody").error().code == ErrorCode::not_found);
}

TEST_CASE("retention erases what is older") {
  EngineOptions options = offline_options();
  const auto clock = std::make_shared<std::atomic<std::int64_t>>(1'000);
  options.clock = [clock] { return clock->load(); };
  const auto engine = Engine::open(options).value();
  for (int i = 0; i < 5; ++i) {
    *clock = 1'000 + i;
    REQUIRE(engine.create({"Acme"}));
  }
  CHECK(engine.erase_created_before(1'003).value() == 3);
  CHECK(engine.erase_created_before(1'003).value() == 0);
  CHECK(engine.list().value().sessions.size() == 2);
}
