// Why an item has no answer: the reason, and the sentence about it.
#ifndef SALESCHECKLIST_ASSESS_MODEL_UNANSWERED_HPP
#define SALESCHECKLIST_ASSESS_MODEL_UNANSWERED_HPP

#include <saleschecklist/checklist.hpp>
#include <saleschecklist/response.hpp>
#include <saleschecklist/result.hpp>

#include <string>

namespace saleschecklist::assessing {

// Why a question has no answer, or has fewer votes than wanted.
struct Gap {
  UnansweredReason reason = UnansweredReason::not_asked;
  std::string clause;  // for people, without a full stop
};

Gap not_asked();
Gap over_budget();
Gap service_failed(const Error &failure);

// The unanswered response of an item whose question was not answered.
Response unanswered(const Item &item, const Gap &gap);

}  // namespace saleschecklist::assessing

#endif
