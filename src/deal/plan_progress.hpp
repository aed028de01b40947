// What is due at a stage, and how much of it is known.
#ifndef SALESCHECKLIST_DEAL_PLAN_PROGRESS_HPP
#define SALESCHECKLIST_DEAL_PLAN_PROGRESS_HPP

#include <saleschecklist/deal.hpp>

#include <map>
#include <string>

namespace saleschecklist::deal {

enum class Knowledge { unknown, known, left_out };
using KnownItems = std::map<std::string, Knowledge, std::less<>>;  // by item id

struct PlanProgress {
  Ratio progress;
  std::vector<DueLine> due;
};

// Precondition: the plan has no faults, and it has the stage.
PlanProgress plan_progress(const Checklist &checklist, const StagePlan &plan,
                           const std::string &stage, const KnownItems &items);

// The position of a stage in the plan; std::nullopt if it has none of that id.
std::optional<std::size_t> stage_index(const StagePlan &plan, const std::string &stage);

}  // namespace saleschecklist::deal

#endif
