// Each noun against its schema, there and back, and the faults that JSON can have.
#include <doctest/doctest.h>
#include <fmt/format.h>
#include <rapidcheck.h>

#include "json/library.hpp"

#include "json/schema.hpp"
#include "support/support.hpp"

namespace saleschecklist::test {
namespace {

using Json = nlohmann::json;

// A call with one of everything: times, merged cues, a repaired quote, an override.
Transcript some_talk() {
  return read_transcript(
             "WEBVTT\n\n00:00.000 --> 00:04.000\n<v Rita>Thanks for your time. What does it cost "
             "you?\n\n00:05.000 --> 00:07.000\n<v Carl>We lose 40k a month.\n\n"
             "00:07.000 --> 00:09.000\n<v Carl>Our CFO wants it solved by June.\n",
             {{"Rita"}})
      .value();
}

std::vector<Response> some_answers() {
  std::vector<Response> out;
  for (const Category &c : Checklist::ten_point().categories) {
    Response r;
    r.item_id = c.items[0].id;
    r.answer = r.ai_answer = Answer::no;
    r.reasoning = "Nobody said \"so\".";
    out.push_back(r);
  }
  out[0].answer = out[0].ai_answer = Answer::yes;
  out[0].confidence = 0.1 + 0.2;
  out[0].support = Support::repaired;
  out[0].evidence = {
      {1, 0, 20, "We lose 40k a month.", 5000, std::nullopt, EvidenceStatus::repaired}};
  out[0].rejected_evidence = {{"We lose 50k", RejectionReason::number_differs}};
  out[0].rejected_evidence[0].quote_word = "50000";
  out[0].rejected_evidence[0].transcript_word = "40000";
  RejectedEvidence said{"Thanks for your time.", RejectionReason::wrong_side, "Rita"};
  said.role = Role::rep;
  said.evidence_from = EvidenceFrom::customer;
  said.suspect = "guessed";  // not of this reason, but each field is to be exercised
  out[0].rejected_evidence.push_back(said);
  out[1].correction = Correction{"Mia", "I was there", "2026-05-03T10:00:00Z"};
  out[2].needs_review = true;
  out[3].answer = Answer::not_applicable;
  out[4].answer = Answer::unanswered;
  return out;
}

Report some_report() {
  AnalyzeOptions options;
  options.deal = {"ACME \"North\"", "Öl", "stage 2"};
  options.sales_call = SalesCallRule::yes;
  Report out = analyze(some_talk(), Checklist::ten_point(), options).value();
  out.responses = some_answers();
  out.notices.push_back("A notice.");
  return out;
}

Coaching some_coaching() {
  return {"Well done.", {{"a", "b"}},
          {{"c", "d"}}, {"one", "two", "three"},
          "Ask first.", {{1, "We lose", 5000, std::nullopt, "x"}}};
}

struct Noun {
  const char *schema;
  Json document;
  std::vector<std::string> required;  // pointers of keys that may not be missing
};

std::vector<Noun> nouns() {
  Policy policy;
  policy.mode = ScoringMode::weighted;
  Checklist checklist = Checklist::ten_point();
  checklist.categories.resize(2);
  const Cues cues{
      "ten-point",
      {{"deadline", {"by june"}}},
      {{"trigger.01", {{"we lose"}, {"how much"}, {"what does it"}, {"{money}"}, {"nothing"}}}}};
  const Json report = Json::parse(to_json(some_report()));
  const Json responses = Json::parse(to_json(some_answers()))["responses"];
  std::vector<std::string> metrics, assessment, sales_call, score, coaching, whole;
  for (const auto &[key, value] : report["metrics"].items()) metrics.push_back("/" + key);
  for (const auto &[key, value] : report["assessment"].items()) {
    if (key != "message" && key != "incomplete") assessment.push_back("/" + key);
  }
  for (const auto &[key, value] : report["assessment"]["sales_call"].items()) {
    sales_call.push_back("/" + key);
  }
  for (const auto &[key, value] : report["score"].items()) score.push_back("/" + key);
  for (const auto &[key, value] : report["coaching"].items()) coaching.push_back("/" + key);
  for (const auto &[key, value] : report.items()) {
    if (key != "usage" && key != "assessment")
      whole.push_back("/" + key);  // older reports have neither
  }
  metrics.emplace_back("/speakers/0/talk_share");
  score.emplace_back("/summary/unsupported_items");
  score.emplace_back("/category_breakdown/0/max_score");
  whole.insert(whole.end(), {"/transcript/utterances", "/transcript/utterances/1/text",
                             "/responses/0/item_id", "/metrics/words", "/score/policy",
                             "/coaching/moments", "/deal/stage", "/checklist/fingerprint"});
  return {
      {"transcript.schema.json",
       Json::parse(to_json(some_talk())),
       {"/utterances", "/utterances/0/text", "/utterances/1/spans/0/begin", "/roles/source"}},
      {"metrics.schema.json", Json::parse(to_json(measure(some_talk()))), metrics},
      {"responses.schema.json",
       responses,
       {"/0/item_id", "/0/answer", "/0/evidence/0/quote", "/0/evidence/0/begin",
        "/0/rejected_evidence/0/quote", "/0/rejected_evidence/0/reason", "/1/override/by"}},
      {"assessment.schema.json",
       Json::parse(to_json(some_answers())),
       {"/schema", "/responses", "/responses/0/item_id"}},
      {"policy.schema.json", Json::parse(to_json(policy)), {}},
      {"score.schema.json", report["score"], score},
      {"coaching.schema.json", Json::parse(to_json(some_coaching())), coaching},
      {"checklist.schema.json",
       Json::parse(to_json(checklist)),
       {"/id", "/name", "/categories", "/categories/0/id", "/categories/0/items",
        "/categories/1/items/0/definition"}},
      {"cues.schema.json", Json::parse(to_json(cues)), {"/checklist", "/items"}},
      {"report.schema.json", report, whole},
      {"assessability.schema.json", report["assessment"], assessment},
      {"sales-call.schema.json", report["assessment"]["sales_call"], sales_call},
      {"claims.schema.json",
       Json::parse(R"([{"quote": "We lose", "utterance": 1, "evidence_from": "customer"}])"),
       {"/0/quote"}},
      {"verdicts.schema.json",
       Json::parse(to_json(verify(some_talk(), {{"We lose 40k", {}, {}}, {"No.", {}, {}}}))),
       {"/0/evidence", "/0/evidence/quote", "/1/rejected", "/1/rejected/quote",
        "/1/rejected/reason"}},
      {"read-options.schema.json", Json::parse(R"({"rep_names": ["Rita"]})"), {}},
      {"analyze-options.schema.json",
       Json::parse(R"({"rep_names": ["Rita"], "deal": {"customer": "A", "opportunity": "B",
                           "stage": "C"}, "policy": {"mode": "weighted"}, "votes": 3, "sales_call": "yes",
                           "budget": {"tokens": 5, "micro_dollars": 6}, "prices": []})"),
       {}},
      {"prices.schema.json",
       Json::parse(R"([{"model": "a:b", "input": 1, "cached": 2, "output": 3, "characters": 4,
                            "audio_hour": 5}])"),
       {"/0/model"}},
      {"transcribe-options.schema.json",
       Json::parse(R"({"rep_names": ["Rita"], "channel_names": ["Rita", "Carl"],
                           "language": "pl", "parallel": 2, "prices": []})"),
       {}},
      {"separate-options.schema.json",
       Json::parse(R"({"rep_names": ["Rita"], "budget": {"tokens": 5}, "prices": []})"),
       {}},
      {"assess-options.schema.json",
       Json::parse(R"({"votes": 3, "budget": {"tokens": 5, "micro_dollars": 6}, "parallel": 2,
                           "prices": []})"),
       {}},
      {"services-options.schema.json",
       Json::parse(R"({"transcriber": "a", "model": "b", "voice": "c", "environment": true,
                           "providers": {"openai": {"key": "k", "model": "m", "base_url": "u",
                             "voice": "v", "organization": "o", "project": "p",
                             "api_version": "a", "context_tokens": 1, "connect_ms": 2,
                             "idle_ms": 3, "total_ms": 4}},
                           "attempts": 1, "parallel": 2, "rate_limit_wait_ms": 3, "proxy": "x", "ca_file": "y",
                           "record_folder": "r", "replay_folder": "s"})"),
       {}},
      {"usage.schema.json",
       Json::parse(to_json(std::vector<StageUsage>{{"speak", "a:b", {1, 0, 2, 3, 4, 5, 6, 7}}})),
       {"/stages", "/stages/0/stage", "/stages/0/provider"}},
      {"speech.schema.json",
       Json::parse(to_json(Speech{"sound", "audio/mpeg", {{0, 5, 10, 20}}, 30, "r"})),
       {"/content_type", "/duration_ms", "/marks", "/marks/0/end_ms"}},
      {"pdf-options.schema.json",
       Json::parse(R"({"font_file": "a", "bold_font_file": "b", "include_transcript": true})"),
       {}}};
}

