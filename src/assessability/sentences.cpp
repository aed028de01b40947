// describe(): the sentences that are made from an assessability.
#include <saleschecklist/assessability.hpp>

#include "text/language.hpp"
#include "text/phrasing.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace saleschecklist {
namespace {

bool has(const SalesCall &call, SalesCallReason reason) {
  return std::find(call.reasons.begin(), call.reasons.end(), reason) != call.reasons.end();
}

std::string contrary_clause(const SalesCall &call) {
  if (has(call, SalesCallReason::stated)) return "it is stated not to be a sales call";
  if (has(call, SalesCallReason::among_colleagues)) {
    return "this is not a sales call but sounds like a talk among colleagues";
  }
  if (has(call, SalesCallReason::service_talk)) {
    return "this is not a sales call but sounds like customer service";
  }
  if (has(call, SalesCallReason::meeting_talk)) {
    return "this is not a sales call but sounds like a meeting, a lesson or an interview";
  }
  return "this is not a sales call, because hardly anything is said about products, prices, needs "
         "or next steps";
}

std::string clause_of(const Assessability &a) {
  switch (*a.reason) {
    case NotAssessableReason::too_short:
      return a.words == 0 ? "nothing is said in this call"
                          : fmt::format("this call is too short, with {} word{}", a.words,
                                        a.words == 1 ? "" : "s");
    case NotAssessableReason::unsupported_language:
      return a.language.empty()
                 ? "this call is not in English; without a model only English is judged offline"
                 : fmt::format("this call is in {}; without a model only English is judged offline",
                               text::language_name(a.language));
    case NotAssessableReason::not_a_sales_call:
      return contrary_clause(a.sales_call);
    case NotAssessableReason::roles_unknown:
      return a.sales_call.seller_words == 0 && a.sales_call.customer_words == 0
                 ? "nobody is known to be the seller or the customer; name the seller"
             : a.sales_call.seller_words == 0 ? "nobody is known to be the seller; name the seller"
                                              : "nobody is known to be the customer";
    case NotAssessableReason::not_asked:
      return fmt::format(
          "the assessor was not asked about {} items; pass cues for this checklist "
          "or use a model",
          a.unjudged_items);
    case NotAssessableReason::service_failed:
      break;
  }
  return fmt::format("the model did not answer {} items", a.unjudged_items);
}

const char *cause_of(UnansweredReason reason) {
  switch (reason) {
    case UnansweredReason::no_words:
      return "there were no words";
    case UnansweredReason::side_absent:
      return "nobody is known to be of the side that they require";
    case UnansweredReason::other_language:
      return "the call is in another language than the cues";
    case UnansweredReason::not_asked:
      return "they were not asked about";
    case UnansweredReason::over_budget:
      return "the budget was spent";
    case UnansweredReason::service_failed:
      return "the service failed";
    case UnansweredReason::declined:
      return "the model declined";
    case UnansweredReason::unusable_reply:
      break;
  }
  return "the model's reply was not usable";
}

std::string unjudged_sentence(const Assessability &a) {
  std::string causes;
  for (const UnjudgedItems &u : a.unjudged) {
    causes += (causes.empty() ? "" : "; ") + std::string(cause_of(u.reason));
    if (a.unjudged.size() > 1) causes += fmt::format(" ({})", u.items);
  }
  return fmt::format("{} of the items could not be judged ({}): {}.",
                     text::percent(a.unjudged_share), a.unjudged_items, causes);
}

}  // namespace

std::string describe(const Assessability &assessability) {
  if (assessability.status == AssessmentStatus::assessed) return {};
  if (assessability.reason) return "There is no score: " + clause_of(assessability) + ".";
  std::string out;
  if (assessability.unjudged_items > 0) out = unjudged_sentence(assessability);
  if (assessability.sales_call.verdict == SalesCallVerdict::unsure) {
    out += out.empty() ? "" : " ";
    out += "It is not certain that this is a sales call: too little of one was heard.";
  }
  return out;
}

}  // namespace saleschecklist
