// Options that all calls of services have in common.
#ifndef SALESCHECKLIST_CALL_OPTIONS_HPP
#define SALESCHECKLIST_CALL_OPTIONS_HPP

#include <saleschecklist/cancel.hpp>
#include <saleschecklist/log.hpp>
#include <saleschecklist/progress.hpp>
#include <saleschecklist/usage.hpp>

#include <vector>

namespace saleschecklist {

// All fields are optional.
struct CallOptions {
  Budget budget{};                               // the most that the call may use
  std::vector<Price> prices = default_prices();  // for estimates, and for a budget of money
  Log log{};
  Progress progress{};
  CancelToken cancel{};
};

}  // namespace saleschecklist

#endif
