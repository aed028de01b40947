// What a session is listened to for: kept with it, and used by every run.
#include <doctest/doctest.h>

#include "assess/offline/assessor_id.hpp"
#include "engines.hpp"

using namespace saleschecklist;
using namespace saleschecklist::test;

namespace {

std::shared_ptr<const Checklist> own_checklist() {
  Item item;
  item.id = "own.01";
  item.title = "A loss";
  item.definition = "The customer names a loss.";
  Category category;
  category.id = "own";
  category.name = "Own";
  category.items = {item};
  Checklist out;
  out.id = "own";
  out.name = "Own";
  out.categories = {category};
  return std::make_shared<const Checklist>(std::move(out));
}

std::shared_ptr<const Cues> own_cues(const std::string &phrase) {
  Cues out;
  out.checklist_id = "own";
  out.items["own.01"].statement = {phrase};
  return std::make_shared<const Cues>(std::move(out));
}

Transcript own_call() { return talk("Rita: And now?\nCarl: We lose money every month.\n"); }

NewSession own_session(std::shared_ptr<const Cues> cues) {
  NewSession out;
  out.customer = "Acme";
  out.checklist = own_checklist();
  out.cues = std::move(cues);
  out.sales_call = SalesCallRule::yes;  // a call of two lines
  return out;
}

Assessment judged(const Engine &engine, const std::string &id) {
  REQUIRE(engine.run(id));
  return engine.result(id).value().assessment.value();
}

std::size_t kept_cues(Store &store) {
  Query query;
  query.kind = "cues";
  query.limit = 100;
  return store.list(query).value().records.size();
}

}  // namespace

TEST_CASE("a session is judged by the cues that it was created with, also by another engine") {
  const EngineOptions options = offline_options();
  const auto engine = Engine::open(options).value();
  const auto cues = own_cues("we lose");
  const Session made = attached(engine, own_call(), own_session(cues));
  const auto other = Engine::open(options).value();  // as another process would
  const Assessment heard = judged(other, made.id);
  CHECK(heard.responses.at(0).answer == Answer::yes);
  CHECK(heard.assessor == assessing::offline_assessor(*cues));
  CHECK(heard.notices.empty());
  AnalyzeOptions direct;
  direct.cues = cues;
  direct.deal.customer = "Acme";
  direct.sales_call = SalesCallRule::yes;
  CHECK(to_json(other.report(made.id).value()) ==
        to_json(analyze(own_call(), *own_checklist(), direct).value()));
  CHECK(other.verify_audit(made.id).value().faults.empty());
}

TEST_CASE("equal cues are kept once, and those of a built-in checklist, too") {
  const EngineOptions options = offline_options();
  const auto engine = Engine::open(options).value();
  for (int i = 0; i < 3; ++i) REQUIRE(engine.create(own_session(own_cues("we lose"))));
  CHECK(kept_cues(*options.store) == 1);
  const Session made = attached(engine, small_call());
  CHECK(kept_cues(*options.store) == 2);
  CHECK(judged(Engine::open(options).value(), made.id).assessor ==
        assessing::offline_assessor(Cues::standard()));
  REQUIRE(engine.create(own_session({})));
  CHECK(kept_cues(*options.store) == 2);
}

TEST_CASE("a session of an own checklist without cues says that nothing could be heard") {
  const auto engine = Engine::open(offline_options()).value();
  const Session made = attached(engine, own_call(), own_session({}));
  const Assessment none = judged(engine, made.id);
  CHECK(none.responses.at(0).answer == Answer::unanswered);
  CHECK(none.responses.at(0).unanswered_reason == UnansweredReason::not_asked);
  REQUIRE(none.notices.size() == 1);
  CHECK(none.notices[0].find("no cues for the checklist 'own'") != std::string::npos);
  AnalyzeOptions direct;
  direct.deal.customer = "Acme";
  direct.sales_call = SalesCallRule::yes;
  CHECK(to_json(engine.report(made.id).value()) ==
        to_json(analyze(own_call(), *own_checklist(), direct).value()));
}

TEST_CASE("cues for items that the checklist lacks make no session") {
  const auto engine = Engine::open(offline_options()).value();
  NewSession session = own_session(own_cues("we lose"));
  session.checklist.reset();
  const auto refused = engine.create(session);
  CHECK(refused.error().code == ErrorCode::invalid_argument);
  CHECK(refused.error().where == "/checklist");
  CHECK(refused.error().message.find("/items/own.01") != std::string::npos);
  CHECK(engine.list().value().sessions.empty());
}

TEST_CASE("rescoring may bring other cues, and keeps the answers until something new is heard") {
  const auto engine = Engine::open(offline_options()).value();
  const Session made = attached(engine, own_call(), own_session(own_cues("we lose")));
  const Assessment before = judged(engine, made.id);
  const Session same = engine.rescore(made.id, *own_checklist(), own_cues("xylophone")).value();
  CHECK(same.stale == std::vector<Stage>{Stage::coach});
  CHECK(judged(engine, made.id).assessor == before.assessor);
  REQUIRE(engine.attach_transcript(made.id, own_call()));
  const Assessment after = judged(engine, made.id);
  CHECK(after.responses.at(0).answer == Answer::no);
  CHECK(after.assessor == assessing::offline_assessor(*own_cues("xylophone")));
  CHECK(engine.rescore(made.id, Checklist::standard(), own_cues("a")).error().where ==
        "/checklist");
}

TEST_CASE("rescoring without cues keeps those of the session for a checklist of the same id") {
  const auto engine = Engine::open(offline_options()).value();
  const auto cues = own_cues("we lose");
  const Session made = attached(engine, own_call(), own_session(cues));
  Checklist heavier = *own_checklist();
  heavier.revision = 2;
  heavier.categories[0].items[0].weight = 5;
  REQUIRE(engine.rescore(made.id, heavier).error().code == ErrorCode::conflict);  // not judged yet
  REQUIRE(judged(engine, made.id).responses.size() == 1);
  REQUIRE(engine.rescore(made.id, heavier));
  REQUIRE(engine.attach_transcript(made.id, own_call()));
  CHECK(judged(engine, made.id).assessor == assessing::offline_assessor(*cues));
  REQUIRE(engine.rescore(made.id, Checklist::ten_point()));
  CHECK(judged(engine, made.id).assessor == assessing::offline_assessor(Cues::ten_point()));
}
