// roll_up(): the calls and the people's words, then what is due, the score and the band.
#include <saleschecklist/deal.hpp>

#include "base/errors.hpp"
#include "base/guard.hpp"
#include "deal/deal_fold.hpp"
#include "deal/plan_progress.hpp"
#include "json/schema.hpp"
#include "score/score_units.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace saleschecklist {
namespace deal {
namespace {

Answer answer_as(CountsAs counts) {
  return counts == CountsAs::yes        ? Answer::yes
         : counts == CountsAs::left_out ? Answer::not_applicable
                                        : Answer::no;
}

// How the item is scored.
Answer scored_answer(const DealItem &item, const Policy &policy) {
  return item.state == ItemState::stale ? answer_as(policy.stale) : item.answer;
}

Knowledge knowledge_of(const DealItem &item, const Policy &policy) {
  Answer answer = scored_answer(item, policy);
  if (answer == Answer::ambiguous) answer = answer_as(policy.ambiguous);
  return answer == Answer::yes              ? Knowledge::known
         : answer == Answer::not_applicable ? Knowledge::left_out
                                            : Knowledge::unknown;
}

class RollUp {
 public:
  RollUp(const Checklist &checklist, const RollUpOptions &options, Deal deal)
      : checklist_(checklist), options_(options), deal_(std::move(deal)) {}

  Result<Deal> run(const DealHistory &history) {
    DealFold fold(deal_);
    if (auto added = fold.add(history); !added) return added.error();
    deal_.stage = options_.stage;
    deal_.plan_id = options_.plan ? options_.plan->id : std::string();
    age();
    deal_.items_to_review = static_cast<std::size_t>(
        std::count_if(deal_.items.begin(), deal_.items.end(),
                      [](const DealItem &item) { return item.needs_review; }));
    compare_with_plan();
    if (auto scored = add_score(); !scored) return scored.error();
    choose_band();
    return std::move(deal_);
  }

 private:
  void age() {
    if (!options_.policy.evidence_ttl_ms) return;
    const std::int64_t now = options_.as_of_ms.value_or(deal_.last_at_ms);
    for (DealItem &item : deal_.items) {
      const bool holds = item.state == ItemState::heard || item.state == ItemState::validated;
      if (holds && now - item.last_confirmed_ms.value_or(now) > *options_.policy.evidence_ttl_ms) {
        item.state = ItemState::stale;
      }
    }
  }

  void compare_with_plan() {
    deal_.stage_progress.reset();
    deal_.due.clear();
    if (options_.stage.empty() || !options_.plan) {
      deal_.basis = deal_.calls.size() == 1 ? BandBasis::first_call : BandBasis::no_stage;
      return;
    }
    const StagePlan &plan = *options_.plan;
    if (!stage_index(plan, options_.stage)) {
      const auto names = [&](const std::vector<std::string> &ids) {
        return std::find(ids.begin(), ids.end(), options_.stage) != ids.end();
      };
      deal_.basis = names(plan.closed) || names(plan.paused) ? BandBasis::inactive_stage
                                                             : BandBasis::unknown_stage;
      return;
    }
    KnownItems known;
    for (const DealItem &item : deal_.items) {
      known[item.item_id] = knowledge_of(item, options_.policy);
    }
    PlanProgress found = plan_progress(checklist_, plan, options_.stage, known);
    deal_.due = std::move(found.due);
    if (found.progress.den == 0) {
      deal_.basis = BandBasis::inactive_stage;
      return;
    }
    deal_.basis = BandBasis::stage_progress;
    deal_.stage_progress = found.progress;
  }

  // Whether a gate of the policy holds at the stage of the deal.
  bool holds(const Gate &gate) const {
    if (gate.from_stage.empty()) return true;
    if (!options_.plan) return gate.from_stage == options_.stage;
    const auto from = stage_index(*options_.plan, gate.from_stage);
    const auto now = stage_index(*options_.plan, options_.stage);
    return from && now && *from <= *now;
  }

  // The gates that hold at the stage of the deal; of an item, the strictest one.
  std::vector<Gate> gates() const {
    std::vector<Gate> out;
    for (const Gate &gate : options_.policy.gates) {
      if (!holds(gate)) continue;
      const auto same = std::find_if(
          out.begin(), out.end(), [&](const Gate &known) { return known.item_id == gate.item_id; });
      if (same == out.end())
        out.push_back(gate);
      else if (gate.at_most < same->at_most)
        *same = gate;
    }
    for (Gate &gate : out) gate.from_stage.clear();
    return out;
  }

