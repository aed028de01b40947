// From a transcript to answers with proof: offline, or by asking a language model.
#ifndef SALESCHECKLIST_ASSESS_HPP
#define SALESCHECKLIST_ASSESS_HPP

#include <saleschecklist/call_options.hpp>
#include <saleschecklist/checklist.hpp>
#include <saleschecklist/language_model.hpp>
#include <saleschecklist/response.hpp>
#include <saleschecklist/transcript.hpp>
#include <saleschecklist/usage.hpp>

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace saleschecklist {

// Answers every item of the checklist, in its order, by listening for the items' cues. It hears
// phrases, not meaning, and says so in each reasoning. English cues. Takes milliseconds for a call
// of an hour. Every yes carries at least one verified quote.
// Fails with invalid_argument when the checklist is unsound.
SALESCHECKLIST_API Result<std::vector<Response>> assess_offline(const Transcript &transcript,
                                                                const Checklist &checklist);

struct AssessOptions {
  int votes = 1;  // 1 to 9: how often each question is asked; agreement becomes confidence
  std::size_t parallel = 8;  // questions asked at a time, at least 1
  CallOptions call{};        // progress: a part per category
  // Told the answers of a category (its number in the checklist) as soon as all of its questions
  // have ended, one category at a time, from any thread of the call. They may still change: the
  // result of the whole call counts. Should not take long.
  std::function<void(std::size_t category, const std::vector<Response> &answers)> answered{};
};

struct Assessment {
  std::vector<Response> responses;   // one per item, in checklist order
  std::string assessor;              // "openai:gpt-4o-mini/assess-1": model and prompt's version
  std::vector<std::string> notices;  // what a reader has to know to judge the answers
};

// Answers every item of the checklist by asking a model, category by category; each quote it
// offers goes through the evidence law. An item that it does not answer as asked is asked about
// again, at most twice, and is then unanswered with the reason. What was used is added to `usage`,
// also on failure. Fails as LanguageModel::complete() does when no category could be answered,
// with cancelled, with over_budget when the budget does not allow the first question, and with
// invalid_argument for unsound options or an unsound checklist. A budget that is spent on the way
// leaves the rest unanswered and says so in the notices; it is exceeded by no more than the
// questions under way.
SALESCHECKLIST_API Result<Assessment> assess(const Transcript &transcript,
                                             const Checklist &checklist, LanguageModel &model,
                                             const AssessOptions &options = {},
                                             Usage *usage = nullptr);

}  // namespace saleschecklist

#endif
