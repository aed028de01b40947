// Stage plans: the built-in ones, and every fault that validate() names.
#include <saleschecklist/json.hpp>
#include <saleschecklist/stage_plan.hpp>

#include "support/support.hpp"

#include <doctest/doctest.h>

#include <filesystem>

namespace saleschecklist::test {
namespace {

StagePlan sound() {
  StagePlan out{"plan", "Plan", "", "ten-point", 1, {}, {"won"}, {"on_hold"}};
  out.stages.push_back({"early", "Early", {{{"trigger.01"}, "", 0, "why"}}});
  out.stages.push_back({"late", "Late", {{{}, "trigger", 1, "why"}}});
  return out;
}

std::vector<std::string> places(const StagePlan &plan) {
  std::vector<std::string> out;
  for (const Error &fault : validate(plan, Checklist::ten_point())) out.push_back(fault.where);
  return out;
}

}  // namespace

TEST_CASE("the built-in plans are valid, found by id, and say why each line is due") {
  for (const StagePlan *plan : {&StagePlan::complex_sale(), &StagePlan::short_sale()}) {
    CAPTURE(plan->id);
    CHECK(validate(*plan, Checklist::standard()).empty());
    CHECK(find_stage_plan(plan->id).value() == plan);
    CHECK(plan->stages.size() == 4);
    const StagePlan again = stage_plan_from_json(to_json(*plan)).value();
    CHECK(to_json(again) == to_json(*plan));
  }
  CHECK(find_stage_plan("other").error().code == ErrorCode::not_found);
  CHECK(find_stage_plan("other").error().message.find("complex-sale") != std::string::npos);
}

TEST_CASE("each fault of a plan is named with its place") {
  using Places = std::vector<std::string>;
  CHECK(places(sound()).empty());
  StagePlan plan = sound();
  plan.id.clear();
  plan.name.clear();
  plan.checklist_id = "other";
  CHECK(places(plan) == Places{"/id", "/name", "/checklist"});
  plan = sound();
  plan.stages.clear();
  CHECK(places(plan) == Places{"/stages"});
  plan = sound();
  plan.stages[1].id = "early";
  plan.stages[1].name.clear();
  plan.closed.push_back("early");
  plan.paused[0].clear();
  CHECK(places(plan) == Places{"/stages/1/id", "/stages/1/name", "/closed/1", "/paused/0"});
  plan = sound();
  plan.stages[0].due[0].category = "trigger";
  plan.stages[1].due[0].category.clear();
  CHECK(places(plan) == Places{"/stages/0/due/0", "/stages/0/due/0/at_least", "/stages/1/due/0"});
  plan = sound();
  plan.stages[0].due[0].items = {"trigger.01", "trigger.01", "no.1"};
  plan.stages[0].due[0].reason.clear();
  CHECK(places(plan) ==
        Places{"/stages/0/due/0/reason", "/stages/0/due/0/items/1", "/stages/0/due/0/items/2"});
  plan = sound();
  plan.stages[1].due[0].category = "no";
  CHECK(places(plan) == Places{"/stages/1/due/0/category"});
  for (const std::size_t wrong : {std::size_t{0}, std::size_t{1000}}) {
    plan = sound();
    plan.stages[1].due[0].at_least = wrong;
    CHECK(places(plan) == Places{"/stages/1/due/0/at_least"});
  }
  plan = sound();
  plan.stages[1].due.push_back(plan.stages[1].due[0]);  // no more than before
  CHECK(places(plan) == Places{"/stages/1/due/1/at_least"});
}

TEST_CASE("options name a built-in plan or hold one of their own") {
  CHECK(roll_up_options_from_json(R"({"plan": "short-sale"})").value().plan->id == "short-sale");
  const auto unknown = roll_up_options_from_json(R"({"plan": "other"})");
  CHECK(unknown.error().code == ErrorCode::invalid_input);
  CHECK(unknown.error().where == "/plan");
  const std::string own = R"({"stage": "early", "plan": )" + to_json(sound()) + "}";
  CHECK(roll_up_options_from_json(own).value().plan->stages.size() == 2);
  CHECK_FALSE(roll_up_options_from_json("{}").value().plan.has_value());
  CHECK_FALSE(roll_up_options_from_json(R"({"plan": null})").value().plan.has_value());
  CHECK(roll_up_options_from_json(R"({"plan": 7})").error().code == ErrorCode::invalid_input);
}

// The strong samples are those whose careful readers found at least 35 items proved.
TEST_CASE("a strong first call is not behind at the first stage, by its readers' labels") {
  std::size_t strong = 0;
  for (const auto &entry : std::filesystem::directory_iterator(source_dir() / "examples/calls")) {
    const std::string file = entry.path().filename().string();
    if (file.find(".labels.json") == std::string::npos) continue;
    CAPTURE(file);
    const std::string text = read_file(entry.path());
    DealHistory history;
    for (const Category &category : Checklist::standard().categories) {
      for (const Item &item : category.items) {
        const auto answer = text_at(text, "/labels/" + item.id + "/answer");
        if (answer && *answer == "yes") history.confirmations.push_back({item.id, "reader", 1});
      }
    }
    if (history.confirmations.size() < 35) continue;
    ++strong;
    for (const StagePlan *plan : {&StagePlan::complex_sale(), &StagePlan::short_sale()}) {
      for (const char *stage : {"prospect", "qualified"}) {
        RollUpOptions options;
        options.plan = *plan;
        options.stage = stage;
        const Deal deal = roll_up(Checklist::standard(), history, options).value();
        CAPTURE(plan->id);
        CAPTURE(stage);
        CHECK(percent(*deal.stage_progress).value() >= options.policy.yellow.threshold);
      }
    }
  }
  CHECK(strong >= 15);
}

}  // namespace saleschecklist::test
