#include <doctest/doctest.h>

#include "report/page_model.hpp"
#include "support/support.hpp"

#include <algorithm>
#include <sstream>

using namespace saleschecklist;

namespace {

std::size_t words(const std::string &text) {
  std::istringstream in(text);
  return static_cast<std::size_t>(std::distance(std::istream_iterator<std::string>(in), {}));
}

Transcript sample(const char *file) {
  return read_transcript(test::read_file(test::source_dir() / "examples/calls" / file)).value();
}

Report sample_report(const char *file = "freight-tracking.vtt") {
  return analyze(sample(file), Checklist::standard(), {{"Halden Freight", "Tracking", "Trial"}, {}})
      .value();
}

// Whether or not the call is one that can be scored.
Coaching coaching_of(const Transcript &transcript) {
  const Checklist &checklist = Checklist::standard();
  const auto responses = assess_offline(transcript, checklist).value().responses;
  const Score card = score(checklist, responses).value();
  return coach_offline(transcript, checklist, responses, card).value();
}

// The texts of the first block of a kind.
template <class T>
const T *find_block(const report::PageModel &pages) {
  for (const report::Block &block : pages.blocks) {
    if (const T *found = std::get_if<T>(&block)) return found;
  }
  return nullptr;
}

// The objects of a PDF without the content of its streams, which is compressed.
std::string without_streams(const std::string &pdf) {
  constexpr std::string_view end = "endstream";
  std::string out;
  for (std::size_t at = 0; at < pdf.size();) {
    const std::size_t stream = std::min(pdf.find("stream", at), pdf.size());
    out += pdf.substr(at, stream - at);
    const std::size_t over = pdf.find(end, stream);
    at = over == std::string::npos ? pdf.size() : over + end.size();
  }
  return out;
}

}  // namespace

TEST_CASE("coaching of every sample call has 200 to 300 words, three actions and one change") {
  for (const auto &entry :
       std::filesystem::directory_iterator(test::source_dir() / "examples/calls")) {
    const std::string file = entry.path().filename().string();
    if (file.find(".labels.") != std::string::npos) continue;
    CAPTURE(file);
    const Coaching c = coaching_of(sample(file.c_str()));
    CHECK(words(c.feedback_text) >= 200);
    CHECK(words(c.feedback_text) <= 300);
    CHECK(c.action_items.size() == 3);
    CHECK_FALSE(c.first_change.empty());
    for (const Moment &m : c.moments) CHECK_FALSE(m.quote.empty());
  }
}

TEST_CASE("coaching quotes only what was said") {
  const Report r = sample_report();
  for (const Moment &m : r.coaching->moments) {
    CHECK(r.transcript.utterances[m.utterance].text.find(m.quote) != std::string::npos);
  }
}

TEST_CASE("a seller who tells instead of asking is told so first") {
  const Report r = sample_report("it-security-claims.vtt");
  CHECK(r.coaching->first_change.find("Ask instead of telling") == 0);
}

TEST_CASE("the same input gives the same report, JSON and PDF") {
  const Report a = sample_report(), b = sample_report();
  CHECK(to_json(a) == to_json(b));
  CHECK(test::pdf_of(a) == test::pdf_of(b));
}

TEST_CASE("the fingerprint changes with each thing that the score depends on") {
  const Report r = sample_report();
  const auto print = [&](const Report &x) {
    return fingerprint(x.checklist, x.transcript, x.assessor, x.score->policy, x.responses);
  };
  CHECK(print(r) == r.score->fingerprint);
  Report other = r;
  other.transcript.utterances[3].text += "!";
  CHECK(print(other) != r.score->fingerprint);
  other = r;
  other.responses[5].answer = Answer::not_applicable;
  CHECK(print(other) != r.score->fingerprint);
  other = r;
  other.score->policy.green.threshold = 79;
  CHECK(print(other) != r.score->fingerprint);
  other = r;
  other.checklist.categories[0].items[0].definition += " ";
  CHECK(print(other) != r.score->fingerprint);
  other = r;
  other.assessor = "model";
  CHECK(print(other) != r.score->fingerprint);
}