  Result<void> add_score() {
    std::vector<Response> responses;
    bool applicable = false;
    for (const DealItem &item : deal_.items) {
      Response response;
      response.item_id = item.item_id;
      response.answer = response.ai_answer = scored_answer(item, options_.policy);
      response.confidence = item.confidence.value_or(1.0);
      applicable = applicable || knowledge_of(item, options_.policy) != Knowledge::left_out;
      responses.push_back(std::move(response));
    }
    deal_.score.reset();
    if (!applicable) return {};
    Policy policy = options_.policy;
    policy.gates = gates();
    auto scored = score(checklist_, responses, policy);
    if (!scored) return scored.error();
    scored->policy = options_.policy;
    deal_.score = *std::move(scored);
    return {};
  }

  void choose_band() {
    deal_.band.reset();
    if (!deal_.score) return;
    deal_.band = deal_.score->risk_band;
    if (!deal_.stage_progress) return;
    const Ratio &progress = *deal_.stage_progress;
    deal_.band = scoring::BandEdges(options_.policy)
                     .band(static_cast<std::uint64_t>(progress.num),
                           static_cast<std::uint64_t>(progress.den));
    for (const ClosedGate &gate : deal_.score->closed_gates) {
      deal_.band = std::min(*deal_.band, gate.at_most);
    }
  }

  const Checklist &checklist_;
  const RollUpOptions &options_;
  Deal deal_;
};

// Why nothing can be rolled up with these; std::nullopt if they are sound.
std::optional<Error> unsound(const Checklist &checklist, const RollUpOptions &options) {
  if (auto error = scoring::unscorable(checklist, options.policy)) return error;
  if (options.as_of_ms && !is_time(*options.as_of_ms)) {
    return errors::invalid_argument("expected a time from 0 to 100,000,000,000,000 ms",
                                    "/as_of_ms");
  }
  if (!options.plan) return std::nullopt;
  auto faults = validate(*options.plan, checklist);
  if (faults.empty()) return std::nullopt;
  for (Error &fault : faults) fault.where = "/plan" + fault.where;
  Error error = json::join_faults(faults);
  error.code = ErrorCode::invalid_argument;
  return error;
}

bool has_items_of(const Deal &deal, const Checklist &checklist) {
  auto item = deal.items.begin();
  for (const Category &category : checklist.categories) {
    for (const Item &expected : category.items) {
      if (item == deal.items.end() || item++->item_id != expected.id) return false;
    }
  }
  return item == deal.items.end();
}

}  // namespace
}  // namespace deal

Result<Deal> roll_up(const Checklist &checklist, const Deal &before, const DealHistory &more,
                     const RollUpOptions &options) {
  return base::guard([&]() -> Result<Deal> {
    if (auto error = deal::unsound(checklist, options)) return *std::move(error);
    if (before.checklist_fingerprint != fingerprint(checklist) ||
        !deal::has_items_of(before, checklist)) {
      return errors::invalid_argument("the deal was rolled up with another checklist",
                                      "/checklist_fingerprint");
    }
    return deal::RollUp(checklist, options, before).run(more);
  });
}

Result<Deal> roll_up(const Checklist &checklist, const DealHistory &history,
                     const RollUpOptions &options) {
  return base::guard([&]() -> Result<Deal> {
    if (auto error = deal::unsound(checklist, options)) return *std::move(error);
    Deal empty;
    empty.checklist_fingerprint = fingerprint(checklist);
    for (const Category &category : checklist.categories) {
      for (const Item &item : category.items) empty.items.emplace_back().item_id = item.id;
    }
    return deal::RollUp(checklist, options, std::move(empty)).run(history);
  });
}

DealCall deal_call(const std::string &session, std::int64_t at_ms, const Report &report) {
  DealCall out{session, at_ms, report.responses, {}};
  for (const Utterance &u : report.transcript.utterances) out.speakers.push_back(u.speaker);
  return out;
}

std::optional<double> percent(const Ratio &ratio) {
  if (ratio.den == 0) return std::nullopt;
  return static_cast<double>(1000 * ratio.num / ratio.den) / 10.0;
}

const char *name(ItemState state) noexcept {
  switch (state) {
    case ItemState::heard:
      return "heard";
    case ItemState::validated:
      return "validated";
    case ItemState::contradicted:
      return "contradicted";
    case ItemState::stale:
      return "stale";
    case ItemState::not_applicable:
      return "not_applicable";
    case ItemState::empty:
      break;
  }
  return "empty";
}

const char *name(BandBasis basis) noexcept {
  switch (basis) {
    case BandBasis::stage_progress:
      return "stage_progress";
    case BandBasis::first_call:
      return "first_call";
    case BandBasis::unknown_stage:
      return "unknown_stage";
    case BandBasis::inactive_stage:
      return "inactive_stage";
    case BandBasis::no_stage:
      break;
  }
  return "no_stage";
}

}  // namespace saleschecklist