std::string faults_of(const Json &document, const char *schema) {
  std::string out;
  for (const Error &fault : json::schema_faults(document, schema)) out += to_string(fault) + "\n";
  return out;
}

// The pointers of all objects, or of all values, below a document.
void collect(const Json &value, const std::string &where, bool objects,
             std::vector<std::string> &out) {
  if (value.is_object() || !objects) out.push_back(where);
  if (!value.is_structured()) return;
  std::size_t elements = 0;
  for (const auto &[key, child] : value.items()) {
    if (value.is_array() && ++elements > 2) break;  // the others are alike
    collect(child, where + "/" + key, objects, out);
  }
}

Json without(Json document, const std::string &where) {
  const Json::json_pointer pointer(where);
  document.at(pointer.parent_pointer()).erase(pointer.back());
  return document;
}

std::string some_text() {
  return *rc::gen::element<std::string>("x", "ok then", "say \"no\"", "größer", "😀 a\\b", "<&>/~",
                                        "1e5", "null");
}

Checklist some_checklist() {
  Checklist out{"list", some_text(), some_text(), *rc::gen::inRange(1, 1000), {}};
  for (int c = *rc::gen::inRange(1, 4); c > 0; --c) {
    Category category{fmt::format("c{}", c),
                      some_text(),
                      some_text(),
                      c,
                      *rc::gen::inRange(1, 100001) / 1000.0,
                      *rc::gen::inRange(1, 1001),
                      {}};
    for (int i = *rc::gen::inRange(1, 4); i > 0; --i) {
      Item item{fmt::format("c{}.{}", c, i),
                fmt::format("Title {} {}", c, i),
                some_text(),
                some_text(),
                some_text(),
                some_text(),
                *rc::gen::inRange(1, 100001) / 1000.0,
                *rc::gen::element(EvidenceFrom::customer, EvidenceFrom::rep, EvidenceFrom::either)};
      category.items.push_back(std::move(item));
    }
    out.categories.push_back(std::move(category));
  }
  return out;
}

