// score(): exact, monotone, and indifferent to the order of the responses.
#include <doctest/doctest.h>
#include <fmt/format.h>
#include <rapidcheck.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "support/support.hpp"

namespace saleschecklist::test {
namespace {

// A checklist with so many items a category, named "c1.1", "c1.2" and so on.
Checklist card(const std::vector<int> &sizes) {
  Checklist out{"card", "Card", "", 1, {}};
  for (std::size_t c = 0; c < sizes.size(); ++c) {
    Category category;
    category.id = fmt::format("c{}", c + 1);
    category.name = "Category " + category.id;
    category.order = static_cast<int>(c) + 1;
    for (int i = 1; i <= sizes[c]; ++i) {
      Item item;
      item.id = fmt::format("{}.{}", category.id, i);
      item.title = "Title " + item.id;
      item.definition = "Definition " + item.id;
      category.items.push_back(std::move(item));
    }
    out.categories.push_back(std::move(category));
  }
  return out;
}

std::vector<std::string> item_ids(const Checklist &checklist) {
  std::vector<std::string> out;
  for (const Category &c : checklist.categories) {
    for (const Item &item : c.items) out.push_back(item.id);
  }
  return out;
}

Response response(const std::string &id, Answer answer, double confidence = 0.5) {
  Response out;
  out.item_id = id;
  out.answer = answer;
  out.confidence = confidence;
  out.support = answer == Answer::yes ? Support::verified : Support::none;
  return out;
}

// The first `yes` items of the checklist are yes, all others no.
Score with_yes(const Checklist &checklist, std::size_t yes, const Policy &policy = {}) {
  std::vector<Response> responses;
  for (const std::string &id : item_ids(checklist)) {
    responses.push_back(response(id, responses.size() < yes ? Answer::yes : Answer::no));
  }
  return score(checklist, responses, policy).value();
}

std::string ids_of(const std::vector<ScoredItem> &items) {
  std::string out;
  for (const ScoredItem &item : items) out += item.item_id + " ";
  return out;
}

Error refusal(const Result<Score> &result) {
  REQUIRE_FALSE(result);
  CHECK(result.error().code == ErrorCode::invalid_argument);
  return result.error();
}

// A weight in thousandths, small ones as likely as large ones.
int some_weight() {
  const int limit = *rc::gen::element(10, 1001, 100001);
  return *rc::gen::inRange(1, limit);
}

Checklist some_card() {
  Checklist out =
      card(*rc::gen::nonEmpty(rc::gen::container<std::vector<int>>(rc::gen::inRange(1, 5))));
  for (Category &category : out.categories) {
    category.default_weight = some_weight() / 1000.0;
    for (Item &item : category.items) item.weight = some_weight() / 1000.0;
  }
  return out;
}

std::vector<Response> some_responses(const Checklist &checklist) {
  std::vector<Response> out;
  for (const std::string &id : item_ids(checklist)) {
    if (*rc::gen::inRange(0, 10) == 0) continue;
    Response r = response(id, *rc::gen::element(Answer::yes, Answer::yes, Answer::no,
                                                Answer::not_applicable, Answer::unanswered));
    r.confidence = *rc::gen::inRange(0, 4) / 4.0;
    if (r.answer == Answer::yes && *rc::gen::inRange(0, 5) == 0) r.support = Support::unsupported;
    out.push_back(std::move(r));
  }
  return out;
}

Policy some_policy() {
  Policy out;
  out.mode = *rc::gen::element(ScoringMode::equal_weight, ScoringMode::weighted);
  const int yellow = *rc::gen::inRange(0, 100001), green = *rc::gen::inRange(yellow, 100001);
  out.yellow.threshold = yellow / 1000.0;
  out.green.threshold = green / 1000.0;
  return out;
}

std::uint64_t thousandths(double value) {
  return static_cast<std::uint64_t>(std::llround(value * 1000));
}

// The definition in integers: weights as whole thousandths, products as whole millionths.
struct Oracle {
  std::uint64_t yes = 0, all = 0;

