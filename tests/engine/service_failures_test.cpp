// Whatever way a service fails in: no number comes of it, and the next run asks only for the rest.
#include "assess/model/models.hpp"
#include "engine/failing_services.hpp"
#include "support/support.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using namespace saleschecklist;
using namespace saleschecklist::test;

namespace {

constexpr std::size_t categories = 10;

Transcript freight_call() {
  return read_transcript_file((source_dir() / "examples/calls/freight-tracking.vtt").string())
      .value();
}

std::vector<std::string> ids_in(const std::string &body) {
  static const Checklist checklist = Checklist::standard();
  std::vector<std::string> out;
  for (const Category &category : checklist.categories) {
    for (const Item &item : category.items) {
      if (body.find("[" + item.id + "] ") != std::string::npos) out.push_back(item.id);
    }
  }
  return out;
}

// Answers every item with no, except those of `left_out`, and coaches.
std::string written(const std::string &body, const std::string &left_out = "") {
  if (body.find("feedback_text") != std::string::npos) {
    std::string words;
    for (int i = 0; i < 240; ++i) words += i % 12 == 11 ? "ask. " : "ask ";
    const Json point = {{"point", "Budget"}, {"explanation", "Ask who signs."}};
    return Json{{"strengths", Json::array({point})},
                {"improvement_areas", Json::array({point})},
                {"first_change", "Ask who signs before you show anything."},
                {"action_items", {"Ask who signs.", "Ask by when.", "Ask what happens otherwise."}},
                {"moments", Json::array()},
                {"feedback_text", words}}
        .dump();
  }
  return all_no(body, Checklist::standard(), left_out);
}

// A service that answers `sound` questions and then fails in one way, until it is healed.
struct Failing {
  FakeServices server;
  std::shared_ptr<LanguageModel> model;
  Engine engine;
  Session session;

  explicit Failing(const PortCase &port)
      : model(open(server, port)), engine(engine_with(model)), session(engine.create({}).value()) {
    server.write = [](const std::string &body) { return written(body); };
    session = engine.attach_transcript(session.id, freight_call()).value();
  }

  static Engine engine_with(const std::shared_ptr<LanguageModel> &model) {
    EngineOptions options;
    options.store = memory_store();
    options.blobs = memory_blobs();
    options.actor = "dana";
    options.services.model = model;
    return Engine::open(options).value();
  }
  void fail_after(std::size_t sound, Way way) {
    for (std::size_t i = 0; i < sound; ++i) server.next({});
    server.always(failing(way));
  }
  void heal() { server.always({}); }
  Result<Session> run(bool allow_partial = false) const {
    RunOptions options;
    options.parallel = 1;
    options.allow_partial = allow_partial;
    return engine.run(session.id, options);
  }
  std::size_t asked() const { return server.requests().size(); }
};

std::size_t unanswered(const Engine &engine, const std::string &id) {
  const auto assessment = engine.result(id).value().assessment;
  REQUIRE(assessment);
  return static_cast<std::size_t>(
      std::count_if(assessment->responses.begin(), assessment->responses.end(),
                    [](const Response &r) { return r.answer == Answer::unanswered; }));
}

// How many requests a sound service gets for a call.
std::size_t requests_in_all(const PortCase &port) {
  Failing f(port);
  REQUIRE(f.run());
  for (const std::string &fault : f.server.faults()) FAIL_CHECK(fault);
  return f.asked();
}

void check_failed(const Failing &f, const Result<Session> &run) {
  REQUIRE_FALSE(run);
  const Session kept = f.engine.find(f.session.id).value();
  CHECK(kept.status == SessionStatus::failed);
  REQUIRE(kept.failure);
  CHECK(kept.failure->stage == Stage::assess);
  CHECK_FALSE(kept.failure->error.message.empty());
  CHECK_FALSE(kept.total_score);
  CHECK(kept.score_version == 0);
}

}  // namespace

TEST_CASE(
    "however a service fails, its session fails and is completed later, paying for the rest") {
  for (const PortCase &port : models()) {
    const std::size_t in_all = requests_in_all(port);
    for (const Way way : all_ways) {
      for (const std::size_t sound : {std::size_t{0}, std::size_t{4}}) {
        CAPTURE(port.name);
        CAPTURE(static_cast<int>(way));
        CAPTURE(sound);
        Failing f(port);
        f.fail_after(sound, way);
        const auto failed = f.run();
        check_failed(f, failed);
        if (sound > 0) {
          CHECK(failed.error().message.find("items have no answer (") != std::string::npos);
        }
        f.heal();
        const std::size_t before = f.asked();
        const auto done = f.run();
        if (!done) FAIL(to_string(done.error()));
        CHECK(done->status == SessionStatus::completed);
        CHECK(unanswered(f.engine, f.session.id) == 0);
        CHECK(f.asked() - before == in_all - sound);
        CHECK(f.engine.verify_audit(f.session.id).value().faults.empty());
        std::int64_t paid = 0;  // also what could not be used
        const SessionResult result = f.engine.result(f.session.id).value();
        for (const StageUsage &stage : result.usage) {
          paid += stage.usage.requests;
        }
        CHECK(paid >= static_cast<std::int64_t>(in_all));
      }
    }
  }
}

TEST_CASE("an item that the model leaves out is asked for again by the next run, and no other is") {
  Failing f(model_of("openai"));
  std::string left_out = "mentor.03";
  f.server.write = [&](const std::string &body) { return written(body, left_out); };
  check_failed(f, f.run());
  CHECK(f.asked() == categories + 2);
  check_failed(f, f.run());
  CHECK(f.asked() == categories + 4);
  left_out.clear();
  REQUIRE(f.run());
  const auto requests = f.server.requests();
  CHECK(requests.size() == categories + 6);  // with the coaching
  CHECK(ids_in(requests[requests.size() - 2].body) == std::vector<std::string>{"mentor.03"});
}

TEST_CASE("a host may take what there is") {
  for (const std::size_t sound : {std::size_t{0}, std::size_t{9}}) {
    Failing f(model_of("openai"));
    f.fail_after(sound, Way::wrong_schema);
    const auto taken = f.run(true);
    if (!taken) FAIL(to_string(taken.error()));
    if (sound == 0) {
      CHECK(taken->status == SessionStatus::not_assessable);
      CHECK(taken->not_assessable == NotAssessableReason::service_failed);
      CHECK_FALSE(taken->total_score);
    } else {
      CHECK(taken->status == SessionStatus::completed);
      CHECK(taken->assessment == AssessmentStatus::partial);
      CHECK(taken->total_score);
    }
    CHECK(is_incomplete(*f.engine.result(f.session.id).value().assessability));
  }
}

TEST_CASE("without sessions, the report says that it is incomplete, in which categories and why") {
  FakeServices server;
  server.write = [](const std::string &body) { return written(body); };
  for (int i = 0; i < 7; ++i) server.next({});
  server.always(failing(Way::revoked_key));
  AnalyzeOptions options;
  options.model = open(server, model_of("anthropic"));
  const Report report = analyze(freight_call(), Checklist::standard(), options).value();
  CHECK(report.assessment.status == AssessmentStatus::partial);
  CHECK(is_incomplete(report.assessment));
  const Json document = Json::parse(to_json(report));
  CHECK(document["assessment"]["incomplete"] == true);
  CHECK(std::any_of(report.notices.begin(), report.notices.end(), [](const std::string &notice) {
    return notice.find("items are unanswered: the service failed (unauthorized)") !=
               std::string::npos &&
           notice.find("the key was revoked") != std::string::npos &&
           notice.find(". Categories: ") != std::string::npos;
  }));
}