std::optional<std::int64_t> some_time() {
  if (*rc::gen::inRange(0, 4) == 0) return std::nullopt;
  return *rc::gen::inRange<std::int64_t>(0, 10'000'000'000'000);
}

RejectedEvidence some_rejected() {
  const auto text = [] { return *rc::gen::arbitrary<bool>() ? some_text() : std::string(); };
  RejectedEvidence out{some_text(), static_cast<RejectionReason>(*rc::gen::inRange(0, 14))};
  out.speaker = text();
  out.role = *rc::gen::element(Role::unknown, Role::rep, Role::customer);
  out.evidence_from =
      *rc::gen::element(EvidenceFrom::customer, EvidenceFrom::rep, EvidenceFrom::either);
  out.suspect = text();
  out.quote_word = text();
  out.transcript_word = text();
  return out;
}

Response some_response() {
  const auto answers =
      rc::gen::element(Answer::yes, Answer::no, Answer::not_applicable, Answer::unanswered);
  Response out;
  out.item_id = some_text();
  out.answer = *answers;
  out.ai_answer = *answers;
  out.confidence = *rc::gen::inRange(0, 1'000'000'000) / 999'999'999.0;
  out.support =
      *rc::gen::element(Support::none, Support::verified, Support::repaired, Support::unsupported);
  for (int i = *rc::gen::inRange(0, 3); i > 0; --i) {
    out.evidence.push_back({*rc::gen::inRange<std::size_t>(0, 1'000'000), 0, 5, some_text(),
                            some_time(), some_time(),
                            *rc::gen::element(EvidenceStatus::verified, EvidenceStatus::repaired)});
    out.rejected_evidence.push_back(some_rejected());
  }
  out.reasoning = some_text();
  if (*rc::gen::arbitrary<bool>())
    out.correction = Correction{some_text(), some_text(), some_text()};
  if (*rc::gen::arbitrary<bool>()) {
    out.unanswered_reason = static_cast<UnansweredReason>(*rc::gen::inRange(0, 8));
  }
  out.needs_review = *rc::gen::arbitrary<bool>();
  return out;
}

template <class T>
Error refusal(const Result<T> &result) {
  REQUIRE_FALSE(result);
  CHECK(result.error().code == ErrorCode::invalid_input);
  return result.error();
}

const std::string least_checklist =
    R"({"id": "x", "name": "X", "categories": [{"id": "a", "name": "A", "items": [
        {"id": "a.1", "title": "T", "definition": "D"}]}]})";

}  // namespace

