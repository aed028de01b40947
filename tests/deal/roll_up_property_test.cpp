// What holds for the roll-up of any history.
#include <saleschecklist/deal.hpp>
#include <saleschecklist/json.hpp>

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <algorithm>

namespace saleschecklist::test {
namespace {

const Checklist &card() { return Checklist::ten_point(); }

std::vector<std::string> item_ids() {
  std::vector<std::string> out;
  for (const Category &category : card().categories) {
    for (const Item &item : category.items) out.push_back(item.id);
  }
  return out;
}

std::string any_item() {
  static const auto ids = item_ids();
  return ids[*rc::gen::inRange<std::size_t>(0, ids.size())];
}

Evidence quote_of(int number) {
  Evidence out;
  out.utterance = static_cast<std::size_t>(number);
  out.quote = "words " + std::to_string(number);
  out.end = out.quote.size();
  return out;
}

Response any_response(const std::string &item) {
  Response out;
  out.item_id = item;
  out.answer = out.ai_answer =
      *rc::gen::element(Answer::unanswered, Answer::yes, Answer::no, Answer::not_applicable,
                        Answer::denied, Answer::ambiguous);
  out.confidence = *rc::gen::inRange(0, 11) / 10.0;
  if (*rc::gen::inRange(0, 3) != 0) {
    out.support = Support::verified;
    out.evidence.push_back(quote_of(*rc::gen::inRange(0, 9)));
  }
  if (out.answer == Answer::ambiguous) {
    out.contrary_evidence.push_back(quote_of(*rc::gen::inRange(0, 9)));
  }
  if (*rc::gen::inRange(0, 8) == 0) {
    out.answer = *rc::gen::element(Answer::yes, Answer::no, Answer::not_applicable);
    out.correction = Correction{"Rita", "I know", "2026-01-01T00:00:00Z"};
  }
  return out;
}

DealCall any_call(std::size_t number, std::int64_t at_ms) {
  DealCall out{"call-" + std::to_string(number), at_ms, {}, {"Tom", "Ann"}};
  for (const std::string &id : item_ids()) {
    if (*rc::gen::inRange(0, 3) == 0) out.responses.push_back(any_response(id));
  }
  return out;
}

// Calls and words of people within a few times, so that many are at the same one.
DealHistory any_history(std::int64_t from, std::int64_t before, std::size_t first_number) {
  DealHistory out;
  const auto any_time = [&] { return *rc::gen::inRange(from, before); };
  const auto calls = *rc::gen::inRange<std::size_t>(0, 6);
  for (std::size_t i = 0; i < calls; ++i) {
    out.calls.push_back(any_call(first_number + i, any_time()));
  }
  for (int i = *rc::gen::inRange(0, 4); i > 0; --i) {
    out.confirmations.push_back(
        {any_item(), *rc::gen::element<std::string>("Rita", "Max"), any_time(),
         *rc::gen::element(Answer::yes, Answer::no, Answer::denied, Answer::not_applicable)});
  }
  for (int i = *rc::gen::inRange(0, 3); i > 0; --i) {
    out.notes.push_back({any_item(), *rc::gen::element<std::string>("Rita", "Max"), any_time(),
                         *rc::gen::element<std::string>("call her", "who?")});
  }
  return out;
}

RollUpOptions any_options() {
  RollUpOptions out;
  const auto counts = [] {
    return *rc::gen::element(CountsAs::no, CountsAs::yes, CountsAs::left_out);
  };
  out.policy.ambiguous = counts();
  out.policy.stale = counts();
  if (*rc::gen::arbitrary<bool>()) out.policy.evidence_ttl_ms = *rc::gen::inRange(1, 6);
  StagePlan plan{"plan", "Plan", "", card().id, 1, {}};
  plan.stages.push_back({"early", "Early", {{{any_item()}, "", 0, "why"}}});
  plan.stages.push_back({"late", "Late", {{{}, card().categories[0].id, 1, "why"}}});
  out.plan = plan;
  out.stage = *rc::gen::element<std::string>("", "early", "late", "other");
  return out;
}

template <class T>
void shuffle(std::vector<T> &list) {
  for (std::size_t i = list.size(); i > 1; --i) {
    std::swap(list[i - 1], list[*rc::gen::inRange<std::size_t>(0, i)]);
  }
}

std::string json_of(const Deal &deal) { return to_json(deal); }

}  // namespace

TEST_CASE("the order in which a history is given does not matter") {
  CHECK(rc::check("permutation", [] {
    DealHistory history = any_history(0, 4, 0);
    const RollUpOptions options = any_options();
    const std::string before = json_of(roll_up(card(), history, options).value());
    shuffle(history.calls);
    shuffle(history.confirmations);
    shuffle(history.notes);
    for (DealCall &call : history.calls) shuffle(call.responses);
    RC_ASSERT(json_of(roll_up(card(), history, options).value()) == before);
  }));
}

TEST_CASE("the roll-up of a prefix that goes on equals that of the whole") {
  CHECK(rc::check("prefix", [] {
    const DealHistory first = any_history(1, 4, 0), rest = any_history(4, 8, 10);
    const RollUpOptions earlier = any_options(), options = any_options();
    DealHistory whole = first;
    whole.calls.insert(whole.calls.end(), rest.calls.begin(), rest.calls.end());
    whole.confirmations.insert(whole.confirmations.end(), rest.confirmations.begin(),
                               rest.confirmations.end());
    whole.notes.insert(whole.notes.end(), rest.notes.begin(), rest.notes.end());
    // Also by way of JSON, in which a host keeps the prefix.
    const Deal before = roll_up(card(), first, earlier).value();
    const Deal kept = deal_from_json(json_of(before)).value();
    const std::string expected = json_of(roll_up(card(), whole, options).value());
    RC_ASSERT(json_of(roll_up(card(), before, rest, options).value()) == expected);
    RC_ASSERT(json_of(roll_up(card(), kept, rest, options).value()) == expected);
  }));
}

TEST_CASE("a silent call changes no item and no figure") {
  CHECK(rc::check("silence", [] {
    DealHistory history = any_history(0, 4, 0);
    RollUpOptions options = any_options();
    options.as_of_ms = 9;  // words do not age by the call
    const Deal before = roll_up(card(), history, options).value();
    DealCall silent{"silent", *rc::gen::inRange(0, 6), {}};
    for (const std::string &id : item_ids()) {
      Response nothing;
      nothing.item_id = id;
      nothing.answer = *rc::gen::element(Answer::no, Answer::unanswered);
      silent.responses.push_back(nothing);
    }
    history.calls.push_back(silent);
    const Deal after = roll_up(card(), history, options).value();
    for (std::size_t i = 0; i < before.items.size(); ++i) {
      RC_ASSERT(after.items[i].state == before.items[i].state);
      RC_ASSERT(after.items[i].evidence.size() == before.items[i].evidence.size());
      RC_ASSERT(after.items[i].needs_review == before.items[i].needs_review);
      const Answer was = before.items[i].answer, is = after.items[i].answer;
      RC_ASSERT(is == was || (was == Answer::unanswered && is == Answer::no));
    }
    RC_ASSERT(after.score.has_value() == before.score.has_value());
    if (before.score) RC_ASSERT(after.score->percentage == before.score->percentage);
    RC_ASSERT(after.stage_progress.has_value() == before.stage_progress.has_value());
    if (before.stage_progress) {
      RC_ASSERT(after.stage_progress->num == before.stage_progress->num);
      RC_ASSERT(after.stage_progress->den == before.stage_progress->den);
    }
  }));
}

TEST_CASE("a deal and its history are the same after JSON") {
  CHECK(rc::check("json", [] {
    const DealHistory history = any_history(0, 4, 0);
    const DealHistory kept = deal_history_from_json(to_json(history)).value();
    RC_ASSERT(to_json(kept) == to_json(history));
    const Deal deal = roll_up(card(), kept, any_options()).value();
    RC_ASSERT(json_of(deal_from_json(json_of(deal)).value()) == json_of(deal));
  }));
}

}  // namespace saleschecklist::test
