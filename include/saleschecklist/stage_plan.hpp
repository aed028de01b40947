// Stage plans: what should be known about a deal by the end of each of its stages.
#ifndef SALESCHECKLIST_STAGE_PLAN_HPP
#define SALESCHECKLIST_STAGE_PLAN_HPP

#include <saleschecklist/checklist.hpp>
#include <saleschecklist/result.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace saleschecklist {

// One line of a plan. Either all of `items` are due, or `at_least` items of `category`, whichever
// they are: those that are due by name count, too.
struct PlanLine {
  std::vector<std::string> items{};
  std::string category{};
  std::size_t at_least = 0;
  std::string reason{};  // for people: why it is due by the end of this stage
};

// What is due at a stage stays due at all later ones.
struct PlanStage {
  std::string id;
  std::string name;
  std::vector<PlanLine> due{};
};

struct StagePlan {
  std::string id;
  std::string name;
  std::string description{};
  std::string checklist_id;
  int revision = 1;
  std::vector<PlanStage> stages;  // in the order of a deal
  // Stages of deals that are over, and of deals that rest: nothing is due there.
  std::vector<std::string> closed{};
  std::vector<std::string> paused{};

  // The built-in plans for the built-in checklist of 92 items. The references stay valid and never
  // change. Thread-safe.
  SALESCHECKLIST_API static const StagePlan &complex_sale();  // several deciders, months
  SALESCHECKLIST_API static const StagePlan &short_sale();    // one or two deciders, few calls
};

// Returns the built-in plan with that id, which is never freed. Fails with not_found; the message
// lists the built-in plans.
SALESCHECKLIST_API Result<const StagePlan *> find_stage_plan(std::string_view id);

// Checks that
// - the plan has an id, a name, and at least one stage, and names that checklist;
// - each stage has an id, unique among all stages, and a name;
// - each line has either items or a category, both of the checklist, and a reason;
// - no item is named twice; and
// - at_least is at least 1, at most the number of items of the category, and more than at the
//   stages before.
// Returns all violations, each with its JSON pointer in `where`; empty if the plan is valid.
SALESCHECKLIST_API std::vector<Error> validate(const StagePlan &plan, const Checklist &checklist);

}  // namespace saleschecklist

#endif
