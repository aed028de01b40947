#include "deal/plan_progress.hpp"

#include <algorithm>
#include <set>
#include <string_view>

namespace saleschecklist::deal {
namespace {

// What is due of one category, cumulated over the stages.
struct CategoryDue {
  std::set<std::string_view> named;  // items
  std::size_t at_least = 0;
};

std::map<std::string_view, std::string_view> categories_of(const Checklist &checklist) {
  std::map<std::string_view, std::string_view> out;
  for (const Category &category : checklist.categories) {
    for (const Item &item : category.items) out[item.id] = category.id;
  }
  return out;
}

Knowledge knowledge_of(const KnownItems &items, std::string_view id) {
  const auto found = items.find(id);
  return found == items.end() ? Knowledge::unknown : found->second;
}

// The greater of what is due by name and of at_least; other items of the category can fill only the
// places that at_least leaves open.
Ratio progress_in(const Category &category, const CategoryDue &due, const KnownItems &items) {
  std::size_t named = 0, named_known = 0, others = 0, others_known = 0;
  for (const Item &item : category.items) {
    const Knowledge knowledge = knowledge_of(items, item.id);
    if (knowledge == Knowledge::left_out) continue;
    const bool is_named = due.named.count(item.id) != 0;
    (is_named ? named : others) += 1;
    if (knowledge == Knowledge::known) (is_named ? named_known : others_known) += 1;
  }
  const std::size_t wanted = std::max(named, std::min(due.at_least, named + others));
  const std::size_t known = named_known + std::min(others_known, wanted - named);
  return {static_cast<std::int64_t>(known), static_cast<std::int64_t>(wanted)};
}

DueLine line_of(const Checklist &checklist, const std::string &stage, const PlanLine &line,
                const KnownItems &items) {
  DueLine out{stage, line, {}, {}};
  const auto count = [&](const std::string &id) {
    const Knowledge knowledge = knowledge_of(items, id);
    if (knowledge == Knowledge::left_out) return;
    ++out.known.den;
    if (knowledge == Knowledge::known)
      ++out.known.num;
    else
      out.missing.push_back(id);
  };
  for (const std::string &id : line.items) count(id);
  for (const Category &category : checklist.categories) {
    if (category.id != line.category) continue;
    for (const Item &item : category.items) count(item.id);
    out.known.den = std::min(out.known.den, static_cast<std::int64_t>(line.at_least));
    out.known.num = std::min(out.known.num, out.known.den);
    if (out.known.num == out.known.den) out.missing.clear();
  }
  return out;
}

}  // namespace

std::optional<std::size_t> stage_index(const StagePlan &plan, const std::string &stage) {
  for (std::size_t i = 0; i < plan.stages.size(); ++i) {
    if (plan.stages[i].id == stage) return i;
  }
  return std::nullopt;
}

PlanProgress plan_progress(const Checklist &checklist, const StagePlan &plan,
                           const std::string &stage, const KnownItems &items) {
  PlanProgress out;
  std::map<std::string_view, CategoryDue> due;
  const auto categories = categories_of(checklist);
  const std::size_t last = *stage_index(plan, stage);
  for (std::size_t s = 0; s <= last; ++s) {
    for (const PlanLine &line : plan.stages[s].due) {
      out.due.push_back(line_of(checklist, plan.stages[s].id, line, items));
      for (const std::string &id : line.items) due[categories.at(id)].named.insert(id);
      if (!line.category.empty()) due[line.category].at_least = line.at_least;
    }
  }
  for (const Category &category : checklist.categories) {
    const Ratio ratio = progress_in(category, due[category.id], items);
    out.progress.num += ratio.num;
    out.progress.den += ratio.den;
  }
  return out;
}

}  // namespace saleschecklist::deal
