// Stages that survive: what was paid for is never asked again, and two workers never both pay.
#include <doctest/doctest.h>

#include <set>
#include <thread>

#include "engines.hpp"
#include "faulty_store.hpp"

using namespace saleschecklist;
using namespace saleschecklist::test;

namespace {

using Honesty = std::shared_ptr<Honest>;

struct Modelled {
  Transcript call = small_call();
  Honesty honest = std::make_shared<Honest>(call, Checklist::standard());
  std::shared_ptr<MockModel> model = honest_model(call);
  std::shared_ptr<FaultyStore> store = std::make_shared<FaultyStore>(memory_store());
  EngineOptions options = offline_options();
  std::optional<Engine> engine;

  Modelled() { reopen(model); }
  void reopen(std::shared_ptr<LanguageModel> with) {
    options.store = store;
    options.services.model = std::move(with);
    engine.emplace(Engine::open(options).value());
  }
  std::size_t kept() const {
    Query query;
    query.kind = "exchange";
    query.limit = 1'000;
    return store->list(query).value().records.size();
  }
};

// The questions that were asked more than once.
std::size_t repeated(const MockModel &model) {
  std::set<std::string> all;
  std::size_t out = 0;
  for (const ModelRequest &request : model.requests())
    out += all.insert(request.question).second ? 0 : 1;
  return out;
}

RunOptions one_at_a_time() {
  RunOptions out;
  out.parallel = 1;
  return out;
}

constexpr std::size_t paid_steps = 11;  // ten categories and the coaching

}  // namespace

TEST_CASE("a run asks each question once, and keeps no replies when it is done") {
  Modelled m;
  const Session made = attached(*m.engine, m.call);
  const Session done = m.engine->run(made.id).value();
  CHECK(done.status == SessionStatus::completed);
  CHECK(m.model->count() == paid_steps);
  CHECK(m.kept() == 0);
  const auto result = m.engine->result(made.id).value();
  CHECK(result.assessment->assessor.rfind("openai:gpt-4o-mini", 0) == 0);
  REQUIRE(result.usage.size() == 2);
  CHECK(result.usage[0].usage.requests == 10);
  REQUIRE(m.engine->run(made.id));
  CHECK(m.model->count() == paid_steps);
}

TEST_CASE("a failing service leaves the session failed, and after a retry nothing is paid twice") {
  for (const std::size_t broken : {std::size_t{0}, std::size_t{10}}) {
    Modelled m;
    m.reopen(std::make_shared<MockModel>(
        [honest = m.honest, broken](const ModelRequest &request,
                                    std::size_t i) -> Result<ModelReply> {
          if (i >= broken) return Error{ErrorCode::quota, "no credit is left", {}};
          return (*honest)(request);
        }));
    const Session made = attached(*m.engine, m.call);
    const auto failed = m.engine->run(made.id, one_at_a_time());
    REQUIRE_FALSE(failed);
    CHECK(failed.error().code == ErrorCode::quota);
    const Session kept = m.engine->find(made.id).value();
    CHECK(kept.status == SessionStatus::failed);
    REQUIRE(kept.failure);
    CHECK(kept.failure->stage == (broken == 0 ? Stage::assess : Stage::coach));
    CHECK(kept.failure->error.message == "no credit is left");
    CHECK(kept.failure->advice.find("credit") != std::string::npos);
    CHECK(m.engine->run_pending().value().empty());
    CHECK(m.engine->retry(made.id).value().status != SessionStatus::failed);
    CHECK(m.engine->retry(made.id).error().code == ErrorCode::invalid_argument);
    m.reopen(m.model);
    CHECK(m.engine->run_pending().value().at(0).status == SessionStatus::completed);
    CHECK(m.model->count() == paid_steps - broken);
  }
}

TEST_CASE("for every write that fails, the next run pays only for what was not kept") {
  std::size_t writes = 0;
  {
    Modelled m;
    const Session made = attached(*m.engine, m.call);
    const std::size_t before = m.store->commits();
    REQUIRE(m.engine->run(made.id, one_at_a_time()));
    writes = m.store->commits() - before;
  }
  REQUIRE(writes > paid_steps);
  for (std::size_t n = 0; n < writes; ++n) {
    CAPTURE(n);
    Modelled m;
    const Session made = attached(*m.engine, m.call);
    m.store->fail_after(n, ErrorCode::io);
    RunOptions options = one_at_a_time();
    options.allow_partial = n % 2 == 1;  // which is about the service, not about the store
    const auto broken = m.engine->run(made.id, options);
    m.store->heal();
    if (!broken) CHECK(broken.error().code == ErrorCode::io);
    CHECK(m.engine->verify_audit(made.id).value().faults.empty());
    const auto again = m.engine->run(made.id, one_at_a_time());
    REQUIRE(again);
    CHECK(again->status == SessionStatus::completed);
    const SessionResult result = m.engine->result(made.id).value();
    for (const Response &r : result.assessment->responses) {
      CHECK(r.answer != Answer::unanswered);
    }
    CHECK(repeated(*m.model) <= 1);  // the one whose reply could not be kept
    CHECK(m.engine->verify_audit(made.id).value().faults.empty());
    CHECK(m.kept() == 0);
  }
}

