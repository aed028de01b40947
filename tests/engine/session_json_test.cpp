// Sessions and what hosts tell an engine, against their schemas.
#include <doctest/doctest.h>

#include "json/library.hpp"

#include "json/schema.hpp"
#include "support/support.hpp"

namespace saleschecklist::test {
namespace {

using Json = nlohmann::json;

const std::string print(64, 'f');

// With one of everything.
Session some_session() {
  Session s;
  s.id = "a-1";
  s.tenant = "globex";
  s.revision = 7;
  s.customer = "Öl & \"Söhne\"";
  s.opportunity = "Renewal";
  s.deal_stage = "Demo";
  s.decision_influencer = "Ada, CTO";
  s.owner = "rita";
  s.status = SessionStatus::failed;
  s.review = true;
  s.created_at_ms = 1'000;
  s.checklist_id = "ten-point";
  s.checklist_fingerprint = print;
  s.policy.mode = ScoringMode::weighted;
  s.audio = SessionAudio{"call.m4a", "a-1/f.m4a", "audio/mp4", 12, 53'000};
  s.failure = Failure{Stage::coach,
                      {ErrorCode::rate_limited, "slow down", "", "openai", 429, "req-1", 2'000},
                      "Try again later.",
                      5'000};
  s.transcript_version = 1, s.assessment_version = 2, s.score_version = 3, s.coaching_version = 1;
  s.stale = {Stage::coach, Stage::speak};
  s.coaching_blob = "a-1/coach.mp3";
  s.total_score = 52;
  s.risk_band = RiskBand::yellow;
  return s;
}

Json checked(const std::string &text, const char *schema) {
  const Json out = Json::parse(text);
  CAPTURE(schema);
  for (const Error &fault : json::schema_faults(out, schema)) FAIL_CHECK(to_string(fault));
  return out;
}

// That `read` refuses the text, naming the place.
template <class Options>
void refuses(Result<Options> (*read)(std::string_view), const char *text, const char *where) {
  CAPTURE(text);
  const auto out = read(text);
  REQUIRE_FALSE(out);
  CHECK(out.error().code == ErrorCode::invalid_input);
  CHECK(out.error().where == where);
}

// What all readers of options have in common.
template <class Options>
void reads_as_options(Result<Options> (*read)(std::string_view)) {
  CHECK(read("{}"));
  refuses(read, "{\"lunch\": true}", "/");
  refuses(read, "[]", "/");
  refuses(read, "{", "line 1, column 2");
}

}  // namespace

TEST_CASE("a session's JSON is what the schema says") {
  const Json j = checked(to_json(some_session()), "session.schema.json");
  CHECK(j["checklist"] == Json{{"id", "ten-point"}, {"fingerprint", print}});
  CHECK(j["versions"]["score"] == 3);
  CHECK(j["failure"]["error"]["code"] == "rate_limited");
  CHECK(j["failure"]["error"]["http_status"] == 429);
  CHECK(j["stale"] == Json{"coach", "speak"});
  CHECK(j["risk_band"] == "yellow");
  Session bare;
  bare.id = "b";
  bare.revision = 1;
  bare.checklist_fingerprint = print;
  const Json empty = checked(to_json(bare), "session.schema.json");
  for (const char *key : {"audio", "failure", "total_score", "risk_band"}) {
    CHECK(empty[key].is_null());
  }
  Json broken = j;
  broken["status"] = "lost";
  CHECK(json::schema_faults(broken, "session.schema.json").at(0).where == "/status");
  broken = j;
  broken["versions"].erase("score");
  CHECK(json::schema_faults(broken, "session.schema.json").at(0).where == "/versions");
}

TEST_CASE("every stage and every status has its word") {
  for (const Stage stage :
       {Stage::transcribe, Stage::assess, Stage::score, Stage::coach, Stage::speak}) {
    Session s = some_session();
    s.stale = {stage};
    s.failure->stage = stage;
    CHECK(checked(to_json(s), "session.schema.json")["stale"][0] == name(stage));
    const std::string until = Json{{"until", name(stage)}}.dump();
    CHECK(run_options_from_json(until).value().until == stage);
  }
  using S = SessionStatus;
  for (const S status : {S::draft, S::uploading, S::processing, S::analyzing, S::pending_review,
                         S::scoring, S::completed, S::not_assessable, S::failed, S::erasing}) {
    Session s = some_session();
    s.status = status;
    CHECK(checked(to_json(s), "session.schema.json")["status"] == name(status));
    const std::string wanted = Json{{"status", name(status)}}.dump();
    CHECK(session_filter_from_json(wanted).value().status == status);
  }
}

TEST_CASE("pages, histories, audit logs and reports have the JSON of their schemas") {
  const std::vector<Session> sessions(2, some_session());
  const Json page =
      checked(to_json(SessionPage{sessions, "more", {{ErrorCode::invalid_input, "torn", "x"}}}),
              "session-page.schema.json");
  CHECK(page["sessions"].size() == 2);
  CHECK(page["sessions"][1] == Json::parse(to_json(sessions[1])));
  CHECK(page["next"] == "more");
  CHECK(page["damaged"][0]["message"] == "torn");
  CHECK(checked(to_json(sessions), "session-page.schema.json")["next"] == "");

  SessionResult result{some_session(), {}, {}, {}, {}, {}, {}};
  CHECK(checked(to_json(result), "session-result.schema.json")["score"].is_null());
  result.transcript = talk("Rita: What does it cost?\nCarl: We lose 40k a month.");
  result.score = Score{};
  result.score->risk_label = "At Risk";
  result.score->risk_color = "#e74c3c";
  result.usage = {{"assess", "openai:m", {1, 0, 9, 0, 3, 0, 0, 5}}};
  const Json known = checked(to_json(result), "session-result.schema.json");
  CHECK(known["transcript"]["utterances"].size() == 2);
  CHECK(known["usage"]["total"]["micro_dollars"] == 5);

  const std::vector<ScoreVersion> history{{1,
                                           5,
                                           "dana",
                                           "assessed",
                                           52,
                                           52.1,
                                           RiskBand::red,
                                           print,
                                           {"mentor.01"},
                                           AssessmentStatus::assessed,
                                           {}},
                                          {2,
                                           6,
                                           "dana",
                                           "assessed",
                                           {},
                                           {},
                                           {},
                                           "",
                                           {},
                                           AssessmentStatus::not_assessable,
                                           NotAssessableReason::roles_unknown}};
  const Json versions = checked(to_json(history), "score-history.schema.json");
  CHECK(versions["versions"][1]["total_score"].is_null());
  CHECK(versions["versions"][1]["not_assessable"] == "roles_unknown");
  CHECK(versions["versions"][0]["changed"] == Json{"mentor.01"});
  const std::vector<AuditEntry> entries{{1, 5, "dana", "created", "", "", print}};
  CHECK(checked(to_json(entries), "audit-log.schema.json")["entries"][0]["action"] == "created");
  const AuditReport report{3, {{ErrorCode::invalid_input, "was changed", "entry 2"}}};
  const Json faults = checked(to_json(report), "audit-report.schema.json");
  CHECK(faults["faults"][0] == Json{{"message", "was changed"}, {"where", "entry 2"}});
  CHECK(checked(to_json(std::vector<ScoreVersion>()), "score-history.schema.json").size() == 1);
  CHECK(checked(to_json(std::vector<AuditEntry>()), "audit-log.schema.json").size() == 1);
}

TEST_CASE("a redacted transcript has the JSON of its schema") {
  const auto out = redact(talk("Rita: Your number?\nCarl: 415-555-0134."), {}).value();
  const Json j = checked(to_json(out), "redacted.schema.json");
  CHECK(j["replacements"][0]["original"] == "415-555-0134");
  CHECK(transcript_from_json(j["transcript"].dump()));
}

TEST_CASE("what a session begins with is read from JSON") {
  reads_as_options(new_session_from_json);
  const auto out = new_session_from_json(R"({"customer": "Acme", "opportunity": "Renewal",
      "deal_stage": "Demo", "decision_influencer": "Ada", "owner": "rita", "review": true,
      "policy": {"id": "strict"}})")
                       .value();
  CHECK(out.customer == "Acme");
  CHECK(out.decision_influencer == "Ada");
  CHECK(out.owner == "rita");
  CHECK(out.policy.id == "strict");
  CHECK(out.review);
  CHECK_FALSE(out.checklist);
  refuses(new_session_from_json, "{\"customer\": 3}", "/customer");
  refuses(new_session_from_json, "{\"review\": \"yes\"}", "/review");
  refuses(new_session_from_json, "{\"policy\": {\"mode\": \"x\"}}", "/policy/mode");
  const std::string crossed =
      R"({"policy": {"green": {"threshold": 10, "label": "g", "color": "#000000"}}})";
  CHECK(new_session_from_json(crossed).error().where.rfind("/policy", 0) == 0);
}

TEST_CASE("what changes a session and what finds it is read from JSON") {
  reads_as_options(session_change_from_json);
  const auto change = session_change_from_json(R"({"owner": "", "review": false})").value();
  CHECK(change.owner == "");
  CHECK(change.review == false);
  CHECK_FALSE(change.customer);
  refuses(session_change_from_json, "{\"owner\": null}", "/owner");
  refuses(session_change_from_json, "{\"deal_stage\": 1}", "/deal_stage");

  reads_as_options(session_filter_from_json);
  const auto filter = session_filter_from_json(R"({"owner": "rita", "customer": "Acme",
      "status": "failed", "band": "green", "created_from_ms": -5, "created_before_ms": 9,
      "after": "x", "limit": 1000})")
                          .value();
  CHECK(filter.owner == "rita");
  CHECK(filter.status == SessionStatus::failed);
  CHECK(filter.band == RiskBand::green);
  CHECK(filter.created_from_ms == -5);
  CHECK(filter.created_before_ms == 9);
  CHECK(filter.after == "x");
  CHECK(filter.limit == 1'000);
  CHECK(session_filter_from_json("{}").value().limit == 100);
  refuses(session_filter_from_json, "{\"limit\": 0}", "/limit");
  refuses(session_filter_from_json, "{\"limit\": 1001}", "/limit");
  refuses(session_filter_from_json, "{\"status\": \"lost\"}", "/status");
  refuses(session_filter_from_json, "{\"created_from_ms\": 1.5}", "/created_from_ms");
}

TEST_CASE("how a session is heard and run is read from JSON") {
  reads_as_options(audio_hints_from_json);
  const auto hints = audio_hints_from_json(
                         R"({"rep_names": ["Dana"], "channel_names": ["Dana", "Lee"],
                             "language": "pl"})")
                         .value();
  CHECK(hints.rep_names == std::vector<std::string>{"Dana"});
  CHECK(hints.channel_names.size() == 2);
  CHECK(hints.language == "pl");
  refuses(audio_hints_from_json, "{\"rep_names\": [\"\"]}", "/rep_names/0");
  refuses(audio_hints_from_json, "{\"language\": 3}", "/language");

  reads_as_options(run_options_from_json);
  const auto run = run_options_from_json(R"({"until": "assess", "votes": 9, "parallel": 2,
      "budget": {"tokens": 5}, "prices": [{"model": "m", "input": 3}]})")
                       .value();
  CHECK(run.until == Stage::assess);
  CHECK(run.votes == 9);
  CHECK(run.parallel == 2);
  CHECK(run.call.budget.tokens == 5);
  CHECK(run.call.prices.size() == 1);
  CHECK(run_options_from_json("{}").value().call.prices.size() == default_prices().size());
  refuses(run_options_from_json, "{\"until\": \"lunch\"}", "/until");
  refuses(run_options_from_json, "{\"votes\": 10}", "/votes");
  refuses(run_options_from_json, "{\"parallel\": 0}", "/parallel");
  refuses(run_options_from_json, "{\"budget\": {\"tokens\": 0}}", "/budget/tokens");
}

TEST_CASE("what is redacted is read from JSON") {
  reads_as_options(redact_options_from_json);
  const auto all = redact_options_from_json("{}").value();
  CHECK((all.cards && all.accounts && all.phones && all.emails && all.names.empty()));
  const auto some = redact_options_from_json(R"({"cards": false, "accounts": false,
      "phones": false, "emails": false, "names": ["Dana"]})")
                        .value();
  CHECK_FALSE((some.cards || some.accounts || some.phones || some.emails));
  CHECK(some.names == std::vector<std::string>{"Dana"});
  refuses(redact_options_from_json, "{\"cards\": 1}", "/cards");
  refuses(redact_options_from_json, "{\"names\": [\"\"]}", "/names/0");
}

