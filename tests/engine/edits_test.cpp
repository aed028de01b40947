// Names, roles and words that a person corrects in a stored transcript.
#include <doctest/doctest.h>

#include <algorithm>

#include "engines.hpp"

using namespace saleschecklist;
using namespace saleschecklist::test;

namespace {

// An item for each of three phrases; only the customer's words count.
std::shared_ptr<const Checklist> three_losses() {
  Checklist out;
  out.id = "own";
  out.name = "Own";
  Category category;
  category.id = "own";
  category.name = "Own";
  for (const char *id : {"own.01", "own.02", "own.03"}) {
    Item item;
    item.id = id;
    item.title = std::string("A loss, ") + id;
    item.definition = "The customer names a loss.";
    item.evidence_from = EvidenceFrom::customer;
    category.items.push_back(item);
  }
  out.categories = {category};
  return std::make_shared<const Checklist>(std::move(out));
}

std::shared_ptr<const Cues> their_cues() {
  Cues out;
  out.checklist_id = "own";
  out.items["own.01"].statement = {"we lose money"};
  out.items["own.02"].statement = {"we lose people"};
  out.items["own.03"].statement = {"we lose customers"};
  return std::make_shared<const Cues>(std::move(out));
}

constexpr const char *call_text =
    "Rita: And what happens if nothing changes this year?\n"
    "Carl: We lose money every month, and that hurts a lot.\n"
    "Rita: Tell me more about the team, if you would.\n"
    "Speaker 3: We lose people every month, the good ones go first.\n"
    "Carl: And the rest of us work on Saturdays then.\n";

struct Edited {
  explicit Edited(EngineOptions options = offline_options())
      : engine(Engine::open(std::move(options)).value()) {
    NewSession session;
    session.customer = "Acme";
    session.checklist = three_losses();
    session.cues = their_cues();
    id = attached(engine, talk(call_text), session).id;
    REQUIRE(engine.run(id));
  }

  SessionResult result() const { return engine.result(id).value(); }
  Answer answer(std::size_t item) const {
    return result().assessment.value().responses.at(item).answer;
  }
  std::string last_action() const { return engine.audit(id).value().back().action; }
  void check_audit() const { CHECK(engine.verify_audit(id).value().faults.empty()); }

  Engine engine;
  std::string id;
};

bool is_stale(const Session &session, Stage stage) {
  return std::count(session.stale.begin(), session.stale.end(), stage) != 0;
}

}  // namespace

TEST_CASE("a new name keeps every answer, and the score stands for the new transcript") {
  const Edited e;
  const SessionResult before = e.result();
  const Session renamed = e.engine.rename_speaker(e.id, "Speaker 3", " Ann   Lee ").value();
  CHECK(renamed.transcript_version == 2);
  CHECK(renamed.assessment_version == 2);
  CHECK(renamed.status == SessionStatus::completed);
  CHECK_FALSE(is_stale(renamed, Stage::assess));
  CHECK(is_stale(renamed, Stage::coach));
  const SessionResult after = e.result();
  CHECK(after.transcript->utterances[3].speaker == "Ann Lee");
  CHECK(after.score->total_score == before.score->total_score);
  CHECK(after.score->fingerprint != before.score->fingerprint);
  CHECK(e.last_action() == "speaker renamed");
  CHECK(e.engine.history(e.id)->back().reason == "speaker renamed");
  CHECK(e.engine.report(e.id));
  e.check_audit();
}

TEST_CASE("a speaker who turns out to sell takes the proof of his words away") {
  const Edited e;
  CHECK(e.answer(1) == Answer::yes);
  const Session set = e.engine.set_role(e.id, "Speaker 3", Role::rep).value();
  CHECK(set.status == SessionStatus::analyzing);
  CHECK(is_stale(set, Stage::assess));
  CHECK_FALSE(set.total_score);
  CHECK_FALSE(e.result().score);
  CHECK(e.engine.report(e.id).error().code == ErrorCode::conflict);

  CHECK(e.engine.run(e.id)->status == SessionStatus::completed);
  CHECK(e.answer(0) == Answer::yes);
  CHECK(e.answer(1) == Answer::no);
  CHECK(e.result().transcript->role_source == RoleSource::given);
  CHECK(e.engine.report(e.id));
  e.check_audit();

  REQUIRE(e.engine.set_role(e.id, "Speaker 3", Role::customer));  // and back
  REQUIRE(e.engine.run(e.id));
  CHECK(e.answer(1) == Answer::yes);
}

