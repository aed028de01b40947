// assessability(): whether there can be a score, from the transcript and the answers alone.
#include <saleschecklist/assessability.hpp>

#include "assessability/judged.hpp"
#include "text/language.hpp"
#include "text/words.hpp"

#include <algorithm>
#include <map>

namespace saleschecklist {
namespace {

constexpr std::size_t least_words = 30;

std::size_t words_of(const Transcript &transcript) {
  std::size_t out = 0;
  for (const Utterance &u : transcript.utterances) {
    if (u.suspect.empty()) out += text::count_words(u.text);
  }
  return out;
}

// Counts the unanswered items by reason. Returns the number of items that are not not_applicable.
std::size_t count_unjudged(Assessability &out, const Checklist &checklist,
                           const std::vector<Response> &responses) {
  std::map<std::string_view, const Response *> given;
  for (const Response &r : responses) given[r.item_id] = &r;
  std::map<UnansweredReason, std::size_t> by_reason;
  std::size_t counting = 0;
  for (const Category &category : checklist.categories) {
    for (const Item &item : category.items) {
      const auto found = given.find(item.id);
      const Response *r = found == given.end() ? nullptr : found->second;
      if (r != nullptr && r->answer == Answer::not_applicable) continue;
      ++counting;
      if (r != nullptr && r->answer != Answer::unanswered) continue;
      const auto reason = r == nullptr ? std::nullopt : r->unanswered_reason;
      ++by_reason[reason.value_or(UnansweredReason::not_asked)];
      ++out.unjudged_items;
    }
  }
  for (const auto &[reason, items] : by_reason) out.unjudged.push_back({reason, items});
  std::stable_sort(
      out.unjudged.begin(), out.unjudged.end(),
      [](const UnjudgedItems &a, const UnjudgedItems &b) { return a.items > b.items; });
  return counting;
}

NotAssessableReason not_assessable_for(UnansweredReason reason) {
  switch (reason) {
    case UnansweredReason::no_words:
      return NotAssessableReason::too_short;
    case UnansweredReason::side_absent:
      return NotAssessableReason::roles_unknown;
    case UnansweredReason::other_language:
      return NotAssessableReason::unsupported_language;
    case UnansweredReason::not_asked:
      return NotAssessableReason::not_asked;
    default:
      return NotAssessableReason::service_failed;
  }
}

std::optional<NotAssessableReason> reason_for(const Assessability &a, std::size_t counting) {
  const bool unjudged = counting > 0 && a.unjudged_items * 2 >= counting;
  const auto most =
      unjudged ? std::optional(not_assessable_for(a.unjudged.front().reason)) : std::nullopt;
  if (a.words == 0) return NotAssessableReason::too_short;
  if (most == NotAssessableReason::unsupported_language) return most;
  const bool stated = a.sales_call_rule == SalesCallRule::yes;
  if (a.words < least_words && !stated) return NotAssessableReason::too_short;
  if (a.sales_call.verdict == SalesCallVerdict::no) return NotAssessableReason::not_a_sales_call;
  return most;
}

// What the host says replaces the verdict; the reasons of the judgement stay.
void apply(SalesCall &call, SalesCallRule rule) {
  auto &reasons = call.reasons;
  reasons.erase(std::remove(reasons.begin(), reasons.end(), SalesCallReason::stated),
                reasons.end());
  if (rule == SalesCallRule::automatic) return;
  call.verdict = rule == SalesCallRule::yes ? SalesCallVerdict::yes : SalesCallVerdict::no;
  reasons.insert(reasons.begin(), SalesCallReason::stated);
}

}  // namespace

Assessability assessable::reassessed(const Transcript &transcript, const Checklist &checklist,
                                     const std::vector<Response> &responses, SalesCallRule rule,
                                     const Assessability &judged) {
  Assessability out;
  out.sales_call_rule = rule;
  out.language = judged.language;
  out.words = words_of(transcript);
  const std::size_t counting = count_unjudged(out, checklist, responses);
  if (counting > 0) {
    out.unjudged_share = static_cast<double>(out.unjudged_items) / static_cast<double>(counting);
  }
  out.sales_call = judged.sales_call;
  apply(out.sales_call, rule);
  out.reason = reason_for(out, counting);
  const bool doubtful =
      out.unjudged_items > 0 || out.sales_call.verdict == SalesCallVerdict::unsure;
  if (out.reason) {
    out.status = AssessmentStatus::not_assessable;
  } else {
    out.status = doubtful ? AssessmentStatus::partial : AssessmentStatus::assessed;
  }
  return out;
}

Assessability assessability(const Transcript &transcript, const Checklist &checklist,
                            const std::vector<Response> &responses, SalesCallRule rule) {
  Assessability judged;
  judged.language = text::spoken_language(transcript);
  judged.sales_call = is_sales_call(transcript, checklist, responses);
  return assessable::reassessed(transcript, checklist, responses, rule, judged);
}

bool is_incomplete(const Assessability &assessability) {
  return std::any_of(assessability.unjudged.begin(), assessability.unjudged.end(),
                     [](const UnjudgedItems &unjudged) { return is_failure(unjudged.reason); });
}

const char *name(AssessmentStatus status) noexcept {
  switch (status) {
    case AssessmentStatus::assessed:
      return "assessed";
    case AssessmentStatus::partial:
      return "partial";
    case AssessmentStatus::not_assessable:
      break;
  }
  return "not_assessable";
}

const char *name(NotAssessableReason reason) noexcept {
  switch (reason) {
    case NotAssessableReason::too_short:
      return "too_short";
    case NotAssessableReason::unsupported_language:
      return "unsupported_language";
    case NotAssessableReason::not_a_sales_call:
      return "not_a_sales_call";
    case NotAssessableReason::roles_unknown:
      return "roles_unknown";
    case NotAssessableReason::not_asked:
      return "not_asked";
    case NotAssessableReason::service_failed:
      break;
  }
  return "service_failed";
}

}  // namespace saleschecklist
