// Reports, scores, metrics and coaching read back from their JSON; what was tampered with does not.
#include <doctest/doctest.h>

#include "json/library.hpp"

#include "support/support.hpp"

namespace saleschecklist::test {
namespace {

using Json = nlohmann::json;

Report some_report(const Checklist &checklist = Checklist::standard()) {
  const std::string bytes = read_file(source_dir() / "examples/calls/freight-tracking.vtt");
  AnalyzeOptions options;
  options.deal = {"Öl & \"Söhne\"", "", "stage 2"};
  options.read.rep_names = {"Imogen"};
  options.policy.mode = ScoringMode::weighted;
  return analyze(bytes, checklist, options).value();
}

Error refused(const Json &report) {
  const auto read = report_from_json(report.dump(), Checklist::standard());
  REQUIRE_FALSE(read);
  return read.error();
}

}  // namespace

TEST_CASE("a report reads back from its JSON and gives the same bytes again") {
  for (const Checklist *checklist : {&Checklist::ten_point(), &Checklist::standard()}) {
    Report report = some_report(*checklist);
    report.usage = {{"assess", "openai:gpt-4o-mini", {11, 1, 90'000, 70'000, 4'000, 0, 0, 12'345}},
                    {"speak", "elevenlabs:eleven_multilingual_v2", {1, 0, 0, 0, 0, 900, 0, 270}}};
    const Report back = report_from_json(to_json(report), *checklist).value();
    REQUIRE(back.usage.size() == 2);
    CHECK(back.usage[1].provider == "elevenlabs:eleven_multilingual_v2");
    CHECK(Json::parse(to_json(back))["usage"]["total"]["micro_dollars"] == 12'615);
    Json without = Json::parse(to_json(report));
    without.erase("usage");
    CHECK(report_from_json(without.dump(), *checklist).value().usage.empty());
    CHECK(to_json(back) == to_json(report));
    CHECK(pdf_of(back) == pdf_of(report));
    CHECK(to_json(metrics_from_json(to_json(report.metrics)).value()) == to_json(report.metrics));
    CHECK(to_json(score_from_json(to_json(*report.score)).value()) == to_json(*report.score));
    CHECK(to_json(coaching_from_json(to_json(*report.coaching)).value()) ==
          to_json(*report.coaching));
  }
}

TEST_CASE("a stored figure that does not follow from what it rests on is refused") {
  const Json report = Json::parse(to_json(some_report()));
  const auto changed = [&](const char *where, const Json &value) {
    Json copy = report;
    copy.at(Json::json_pointer(where)) = value;
    return refused(copy);
  };
  CHECK(changed("/score/total_score", 99).where == "/score");
  CHECK(changed("/score/risk_band", "green").where == "/score");
  CHECK(changed("/score/fingerprint", std::string(64, 'a')).where == "/score");
  CHECK(changed("/metrics/words", 7).where == "/metrics");
  CHECK(changed("/transcript/utterances/2/text", "Something else.").code ==
        ErrorCode::invalid_input);
  CHECK(changed("/assessor", "somebody").where == "/score");
  CHECK(changed("/coaching/moments/0/quote", "never said").where == "/coaching/moments/0");
  CHECK(changed("/coaching/moments/0/utterance", 100000).where == "/coaching/moments/0");
  CHECK(changed("/score/policy/yellow/threshold", 100).code == ErrorCode::invalid_input);
  CHECK(changed("/score", nullptr).where == "/score");
  CHECK(changed("/coaching", nullptr).where == "/coaching");
  CHECK(changed("/assessment/status", "partial").where == "/assessment");
  CHECK(changed("/assessment/sales_call_rule", "no").where == "/assessment");
  CHECK(changed("/assessment/words", 9).where == "/assessment");
  CHECK(changed("/assessment/unjudged_items", 9).where == "/assessment");
  CHECK(changed("/assessment/sales_call/verdict", "no").where == "/assessment");
  CHECK(changed("/assessment/sales_call/reasons", {"stated"}).where == "/assessment");
  const Error other = changed("/checklist/fingerprint", std::string(64, '0'));
  CHECK(other.code == ErrorCode::invalid_argument);
  CHECK(other.where == "/checklist/fingerprint");
  CHECK(report_from_json(report.dump(), Checklist::ten_point()).error().code ==
        ErrorCode::invalid_argument);
}

TEST_CASE("a report without a score reads back, and a score put into it is refused") {
  const Report scored = some_report();
  AnalyzeOptions options;
  options.deal = scored.deal;
  options.sales_call = SalesCallRule::no;
  const Report report = analyze(scored.transcript, Checklist::standard(), options).value();
  CHECK_FALSE(report.score);
  const std::string text = to_json(report);
  CHECK(to_json(report_from_json(text, Checklist::standard()).value()) == text);
  Json changed = Json::parse(text);
  CHECK(changed["score"].is_null());
  CHECK(changed["coaching"].is_null());
  CHECK(changed["assessment"]["message"] ==
        "There is no score: it is stated not to be a sales call.");
  changed["score"] = Json::parse(to_json(scored))["score"];
  changed["score"]["policy"] = Json::parse(to_json(Policy()));
  CHECK(refused(changed).code == ErrorCode::invalid_input);
  Json without = Json::parse(text);
  without["assessment"]["reason"] = nullptr;
  CHECK(refused(without).where == "/assessment");
}

TEST_CASE(
    "a report of an earlier version gains its assessment, and loses a score that nobody can know") {
  Json known = Json::parse(to_json(some_report()));
  known.erase("assessment");
  const Report read = report_from_json(known.dump(), Checklist::standard()).value();
  CHECK(read.assessment.status == AssessmentStatus::assessed);
  CHECK(to_json(*read.score) == to_json(*some_report().score));

  const std::string small = "Rep: What does it cost you?\nCustomer: We lose 40k a month.\n";
  AnalyzeOptions options;
  options.sales_call = SalesCallRule::yes;
  Json unknown = Json::parse(to_json(analyze(small, Checklist::standard(), options).value()));
  CHECK(unknown["score"]["total_score"] >= 0);
  unknown.erase("assessment");
  const Report lost = report_from_json(unknown.dump(), Checklist::standard()).value();
  CHECK(lost.assessment.reason == NotAssessableReason::too_short);
  CHECK_FALSE(lost.score);
  CHECK_FALSE(lost.coaching);
}

TEST_CASE("a report stays valid when later versions count other phrases or tell another language") {
  Json stored = Json::parse(to_json(some_report()));
  stored["assessment"]["sales_call"]["product_phrases"] = 1;
  stored["assessment"]["sales_call"]["address_share"] = 0.5;
  stored["assessment"]["language"] = "nl";
  const Report read = report_from_json(stored.dump(), Checklist::standard()).value();
  CHECK(read.assessment.sales_call.product_phrases == 1);
  CHECK(read.assessment.language == "nl");
  CHECK(read.score);
}

TEST_CASE("the sentence of a refusal is made from its fields and not read back") {
  const Json report = Json::parse(to_json(some_report()));
  std::size_t sentences = 0;
  for (const bool erased : {false, true}) {
    Json changed = report;
    for (Json &response : changed["responses"]) {
      for (Json &rejected : response["rejected_evidence"]) {
        CHECK(rejected["reason"] == "wrong_side");
        CHECK(rejected["message"].get<std::string>().find("said by Imogen (rep)") == 0);
        rejected["message"] = "another sentence";
        if (erased) rejected.erase("message");
        ++sentences;
      }
    }
    const Report back = report_from_json(changed.dump(), Checklist::standard()).value();
    CHECK(Json::parse(to_json(back)) == report);
  }
  CHECK(sentences >= 2);
}

TEST_CASE("another reason of a refusal is another fingerprint") {
  Report report = some_report();
  const auto print = [&] {
    return fingerprint(report.checklist, report.transcript, report.assessor, report.score->policy,
                       report.responses);
  };
  const std::string before = print();
  report.responses.back().rejected_evidence = {{"We lose it.", RejectionReason::not_found}};
  const std::string without_words = print();
  CHECK(without_words != before);
  report.responses.back().rejected_evidence[0].reason = RejectionReason::stitched;
  CHECK(print() != without_words);
}

TEST_CASE("evidence that is not the transcript's own words is refused in reports and by compose") {
  const Report report = some_report();
  std::size_t proven = 0;
  while (report.responses[proven].evidence.empty()) ++proven;
  const auto composed = [&](const auto &change) {
    auto responses = report.responses;
    change(responses[proven]);
    return compose(report.transcript, report.checklist, responses, "somebody").error();
  };
  CHECK(composed([](Response &r) { r.evidence[0].quote += "!"; }).message ==
        "the quote is not in the transcript at its place");
  CHECK(composed([](Response &r) { r.evidence[0].utterance = 100000; }).code ==
        ErrorCode::invalid_argument);
  CHECK(composed([](Response &r) { std::swap(r.evidence[0].begin, r.evidence[0].end); }).code ==
        ErrorCode::invalid_argument);
  CHECK(composed([](Response &r) { r.evidence[0].end = 100000000; }).code ==
        ErrorCode::invalid_argument);
  CHECK(composed([](Response &r) { r.evidence.clear(); }).message ==
        "verified support without evidence");
}

TEST_CASE("the answers of an assessor composed give the report that analyze gives") {
  const Report report = some_report();
  AnalyzeOptions options;
  options.deal = report.deal;
  options.policy = report.score->policy;
  const Report composed =
      compose(report.transcript, report.checklist, report.responses, report.assessor, options)
          .value();
  CHECK(to_json(composed) == to_json(report));
  const Report by_hand =
      compose(report.transcript, report.checklist, report.responses, "Mia Example").value();
  CHECK(by_hand.notices.size() + 1 == report.notices.size());  // nothing was heard offline
  CHECK(compose(report.transcript, report.checklist, report.responses, "").error().where ==
        "assessor");
}

TEST_CASE("coaching asks for the score of the same answers") {
  const Report report = some_report();
  Score other = *report.score;
  other.total_score += 1;
  CHECK(
      coach_offline(report.transcript, report.checklist, report.responses, other).error().message ==
      "the score does not follow from the responses; compute it again");
  CHECK(coach_offline(report.transcript, Checklist::ten_point(), report.responses, *report.score)
            .error()
            .code == ErrorCode::invalid_argument);
}

TEST_CASE("a transcript put together by hand is told every fault") {
  Transcript talk = some_report().transcript;
  CHECK(validate(talk).empty());
  talk.utterances[0].spans.clear();
  talk.utterances[1].text = "two\nlines";
  talk.utterances[2].begin_ms = 0;
  talk.utterances[3].text = "\xFF";
  talk.utterances[4].end_ms = -1;
  std::string all;
  for (const Error &fault : validate(talk)) all += to_string(fault) + "\n";
  for (const char *where :
       {"/utterances/0/spans: ", "/utterances/1/text: ", "/utterances/2/begin_ms: ",
        "/utterances/3/text: the text is not valid UTF-8", "/utterances/4: "}) {
    CHECK_MESSAGE(all.find(where) != std::string::npos, where, " in ", all);
  }
  CHECK(validate(Transcript{}).front().where == "/utterances");
}

TEST_CASE("options and claims read from JSON, each key by its schema") {
  const AnalyzeOptions options =
      analyze_options_from_json(
          R"({"rep_names": ["Dana"], "deal": {"customer": "Acme"}, "policy": {"mode": "weighted"}})")
          .value();
  CHECK(options.read.rep_names == std::vector<std::string>{"Dana"});
  CHECK(options.deal.customer == "Acme");
  CHECK(options.policy.mode == ScoringMode::weighted);
  CHECK(analyze_options_from_json("{}").value().policy.green.threshold == 80);
  CHECK(analyze_options_from_json(R"({"policy": {"yellow": {"threshold": 90}}})").error().where ==
        "/policy/yellow/threshold");
  CHECK(analyze_options_from_json(R"({"reps": []})").error().code == ErrorCode::invalid_input);
  CHECK(read_options_from_json(R"({"rep_names": [""]})").error().where == "/rep_names/0");
  const PdfOptions pdf =
      pdf_options_from_json(R"({"include_transcript": true, "font_file": "a.ttf"})").value();
  CHECK(pdf.include_transcript);
  CHECK(pdf.font_file == "a.ttf");
  CHECK(pdf_options_from_json(R"({"include_transcript": 1})").error().where ==
        "/include_transcript");
  const auto claims =
      claims_from_json(
          R"([{"quote": "a"}, {"quote": "b", "utterance": 3, "evidence_from": "rep"}])")
          .value();
  CHECK(claims[1].utterance == 3);
  CHECK(claims[1].evidence_from == EvidenceFrom::rep);
  CHECK(claims[0].evidence_from == EvidenceFrom::either);
  CHECK(claims_from_json(R"([{"quote": "a", "utterance": -1}])").error().where == "/0/utterance");
}

TEST_CASE("a log hears each stage in order, and the fonts, and no word of the call") {
  std::string heard;
  const Log log = [&](LogLevel level, std::string_view line) {
    heard += std::string(name(level)) + " " + std::string(line) + "\n";
  };
  AnalyzeOptions options;
  options.call.log = log;
  options.sales_call = SalesCallRule::yes;
  options.deal.customer =
      "\xF0\x9F\x98\x80 Acme";  // beyond the basic plane: no font is used for it
  const Report report = analyze("Rep: What does it cost you?\nCustomer: We lose 40k a month.\n",
                                Checklist::ten_point(), options)
                            .value();
  CHECK(heard.find("info transcript of 2 utterances") == 0);
  CHECK(heard.find("info answered 10 items") < heard.find("info scored "));
  CHECK(heard.find("info scored ") < heard.find("info coached"));
  CHECK(heard.find("40k") == std::string::npos);
  if (!with_pdf) return;
  heard.clear();
  PdfOptions pdf;
  pdf.log = log;
  CHECK(render_pdf(report, pdf));
  CHECK(heard.find("warning no font has U+1F600") != std::string::npos);
}

}  // namespace saleschecklist::test