TEST_CASE("a corrected line loses the proof that it was and gives the proof that it is") {
  const Edited e;
  CHECK(e.answer(2) == Answer::no);
  REQUIRE(e.engine.correct_utterance(e.id, 3, "We lose  customers every month,\nsadly."));
  REQUIRE(e.engine.run(e.id));
  const SessionResult after = e.result();
  CHECK(after.transcript->utterances[3].text == "We lose customers every month, sadly.");
  CHECK(e.answer(0) == Answer::yes);
  CHECK(e.answer(1) == Answer::no);
  CHECK(e.answer(2) == Answer::yes);
  CHECK(after.assessment->responses[2].evidence[0].utterance == 3);
  e.check_audit();
}

TEST_CASE("speakers are merged and split, and take the role of whom they join") {
  const Edited e;
  REQUIRE(e.engine.merge_speakers(e.id, {"Speaker 3"}, "Rita"));
  REQUIRE(e.engine.run(e.id));
  Transcript now = *e.result().transcript;
  CHECK(now.utterances.size() == 5);
  CHECK(now.utterances[3].speaker == "Rita");
  CHECK(now.utterances[3].role == Role::rep);
  CHECK(e.answer(1) == Answer::no);

  REQUIRE(e.engine.split_speaker(e.id, {3, 3}, "Ann"));  // nobody whose role is known
  REQUIRE(e.engine.run(e.id));
  now = *e.result().transcript;
  CHECK(now.utterances[3].role == Role::unknown);
  CHECK(e.answer(1) == Answer::no);
  CHECK(now.utterances[2].speaker == "Rita");

  REQUIRE(e.engine.set_role(e.id, "Ann", Role::customer));
  REQUIRE(e.engine.run(e.id));
  CHECK(e.answer(1) == Answer::yes);
  CHECK(e.answer(0) == Answer::yes);
  e.check_audit();
}

TEST_CASE("a model is asked again only about what rests on the touched words") {
  const auto model = honest_model(small_call());
  EngineOptions options = offline_options();
  options.services.model = model;
  const Engine engine = Engine::open(options).value();
  const std::string id = attached(engine, small_call()).id;
  REQUIRE(engine.run(id));
  const std::vector<Response> before = engine.result(id)->assessment->responses;
  const Evidence *proof = nullptr;
  for (const Response &r : before) {
    if (proof == nullptr && r.answer == Answer::yes) proof = &r.evidence.front();
  }
  REQUIRE(proof != nullptr);
  const std::size_t touched = proof->utterance;
  std::vector<std::string> resting;
  for (const Response &r : before) {
    const bool rests = std::any_of(r.evidence.begin(), r.evidence.end(),
                                   [&](const Evidence &x) { return x.utterance == touched; });
    if (rests) resting.push_back(r.item_id);
  }
  const std::size_t asked = model->count();
  REQUIRE(engine.correct_utterance(id, touched, "Nothing of the sort was ever said."));
  REQUIRE(engine.run(id, {Stage::score}));
  const auto requests = model->requests();
  REQUIRE(requests.size() > asked);
  std::vector<std::string> asked_again;
  for (std::size_t i = asked; i < requests.size(); ++i) {
    for (const std::string &item : asked_ids(requests[i].question)) asked_again.push_back(item);
  }
  std::sort(asked_again.begin(), asked_again.end());
  asked_again.erase(std::unique(asked_again.begin(), asked_again.end()), asked_again.end());
  std::sort(resting.begin(), resting.end());
  CHECK(asked_again == resting);
  const std::vector<Response> after = engine.result(id)->assessment->responses;
  REQUIRE(after.size() == before.size());
  for (std::size_t i = 0; i < after.size(); ++i) {
    CAPTURE(after[i].item_id);
    CHECK(after[i].item_id == before[i].item_id);
    if (std::binary_search(resting.begin(), resting.end(), after[i].item_id)) continue;
    CHECK(after[i].answer == before[i].answer);
    CHECK(after[i].reasoning == before[i].reasoning);
  }
}

TEST_CASE("edits before the next run add up, and a person's answer stays a person's") {
  const Edited e;
  REQUIRE(e.engine.override_answer(e.id, "own.01", Answer::no, "He meant another firm."));
  REQUIRE(e.engine.set_role(e.id, "Carl", Role::rep));
  REQUIRE(e.engine.set_role(e.id, "Speaker 3", Role::rep));
  REQUIRE(e.engine.rename_speaker(e.id, "Carl", "Carlo"));
  CHECK(e.engine.override_answer(e.id, "own.01", Answer::yes, "x").error().code ==
        ErrorCode::conflict);
  REQUIRE(e.engine.run(e.id));
  const auto responses = e.result().assessment->responses;
  CHECK(responses[0].correction);
  CHECK(responses[0].answer == Answer::no);
  CHECK(responses[0].evidence.empty());
  CHECK(responses[1].ai_answer != Answer::yes);
  CHECK(e.engine.report(e.id));
  e.check_audit();
}