  Oracle(const Checklist &checklist, const std::vector<Response> &responses, ScoringMode mode) {
    for (const Category &category : checklist.categories) {
      for (const Item &item : category.items) {
        const auto found = std::find_if(responses.begin(), responses.end(),
                                        [&](const Response &r) { return r.item_id == item.id; });
        const Response r = found == responses.end() ? Response{} : *found;
        if (r.answer == Answer::not_applicable) continue;
        const std::uint64_t weight =
            mode == ScoringMode::weighted
                ? thousandths(category.default_weight) * thousandths(item.weight)
                : 1;
        all += weight;
        if (r.answer == Answer::yes && r.support != Support::unsupported) yes += weight;
      }
    }
  }
  bool reaches(double threshold) const { return yes * 100000 >= thousandths(threshold) * all; }
};

}  // namespace

TEST_CASE("a score is exactly the share of the weights of the yes answers") {
  CHECK(rc::check("oracle", [] {
    const Checklist checklist = some_card();
    const auto responses = some_responses(checklist);
    const Policy policy = some_policy();
    const Oracle oracle(checklist, responses, policy.mode);
    const auto result = score(checklist, responses, policy);
    RC_ASSERT(result.has_value() == (oracle.all > 0));
    if (!result) return;
    RC_ASSERT(std::uint64_t(result->total_score) == 100 * oracle.yes / oracle.all);
    RC_ASSERT(result->percentage == double(1000 * oracle.yes / oracle.all) / 10.0);
    const RiskBand band = oracle.reaches(policy.green.threshold)    ? RiskBand::green
                          : oracle.reaches(policy.yellow.threshold) ? RiskBand::yellow
                                                                    : RiskBand::red;
    RC_ASSERT(result->risk_band == band);
  }));
}

TEST_CASE("one more yes never lowers the score") {
  CHECK(rc::check("monotone", [] {
    const Checklist checklist = some_card();
    auto responses = some_responses(checklist);
    const Policy policy = some_policy();
    RC_PRE(!responses.empty());
    const auto before = score(checklist, responses, policy);
    Response &changed = responses[*rc::gen::inRange<std::size_t>(0, responses.size())];
    changed.answer = Answer::yes;
    changed.support = Support::verified;
    const auto after = score(checklist, responses, policy);
    RC_ASSERT(after.has_value());
    if (!before) return;
    RC_ASSERT(after->total_score >= before->total_score);
    RC_ASSERT(after->percentage >= before->percentage);
    RC_ASSERT(after->risk_band >= before->risk_band);
  }));
}

TEST_CASE("a score lies between 0 and 100 and its parts add up") {
  CHECK(rc::check("sums", [] {
    const Checklist checklist = some_card();
    const auto result = score(checklist, some_responses(checklist), some_policy());
    RC_PRE(result.has_value());
    RC_ASSERT(result->percentage >= 0.0);
    RC_ASSERT(result->percentage <= 100.0);
    RC_ASSERT(result->total_score == int(std::floor(result->percentage)));
    const ScoreSummary &s = result->summary;
    RC_ASSERT(s.total_items == item_count(checklist));
    RC_ASSERT(s.validated_items + s.unvalidated_items + s.unanswered_items +
                  s.not_applicable_items ==
              s.total_items);
    RC_ASSERT(s.unsupported_items <= s.unvalidated_items);
    RC_ASSERT(result->strengths.size() == s.validated_items);
    RC_ASSERT(result->gaps.size() == s.unvalidated_items + s.unanswered_items);
    RC_ASSERT(result->category_breakdown.size() == checklist.categories.size());
    double points = 0, possible = 0;
    std::size_t validated = 0, total = 0;
    for (const CategoryScore &c : result->category_breakdown) {
      RC_ASSERT(c.score <= c.max_score);
      points += c.score;
      possible += c.max_score;
      validated += c.validated_items;
      total += c.total_items;
    }
    RC_ASSERT(validated == s.validated_items);
    RC_ASSERT(total == s.total_items - s.not_applicable_items);
    RC_ASSERT(std::fabs(100 * points / possible - result->percentage) < 0.1000001);
  }));
}

TEST_CASE("the order of the responses changes nothing") {
  CHECK(rc::check("order", [] {
    const Checklist checklist = some_card();
    auto responses = some_responses(checklist);
    const Policy policy = some_policy();
    const auto before = score(checklist, responses, policy);
    for (std::size_t i = responses.size(); i > 1; --i) {
      std::swap(responses[i - 1], responses[*rc::gen::inRange<std::size_t>(0, i)]);
    }
    const auto after = score(checklist, responses, policy);
    RC_ASSERT(before.has_value() == after.has_value());
    if (before) RC_ASSERT(to_json(*before) == to_json(*after));
  }));
}

TEST_CASE("the bands of the 92 begin at 56 and 74 yes") {
  const Checklist &all = Checklist::standard();
  REQUIRE(item_count(all) == 92);
  struct Edge {
    std::size_t yes;
    int total;
    double percentage;
    RiskBand band;
    const char *label;
  };
  for (const Edge &edge :
       {Edge{0, 0, 0.0, RiskBand::red, "At Risk"}, Edge{55, 59, 59.7, RiskBand::red, "At Risk"},
        Edge{56, 60, 60.8, RiskBand::yellow, "Caution"},
        Edge{73, 79, 79.3, RiskBand::yellow, "Caution"},
        Edge{74, 80, 80.4, RiskBand::green, "Healthy"},
        Edge{92, 100, 100.0, RiskBand::green, "Healthy"}}) {
    const Score s = with_yes(all, edge.yes);
    CHECK(s.total_score == edge.total);
    CHECK(s.percentage == edge.percentage);
    CHECK(s.risk_band == edge.band);
    CHECK(s.risk_label == edge.label);
  }
}

TEST_CASE("a threshold is reached exactly and not by rounding") {
  Policy policy;
  policy.green.threshold = 66.667;
  CHECK(with_yes(card({3}), 2, policy).risk_band == RiskBand::yellow);
  policy.green.threshold = 66.666;
  CHECK(with_yes(card({3}), 2, policy).risk_band == RiskBand::green);
  CHECK(with_yes(card({5}), 4).risk_band == RiskBand::green);
  CHECK(with_yes(card({5}), 3).risk_band == RiskBand::yellow);
}

TEST_CASE("the largest checklist with the largest weights does not overflow") {
  Checklist checklist = card({10000});
  checklist.categories[0].default_weight = 100;
  for (Item &item : checklist.categories[0].items) item.weight = 100;
  Policy policy;
  policy.mode = ScoringMode::weighted;
  CHECK(with_yes(checklist, 8000, policy).risk_band == RiskBand::green);
  CHECK(with_yes(checklist, 7999, policy).risk_band == RiskBand::yellow);
  CHECK(with_yes(checklist, 7999, policy).percentage == 79.9);
  policy.green.threshold = policy.yellow.threshold = 100;
  CHECK(with_yes(checklist, 10000, policy).risk_band == RiskBand::green);
  CHECK(with_yes(checklist, 9999, policy).risk_band == RiskBand::red);
}

TEST_CASE("not applicable leaves the denominator and unanswered stays in it") {
  const Checklist checklist = card({4});
  const Response yes = response("c1.1", Answer::yes);
  CHECK(score(checklist, {yes})->total_score == 25);
  CHECK(score(checklist, {yes, response("c1.2", Answer::unanswered)})->total_score == 25);
  const Score s = score(checklist, {yes, response("c1.2", Answer::not_applicable)}).value();
  CHECK(s.total_score == 33);
  CHECK(s.percentage == 33.3);
  CHECK(s.summary.not_applicable_items == 1);
  CHECK(s.summary.unanswered_items == 2);
}

TEST_CASE("a yes without support counts as no") {
  Response claimed = response("c1.1", Answer::yes);
  claimed.support = Support::unsupported;
  const Score s = score(card({2}), {claimed, response("c1.2", Answer::yes)}).value();
  CHECK(s.total_score == 50);
  CHECK(s.summary.validated_items == 1);
  CHECK(s.summary.unvalidated_items == 1);
  CHECK(s.summary.unsupported_items == 1);
  CHECK(ids_of(s.gaps) == "c1.1 ");
}

TEST_CASE("a person's correction needs no quote") {
  Response claimed = response("c1.1", Answer::yes);
  claimed.support = Support::unsupported;
  claimed.correction = Correction{"Ann", "I was there.", "2026-05-04T10:00:00Z"};
  const Score s = score(card({2}), {claimed}).value();
  CHECK(s.total_score == 50);
  CHECK(s.summary.validated_items == 1);
  CHECK(s.summary.unsupported_items == 0);
  claimed.answer = Answer::no;
  CHECK(score(card({2}), {claimed})->summary.unsupported_items == 0);
}

TEST_CASE("a score carries the policy that it was made by and the look of its band") {
  Policy policy;
  policy.id = "strict";
  policy.green.threshold = 90;
  policy.yellow.color = "#123abC";
  const Score s = with_yes(card({5}), 4, policy);
  CHECK(s.policy.id == "strict");
  CHECK(s.policy.green.threshold == 90);
  CHECK(s.risk_label == "Caution");
  CHECK(s.risk_color == "#123abC");
}

TEST_CASE("bands and modes have the names that JSON uses") {
  CHECK(std::string(name(RiskBand::red)) == "red");
  CHECK(std::string(name(RiskBand::yellow)) == "yellow");
  CHECK(std::string(name(RiskBand::green)) == "green");
  CHECK(std::string(name(ScoringMode::weighted)) == "weighted");
  CHECK(std::string(name(ScoringMode::equal_weight)) == "equal_weight");
}

TEST_CASE("a category's points are those of its yes answers") {
  Checklist checklist = card({3, 2});
  checklist.categories[1].max_score = 5;
  const Score s = score(checklist, {response("c1.1", Answer::yes), response("c2.2", Answer::yes),
                                    response("c1.3", Answer::not_applicable)})
                      .value();
  CHECK(s.category_breakdown[0].id == "c1");
  CHECK(s.category_breakdown[0].name == "Category c1");
  CHECK(s.category_breakdown[0].score == 10);
  CHECK(s.category_breakdown[0].max_score == 20);
  CHECK(s.category_breakdown[0].total_items == 2);
  CHECK(s.category_breakdown[1].score == 5);
  CHECK(s.category_breakdown[1].max_score == 10);
  CHECK(s.strengths[0].title == "Title c1.1");
  CHECK(s.strengths[0].category == "Category c1");
}

TEST_CASE("strengths are ordered by weight, then certainty, then place") {
  Checklist checklist = card({2, 2});
  checklist.categories[1].items[1].weight = 2;
  const std::vector<Response> responses = {
      response("c1.1", Answer::yes, 0.5), response("c1.2", Answer::yes, 0.9),
      response("c2.1", Answer::yes, 0.5), response("c2.2", Answer::yes, 0.1)};
  Policy weighted;
  weighted.mode = ScoringMode::weighted;
  CHECK(ids_of(score(checklist, responses, weighted)->strengths) == "c2.2 c1.2 c1.1 c2.1 ");
  CHECK(ids_of(score(checklist, responses)->strengths) == "c1.2 c1.1 c2.1 c2.2 ");
}

TEST_CASE("gaps are ordered by weight, then certainty, then place") {
  Checklist checklist = card({2, 2});
  checklist.categories[1].items[1].weight = 2;
  const std::vector<Response> responses = {
      response("c1.1", Answer::no, 0.1), response("c1.2", Answer::no, 0.9),
      response("c2.1", Answer::unanswered, 0.5), response("c2.2", Answer::no, 0.1)};
  Policy weighted;
  weighted.mode = ScoringMode::weighted;
  CHECK(ids_of(score(checklist, responses, weighted)->gaps) == "c2.2 c1.2 c2.1 c1.1 ");
}

TEST_CASE(
    "items that are equal stay in their place, and one without a response is the least certain") {
  const Checklist checklist = card({60});
  std::vector<Response> responses;
  std::string expected, first;
  for (const std::string &id : item_ids(checklist)) {
    if (responses.size() < 50) {
      responses.push_back(response(id, Answer::no, 0.25));
      expected += id + " ";
    } else if (first.empty()) {
      first = id;
      responses.push_back(response(id, Answer::no, 0.75));
    }
  }
  for (int i = 52; i <= 60; ++i) expected += fmt::format("c1.{} ", i);
  CHECK(ids_of(score(checklist, responses)->gaps) == first + " " + expected);
}

TEST_CASE("a confidence outside of 0 to 1 is refused with its place") {
  const auto scored = [](double confidence) {
    return score(card({2}),
                 {response("c1.1", Answer::no), response("c1.2", Answer::yes, confidence)});
  };
  for (const double confidence :
       {-0.01, 1.01, 2.0, -1.0, std::numeric_limits<double>::quiet_NaN()}) {
    const Error error = refusal(scored(confidence));
    CHECK(to_string(error) == "/1/confidence: expected a confidence from 0 to 1");
  }
  CHECK(scored(0).has_value());
  CHECK(scored(1).has_value());
}

TEST_CASE("a call in which nothing applies has no score") {
  refusal(score(card({2}), {response("c1.1", Answer::not_applicable),
                            response("c1.2", Answer::not_applicable)}));
}

TEST_CASE("a response to an unknown item is refused with its place") {
  const Error error =
      refusal(score(card({2}), {response("c1.1", Answer::yes), response("c9.1", Answer::yes)}));
  CHECK(error.where == "/1/item_id");
  CHECK(error.message.find("c9.1") != std::string::npos);
}

TEST_CASE("a second response to an item is refused with its place") {
  const Error error =
      refusal(score(card({2}), {response("c1.1", Answer::yes), response("c1.1", Answer::yes)}));
  CHECK(error.where == "/1/item_id");
}

TEST_CASE("an unsound checklist is refused as an invalid argument") {
  Checklist checklist = card({2});
  checklist.categories[0].items[1].id = "c1.1";
  const auto result = score(checklist, {response("c1.1", Answer::yes)});
  REQUIRE_FALSE(result);
  CHECK(result.error().code == ErrorCode::invalid_argument);
  CHECK(result.error().where == "/categories/0/items/1/id");
}

TEST_CASE("an unsound policy is refused with the place of each fault") {
  const auto places = [](const Policy &policy) {
    std::string out;
    for (const Error &fault : validate(policy)) out += fault.where + " ";
    const auto result = score(card({1}), {}, policy);
    CHECK(result.has_value() == out.empty());
    if (!result) {
      CHECK(refusal(result).where + " " == out.substr(0, out.find(' ') + 1));
    }
    return out;
  };
  Policy policy;
  CHECK(places(policy).empty());
  policy.green.threshold = 50;
  CHECK(places(policy) == "/yellow/threshold ");
  policy = {};
  policy.green.threshold = std::numeric_limits<double>::quiet_NaN();
  CHECK(places(policy) == "/green/threshold ");
  policy = {};
  policy.yellow.threshold = -1;
  policy.green.threshold = 100.5;
  CHECK(places(policy) == "/green/threshold /yellow/threshold ");
  policy = {};
  policy.yellow.threshold = 60.0005;
  CHECK(places(policy) == "/yellow/threshold ");
  policy = {};
  policy.yellow.threshold = 9.999999999999999e-10;  // as far as a whole step is told from others
  CHECK(places(policy) == "/yellow/threshold ");
  policy = {};
  policy.green.color = "green";
  policy.yellow.color = "#12345g";
  policy.red.label = "";
  CHECK(places(policy) == "/green/color /yellow/color /red/label ");
  for (const char *color :
       {"", "#", "#12345", "#1234567", "x123456", "1123456", "#g23456", "##23456"}) {
    CAPTURE(color);
    policy = {};
    policy.green.color = color;
    CHECK(places(policy) == "/green/color ");
  }
  policy = {};
  policy.green.color = "#09afAF";
  CHECK(places(policy).empty());
  policy = {};
  policy.red.threshold = 10;
  CHECK(places(policy) == "/red/threshold ");
  policy = {};
  policy.green.threshold = policy.yellow.threshold = 0;
  CHECK(places(policy).empty());
}

}  // namespace saleschecklist::test