TEST_CASE("an engine's options are read from JSON, and its stores opened") {
  reads_as_options(engine_options_from_json);
  const auto out = engine_options_from_json(R"({"store": "memory:", "blobs": "memory:",
      "tenant": "globex", "actor": "dana", "redact": {"phones": false}, "lease_ms": 100})")
                       .value();
  CHECK(out.store);
  CHECK(out.blobs);
  CHECK(out.tenant == "globex");
  CHECK(out.actor == "dana");
  REQUIRE(out.redact);
  CHECK_FALSE(out.redact->phones);
  CHECK(out.lease_ms == 100);
  CHECK_FALSE(engine_options_from_json("{}").value().redact);
  refuses(engine_options_from_json, "{\"lease_ms\": 99}", "/lease_ms");
  refuses(engine_options_from_json, "{\"lease_ms\": 86400001}", "/lease_ms");
  refuses(engine_options_from_json, "{\"store\": \"\"}", "/store");
  refuses(engine_options_from_json, "{\"redact\": {\"kards\": true}}", "/redact");
  CHECK(engine_options_from_json("{\"store\": \"oracle:x\"}").error().code ==
        ErrorCode::invalid_argument);
  CHECK(engine_options_from_json("{\"blobs\": \"ftp://x\"}").error().code ==
        ErrorCode::invalid_argument);
}

}  // namespace saleschecklist::test