TEST_CASE("answers of two assessors are never mixed") {
  const EngineOptions options = offline_options();
  const Edited e(options);
  REQUIRE(e.engine.correct_utterance(e.id, 3, "Nothing to say about that, really."));
  EngineOptions other = options;
  const auto model = std::make_shared<MockModel>([](const ModelRequest &request, std::size_t) {
    Json entries = Json::array();
    for (const std::string &id : asked_ids(request.question)) {
      entries.push_back(entry(id, "no", Json::array()));
    }
    return Result<ModelReply>(ModelReply{answers_of(entries).dump()});
  });
  other.services.model = model;
  const Engine engine = Engine::open(other).value();
  REQUIRE(engine.run(e.id, {Stage::score}));
  const Assessment now = engine.result(e.id)->assessment.value();
  CHECK(now.assessor.find("gpt-4o-mini") != std::string::npos);
  for (const Response &r : now.responses) CHECK(r.answer == Answer::no);
}

TEST_CASE("what a person types is redacted where the engine keeps no names") {
  EngineOptions options = offline_options();
  options.redact = RedactOptions();
  options.redact->names = {"Carl", "Rita", "Ann Lee"};
  const Edited e(options);
  REQUIRE(e.engine.rename_speaker(e.id, "Speaker 3", "Ann Lee"));
  REQUIRE(e.engine.correct_utterance(e.id, 4, "Call me at ann.lee@example.com any time."));
  const Transcript now = *e.result().transcript;
  CHECK(now.utterances[3].speaker.find("Ann") == std::string::npos);
  CHECK(now.utterances[3].speaker != now.utterances[0].speaker);
  CHECK(now.utterances[3].speaker != now.utterances[1].speaker);
  CHECK(now.utterances[4].text.find("example.com") == std::string::npos);
}

TEST_CASE("edits that make no sense name what is wrong, and change nothing") {
  const Edited e;
  const Session before = e.engine.find(e.id).value();
  const auto refused = [&](const Result<Session> &done, const char *where) {
    CAPTURE(where);
    CHECK(done.error().code == ErrorCode::invalid_argument);
    CHECK(done.error().where == where);
  };
  const Engine &engine = e.engine;
  refused(engine.rename_speaker(e.id, "Nobody", "X"), "speaker");
  refused(engine.rename_speaker(e.id, "rita", "X"), "speaker");
  refused(engine.rename_speaker(e.id, "", "X"), "speaker");
  refused(engine.rename_speaker(e.id, "Carl", " \n "), "name");
  refused(engine.rename_speaker(e.id, "Carl", "Rita"), "name");
  refused(engine.rename_speaker(e.id, "Carl", "\xFF"), "name");
  refused(engine.rename_speaker(e.id, "Carl", std::string(201, 'x')), "name");
  refused(engine.merge_speakers(e.id, {}, "Rita"), "speakers");
  refused(engine.merge_speakers(e.id, {"Carl", "Nobody"}, "Rita"), "speakers");
  refused(engine.merge_speakers(e.id, {"Carl"}, "Nobody"), "into");
  refused(engine.split_speaker(e.id, {}, "Ann"), "utterances");
  refused(engine.split_speaker(e.id, {0, 5}, "Ann"), "utterances");
  refused(engine.split_speaker(e.id, {0}, ""), "name");
  refused(engine.correct_utterance(e.id, 5, "Hello."), "utterance");
  refused(engine.correct_utterance(e.id, 0, "..."), "text");
  refused(engine.correct_utterance(e.id, 0, "\xC3"), "text");
  refused(engine.correct_utterance(e.id, 0, std::string(100'001, 'x')), "text");
  refused(engine.set_role(e.id, "Nobody", Role::rep), "speaker");
  CHECK(engine.set_role("nobody", "Carl", Role::rep).error().code == ErrorCode::not_found);
  const std::string draft = engine.create({"Acme"})->id;
  CHECK(engine.set_role(draft, "Carl", Role::rep).error().code == ErrorCode::conflict);
  CHECK(engine.find(e.id)->revision == before.revision);
  CHECK(engine.find(e.id)->transcript_version == 1);
}

TEST_CASE("a call that nobody has judged yet is edited and then judged whole") {
  const Engine engine = Engine::open(offline_options()).value();
  NewSession session;
  session.checklist = three_losses();
  session.cues = their_cues();
  const std::string id = attached(engine, talk(call_text), session).id;
  const Session edited = engine.set_role(id, "Speaker 3", Role::rep).value();
  CHECK(edited.status == SessionStatus::analyzing);
  CHECK(edited.assessment_version == 0);
  REQUIRE(engine.run(id));
  const auto responses = engine.result(id)->assessment->responses;
  CHECK(responses[0].answer == Answer::yes);
  CHECK(responses[1].answer == Answer::no);
}