TEST_CASE("a PDF survives names of any script and words without end" *
          doctest::skip(!test::with_pdf)) {
  Report r = sample_report();
  r.deal.customer =
      "\xC5\x81\xC3\xB3"
      "d\xC5\xBA \xD0\x9F\xD1\x80\xD0\xB8\xD0\xB2\xD0\xB5\xD1\x82 \xE6\x97\xA5\xE6\x9C\xAC "
      "\xD7\xA9\xD7\x9C\xD7\x95\xD7\x9D "
      "\xD9\x85\xD8\xB1\xD8\xAD\xD8\xA8\xD8\xA7 \xF0\x9F\x98\x80 <b>&amp;" +
      std::string(3000, 'W');
  r.deal.opportunity = std::string(500, '\xFF');  // not UTF-8: drawn as something, not crashed upon
  r.coaching->first_change = std::string(20000, 'M');
  Utterance last = r.transcript.utterances.back();
  last.text = std::string(50000, 'q');
  const std::size_t index = r.transcript.utterances.size();
  r.transcript.utterances.push_back(last);
  r.responses[0].evidence = {{index, 0, 50000, last.text, {}, {}, EvidenceStatus::repaired}};
  const auto pdf = render_pdf(r, {"", "", true});
  REQUIRE(pdf);
  CHECK(pdf->substr(0, 5) == "%PDF-");
}

TEST_CASE("no text becomes an action, a link or an object of the PDF" *
          doctest::skip(!test::with_pdf)) {
  const std::string hostile =
      ") Tj ET >> endobj 9999 0 obj << /OpenAction << /S /JavaScript /JS (app.alert(1)) >> "
      "/URI (https://evil.example) /Launch /EmbeddedFile >> endobj \\) \\050 <</AA 1>>";
  Report r = sample_report();
  r.deal.customer = r.deal.opportunity = hostile;  // the title, the outline and the pages
  r.coaching->first_change = hostile;
  r.notices.push_back(hostile);
  for (Utterance &utterance : r.transcript.utterances) utterance.speaker = hostile;
  PdfOptions options;
  options.include_transcript = true;
  const std::string pdf = without_streams(render_pdf(r, options).value());
  for (const char *word : {"/JavaScript", "/OpenAction", "/JS", "/URI", "/Launch", "/AA",
                           "/EmbeddedFile", "/Annots", "9999 0 obj"}) {
    CAPTURE(word);
    CHECK(pdf.find(word) == std::string::npos);
  }
}

TEST_CASE("a font file that is none is an error that names it" * doctest::skip(!test::with_pdf)) {
  const auto pdf = render_pdf(sample_report(), {"/nonexistent/font.ttf", "", false});
  REQUIRE_FALSE(pdf);
  CHECK(pdf.error().code == ErrorCode::io);
  CHECK(pdf.error().where == "/nonexistent/font.ttf");
}

TEST_CASE("a report that points beyond its transcript is refused" *
          doctest::skip(!test::with_pdf)) {
  Report r = sample_report();
  r.coaching->moments = {{r.transcript.utterances.size(), "x", {}, {}, "trigger.01"}};
  const auto pdf = render_pdf(r);
  REQUIRE_FALSE(pdf);
  CHECK(pdf.error().code == ErrorCode::invalid_argument);
  r = sample_report();
  r.responses[0].evidence = {{0, 0, 5, "never", {}, {}, EvidenceStatus::verified}};
  CHECK(render_pdf(r).error().where == "/responses/0/evidence/0");
  r = sample_report();
  r.score->risk_color = "red";
  CHECK(render_pdf(r).error().where == "/score/risk_color");
}

TEST_CASE("a build without PDF says so, and which option was off" * doctest::skip(test::with_pdf)) {
  const auto pdf = render_pdf(sample_report());
  REQUIRE_FALSE(pdf);
  CHECK(pdf.error().code == ErrorCode::unsupported);
  CHECK(pdf.error().message.find("SALESCHECKLIST_PDF=OFF") != std::string::npos);
}