TEST_CASE("a store that is away for a while is waited for, and nothing is paid for twice") {
  for (const ErrorCode code : {ErrorCode::network, ErrorCode::timeout}) {
    for (const bool written : {false, true}) {
      Modelled m;
      const Session made = attached(*m.engine, m.call);
      m.store->flicker(3, code, written);
      auto done = m.engine->run(made.id);
      for (int tries = 0; !done && tries < 3; ++tries) done = m.engine->run(made.id);  // the claim
      REQUIRE(done);
      CHECK(done->status == SessionStatus::completed);
      CHECK(m.model->count() == paid_steps);
      CHECK(m.engine->verify_audit(made.id).value().faults.empty());
    }
  }
}

TEST_CASE("four workers at a time never both pay") {
  Modelled m;
  std::vector<std::string> ids;
  for (int i = 0; i < 6; ++i) ids.push_back(attached(*m.engine, m.call).id);
  std::vector<std::thread> workers;
  std::atomic<std::size_t> worked{0};
  for (int i = 0; i < 4; ++i) {
    workers.emplace_back([&] { worked += m.engine->run_pending().value().size(); });
  }
  for (std::thread &worker : workers) worker.join();
  CHECK(worked == ids.size());
  CHECK(m.model->count() == ids.size() * paid_steps);
  for (const std::string &id : ids) {
    CHECK(m.engine->find(id).value().status == SessionStatus::completed);
    CHECK(m.engine->verify_audit(id).value().faults.empty());
  }
}

TEST_CASE("a session that is worked on is refused to others") {
  Modelled m;
  std::optional<Result<Session>> second;
  std::string id;
  std::once_flag once;
  m.reopen(std::make_shared<MockModel>([&](const ModelRequest &request, std::size_t) {
    std::call_once(once, [&] { second = m.engine->run(id); });
    return Result<ModelReply>((*m.honest)(request));
  }));
  id = attached(*m.engine, m.call).id;
  REQUIRE(m.engine->run(id));
  REQUIRE(second);
  CHECK(second->error().code == ErrorCode::conflict);
}

TEST_CASE("a worker that lost its lease writes nothing more") {
  Modelled m;
  std::string id;
  std::once_flag once;
  const Transcript other = sample_call("board-meeting.vtt");
  m.reopen(std::make_shared<MockModel>([&](const ModelRequest &request, std::size_t) {
    std::call_once(once, [&] { (void)m.engine->attach_transcript(id, other).value(); });
    return Result<ModelReply>((*m.honest)(request));
  }));
  id = attached(*m.engine, m.call).id;
  const auto lost = m.engine->run(id);
  REQUIRE_FALSE(lost);
  CHECK(lost.error().code == ErrorCode::conflict);
  const Session now = m.engine->find(id).value();
  CHECK(now.status == SessionStatus::analyzing);
  CHECK(now.transcript_version == 2);
  CHECK(now.assessment_version == 0);
  CHECK(m.kept() == 0);
}

TEST_CASE("a dead worker's session is taken over after the lease") {
  Modelled m;
  const auto clock = std::make_shared<std::atomic<std::int64_t>>(1'000'000);
  m.options.clock = [clock] { return clock->load(); };
  m.reopen(m.model);
  const Session made = attached(*m.engine, m.call);
  Record job = m.store->get("job", "", made.id).value();
  job.at = clock->load() + 60'000;
  job.body = R"({"worker":{"claim":"x","machine":"elsewhere","pid":1,"started":"1"}})";
  REQUIRE(m.store->commit({{Write::Action::put, job, {}}}));
  const auto refused = m.engine->run(made.id);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().message.find("60 s") != std::string::npos);
  CHECK(m.engine->run_pending().value().empty());
  *clock += 60'001;
  CHECK(m.engine->run_pending().value().size() == 1);
}

TEST_CASE("a cancelled run leaves the session to be gone on with") {
  Modelled m;
  RunOptions options = one_at_a_time();
  m.reopen(std::make_shared<MockModel>(
      [&](const ModelRequest &request, std::size_t i) -> Result<ModelReply> {
        if (i == 4) options.call.cancel.cancel();
        if (options.call.cancel.cancelled()) return Error{ErrorCode::cancelled, "cancelled", {}};
        return (*m.honest)(request);
      }));
  const Session made = attached(*m.engine, m.call);
  const auto stopped = m.engine->run(made.id, options);
  REQUIRE_FALSE(stopped);
  CHECK(stopped.error().code == ErrorCode::cancelled);
  CHECK(m.kept() == 4);
  const auto partly = m.engine->result(made.id).value();
  CHECK(partly.session.status == SessionStatus::analyzing);
  REQUIRE(partly.assessment);
  CHECK(partly.assessment->responses.size() > 20);
  m.reopen(m.model);
  REQUIRE(m.engine->run(made.id));
  CHECK(m.model->count() == paid_steps - 4);
}

