// A clock that is set back and ahead by days while sessions are kept.
#include <doctest/doctest.h>

#include "engines.hpp"

using namespace saleschecklist;
using namespace saleschecklist::test;

namespace {

constexpr std::int64_t day = 24LL * 60 * 60 * 1'000, noon = 20'000 * day;

// Each time that it is asked, another of these days.
std::function<std::int64_t()> jumping_clock() {
  return [asked = std::make_shared<std::atomic<std::size_t>>(0)] {
    constexpr std::int64_t jumps[] = {0, 5, -3, 40, -40, 1, -400, 400, 0, -1};
    return noon + jumps[(*asked)++ % std::size(jumps)] * day;
  };
}

struct Kept {
  std::string score;
  Session session;
  std::vector<AuditEntry> audit;
  std::vector<Error> faults;
};

// One session through all that people do with it.
Kept keep_session(std::function<std::int64_t()> clock) {
  EngineOptions options = offline_options();
  options.clock = std::move(clock);
  options.new_id = [] { return std::string("the-session"); };
  const Engine engine = Engine::open(options).value();
  const std::string id = attached(engine, small_call()).id;
  engine.run(id, {.until = Stage::assess}).value();
  engine.run(id).value();
  const std::string item = engine.result(id).value().assessment->responses.front().item_id;
  engine.override_answer(id, item, Answer::no, "It was not said.").value();
  engine.coach(id).value();
  Score score = *engine.report(id).value().score;
  score.fingerprint.clear();  // covers the time of the correction
  return {to_json(score), engine.find(id).value(), engine.audit(id).value(),
          engine.verify_audit(id).value().faults};
}

}  // namespace

TEST_CASE("a clock that jumps by days between calls changes nothing but times") {
  const Kept right = keep_session([] { return noon; });
  const Kept jumped = keep_session(jumping_clock());
  CHECK(jumped.score == right.score);
  CHECK(jumped.session.status == SessionStatus::completed);
  CHECK(jumped.session.stale == right.session.stale);
  CHECK(jumped.faults.empty());
  std::vector<std::string> actions, right_actions;
  for (const AuditEntry &entry : jumped.audit) {
    if (entry.action != "lease taken over") actions.push_back(entry.action);
  }
  for (const AuditEntry &entry : right.audit) right_actions.push_back(entry.action);
  CHECK(actions == right_actions);
}

TEST_CASE("a session can be run at once after the clock was set back by days") {
  EngineOptions options = offline_options();
  const auto now = std::make_shared<std::atomic<std::int64_t>>(noon);
  options.clock = [now] { return now->load(); };
  const Engine engine = Engine::open(options).value();
  const std::string id = attached(engine, small_call()).id;
  *now = noon - 3 * day;
  CHECK(engine.run_pending().value().size() == 1);
  CHECK(engine.find(id).value().status == SessionStatus::completed);
  *now = noon - 30 * day;
  engine.attach_transcript(id, small_call()).value();
  *now = noon - 60 * day;
  CHECK(engine.run_pending().value().size() == 1);
}
