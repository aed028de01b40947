#include "assess/model/assessment_notices.hpp"

#include "assess/model/prompt_transcript.hpp"
#include "base/errors.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace saleschecklist::assessing {
namespace {

constexpr std::size_t most_injections_named = 10;
constexpr std::size_t most_categories_named = 4;

std::size_t items_of(const Checklist &checklist) {
  std::size_t out = 0;
  for (const Category &category : checklist.categories) out += category.items.size();
  return out;
}

// The names of the categories that the items are of: "Mentor, Budget and 3 more categories".
std::string categories_of(const Checklist &checklist, const std::vector<const Item *> &items) {
  std::string out;
  std::size_t named = 0, more = 0;
  for (const Category &category : checklist.categories) {
    const auto is_of_it = [&](const Item *item) {
      return !category.items.empty() && &category.items.front() <= item &&
             item <= &category.items.back();
    };
    if (std::none_of(items.begin(), items.end(), is_of_it)) continue;
    if (named == most_categories_named) {
      ++more;
      continue;
    }
    out += (named++ == 0 ? "" : ", ") + one_line(category.name);
  }
  if (more == 0) return out;
  return out + fmt::format(" and {} more {}", more, more == 1 ? "category" : "categories");
}

}  // namespace

void add_passage_notice(std::vector<std::string> &notices, const std::string &model,
                        std::size_t passages) {
  if (passages <= 1) return;
  notices.push_back(
      fmt::format("The conversation is longer than {} reads at a time; it was "
                  "judged in {} overlapping parts.",
                  model, passages));
}

void add_injection_notices(std::vector<std::string> &notices, const Transcript &transcript,
                           const std::vector<Evidence> &injections) {
  std::set<std::size_t> utterances;
  for (const Evidence &injection : injections) utterances.insert(injection.utterance);
  std::size_t named = 0;
  for (const std::size_t u : utterances) {
    if (named++ == most_injections_named) {
      const std::size_t more = utterances.size() - most_injections_named;
      notices.push_back(
          fmt::format("{} more {} like instructions to the assessor. They were "
                      "not followed.",
                      more, more == 1 ? "utterance reads" : "utterances read"));
      break;
    }
    const std::string who = one_line(transcript.utterances[u].speaker);
    notices.push_back(
        fmt::format("Utterance {}{} reads like an instruction to the assessor. It was "
                    "not followed.",
                    u, who.empty() ? "" : fmt::format(" ({})", clipped(who, 60))));
  }
}

void add_judgment_notices(std::vector<std::string> &notices, const Judgment &judgment,
                          const Checklist &checklist) {
  const std::size_t items = items_of(checklist);
  for (const auto &[gap, unanswered] : judgment.unanswered) {
    notices.push_back(fmt::format("{} of {} items are unanswered: {}. Categories: {}.",
                                  unanswered.size(), items, gap.clause,
                                  categories_of(checklist, unanswered)));
  }
  if (judgment.cut_short > 0) {
    notices.push_back(
        fmt::format("{} of {} items were judged fewer times than wanted and need a review: {}",
                    judgment.cut_short, items, judgment.cut_short_by));
  }
  if (judgment.refused_quotes > 0) {
    const bool one = judgment.refused_quotes == 1;
    notices.push_back(fmt::format(
        "{} that the model offered as proof {} refused by the evidence law.",
        one ? std::string("One quote") : fmt::format("{} quotes", judgment.refused_quotes),
        one ? "was" : "were"));
  }
}

std::optional<Error> failure_of(const Judgment &judgment, const Checklist &checklist,
                                const std::vector<BatchResult> &results) {
  std::vector<const Item *> missing;
  std::string clause;
  for (const auto &[gap, items] : judgment.unanswered) {
    if (!is_failure(gap.reason)) continue;
    if (missing.empty()) clause = gap.clause;
    missing.insert(missing.end(), items.begin(), items.end());
  }
  if (missing.empty()) return std::nullopt;
  const auto failed = std::find_if(results.begin(), results.end(), [](const BatchResult &result) {
    return result.stop == Stop::failed;
  });
  Error out = failed != results.end() ? failed->failure : errors::refused(clause);
  out.message = fmt::format("{} of {} items have no answer ({}): {}", missing.size(),
                            items_of(checklist), categories_of(checklist, missing), out.message);
  return out;
}

void add_service_notices(std::vector<std::string> &notices,
                         const std::vector<BatchResult> &results) {
  std::set<std::string> said;
  for (const BatchResult &result : results) {
    for (const std::string &notice : result.notices) {
      if (said.insert(notice).second) notices.push_back(notice);
    }
  }
}

}  // namespace saleschecklist::assessing
