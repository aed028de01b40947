// roll_up(): what decides about an item, what is due, and the band.
#include <saleschecklist/deal.hpp>
#include <saleschecklist/json.hpp>

#include "support/support.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <limits>

namespace saleschecklist::test {
namespace {

constexpr std::int64_t day = 86'400'000;

// Two categories, "a" with three items and "b" with two.
const Checklist &card() {
  static const Checklist out = [] {
    Checklist made{"small", "Small", "", 1, {}};
    for (const auto &[id, count] : {std::pair{"a", 3}, {"b", 2}}) {
      Category category{id, id, "", static_cast<int>(made.categories.size()) + 1, 1.0, 10, {}};
      for (int i = 1; i <= count; ++i) {
        Item item;
        item.id = std::string(id) + "." + std::to_string(i);
        item.title = "Title of " + item.id;
        item.definition = "It is said.";
        category.items.push_back(item);
      }
      made.categories.push_back(category);
    }
    return made;
  }();
  return out;
}

Evidence proof(const std::string &quote) {
  Evidence out;
  out.end = quote.size();
  out.quote = quote;
  return out;
}

Response answer(const std::string &item, Answer given, const std::string &quote = {}) {
  Response out;
  out.item_id = item;
  out.answer = out.ai_answer = given;
  out.confidence = 0.8;
  if (quote.empty()) return out;
  out.support = Support::verified;
  out.evidence.push_back(proof(quote));
  return out;
}

DealCall call(const std::string &session, std::int64_t at_ms, std::vector<Response> responses) {
  return {session, at_ms, std::move(responses), {"Tom"}};
}

Deal rolled(const DealHistory &history, const RollUpOptions &options = {}) {
  return roll_up(card(), history, options).value();
}

const DealItem &item(const Deal &deal, const std::string &id) {
  const auto found = std::find_if(deal.items.begin(), deal.items.end(),
                                  [&](const DealItem &i) { return i.item_id == id; });
  REQUIRE(found != deal.items.end());
  return *found;
}

StagePlan plan() {
  StagePlan out{"plan", "Plan", "", "small", 1, {}, {"won"}, {"on_hold"}};
  out.stages.push_back({"early", "Early", {{{"a.1"}, "", 0, "why"}}});
  out.stages.push_back({"late", "Late", {{{}, "a", 2, "why"}, {{"b.1", "b.2"}, "", 0, "why"}}});
  return out;
}

}  // namespace

TEST_CASE("a proved yes is heard, with speaker and time, and silence never takes it back") {
  const Deal deal = rolled({{call("one", 1 * day, {answer("a.1", Answer::yes, "we lose money")}),
                             call("two", 2 * day, {answer("a.1", Answer::no)}),
                             call("three", 3 * day, {answer("a.1", Answer::unanswered)})}});
  const DealItem &heard = item(deal, "a.1");
  CHECK(heard.state == ItemState::heard);
  CHECK(heard.answer == Answer::yes);
  CHECK(heard.since_ms == 1 * day);
  CHECK(heard.last_confirmed_ms == 1 * day);
  REQUIRE(heard.evidence.size() == 1);
  CHECK(heard.evidence[0].session == "one");
  CHECK(heard.evidence[0].speaker == "Tom");
  CHECK_FALSE(heard.needs_review);
  CHECK(item(deal, "a.2").state == ItemState::empty);
  CHECK(item(deal, "a.2").answer == Answer::unanswered);
}

TEST_CASE("what has no accepted quote says nothing about a deal") {
  Response bare = answer("a.1", Answer::yes);
  bare.support = Support::unsupported;
  const Deal deal = rolled({{call(
      "one", 1, {bare, answer("a.2", Answer::denied), answer("a.3", Answer::not_applicable)})}});
  for (const char *id : {"a.1", "a.2", "a.3"}) {
    CAPTURE(id);
    CHECK(item(deal, id).state == ItemState::empty);
    CHECK(item(deal, id).answer == Answer::no);
  }
}

TEST_CASE("a denial after a yes contradicts it, keeps both quotes and asks for a review") {
  DealHistory history{{call("one", 1, {answer("a.1", Answer::yes, "we have the budget")}),
                       call("two", 2, {answer("a.1", Answer::denied, "the budget is gone")})}};
  const Deal deal = rolled(history);
  const DealItem &torn = item(deal, "a.1");
  CHECK(torn.state == ItemState::contradicted);
  CHECK(torn.answer == Answer::denied);
  CHECK(torn.evidence.at(0).quote == "we have the budget");
  CHECK(torn.contradicted_by.at(0).quote == "the budget is gone");
  CHECK(torn.since_ms == 2);
  CHECK(torn.needs_review);
  CHECK(deal.items_to_review == 1);
  CHECK(deal.score->total_score == 0);

  history.calls.push_back(call("three", 3, {answer("a.1", Answer::yes, "it is back")}));
  const Deal mended = rolled(history);
  CHECK(item(mended, "a.1").state == ItemState::heard);
  CHECK(item(mended, "a.1").evidence.size() == 2);
  CHECK(item(mended, "a.1").contradicted_by.empty());
  CHECK_FALSE(item(mended, "a.1").needs_review);
}

TEST_CASE("a denial of what nobody said leaves the item empty, with the quote") {
  const Deal deal = rolled({{call("one", 1, {answer("a.1", Answer::denied, "no budget at all")})}});
  CHECK(item(deal, "a.1").state == ItemState::empty);
  CHECK(item(deal, "a.1").answer == Answer::denied);
  CHECK(item(deal, "a.1").contradicted_by.size() == 1);
  CHECK_FALSE(item(deal, "a.1").needs_review);
}

TEST_CASE("two people who say opposite things in one call contradict each other") {
  Response both = answer("a.1", Answer::ambiguous, "we can build it");
  both.contrary_evidence.push_back(proof("we cannot build it"));
  RollUpOptions options;
  DealHistory history{{call("one", 1, {both})}};
  CHECK(item(rolled(history), "a.1").state == ItemState::contradicted);
  CHECK(item(rolled(history), "a.1").contradicted_by.size() == 1);
  CHECK(rolled(history).score->summary.validated_items == 0);
  options.policy.ambiguous = CountsAs::yes;
  CHECK(rolled(history, options).score->summary.validated_items == 1);
  options.policy.ambiguous = CountsAs::left_out;
  CHECK(rolled(history, options).score->summary.not_applicable_items == 1);
}

TEST_CASE("a person's word holds against newer quotes, which ask for a review") {
  DealHistory history{{call("one", 1, {answer("a.1", Answer::yes, "we have the budget")}),
                       call("two", 3, {answer("a.1", Answer::denied, "it is gone")})},
                      {{"a.1", "Rita", 2, Answer::yes, "seen in writing"}}};
  const Deal deal = rolled(history);
  CHECK(item(deal, "a.1").state == ItemState::validated);
  CHECK(item(deal, "a.1").answer == Answer::yes);
  CHECK_FALSE(item(deal, "a.1").confidence.has_value());
  CHECK(item(deal, "a.1").decision->by == "Rita");
  CHECK(item(deal, "a.1").contradicted_by.size() == 1);
  CHECK(item(deal, "a.1").needs_review);

  history.confirmations.push_back({"a.1", "Max", 4, Answer::denied, "asked again"});
  CHECK(item(rolled(history), "a.1").state == ItemState::contradicted);
  CHECK_FALSE(item(rolled(history), "a.1").needs_review);
}

TEST_CASE("an override in a call is a person's word, too") {
  Response corrected = answer("a.1", Answer::no);
  corrected.answer = Answer::yes;
  corrected.correction = Correction{"Rita", "I was there", "2026-01-01T00:00:00Z"};
  Response taken = answer("a.2", Answer::yes, "surely");
  taken.answer = Answer::no;
  taken.correction = Correction{"Rita", "he was joking", "2026-01-01T00:00:00Z"};
  DealHistory history{{call("one", 1, {corrected, taken})}};
  const Deal deal = rolled(history);
  CHECK(item(deal, "a.1").state == ItemState::validated);
  CHECK(item(deal, "a.1").evidence.empty());
  CHECK(item(deal, "a.2").state == ItemState::empty);
  CHECK(item(deal, "a.2").answer == Answer::no);
  CHECK(item(deal, "a.2").evidence.empty());

  history.calls.push_back(call("two", 2, {answer("a.2", Answer::yes, "I mean it")}));
  const Deal later = rolled(history);
  CHECK(item(later, "a.2").answer == Answer::no);
  CHECK(item(later, "a.2").needs_review);
  CHECK(item(later, "a.2").evidence.size() == 1);
}

TEST_CASE("evidence that is older than the policy allows is stale until it is said again") {
  DealHistory history{
      {call("one", 0, {answer("a.1", Answer::yes, "soon"), answer("a.2", Answer::yes, "now")}),
       call("two", 91 * day, {answer("a.2", Answer::yes, "still now")})}};
  RollUpOptions options;
  options.policy.evidence_ttl_ms = 90 * day;
  CHECK(rolled(history, options).score->summary.validated_items == 2);  // a mark, no more
  options.policy.stale = CountsAs::no;
  const Deal deal = rolled(history, options);
  CHECK(item(deal, "a.1").state == ItemState::stale);
  CHECK(item(deal, "a.1").answer == Answer::yes);
  CHECK(item(deal, "a.2").state == ItemState::heard);
  CHECK(deal.score->summary.validated_items == 1);
  options.policy.stale = CountsAs::yes;
  CHECK(rolled(history, options).score->summary.validated_items == 2);
  options.as_of_ms = 90 * day;
  CHECK(item(rolled(history, options), "a.1").state == ItemState::heard);
  history.confirmations.push_back({"a.1", "Rita", 95 * day});
  options.as_of_ms = 185 * day;
  CHECK(item(rolled(history, options), "a.1").state == ItemState::validated);
  CHECK(item(rolled(history, options), "a.2").state == ItemState::stale);
}

TEST_CASE("the gain of a call is what was never heard before it") {
  const Deal deal = rolled(
      {{call("two", 2, {answer("a.1", Answer::yes, "again"), answer("b.1", Answer::yes, "new")}),
        call("one", 1, {answer("a.1", Answer::yes, "first")})}});
  REQUIRE(deal.calls.size() == 2);
  CHECK(deal.calls[0].session == "one");
  CHECK(deal.calls[0].gain.num == 1);
  CHECK(deal.calls[0].gain.den == 5);
  CHECK(deal.calls[1].items == std::vector<std::string>{"b.1"});
  CHECK(deal.calls[1].gain.den == 4);
  CHECK(percent(deal.calls[1].gain) == 25.0);
  CHECK_FALSE(percent(Ratio{}).has_value());
  CHECK(percent(Ratio{2, 3}) == 66.6);
}

TEST_CASE("stage progress is what is known of what is due by now") {
  const DealHistory history{{call("one", 1,
                                  {answer("a.1", Answer::yes, "x"), answer("a.3", Answer::yes, "y"),
                                   answer("b.2", Answer::yes, "z")})}};
  RollUpOptions options;
  options.plan = plan();
  options.stage = "early";
  Deal deal = rolled(history, options);
  CHECK(deal.basis == BandBasis::stage_progress);
  CHECK(deal.stage_progress->num == 1);
  CHECK(deal.stage_progress->den == 1);
  CHECK(deal.band == RiskBand::green);
  CHECK(deal.score->risk_band == RiskBand::yellow);  // 60 %: both numbers are there

  options.stage = "late";
  deal = rolled(history, options);
  CHECK(deal.stage_progress->num == 3);
  CHECK(deal.stage_progress->den == 4);  // a.1 and one more of "a", b.1 and b.2
  CHECK(deal.band == RiskBand::yellow);
  REQUIRE(deal.due.size() == 3);
  CHECK(deal.due[1].known.num == 2);
  CHECK(deal.due[1].missing.empty());
  CHECK(deal.due[2].missing == std::vector<std::string>{"b.1"});
}

TEST_CASE("without a stage the band is that of the score, and it says why") {
  RollUpOptions options;
  DealHistory history{{call("one", 1, {answer("a.1", Answer::yes, "x")})}};
  CHECK(rolled(history, options).basis == BandBasis::first_call);
  history.calls.push_back(call("two", 2, {}));
  CHECK(rolled(history, options).basis == BandBasis::no_stage);
  CHECK(rolled(history, options).band == RiskBand::red);
  options.plan = plan();
  CHECK(rolled(history, options).basis == BandBasis::no_stage);
  options.stage = "other";
  CHECK(rolled(history, options).basis == BandBasis::unknown_stage);
  for (const char *stage : {"won", "on_hold"}) {
    options.stage = stage;
    CHECK(rolled(history, options).basis == BandBasis::inactive_stage);
    CHECK_FALSE(rolled(history, options).stage_progress.has_value());
  }
}

TEST_CASE("what does not apply is not due, and a deal of which nothing applies has no score") {
  Response out = answer("b.1", Answer::not_applicable, "we have no supplier");
  RollUpOptions options;
  options.plan = plan();
  options.stage = "late";
  Deal deal = rolled({{call("one", 1, {out})}}, options);
  CHECK(item(deal, "b.1").state == ItemState::not_applicable);
  CHECK(deal.stage_progress->den == 3);
  DealHistory history;
  for (const DealItem &each : deal.items) {
    history.confirmations.push_back({each.item_id, "Rita", 1, Answer::not_applicable});
  }
  deal = rolled(history, options);
  CHECK_FALSE(deal.score.has_value());
  CHECK_FALSE(deal.band.has_value());
  CHECK(deal.basis == BandBasis::inactive_stage);
}

TEST_CASE("a gate caps the band from its stage on, whatever the progress") {
  DealHistory history;
  for (const char *id : {"a.1", "a.2", "b.1", "b.2"}) {
    history.confirmations.push_back({id, "Rita", 1});
  }
  RollUpOptions options;
  options.plan = plan();
  options.policy.gates = {{"a.3", RiskBand::yellow, "late", "nobody who can sign was heard"}};
  options.stage = "early";
  CHECK(rolled(history, options).band == RiskBand::green);
  options.stage = "late";
  const Deal capped = rolled(history, options);
  CHECK(percent(*capped.stage_progress) == 100.0);
  CHECK(capped.band == RiskBand::yellow);
  REQUIRE(capped.score->closed_gates.size() == 1);
  CHECK(capped.score->closed_gates[0].title == "Title of a.3");
  CHECK(capped.score->closed_gates[0].reason == "nobody who can sign was heard");
  CHECK(capped.score->policy.gates.size() == 1);
  CHECK(capped.score->policy.gates[0].from_stage == "late");
  options.policy.gates.push_back({"a.3", RiskBand::red, "early"});
  CHECK(rolled(history, options).band == RiskBand::red);
  history.confirmations.push_back({"a.3", "Rita", 2});
  CHECK(rolled(history, options).band == RiskBand::green);
}

TEST_CASE("the latest note on an item is shown") {
  const DealHistory history{{}, {}, {{"a.1", "Rita", 2, "call her"}, {"a.1", "Max", 1, "who?"}}};
  CHECK(item(rolled(history), "a.1").note->text == "call her");
  CHECK(item(rolled(history), "a.1").state == ItemState::empty);
}

TEST_CASE("answers to items of an earlier checklist are passed over and named") {
  const Deal deal = rolled({{call("one", 1, {answer("old.1", Answer::yes, "x")}),
                             call("two", 2, {answer("old.1", Answer::yes, "x")})}});
  CHECK(deal.unknown_items == std::vector<std::string>{"old.1"});
}

TEST_CASE("what cannot be rolled up is refused, with the place") {
  const auto where = [](const DealHistory &history, const RollUpOptions &options = {}) {
    const auto out = roll_up(card(), history, options);
    REQUIRE_FALSE(out.has_value());
    CHECK(out.error().code == ErrorCode::invalid_argument);
    return out.error().where;
  };
  CHECK(where({{call("one", 1, {}), call("one", 2, {})}}) == "/calls/1/session");
  CHECK(where({{call("one", 1, {answer("a.1", Answer::no), answer("a.1", Answer::no)})}}) ==
        "/calls/0/responses");
  CHECK(where({{}, {{"z.9", "Rita", 1}}}) == "/confirmations/0/item_id");
  CHECK(where({{}, {{"a.1", "Rita", 1, Answer::unanswered}}}) == "/confirmations/0/answer");
  CHECK(where({{}, {}, {{"z.9", "Rita", 1, "x"}}}) == "/notes/0/item_id");
  constexpr std::int64_t never = std::numeric_limits<std::int64_t>::max();
  CHECK(where({{call("one", -1, {})}}) == "/calls/0/at_ms");
  CHECK(where({{}, {{"a.1", "Rita", never}}}) == "/confirmations/0/at_ms");
  CHECK(where({{}, {}, {{"a.1", "Rita", never, "x"}}}) == "/notes/0/at_ms");
  RollUpOptions options;
  options.as_of_ms = -never;
  CHECK(where({}, options) == "/as_of_ms");
  options = {};
  options.policy.gates = {{"z.9"}};
  CHECK(where({}, options) == "/policy/gates/0/item_id");
  options = {};
  options.plan = plan();
  options.plan->stages[0].due[0].items = {"z.9"};
  CHECK(where({}, options) == "/plan/stages/0/due/0/items/0");
}

TEST_CASE("a deal of nothing is empty") {
  const Deal deal = rolled({});
  CHECK(deal.items.size() == 5);
  CHECK(deal.calls.empty());
  CHECK(deal.score->total_score == 0);
  CHECK(deal.basis == BandBasis::no_stage);
  CHECK(deal.last_at_ms == 0);
}

TEST_CASE("a deal goes on only later, and only with its checklist") {
  const Deal before = rolled({{call("one", 5, {})}});
  CHECK(roll_up(card(), before, {{call("two", 5, {})}}).error().where == "/calls/0/at_ms");
  CHECK(roll_up(card(), before, {{call("one", 6, {})}}).error().where == "/calls/0/session");
  CHECK(roll_up(card(), before, {{}, {{"a.1", "Rita", 5}}}).error().where ==
        "/confirmations/0/at_ms");
  CHECK(roll_up(Checklist::ten_point(), before, {}).error().where == "/checklist_fingerprint");
  Deal cut = before;
  cut.items.pop_back();
  CHECK_FALSE(roll_up(card(), cut, {}).has_value());
}

TEST_CASE("a report becomes a call of a deal, with the names of the speakers") {
  const Report report = analyze(talk("Rita: What does it cost you?\n"
                                     "Tom: We lose forty thousand dollars a month with it, and we "
                                     "cannot go on like that.\n"),
                                Checklist::ten_point())
                            .value();
  const DealCall made = deal_call("s1", 7, report);
  CHECK(made.speakers == std::vector<std::string>{"Rita", "Tom"});
  CHECK(made.responses.size() == report.responses.size());
}

}  // namespace saleschecklist::test
