// Denied and ambiguous answers, and gates: what caps the band whatever the score.
#include <saleschecklist/saleschecklist.hpp>

#include <doctest/doctest.h>
#include <rapidcheck.h>

namespace saleschecklist::test {
namespace {

const Checklist &card() { return Checklist::ten_point(); }

std::vector<Response> all(Answer answer, const Checklist &checklist = card()) {
  std::vector<Response> out;
  for (const Category &category : checklist.categories) {
    for (const Item &item : category.items) {
      Response response;
      response.item_id = item.id;
      response.answer = answer;
      out.push_back(response);
    }
  }
  return out;
}

}  // namespace

TEST_CASE("denied counts as no, and ambiguous as the policy says") {
  auto responses = all(Answer::yes);
  responses[0].answer = Answer::denied;
  responses[1].answer = Answer::ambiguous;
  Policy policy;
  Score scored = score(card(), responses, policy).value();
  CHECK(scored.total_score == 80);
  CHECK(scored.summary.denied_items == 1);
  CHECK(scored.summary.ambiguous_items == 1);
  CHECK(scored.summary.unvalidated_items == 2);
  CHECK(scored.gaps.size() == 2);
  policy.ambiguous = CountsAs::yes;
  CHECK(score(card(), responses, policy).value().total_score == 90);
  policy.ambiguous = CountsAs::left_out;
  scored = score(card(), responses, policy).value();
  CHECK(scored.percentage == 88.8);  // 8 of 9
  CHECK(scored.summary.not_applicable_items == 1);
  CHECK_FALSE(score(card(), all(Answer::ambiguous), policy).has_value());
}

TEST_CASE("a gate caps the band while its item is not shown, and says why") {
  auto responses = all(Answer::yes);
  const std::string critical = responses[3].item_id;
  Policy policy;
  policy.gates = {{critical, RiskBand::yellow, "", "nobody who can sign was heard"}};
  CHECK(score(card(), responses, policy).value().risk_band == RiskBand::green);
  CHECK(score(card(), responses, policy).value().closed_gates.empty());
  for (const Answer answer : {Answer::no, Answer::denied, Answer::unanswered, Answer::ambiguous}) {
    responses[3].answer = answer;
    const Score scored = score(card(), responses, policy).value();
    CHECK(scored.total_score == 90);  // weight never buys it back, and the number stays
    CHECK(scored.risk_band == RiskBand::yellow);
    CHECK(scored.risk_label == policy.yellow.label);
    REQUIRE(scored.closed_gates.size() == 1);
    CHECK(scored.closed_gates[0].item_id == critical);
    CHECK(scored.closed_gates[0].answer == answer);
    CHECK(scored.closed_gates[0].reason == "nobody who can sign was heard");
  }
  responses[3].answer = Answer::yes;
  responses[3].support = Support::unsupported;
  CHECK(score(card(), responses, policy).value().risk_band == RiskBand::yellow);
  responses[3].answer = Answer::not_applicable;
  CHECK(score(card(), responses, policy).value().risk_band == RiskBand::green);
  responses.erase(responses.begin() + 3);  // no response at all
  CHECK(score(card(), responses, policy).value().risk_band == RiskBand::yellow);
  CHECK(score(card(), all(Answer::no), policy).value().risk_band == RiskBand::red);
  policy.gates[0].from_stage = "proposal";  // a call has no stage
  CHECK(score(card(), responses, policy).value().risk_band == RiskBand::green);
}

TEST_CASE("a faulty gate is named with its place") {
  const auto where = [](std::vector<Gate> gates) {
    Policy policy;
    policy.gates = std::move(gates);
    const auto faults = validate(policy);
    return faults.empty() ? std::string() : faults.front().where;
  };
  const std::string id = all(Answer::no).front().item_id;
  CHECK(where({{id}, {id, RiskBand::red, "proposal"}}).empty());
  CHECK(where({{""}}) == "/gates/0/item_id");
  CHECK(where({{id}, {id, RiskBand::red}}) == "/gates/1/item_id");
  CHECK(where({{id, RiskBand::green}}) == "/gates/0/at_most");
  Policy policy;
  policy.evidence_ttl_ms = 0;
  CHECK(validate(policy).front().where == "/evidence_ttl_ms");
  policy.evidence_ttl_ms = 1;
  CHECK(validate(policy).empty());
  policy = {};
  policy.gates = {{"no.1"}};
  CHECK(score(card(), all(Answer::no), policy).error().where == "/policy/gates/0/item_id");
  policy.gates = {{id}, {"no.1"}};
  CHECK(score(card(), all(Answer::no), policy).error().where == "/policy/gates/1/item_id");
}

TEST_CASE("a policy without gates has the JSON and the fingerprint that it always had") {
  const std::string json = to_json(Policy());
  for (const char *key : {"gates", "ambiguous", "stale", "evidence_ttl_ms"}) {
    CHECK(json.find(key) == std::string::npos);
  }
  Policy policy;
  policy.gates = {{"trigger.01", RiskBand::red, "proposal", "why"}};
  policy.ambiguous = CountsAs::left_out;
  policy.stale = CountsAs::yes;
  policy.evidence_ttl_ms = 90;
  CHECK(to_json(policy_from_json(to_json(policy)).value()) == to_json(policy));
}

TEST_CASE("gates cap the bands of a history as they cap each call's") {
  CHECK(rc::check("gates of score_many", [] {
    const Checklist &checklist = Checklist::standard();  // categories of several items
    const auto blank = all(Answer::no, checklist);
    Policy policy;
    policy.yellow.threshold = *rc::gen::inRange(0, 60);
    policy.green.threshold = 60;
    for (std::size_t i = 0; i < blank.size(); ++i) {
      if (*rc::gen::inRange(0, 30) != 0) continue;
      policy.gates.push_back({blank[i].item_id, *rc::gen::element(RiskBand::red, RiskBand::yellow),
                              *rc::gen::element<std::string>("", "late")});
    }
    constexpr std::size_t rows = 3;
    std::vector<std::uint8_t> codes, bands(rows);
    std::vector<std::vector<Response>> sets(rows, blank);
    for (auto &set : sets) {
      for (Response &response : set) {
        const auto code = *rc::gen::element<std::uint8_t>(0, 1, 1, 1, 2, 3);
        constexpr Answer answers[] = {Answer::unanswered, Answer::yes, Answer::no,
                                      Answer::not_applicable};
        response.answer = answers[code];
        codes.push_back(code);
      }
      codes[codes.size() - 1] = 2;  // something counts
      set.back().answer = Answer::no;
    }
    BatchOutput output;
    output.bands = bands.data();
    RC_ASSERT(score_many(checklist, codes.data(), rows, output, policy).has_value());
    for (std::size_t row = 0; row < rows; ++row) {
      const Score alone = score(checklist, sets[row], policy).value();
      RC_ASSERT(bands[row] == static_cast<std::uint8_t>(alone.risk_band));
    }
  }));
}

}  // namespace saleschecklist::test