TEST_CASE("each noun follows its schema") {
  for (const Noun &noun : nouns()) {
    CAPTURE(std::string(noun.schema));
    CHECK(faults_of(noun.document, noun.schema) == "");
  }
  CHECK(faults_of(Json::parse(to_json(Checklist::standard())), "checklist.schema.json") == "");
}

TEST_CASE("each schema refuses a document with a missing key") {
  for (const Noun &noun : nouns()) {
    for (const std::string &where : noun.required) {
      CHECK_MESSAGE(faults_of(without(noun.document, where), noun.schema) != "",
                    std::string(noun.schema), " ", where);
    }
  }
}

TEST_CASE("each schema refuses a document with a key too many and names the place") {
  for (const Noun &noun : nouns()) {
    std::vector<std::string> objects;
    collect(noun.document, "", true, objects);
    for (const std::string &where : objects) {
      // Any name may be a concept's, or an item's of a checklist that is not known.
      const bool any_name = std::string_view(noun.schema) == "cues.schema.json" &&
                            (where == "/concepts" || where == "/items");
      if (any_name) continue;
      Json document = noun.document;
      document.at(Json::json_pointer(where))["zzz"] = 1;
      const std::string faults = faults_of(document, noun.schema);
      CHECK_MESSAGE(faults.find("zzz") != std::string::npos, std::string(noun.schema), " ", where,
                    ": ", faults);
    }
  }
}

TEST_CASE("each schema refuses a value of the wrong type and names the place") {
  for (const Noun &noun : nouns()) {
    std::vector<std::string> values;
    collect(noun.document, "", false, values);
    for (const std::string &where : values) {
      Json document = noun.document;
      Json &value = document.at(Json::json_pointer(where));
      value = value.is_array() ? Json("zzz") : Json::array({Json::array()});
      const auto faults = json::schema_faults(document, noun.schema);
      CHECK_MESSAGE(!faults.empty(), std::string(noun.schema), " ", where);
      if (!faults.empty() && !where.empty()) {
        CHECK_MESSAGE(faults[0].where == where, std::string(noun.schema), " ",
                      to_string(faults[0]));
      }
    }
  }
}

