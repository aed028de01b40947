// Counts the usage of a stage and enforces its budget.
#ifndef SALESCHECKLIST_USAGE_BUDGET_TRACKER_HPP
#define SALESCHECKLIST_USAGE_BUDGET_TRACKER_HPP

#include <saleschecklist/cancel.hpp>
#include <saleschecklist/result.hpp>
#include <saleschecklist/usage.hpp>

#include <condition_variable>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace saleschecklist::usage {

// Thread-safe.
class BudgetTracker {
 public:
  BudgetTracker(const Budget &budget, std::string model, const std::vector<Price> &prices);

  // What is wrong with the budget: a negative limit, or a limit of money without a price for the
  // model.
  std::optional<Error> fault() const;

  // Why a call that will use `expected` may not begin: fault(), or over_budget.
  std::optional<Error> refusal(const Usage &expected) const;
  // Reserves what a request is expected to use. Waits as long as running requests may still leave
  // room for it. Returns false and reserves nothing if there is no room or the host has cancelled.
  bool admit(const Usage &expected, const CancelToken &cancel);

  // Ends a request: it used `used`, or, if the service reports nothing, approximately `counted`.
  void settle(const Usage &expected, const Usage &used, const Usage &counted);

  Usage total() const;    // with its estimated price
  Usage counted() const;  // the same, with estimates where the service reports nothing

 private:
  bool exceeds(const Usage &usage) const;
  Usage priced(Usage usage) const;

  const Budget budget_;
  const std::string model_;
  const std::vector<Price> &prices_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  Usage used_, counted_, reserved_;
};

// Tokens read and written.
std::int64_t tokens_of(const Usage &usage);

}  // namespace saleschecklist::usage

#endif
