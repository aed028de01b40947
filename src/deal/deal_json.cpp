// Deals to and from JSON.
#include <saleschecklist/json.hpp>

#include "base/errors.hpp"
#include "base/guard.hpp"
#include "json/nouns.hpp"

namespace saleschecklist {

std::string to_json(const Deal &deal) { return json::pretty_json(json::written(deal)); }
std::string to_json(const DealHistory &history) {
  return json::pretty_json(json::written(history));
}

Result<Deal> deal_from_json(std::string_view text) {
  return json::read_text<Deal>(text, "deal.schema.json");
}

Result<DealHistory> deal_history_from_json(std::string_view text) {
  return json::read_text<DealHistory>(text, "deal-history.schema.json");
}

Result<RollUpOptions> roll_up_options_from_json(std::string_view text) {
  return base::guard([&]() -> Result<RollUpOptions> {
    auto document = json::checked_document(text, "roll-up-options.schema.json");
    if (!document) return document.error();
    const auto plan = document->find("plan");
    std::optional<StagePlan> built_in;
    if (plan != document->end() && plan->is_string()) {
      const auto found = find_stage_plan(plan->get<std::string>());
      if (!found) return errors::invalid_input(found.error().message, "/plan");
      built_in = **found;
      document->erase(plan);
    }
    auto out = json::read<RollUpOptions>(*document);
    if (built_in) out.plan = std::move(built_in);
    if (auto fault = json::policy_fault(out.policy, "/policy")) return *std::move(fault);
    return out;
  });
}

}  // namespace saleschecklist
