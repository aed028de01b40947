#include "assess/model/assessment_notices.hpp"

#include "assess/model/prompt_transcript.hpp"

#include <fmt/format.h>

#include <set>

namespace saleschecklist::assessing {
namespace {

constexpr std::size_t most_injections_named = 10;

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
                          std::size_t items) {
  for (const auto &[clause, count] : judgment.unanswered) {
    notices.push_back(fmt::format("{} of {} items are unanswered: {}.", count, items, clause));
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
