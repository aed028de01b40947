#include "usage/budget_tracker.hpp"
#include "base/errors.hpp"

#include <fmt/format.h>

#include <utility>

namespace saleschecklist::usage {

BudgetTracker::BudgetTracker(const Budget &budget, std::string model,
                             const std::vector<Price> &prices)
    : budget_(budget), model_(std::move(model)), prices_(prices) {}

std::optional<Error> BudgetTracker::fault() const {
  if (budget_.tokens < 0 || budget_.micro_dollars < 0) {
    return errors::invalid_argument("expected a limit of 0 or more", "budget");
  }
  if (budget_.micro_dollars > 0 && !estimate({}, model_, prices_)) {
    return errors::invalid_argument(
        fmt::format("a budget in money requires a price for '{}', and none is known: give one in "
                    "`prices` (schemas/prices.schema.json), or a budget in tokens",
                    model_),
        "prices");
  }
  return std::nullopt;
}

std::optional<Error> BudgetTracker::refusal(const Usage &expected) const {
  if (auto error = fault()) return error;
  if (!exceeds(expected)) return std::nullopt;
  const double dollars = static_cast<double>(priced(expected).micro_dollars) / 1e6;
  return errors::over_budget(
      fmt::format("{} would cost about ${:.2f}, which exceeds the budget", model_, dollars),
      "budget");
}

bool BudgetTracker::exceeds(const Usage &usage) const {
  if (budget_.tokens > 0 && tokens_of(usage) > budget_.tokens) return true;
  return budget_.micro_dollars > 0 &&
         estimate(usage, model_, prices_).value_or(0) > budget_.micro_dollars;
}

bool BudgetTracker::admit(const Usage &expected, const CancelToken &cancel) {
  std::unique_lock lock(mutex_);
  while (true) {
    if (cancel.cancelled()) return false;
    Usage alone = counted_;
    alone += expected;
    if (exceeds(alone)) return false;
    alone += reserved_;
    if (!exceeds(alone)) break;
    changed_.wait(lock);
  }
  reserved_ += expected;
  return true;
}

void BudgetTracker::settle(const Usage &expected, const Usage &used, const Usage &counted) {
  {
    const std::lock_guard lock(mutex_);
    reserved_.tokens_in -= expected.tokens_in;
    reserved_.tokens_out -= expected.tokens_out;
    used_ += used;
    counted_ += tokens_of(used) > 0 ? used : counted;
  }
  changed_.notify_all();
}

Usage BudgetTracker::total() const {
  const std::lock_guard lock(mutex_);
  return priced(used_);
}

Usage BudgetTracker::counted() const {
  const std::lock_guard lock(mutex_);
  return priced(counted_);
}

Usage BudgetTracker::priced(Usage usage) const {
  usage.micro_dollars = estimate(usage, model_, prices_).value_or(0);
  return usage;
}

std::int64_t tokens_of(const Usage &usage) { return usage.tokens_in + usage.tokens_out; }

}  // namespace saleschecklist::usage
