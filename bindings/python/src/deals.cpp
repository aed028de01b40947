#include "functions.hpp"

namespace saleschecklist::python {
namespace {

Result<Deal> rolled_up(const Checklist &checklist, const std::optional<Deal> &before,
                       const DealHistory &history, const Policy &policy, const std::string &stage,
                       const std::optional<StagePlan> &plan, std::optional<std::int64_t> as_of_ms) {
  const RollUpOptions options{policy, stage, plan, as_of_ms};
  return before ? roll_up(checklist, *before, history, options)
                : roll_up(checklist, history, options);
}

}  // namespace

void define_deals(py::module_ &module) {
  define(module, "find_stage_plan",
         +[](const std::string &id) -> Result<StagePlan> {
           const auto found = find_stage_plan(id);
           if (!found) return found.error();
           return **found;
         },
         {"id"});
  define(
      module, "validate_stage_plan",
      +[](const StagePlan &plan, const Checklist &checklist) { return validate(plan, checklist); },
      {"plan", "checklist"});
  define(module, "percent", &percent, {"ratio"});
  define(module, "deal_call", &deal_call, {"session", "at_ms", "report"});
  define(module, "roll_up", &rolled_up,
         {"checklist", "before", "history", "policy", "stage", "plan", "as_of_ms"});
  define(module, "stage_plan_to_json", +[](const StagePlan &plan) { return to_json(plan); },
         {"plan"});
  define(module, "stage_plan_from_json", &stage_plan_from_json, {"json"});
  define(module, "deal_to_json", +[](const Deal &deal) { return to_json(deal); }, {"deal"});
  define(module, "deal_from_json", &deal_from_json, {"json"});
  define(module, "deal_history_to_json",
         +[](const DealHistory &history) { return to_json(history); }, {"history"});
  define(module, "deal_history_from_json", &deal_history_from_json, {"json"});
}

}  // namespace saleschecklist::python