TEST_CASE("a checklist survives JSON byte for byte") {
  CHECK(rc::check("checklist", [] {
    const Checklist checklist = some_checklist();
    const std::string once = to_json(checklist);
    const auto back = checklist_from_json(once);
    RC_ASSERT(back.has_value());
    RC_ASSERT(to_json(*back) == once);
    RC_ASSERT(fingerprint(*back) == fingerprint(checklist));
  }));
}

TEST_CASE("a policy survives JSON byte for byte") {
  CHECK(rc::check("policy", [] {
    Policy policy;
    policy.id = some_text();
    policy.mode = *rc::gen::element(ScoringMode::equal_weight, ScoringMode::weighted);
    policy.yellow = {*rc::gen::inRange(0, 50001) / 1000.0, some_text(), "#00FFaa"};
    policy.green = {*rc::gen::inRange(50000, 100001) / 1000.0, some_text(), "#123456"};
    policy.red.label = some_text();
    const std::string once = to_json(policy);
    const auto back = policy_from_json(once);
    RC_ASSERT(back.has_value());
    RC_ASSERT(to_json(*back) == once);
  }));
}

TEST_CASE("responses survive JSON byte for byte, alone, wrapped, and inside a report") {
  CHECK(rc::check("responses", [] {
    const auto responses = *rc::gen::container<std::vector<Response>>(rc::gen::exec(some_response));
    const std::string once = to_json(responses);
    const auto back = responses_from_json(once);
    RC_ASSERT(back.has_value());
    RC_ASSERT(to_json(*back) == once);
    const auto bare = responses_from_json(Json::parse(once)["responses"].dump());
    RC_ASSERT(bare.has_value());
    RC_ASSERT(to_json(*bare) == once);
  }));
  const Report report = some_report();
  CHECK(to_json(responses_from_json(to_json(report)).value()) == to_json(report.responses));
}

TEST_CASE("a transcript survives JSON byte for byte") {
  const std::string once = to_json(some_talk());
  CHECK(to_json(transcript_from_json(once).value()) == once);
  CHECK(to_json(transcript_from_json(to_json(some_report())).value()) == once);
}

TEST_CASE("equal reports are equal bytes and end in a line break") {
  CHECK(to_json(some_report()) == to_json(some_report()));
  CHECK(to_json(some_report()).back() == '\n');
}

TEST_CASE("what a checklist leaves out takes its default") {
  const Checklist list = checklist_from_json(least_checklist).value();
  CHECK(list.revision == 1);
  CHECK(list.categories[0].order == 1);
  CHECK(list.categories[0].max_score == 10);
  CHECK(list.categories[0].items[0].weight == 1.0);
  CHECK(list.categories[0].items[0].evidence_from == EvidenceFrom::customer);
}

TEST_CASE("each fault of a checklist in JSON is refused with its pointer") {
  const std::string item = "/categories/0/items/0";
  const auto place = [&](const std::string &pointer, const Json &value) {
    Json document = Json::parse(least_checklist);
    document[Json::json_pointer(pointer)] = value;
    return refusal(checklist_from_json(document.dump())).where;
  };
  for (const Json &weight :
       {Json(0), Json(-1), Json(0.0005), Json(1.0005), Json(101), Json("1"), Json(nullptr)}) {
    CAPTURE(weight.dump());
    CHECK(place(item + "/weight", weight) == item + "/weight");
    CHECK(place("/categories/0/default_weight", weight) == "/categories/0/default_weight");
  }
  CHECK(place("/id", "Not a slug") == "/id");
  CHECK(place("/revision", 0) == "/revision");
  CHECK(place(item + "/title", "") == item + "/title");
  CHECK(place(item + "/title", std::string(121, 'x')) == item + "/title");
  CHECK(place(item + "/evidence_from", "both") == item + "/evidence_from");
  CHECK(place("/categories", Json::array()) == "/categories");
  Json twice = Json::parse(least_checklist);
  twice["categories"].push_back(twice["categories"][0]);
  const Error error = refusal(checklist_from_json(twice.dump()));
  for (const char *pointer :
       {"/categories/1/id", "/categories/1/items/0/id", "/categories/1/items/0/title"}) {
    CHECK_MESSAGE(to_string(error).find(pointer) != std::string::npos, to_string(error));
  }
}

