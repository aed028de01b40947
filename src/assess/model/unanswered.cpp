#include "assess/model/unanswered.hpp"

#include "assess/model/prompt_transcript.hpp"

#include <fmt/format.h>

namespace saleschecklist::assessing {
namespace {

constexpr std::size_t most_message_bytes = 200;

}  // namespace

Gap not_asked() { return {UnansweredReason::not_asked, "it was not asked about"}; }

Gap over_budget() { return {UnansweredReason::over_budget, "the budget is spent"}; }

Gap service_failed(const Error &failure) {
  std::string message = clipped(one_line(failure.message), most_message_bytes);
  while (!message.empty() && message.back() == '.') message.pop_back();
  return {UnansweredReason::service_failed,
          fmt::format("the service failed ({}): {}", name(failure.code), message)};
}

Response unanswered(const Item &item, const Gap &gap) {
  Response out;
  out.item_id = item.id;
  out.unanswered_reason = gap.reason;
  out.reasoning = fmt::format("Not answered: {}.", gap.clause);
  return out;
}

}  // namespace saleschecklist::assessing
