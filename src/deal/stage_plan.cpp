// Stage plans: the built-in ones, validation, and JSON.
#include <saleschecklist/json.hpp>
#include <saleschecklist/stage_plan.hpp>

#include "base/errors.hpp"
#include "base/guard.hpp"
#include "json/embedded.hpp"
#include "json/nouns.hpp"
#include "json/parse.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

namespace saleschecklist {
namespace {

class FaultFinder {
 public:
  FaultFinder(const StagePlan &plan, const Checklist &checklist)
      : plan_(plan), checklist_(checklist) {
    for (const Category &category : checklist.categories) {
      sizes_[category.id] = category.items.size();
      for (const Item &item : category.items) items_.insert(item.id);
    }
  }

  std::vector<Error> run() {
    require(!plan_.id.empty(), "expected an id", "/id");
    require(!plan_.name.empty(), "expected a name", "/name");
    require(plan_.checklist_id == checklist_.id,
            fmt::format("the plan is for the checklist '{}', not for '{}'", plan_.checklist_id,
                        checklist_.id),
            "/checklist");
    require(!plan_.stages.empty(), "expected at least one stage", "/stages");
    for (std::size_t s = 0; s < plan_.stages.size(); ++s) {
      check(plan_.stages[s], fmt::format("/stages/{}", s));
    }
    check_ids(plan_.closed, "/closed");
    check_ids(plan_.paused, "/paused");
    return std::move(faults_);
  }

 private:
  void require(bool sound, std::string message, std::string where) {
    if (!sound) faults_.push_back(errors::invalid_input(std::move(message), std::move(where)));
  }

  void check_id(const std::string &id, const std::string &where) {
    require(!id.empty(), "expected an id", where);
    require(stages_.insert(id).second, fmt::format("the stage '{}' is there twice", id), where);
  }

  void check_ids(const std::vector<std::string> &ids, const std::string &where) {
    for (std::size_t i = 0; i < ids.size(); ++i) check_id(ids[i], fmt::format("{}/{}", where, i));
  }

  void check(const PlanStage &stage, const std::string &where) {
    check_id(stage.id, where + "/id");
    require(!stage.name.empty(), "expected a name", where + "/name");
    for (std::size_t l = 0; l < stage.due.size(); ++l) {
      check(stage.due[l], fmt::format("{}/due/{}", where, l));
    }
  }

  void check(const PlanLine &line, const std::string &where) {
    require(line.items.empty() != line.category.empty(), "expected either items or a category",
            where);
    require(!line.reason.empty(), "expected a reason", where + "/reason");
    for (std::size_t i = 0; i < line.items.size(); ++i) {
      const std::string &id = line.items[i];
      const std::string here = fmt::format("{}/items/{}", where, i);
      require(items_.count(id) != 0, fmt::format("the checklist has no item '{}'", id), here);
      require(named_.insert(id).second, fmt::format("the item '{}' is due already", id), here);
    }
    if (!line.category.empty()) check_category(line, where);
  }

  void check_category(const PlanLine &line, const std::string &where) {
    const auto size = sizes_.find(line.category);
    require(size != sizes_.end(), fmt::format("the checklist has no category '{}'", line.category),
            where + "/category");
    if (size == sizes_.end()) return;
    std::size_t &before = at_least_[line.category];
    require(line.at_least > before && line.at_least <= size->second,
            fmt::format("expected {} to {}: more than before, and at most the items of the "
                        "category, got {}",
                        before + 1, size->second, line.at_least),
            where + "/at_least");
    before = std::max(before, line.at_least);
  }

  const StagePlan &plan_;
  const Checklist &checklist_;
  std::map<std::string_view, std::size_t> sizes_, at_least_;  // by category
  std::set<std::string_view> items_, named_;
  std::set<std::string_view> stages_;
  std::vector<Error> faults_;
};

StagePlan load_embedded(const char *file) {
  return json::read<StagePlan>(json::parse_json(json::embedded_text(file)).value());
}

}  // namespace

std::vector<Error> validate(const StagePlan &plan, const Checklist &checklist) {
  return FaultFinder(plan, checklist).run();
}

const StagePlan &StagePlan::complex_sale() {
  static const StagePlan plan = load_embedded("plans/complex-sale.json");
  return plan;
}

const StagePlan &StagePlan::short_sale() {
  static const StagePlan plan = load_embedded("plans/short-sale.json");
  return plan;
}

Result<const StagePlan *> find_stage_plan(std::string_view id) {
  return base::guard([&]() -> Result<const StagePlan *> {
    for (const StagePlan *plan : {&StagePlan::complex_sale(), &StagePlan::short_sale()}) {
      if (plan->id == id) return plan;
    }
    return errors::not_found(
        fmt::format("there is no built-in plan '{}'; expected complex-sale or short-sale", id));
  });
}

std::string to_json(const StagePlan &plan) { return json::pretty_json(json::written(plan)); }

Result<StagePlan> stage_plan_from_json(std::string_view text) {
  return json::read_text<StagePlan>(text, "stage-plan.schema.json");
}

}  // namespace saleschecklist
