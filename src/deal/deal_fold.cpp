#include "deal/deal_fold.hpp"

#include "base/errors.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <tuple>
#include <utility>

namespace saleschecklist::deal {
namespace {

bool is_proved(const Response &response) {
  return response.support == Support::verified || response.support == Support::repaired;
}

// Quotes of a call that are not among the others yet.
void append(std::vector<DealEvidence> &to, const DealCall &call,
            const std::vector<Evidence> &quotes) {
  for (const Evidence &e : quotes) {
    DealEvidence out{call.session, call.at_ms, e.utterance, e.begin, e.end, e.quote};
    if (e.utterance < call.speakers.size()) out.speaker = call.speakers[e.utterance];
    out.begin_ms = e.begin_ms;
    to.push_back(std::move(out));
  }
}

bool is_known(const DealItem &item) { return item.answer == Answer::yes; }

// Whether a person said so, and nothing that a call says may change it.
bool is_decided(const DealItem &item) { return item.decision.has_value(); }

void set_answer(DealItem &item, Answer answer, std::int64_t at_ms) {
  if (item.answer != answer) item.since_ms = at_ms;
  item.answer = answer;
}

void hear(DealItem &item, const DealCall &call, const Response &response) {
  append(item.evidence, call, response.evidence);
  if (!item.first_heard_ms) item.first_heard_ms = call.at_ms;
  if (is_decided(item) && !is_known(item)) {
    item.needs_review = true;
    return;
  }
  set_answer(item, Answer::yes, call.at_ms);
  if (!is_decided(item)) {
    item.state = ItemState::heard;
    item.confidence = response.confidence;
    item.needs_review = false;
  }
  item.last_confirmed_ms = call.at_ms;
  if (!item.needs_review) item.contradicted_by.clear();
}

void deny(DealItem &item, const DealCall &call, const Response &response) {
  append(item.contradicted_by, call, response.evidence);
  if (is_decided(item)) {
    item.needs_review = item.needs_review || is_known(item);
    return;
  }
  const bool contradicts = item.first_heard_ms.has_value();
  set_answer(item, Answer::denied, call.at_ms);
  item.state = contradicts ? ItemState::contradicted : ItemState::empty;
  item.confidence = response.confidence;
  item.needs_review = contradicts;
}

void hear_both(DealItem &item, const DealCall &call, const Response &response) {
  append(item.evidence, call, response.evidence);
  append(item.contradicted_by, call, response.contrary_evidence);
  if (!item.first_heard_ms) item.first_heard_ms = call.at_ms;
  item.needs_review = true;
  if (is_decided(item)) return;
  set_answer(item, Answer::ambiguous, call.at_ms);
  item.state = ItemState::contradicted;
  item.confidence = response.confidence;
}

void rule_out(DealItem &item, const DealCall &call, const Response &response) {
  if (is_decided(item)) {
    item.needs_review = item.needs_review || item.answer != Answer::not_applicable;
    return;
  }
  item.needs_review = is_known(item) || item.state == ItemState::contradicted;
  append(item.contradicted_by, call, response.evidence);
  set_answer(item, Answer::not_applicable, call.at_ms);
  item.state = ItemState::not_applicable;
  item.confidence = response.confidence;
}

void decide(DealItem &item, const Confirmation &decision) {
  set_answer(item, decision.answer, decision.at_ms);
  item.decision = decision;
  item.confidence.reset();
  item.needs_review = false;
  switch (decision.answer) {
    case Answer::yes:
      item.state = ItemState::validated;
      item.last_confirmed_ms = decision.at_ms;
      if (!item.first_heard_ms) item.first_heard_ms = decision.at_ms;
      item.contradicted_by.clear();
      break;
    case Answer::not_applicable:
      item.state = ItemState::not_applicable;
      break;
    case Answer::denied:
      item.state = item.first_heard_ms ? ItemState::contradicted : ItemState::empty;
      break;
    default:
      item.state = ItemState::empty;
      break;
  }
}

void add(DealItem &item, const DealCall &call, const Response &response) {
  if (response.correction) {
    // The quotes are those of the assessor's answer, which a person replaced.
    if (response.answer == Answer::yes && response.ai_answer == Answer::yes) {
      append(item.evidence, call, response.evidence);
    }
    const Correction &correction = *response.correction;
    return decide(item,
                  {item.item_id, correction.by, call.at_ms, response.answer, correction.reason});
  }
  if (is_proved(response)) {
    switch (response.answer) {
      case Answer::yes:
        return hear(item, call, response);
      case Answer::denied:
        return deny(item, call, response);
      case Answer::ambiguous:
        return hear_both(item, call, response);
      case Answer::not_applicable:
        return rule_out(item, call, response);
      default:
        break;
    }
  }
  if (item.answer == Answer::unanswered && response.answer != Answer::unanswered) {
    item.answer = Answer::no;
  }
}

auto order_of(const ItemNote &note) {
  return std::tuple(note.at_ms, std::string_view(note.by), std::string_view(note.text));
}

// Sorts pointers to events by their time, and equal times by what else they say, so that the order
// in which they are given does not matter.
template <class Event, class Key>
std::vector<const Event *> in_order(const std::vector<Event> &events, Key key) {
  std::vector<const Event *> out;
  out.reserve(events.size());
  for (const Event &event : events) out.push_back(&event);
  std::sort(out.begin(), out.end(),
            [&](const Event *a, const Event *b) { return key(*a) < key(*b); });
  return out;
}

}  // namespace

DealFold::DealFold(Deal &deal) : deal_(deal) {
  for (std::size_t i = 0; i < deal.items.size(); ++i) {
    DealItem &item = deal.items[i];
    positions_[item.item_id] = i;
    if (item.state != ItemState::stale) continue;
    item.state = is_decided(item) ? ItemState::validated : ItemState::heard;
  }
}

DealItem *DealFold::find(std::string_view id) {
  const auto found = positions_.find(id);
  return found == positions_.end() ? nullptr : &deal_.items[found->second];
}

Result<void> DealFold::check(const DealHistory &more) const {
  std::set<std::string_view> sessions;
  for (const CallGain &call : deal_.calls) sessions.insert(call.session);
  const bool goes_on = !deal_.calls.empty() || deal_.last_at_ms != 0;
  const auto fault = [](std::string message, const char *list, std::size_t i, const char *field) {
    return errors::invalid_argument(std::move(message), fmt::format("/{}/{}/{}", list, i, field));
  };
  const auto is_late = [&](std::int64_t at_ms) { return !goes_on || at_ms > deal_.last_at_ms; };
  constexpr const char *no_time = "expected a time from 0 to 100,000,000,000,000 ms";
  for (std::size_t i = 0; i < more.calls.size(); ++i) {
    const DealCall &call = more.calls[i];
    if (!sessions.insert(call.session).second) {
      return fault(fmt::format("the session '{}' is there twice", call.session), "calls", i,
                   "session");
    }
    if (!is_time(call.at_ms)) return fault(no_time, "calls", i, "at_ms");
    if (!is_late(call.at_ms)) {
      return fault("expected a later time than that of the deal so far", "calls", i, "at_ms");
    }
    std::set<std::string_view> answered;
    for (const Response &response : call.responses) {
      if (!answered.insert(response.item_id).second) {
        return fault(fmt::format("the item '{}' is answered more than once", response.item_id),
                     "calls", i, "responses");
      }
    }
  }
  for (std::size_t i = 0; i < more.confirmations.size(); ++i) {
    const Confirmation &c = more.confirmations[i];
    if (positions_.count(c.item_id) == 0) {
      return fault(fmt::format("the checklist has no item '{}'", c.item_id), "confirmations", i,
                   "item_id");
    }
    if (!is_time(c.at_ms)) return fault(no_time, "confirmations", i, "at_ms");
    if (!is_late(c.at_ms)) {
      return fault("expected a later time than that of the deal so far", "confirmations", i,
                   "at_ms");
    }
    if (c.answer == Answer::unanswered || c.answer == Answer::ambiguous) {
      return fault("expected yes, no, denied or not_applicable", "confirmations", i, "answer");
    }
  }
  for (std::size_t i = 0; i < more.notes.size(); ++i) {
    if (positions_.count(more.notes[i].item_id) == 0) {
      return fault(fmt::format("the checklist has no item '{}'", more.notes[i].item_id), "notes", i,
                   "item_id");
    }
    if (!is_time(more.notes[i].at_ms)) return fault(no_time, "notes", i, "at_ms");
  }
  return {};
}

void DealFold::add(const DealCall &call) {
  std::vector<bool> known(deal_.items.size());
  std::int64_t open = 0;
  for (std::size_t i = 0; i < known.size(); ++i) {
    known[i] = deal_.items[i].first_heard_ms.has_value();
    if (!known[i]) ++open;
  }
  for (const Response &response : call.responses) {
    if (DealItem *item = find(response.item_id)) {
      deal::add(*item, call, response);
    } else if (std::find(deal_.unknown_items.begin(), deal_.unknown_items.end(),
                         response.item_id) == deal_.unknown_items.end()) {
      deal_.unknown_items.push_back(response.item_id);
    }
  }
  CallGain gain{call.session, call.at_ms, {0, open}, {}};
  for (std::size_t i = 0; i < known.size(); ++i) {
    if (!known[i] && deal_.items[i].first_heard_ms) gain.items.push_back(deal_.items[i].item_id);
  }
  gain.gain.num = static_cast<std::int64_t>(gain.items.size());
  deal_.calls.push_back(std::move(gain));
}

void DealFold::add(const Confirmation &confirmation) {
  decide(*find(confirmation.item_id), confirmation);
}

void DealFold::add(const ItemNote &note) {
  std::optional<ItemNote> &known = find(note.item_id)->note;
  if (!known || order_of(*known) <= order_of(note)) known = note;
}

Result<void> DealFold::add(const DealHistory &more) {
  if (auto sound = check(more); !sound) return sound;
  const auto calls = in_order(more.calls, [](const DealCall &c) {
    return std::pair(c.at_ms, std::string_view(c.session));
  });
  const auto decisions = in_order(more.confirmations, [](const Confirmation &c) {
    return std::tuple(c.at_ms, std::string_view(c.item_id), std::string_view(c.by), c.answer,
                      std::string_view(c.reason));
  });
  // A person who speaks at the time of a call knows the call.
  auto decision = decisions.begin();
  for (const DealCall *call : calls) {
    for (; decision != decisions.end() && (*decision)->at_ms < call->at_ms; ++decision) {
      add(**decision);
    }
    add(*call);
  }
  for (; decision != decisions.end(); ++decision) add(**decision);
  for (const ItemNote &note : more.notes) add(note);
  if (!calls.empty()) deal_.last_at_ms = std::max(deal_.last_at_ms, calls.back()->at_ms);
  if (!decisions.empty()) deal_.last_at_ms = std::max(deal_.last_at_ms, decisions.back()->at_ms);
  return {};
}

}  // namespace saleschecklist::deal