TEST_CASE("the pages hold every item with its answer, and the transcript where asked for") {
  const Report r = sample_report();
  const auto count = [](const report::PageModel &model) {
    std::size_t entries = 0;
    for (const report::Block &b : model.blocks) {
      const report::Entry *e = std::get_if<report::Entry>(&b);
      entries += e != nullptr && e->title.find(".0") != std::string::npos;
      entries += e != nullptr && e->title.find(".1") != std::string::npos;
    }
    return entries;
  };
  const report::PageModel without = report::build_pages(r, false),
                          with = report::build_pages(r, true);
  CHECK(count(without) == 92);
  CHECK(with.blocks.size() == without.blocks.size() + 1 + r.transcript.utterances.size());
}

TEST_CASE("the pages show what speaks against an answer") {
  Report r = sample_report();
  const auto proved = std::find_if(r.responses.begin(), r.responses.end(),
                                   [](const Response &x) { return !x.evidence.empty(); });
  proved->contrary_evidence = proved->evidence;
  proved->answer = Answer::ambiguous;
  bool shown = false;
  for (const report::Block &block : report::build_pages(r, false).blocks) {
    const auto *entry = std::get_if<report::Entry>(&block);
    if (entry == nullptr || entry->title.rfind(proved->item_id, 0) != 0) continue;
    CHECK(entry->mark == report::Mark::no);
    for (const auto &line : entry->details) {
      shown = shown || line.text.find("The contrary: ") == 0;
    }
  }
  CHECK(shown);
}

TEST_CASE("the first page says why a gate caps the band") {
  AnalyzeOptions options;
  options.policy.gates = {
      {"process.03", RiskBand::yellow, "", "Nobody told how they bought before."},
      {"process.09", RiskBand::red}};
  const Report r = analyze(sample("freight-tracking.vtt"), Checklist::standard(), options).value();
  REQUIRE(r.score->closed_gates.size() == 2);
  CHECK(r.score->risk_band == RiskBand::red);
  std::string text;
  for (const report::Block &block : report::build_pages(r, false).blocks) {
    if (const auto *p = std::get_if<report::Paragraph>(&block)) text += p->text + "\n";
  }
  for (const ClosedGate &gate : r.score->closed_gates) {
    const std::string why = gate.reason.empty() ? "not shown: " + gate.title : gate.reason;
    CHECK(text.find(why) != std::string::npos);
  }
}

TEST_CASE("a deal's names must be UTF-8") {
  const auto r = analyze(sample("school-fair.vtt"), Checklist::standard(), {{"\xFF", "", ""}, {}});
  REQUIRE_FALSE(r);
  CHECK(r.error().code == ErrorCode::invalid_argument);
}

TEST_CASE("a conversation that sells nothing has no score, and its pages say why") {
  for (const char *file : {"school-fair.vtt", "board-meeting.vtt", "team-retrospective.vtt"}) {
    const Report r = sample_report(file);
    CAPTURE(file);
    CHECK_FALSE(r.score);
    CHECK_FALSE(r.coaching);
    CHECK(r.assessment.reason == NotAssessableReason::not_a_sales_call);
    CHECK(r.metrics.words > 1000);
    const report::PageModel pages = report::build_pages(r, false);
    CHECK(find_block<report::ScoreBox>(pages) == nullptr);
    CHECK(find_block<report::Bars>(pages) == nullptr);
    const auto *box = find_block<report::NoScoreBox>(pages);
    REQUIRE(box != nullptr);
    CHECK(box->text == describe(r.assessment));
    CHECK(box->text.find("There is no score: this is not a sales call") == 0);
    CHECK(test::pdf_of(r) == test::pdf_of(sample_report(file)));
  }
}

TEST_CASE("a report without a score and without a reason for that is not drawn" *
          doctest::skip(!test::with_pdf)) {
  Report r = sample_report();
  r.score.reset();
  CHECK(render_pdf(r).error().where == "/assessment/reason");
}
