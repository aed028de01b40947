// Why a call has no score, or only a partial one.
#include <doctest/doctest.h>

#include "support/support.hpp"

namespace saleschecklist::test {
namespace {

Report report_of(const std::string &text, const ReadOptions &read = {}) {
  AnalyzeOptions options;
  options.read = read;
  return analyze(text, Checklist::standard(), options).value();
}

// A call of about 60 words in which a seller and a customer are known.
std::string small_sale() {
  return "Rita: Thanks for the time, Carl. How do you plan your tours at the moment?\n"
         "Carl: With a spreadsheet. It costs us two hours every morning, and last week we lost a "
         "customer because of it.\n"
         "Rita: Our product does it in five minutes. Who else decides about the price?\n"
         "Carl: Our CFO. Send me a proposal and I will ask him next week.\n";
}

// As small_sale(), answered by `reason` for the first `count` items and by no for the others.
Assessability unanswered(UnansweredReason reason, std::size_t count) {
  std::vector<Response> responses;
  for (const Category &c : Checklist::standard().categories) {
    for (const Item &i : c.items) {
      Response r;
      r.item_id = i.id;
      r.answer = r.ai_answer = responses.size() < count ? Answer::unanswered : Answer::no;
      if (r.answer == Answer::unanswered) r.unanswered_reason = reason;
      responses.push_back(std::move(r));
    }
  }
  return assessability(talk(small_sale()), Checklist::standard(), responses);
}

}  // namespace

TEST_CASE("a sales call is assessed") {
  const Report r = report_of(read_file(source_dir() / "examples/calls/freight-tracking.vtt"));
  CHECK(r.assessment.status == AssessmentStatus::assessed);
  CHECK_FALSE(r.assessment.reason);
  CHECK(describe(r.assessment).empty());
  CHECK(r.assessment.language == "en");
  CHECK(r.score);
}

TEST_CASE("a call of a few words is too short, and has no score") {
  const Report r = report_of("Rita: Hi Carl, is this a good time?\nCarl: No.\n", {{"Rita"}});
  CHECK(r.assessment.status == AssessmentStatus::not_assessable);
  CHECK(r.assessment.reason == NotAssessableReason::too_short);
  CHECK(describe(r.assessment) == "There is no score: this call is too short, with 8 words.");
  CHECK_FALSE(r.score);
  CHECK_FALSE(r.coaching);
  CHECK(r.metrics.words == 8);
  CHECK(r.transcript.utterances.size() == 2);
}

TEST_CASE("a language without a listener is named, however short the call is") {
  const std::string german = read_file(source_dir() / "tests/data/conversations/sales-german.txt");
  const std::string small = german.substr(0, german.find('\n') + 1);
  for (const std::string &text : {german, small}) {
    const Report r = report_of(text, {{"Verkäufer"}});
    CHECK(r.transcript.language == "de");
    CHECK(r.assessment.reason == NotAssessableReason::unsupported_language);
    CHECK(describe(r.assessment) ==
          "There is no score: this call is in German; without a model only English is judged "
          "offline.");
    CHECK_FALSE(r.score);
  }
  const Report french =
      report_of("Ann: Bonjour, comment gérez-vous vos commandes en ce moment ?\n");
  CHECK(describe(french.assessment).find("in French") != std::string::npos);
}

TEST_CASE("a call whose sides nobody knows has no score") {
  const std::string unnamed =
      "We plan the tours by hand, and it takes two hours. You could do that in five minutes with "
      "our product. What is the price? About nine a month for each of your vehicles. Send me a "
      "proposal, please, and I will ask my boss next week.";
  const Report r = report_of(unnamed);
  CHECK(r.assessment.reason == NotAssessableReason::roles_unknown);
  CHECK(describe(r.assessment) ==
        "There is no score: nobody is known to be the seller or the customer; name the seller.");
  CHECK(r.assessment.unjudged_items == 92);
  CHECK(r.assessment.unjudged_share == 1);
}

TEST_CASE("a checklist without cues cannot be judged offline") {
  Checklist own = Checklist::ten_point();
  own.id = "own";
  const Report r = analyze(small_sale(), own).value();
  CHECK(r.assessment.reason == NotAssessableReason::not_asked);
  CHECK(r.assessment.unjudged_items == 10);
  CHECK_FALSE(r.score);
}

TEST_CASE("half of the items unjudged by one cause leave no score, fewer leave a part") {
  using U = UnansweredReason;
  using N = NotAssessableReason;
  for (const auto &[cause, reason] :
       {std::pair(U::side_absent, N::roles_unknown),
        std::pair(U::other_language, N::unsupported_language),
        std::pair(U::not_asked, N::not_asked), std::pair(U::service_failed, N::service_failed),
        std::pair(U::over_budget, N::service_failed), std::pair(U::declined, N::service_failed),
        std::pair(U::unusable_reply, N::service_failed)}) {
    CHECK(unanswered(cause, 46).reason == reason);
    const Assessability part = unanswered(cause, 45);
    CHECK_FALSE(part.reason);
    CHECK(part.status == AssessmentStatus::partial);
    CHECK(part.unjudged_share == doctest::Approx(45.0 / 92));
    REQUIRE(part.unjudged.size() == 1);
    CHECK(part.unjudged[0].reason == cause);
    CHECK(part.unjudged[0].items == 45);
    CHECK(describe(part).find("49% of the items could not be judged (45): ") == 0);
    CHECK(describe(unanswered(cause, 46)).find("There is no score: ") == 0);
  }
}

TEST_CASE("items without a response were not asked, and not_applicable ones do not count") {
  const Checklist &checklist = Checklist::ten_point();
  std::vector<Response> responses(4);
  for (std::size_t i = 0; i < 4; ++i) {
    responses[i].item_id = checklist.categories[i].items[0].id;
    responses[i].answer = i < 2 ? Answer::not_applicable : Answer::no;
  }
  const Assessability a = assessability(talk(small_sale()), checklist, responses);
  CHECK(a.unjudged_items == 6);
  CHECK(a.unjudged_share == 0.75);
  CHECK(a.reason == NotAssessableReason::not_asked);
}

TEST_CASE("a person's answers make a call assessable that the assessor could not judge") {
  const Transcript call = talk(small_sale());
  Transcript unknown = call;
  for (Utterance &u : unknown.utterances) u.role = Role::unknown;
  unknown.role_source = RoleSource::none;
  auto responses = assess_offline(unknown, Checklist::standard()).value().responses;
  CHECK(assessability(unknown, Checklist::standard(), responses).reason ==
        NotAssessableReason::roles_unknown);
  for (Response &r : responses) {
    r.answer = Answer::no;
    r.correction = Correction{"Mia", "I was there", "2026-05-03T10:00:00Z"};
  }
  CHECK_FALSE(assessability(unknown, Checklist::standard(), responses).reason);
}

TEST_CASE("a call without words is too short, whatever the host says") {
  Transcript call = talk(small_sale());
  for (Utterance &u : call.utterances) u.suspect = "repeated";
  const auto responses = assess_offline(call, Checklist::standard()).value().responses;
  const Assessability a = assessability(call, Checklist::standard(), responses, SalesCallRule::yes);
  CHECK(a.words == 0);
  CHECK(a.reason == NotAssessableReason::too_short);
  CHECK(describe(a) == "There is no score: nothing is said in this call.");
}

}  // namespace saleschecklist::test