TEST_CASE("a run stops where it is told to, and goes on from there") {
  Modelled m;
  const Session made = attached(*m.engine, m.call);
  RunOptions options;
  options.until = Stage::assess;
  Session now = m.engine->run(made.id, options).value();
  CHECK(now.status == SessionStatus::scoring);
  CHECK(now.score_version == 0);
  CHECK(m.engine->run_pending().value().empty());
  options.until = Stage::score;
  now = m.engine->run(made.id, options).value();
  CHECK(now.total_score);
  CHECK(now.coaching_version == 0);
  CHECK(m.engine->run(made.id).value().status == SessionStatus::completed);
  CHECK(m.model->count() == paid_steps);
}

TEST_CASE("nothing to work on is said so") {
  Modelled m;
  const Session made = m.engine->create({"Acme"}).value();
  const auto refused = m.engine->run(made.id);
  CHECK(refused.error().code == ErrorCode::invalid_argument);
  CHECK(refused.error().message.find("attach") != std::string::npos);
  CHECK(m.engine->find(made.id).value().status == SessionStatus::draft);
  CHECK(m.engine->run("nobody").error().code == ErrorCode::not_found);
  CHECK(m.engine->run_pending().value().empty());
}

TEST_CASE("with several votes each is asked once, also after a stop") {
  Modelled m;
  RunOptions options = one_at_a_time();
  options.votes = 3;
  const Session first = attached(*m.engine, m.call);
  REQUIRE(m.engine->run(first.id, options));
  const std::size_t whole = m.model->count();
  m.reopen(std::make_shared<MockModel>(
      [&](const ModelRequest &request, std::size_t i) -> Result<ModelReply> {
        if (i >= 7) return Error{ErrorCode::unauthorized, "the key was withdrawn", {}};
        return (*m.honest)(request);
      }));
  const Session second = attached(*m.engine, m.call);
  CHECK(m.engine->run(second.id, options).error().code == ErrorCode::unauthorized);
  CHECK(m.kept() == 7);
  m.reopen(m.model);
  REQUIRE(m.engine->run(second.id, options));
  CHECK(m.model->count() == whole + whole - 7);
  CHECK(to_json(m.engine->report(second.id).value().responses) ==
        to_json(m.engine->report(first.id).value().responses));
}

TEST_CASE("what no database takes in a reply does not stop a session") {
  Modelled m;
  m.reopen(std::make_shared<MockModel>([&](const ModelRequest &request, std::size_t) {
    ModelReply reply = (*m.honest)(request);
    const std::size_t at = reply.text.find("That is");
    if (at != std::string::npos) reply.text.insert(at, "\\u0000");
    reply.detail = std::string("\0 \xff", 3);
    return Result<ModelReply>(reply);
  }));
  const Session made = attached(*m.engine, m.call);
  REQUIRE(m.engine->run(made.id));
  CHECK(m.engine->verify_audit(made.id).value().faults.empty());
}

TEST_CASE("a session that is being erased takes no change") {
  Modelled m;
  const std::string id = attached(*m.engine, m.call).id;
  Record record = m.store->get("session", "", id).value();
  const std::string word = "\"status\":\"analyzing\"";
  record.body.replace(record.body.find(word), word.size(), "\"status\":\"erasing\"");
  REQUIRE(m.store->commit({{Write::Action::put, record, {}}}));
  CHECK(m.engine->run(id).error().code == ErrorCode::conflict);
  CHECK(m.engine->attach_transcript(id, m.call).error().code == ErrorCode::conflict);
  SessionChange change;
  change.owner = "eve";
  CHECK(m.engine->update(id, change).error().code == ErrorCode::conflict);
  REQUIRE(m.engine->erase(id));
  CHECK(m.engine->find(id).error().code == ErrorCode::not_found);
}

TEST_CASE("a failed session tells what was paid so far") {
  Modelled m;
  m.reopen(std::make_shared<MockModel>(
      [&](const ModelRequest &request, std::size_t i) -> Result<ModelReply> {
        if (i >= 3) return Error{ErrorCode::quota, "no credit is left", {}};
        return (*m.honest)(request);
      }));
  const std::string id = attached(*m.engine, m.call).id;
  CHECK_FALSE(m.engine->run(id, one_at_a_time()));
  const auto usage = m.engine->result(id).value().usage;
  REQUIRE(usage.size() == 1);
  CHECK(usage[0].stage == "assess");
  CHECK(usage[0].usage.requests == 3);
  CHECK(usage[0].usage.tokens_in > 0);
}

TEST_CASE("every stage of a run tells of its progress") {
  for (const bool offline : {true, false}) {
    Modelled m;
    if (offline) m.reopen(nullptr);
    const Session made = attached(*m.engine, m.call);
    std::vector<std::string> stages;
    RunOptions options;
    options.call.progress = [&](const ProgressStep &step) {
      if (stages.empty() || stages.back() != step.stage) stages.emplace_back(step.stage);
    };
    REQUIRE(m.engine->run(made.id, options));
    CHECK(stages == std::vector<std::string>{"assess", "score", "coach"});
  }
}
