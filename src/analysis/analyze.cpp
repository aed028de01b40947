// analyze(): all arrows in a row, and the notices that a reader of the result needs.
#include <saleschecklist/analysis.hpp>
#include <saleschecklist/report.hpp>

#include "core/guard.hpp"
#include "core/unicode.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace saleschecklist {
namespace {

constexpr const char *offline_assessor = "offline-cues/1";
constexpr std::size_t few_items_share = 20;  // one item in so many: hardly a sales conversation

std::vector<std::string> notices_of(const Report &report) {
  std::vector<std::string> out;
  out.emplace_back(
      "Assessed offline: the assessor listened for phrases (cues), not for meaning. A missed item "
      "may have been said in other words.");
  const Transcript &t = report.transcript;
  if (t.role_source == RoleSource::inferred) {
    out.push_back(fmt::format("The roles were inferred: {}.", t.role_reason));
  } else if (t.role_source == RoleSource::none) {
    out.push_back(
        fmt::format("Nobody's role is known ({}), so the items that ask for one side's "
                    "words are unanswered.",
                    t.role_reason));
  } else if (report.score.summary.validated_items * few_items_share <
             report.score.summary.total_items) {
    out.emplace_back("Hardly any item was heard: this may not be a sales conversation.");
  }
  for (const std::string &warning : t.warnings) out.push_back("Transcript: " + warning + ".");
  return out;
}

std::optional<Error> check_deal(const Deal &deal) {
  for (const auto &[text, field] :
       {std::pair(&deal.customer, "customer"), std::pair(&deal.opportunity, "opportunity"),
        std::pair(&deal.stage, "stage")}) {
    if (valid_utf8_prefix(*text) != text->size()) {
      return Error{ErrorCode::invalid_argument, fmt::format("the {} is not UTF-8", field), {}};
    }
  }
  return std::nullopt;
}

}  // namespace

Result<Report> analyze(const Transcript &transcript, const Checklist &checklist,
                       const AnalyzeOptions &options) {
  return guard([&]() -> Result<Report> {
    if (auto error = check_deal(options.deal)) return *std::move(error);
    auto responses = assess_offline(transcript, checklist);
    if (!responses) return responses.error();
    auto card = score(checklist, *responses, options.policy);
    if (!card) return card.error();
    Report out;
    out.deal = options.deal;
    out.checklist = checklist;
    out.checklist_fingerprint = fingerprint(checklist);
    out.transcript = transcript;
    out.metrics = measure(transcript);
    out.responses = *std::move(responses);
    out.score = *std::move(card);
    out.assessor = offline_assessor;
    out.score.fingerprint =
        fingerprint(checklist, transcript, out.assessor, options.policy, out.responses);
    out.coaching = coach_offline(transcript, checklist, out.responses, out.score);
    out.notices = notices_of(out);
    return out;
  });
}

}  // namespace saleschecklist
