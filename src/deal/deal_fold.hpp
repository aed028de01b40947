// What calls and people say about a deal, one after the other.
#ifndef SALESCHECKLIST_DEAL_DEAL_FOLD_HPP
#define SALESCHECKLIST_DEAL_DEAL_FOLD_HPP

#include <saleschecklist/deal.hpp>

#include <string_view>
#include <unordered_map>

namespace saleschecklist::deal {

// Whether it is a time from 1970 to the year 5138, so that differences are in range.
constexpr bool is_time(std::int64_t at_ms) { return at_ms >= 0 && at_ms <= 100'000'000'000'000; }

// Adds the events of a deal to it, in the order of time. Which items are stale is not decided here:
// stale items go on as what they were.
class DealFold {
 public:
  // `deal` must have one item for each item of its checklist, and outlive the fold.
  explicit DealFold(Deal &deal);

  // Fails with invalid_argument as roll_up() does; the deal is then unspecified.
  Result<void> add(const DealHistory &more);

 private:
  Result<void> check(const DealHistory &more) const;
  DealItem *find(std::string_view id);
  void add(const DealCall &call);
  void add(const Confirmation &confirmation);
  void add(const ItemNote &note);

  Deal &deal_;
  std::unordered_map<std::string_view, std::size_t> positions_;
};

}  // namespace saleschecklist::deal

#endif
