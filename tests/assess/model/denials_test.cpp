// A model's denials, contradictions and "not applicable": all of them go through the evidence law.
#include "mock_model.hpp"

#include <doctest/doctest.h>

namespace saleschecklist::test {
namespace {

const char *const call =
    "Rita: Is there a budget?\n"
    "Tom: We have a budget of eighty thousand for this.\n"
    "Ann: No, Tom, that budget was taken away in July.\n"
    "Tom: Right, I forgot, there is no budget any more.\n"
    "Ann: And we never had a supplier for it.\n";

const std::string has = "We have a budget of eighty thousand for this",
                  taken = "that budget was taken away in July",
                  gone = "there is no budget any more", never = "we never had a supplier for it";

Response answered(const std::string &answer, const Json &quotes, const Json &contrary) {
  MockModel model([&](const ModelRequest &r, std::size_t) -> Result<ModelReply> {
    Json entries = Json::array();
    for (const std::string &id : asked_ids(r.question)) {
      entries.push_back(entry(id, answer, quotes, 0.8));
      entries.back()["contrary"] = contrary;
    }
    return ModelReply{answers_of(entries).dump()};
  });
  return assess(talk(call), budget_card(), model).value().responses.at(0);
}

Json quotes(std::initializer_list<std::pair<std::size_t, std::string>> list) {
  Json out = Json::array();
  for (const auto &[utterance, words] : list) out.push_back(quote_of(utterance, words));
  return out;
}

}  // namespace

TEST_CASE("a denial is proved by its quote, as a yes is") {
  const Response r = answered("denied", quotes({{2, taken}}), Json::array());
  CHECK(r.answer == Answer::denied);
  CHECK(r.ai_answer == Answer::denied);
  CHECK(r.support == Support::verified);
  CHECK(r.evidence.at(0).quote == taken);
  CHECK_FALSE(r.needs_review);
}

TEST_CASE("a denial without an accepted quote is a no that a person should look at") {
  const Response r = answered("denied", quotes({{2, "they cut it last month"}}), Json::array());
  CHECK(r.answer == Answer::no);
  CHECK(r.ai_answer == Answer::denied);
  CHECK(r.support == Support::none);
  CHECK(r.evidence.empty());
  CHECK(r.rejected_evidence.size() == 1);
  CHECK(r.needs_review);
  // The rep's words deny nothing that the customer has to say.
  CHECK(answered("denied", quotes({{0, "Is there a budget"}}), Json::array()).answer == Answer::no);
}

TEST_CASE("two people who say opposite things make it ambiguous, with both quotes") {
  for (const bool turned : {false, true}) {
    const Response r = turned ? answered("denied", quotes({{2, taken}}), quotes({{1, has}}))
                              : answered("yes", quotes({{1, has}}), quotes({{2, taken}}));
    CHECK(r.answer == Answer::ambiguous);
    CHECK(r.evidence.at(0).quote == has);
    CHECK(r.contrary_evidence.at(0).quote == taken);
    CHECK(r.needs_review);
    CHECK(r.confidence == doctest::Approx(0.4));
  }
}

TEST_CASE("the last word of a person counts, whatever the model answers") {
  const Response r = answered("yes", quotes({{1, has}}), quotes({{3, gone}}));
  CHECK(r.answer == Answer::denied);
  CHECK(r.ai_answer == Answer::yes);
  CHECK(r.evidence.at(0).quote == gone);
  CHECK(r.contrary_evidence.at(0).quote == has);
  CHECK(r.needs_review);
}

TEST_CASE("a contrary quote that is refused changes nothing and is shown") {
  const Response r = answered("yes", quotes({{1, has}}), quotes({{2, "there is no money at all"}}));
  CHECK(r.answer == Answer::yes);
  CHECK(r.contrary_evidence.empty());
  CHECK(r.rejected_evidence.size() == 1);
}

TEST_CASE("not applicable needs a quote that shows it; else it is a no") {
  const Response shown = answered("not_applicable", quotes({{4, never}}), Json::array());
  CHECK(shown.answer == Answer::not_applicable);
  CHECK(shown.evidence.at(0).quote == never);
  CHECK(shown.support == Support::verified);
  const Response bare = answered("not_applicable", Json::array(), Json::array());
  CHECK(bare.answer == Answer::no);
  CHECK(bare.ai_answer == Answer::not_applicable);
  CHECK(bare.needs_review);
}

}  // namespace saleschecklist::test