TEST_CASE("all faults of a checklist in JSON are told at once") {
  Json document = Json::parse(least_checklist);
  document["categories"][0]["items"][0].erase("title");
  document["categories"][0]["default_weight"] = -1;
  document["name"] = 5;
  const std::string told = to_string(refusal(checklist_from_json(document.dump())));
  for (const char *part :
       {"/categories/0/items/0", "title", "/categories/0/default_weight", "/name"}) {
    CHECK_MESSAGE(told.find(part) != std::string::npos, told);
  }
}

TEST_CASE("an integer that does not fit is refused and not cut") {
  for (const char *pointer : {"/revision", "/categories/0/order"}) {
    Json document = Json::parse(least_checklist);
    document[Json::json_pointer(pointer)] = 4294967297;
    const auto read = checklist_from_json(document.dump());
    if (read) {
      CHECK(Json::parse(to_json(*read)).at(Json::json_pointer(pointer)) == 4294967297);
    } else {
      CHECK(read.error().code == ErrorCode::invalid_input);
    }
  }
}

TEST_CASE("broken JSON is refused with line and column by each reader") {
  for (const char *text : {"{\n  \"id\": NaN}", "{\n  \"id\": }", "{\n  \"id\""}) {
    CAPTURE(std::string(text));
    CHECK(refusal(checklist_from_json(text)).where.rfind("line 2, column ", 0) == 0);
    CHECK(refusal(cues_from_json(text)).where.rfind("line 2, column ", 0) == 0);
    CHECK(refusal(policy_from_json(text)).where.rfind("line 2, column ", 0) == 0);
    CHECK(refusal(transcript_from_json(text)).where.rfind("line 2, column ", 0) == 0);
    CHECK(refusal(responses_from_json(text)).where.rfind("line 2, column ", 0) == 0);
  }
}

TEST_CASE("other JSON than the noun is refused by each reader") {
  for (const char *text : {"5", "null", "\"x\"", "[5]", "{\"zzz\": 1}", "[[]]"}) {
    CAPTURE(std::string(text));
    refusal(checklist_from_json(text));
    refusal(cues_from_json(text));
    refusal(policy_from_json(text));
    refusal(transcript_from_json(text));
    refusal(responses_from_json(text));
  }
}

TEST_CASE("a faulty policy in JSON is refused with its pointer") {
  const auto place = [](const char *text) { return refusal(policy_from_json(text)).where; };
  CHECK(place(R"({"green": {"threshold": 50}})") == "/yellow/threshold");
  CHECK(place(R"({"green": {"threshold": 101}})") == "/green/threshold");
  CHECK(place(R"({"green": {"threshold": 80.0005}})") == "/green/threshold");
  CHECK(place(R"({"red": {"color": "red"}})") == "/red/color");
  CHECK(place(R"({"mode": "heavy"})") == "/mode");
  CHECK(place(R"({"yellow": {"label": ""}})") == "/yellow/label");
}

TEST_CASE("faulty responses in JSON are refused with their pointer") {
  const auto place = [](const char *text) { return refusal(responses_from_json(text)).where; };
  CHECK(place(R"([{"item_id": "a", "answer": "maybe"}])") == "/0/answer");
  CHECK(place(R"([{"item_id": "a", "answer": "yes", "confidence": 1.1}])") == "/0/confidence");
  CHECK(place(R"([{"item_id": "a", "answer": "yes"}, {"item_id": 1, "answer": "no"}])") ==
        "/1/item_id");
  CHECK(place(R"({"responses": [{"item_id": "a", "answer": 1}]})") == "/responses/0/answer");
  CHECK(place(R"([{"item_id": "a", "answer": "yes", "override": {"by": "x"}}])") == "/0/override");
}

}  // namespace saleschecklist::test
