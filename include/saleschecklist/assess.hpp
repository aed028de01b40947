// From a transcript to answers with proof: offline, or by asking a language model.
#ifndef SALESCHECKLIST_ASSESS_HPP
#define SALESCHECKLIST_ASSESS_HPP

#include <saleschecklist/call_options.hpp>
#include <saleschecklist/checklist.hpp>
#include <saleschecklist/cues.hpp>
#include <saleschecklist/language_model.hpp>
#include <saleschecklist/response.hpp>
#include <saleschecklist/transcript.hpp>
#include <saleschecklist/usage.hpp>

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace saleschecklist {

struct Assessment {
  std::vector<Response> responses;  // one for each item, in the order of the checklist
  // Who answered: a model and the version of the prompt, "openai:gpt-4o-mini/assess-2", or the
  // version of the offline assessor and the first digits of fingerprint(cues),
  // "offline-cues/3:1a2b3c4d".
  std::string assessor;
  std::vector<std::string> notices;  // what readers must know to interpret the answers
  // What prevented answers to items that the model was asked about: the service failed, or its
  // replies could not be used. Absent if there is no such item. What the budget did not allow is
  // no failure. Not part of the JSON; Response::unanswered_reason says the same for each item.
  std::optional<Error> failure{};
};

// Answers every item of the checklist, in order, by matching the cues. It matches phrases, not
// meaning, and says so in each reasoning. Works in English only; takes milliseconds for a call of
// an hour. Every yes has at least one verified quote. Fails with invalid_argument if validate()
// finds a fault in the checklist or the cues.
SALESCHECKLIST_API Result<Assessment> assess_offline(const Transcript &transcript,
                                                     const Checklist &checklist, const Cues &cues);

// The same with the built-in cues of a built-in checklist, which is recognised by its id. For any
// other checklist there are no cues: no item is answered, and a notice says so.
SALESCHECKLIST_API Result<Assessment> assess_offline(const Transcript &transcript,
                                                     const Checklist &checklist);

struct AssessOptions {
  int votes = 1;  // 1 to 9: how often each question is asked; agreement becomes confidence
  std::size_t parallel = 8;  // questions asked at a time, at least 1
  CallOptions call{};        // progress: a part per category
  // Called with the answers of a category (given by its index) as soon as all of its questions have
  // ended: one category at a time, on any thread of the call. The answers may still change; the
  // result of the call is final. Should not block.
  std::function<void(std::size_t category, const std::vector<Response> &answers)> answered{};
  // Called for each request whose reply would leave items unanswered for ever if it were given
  // again, once no further question is asked about these items; a host that keeps replies should
  // forget this one. On any thread of the call, several at a time. Should not block.
  std::function<void(const ModelRequest &request)> unusable{};
};

// Answers every item of the checklist by asking a model, category by category. Each quote that the
// model offers is verified. An item that is not answered as asked is asked about again, at most
// twice; then it is unanswered, its reasoning says why, and Assessment::failure is set. What was
// used is added to `usage`, also on failure. If the budget is spent on the way, the remaining items
// are unanswered and a notice says so; the budget is exceeded by no more than the questions in
// progress. Fails as LanguageModel::complete() does if no category could be answered, with
// cancelled, with over_budget if the budget does not allow the first question, and with
// invalid_argument if an option is out of range or the checklist has a fault.
SALESCHECKLIST_API Result<Assessment> assess(const Transcript &transcript,
                                             const Checklist &checklist, LanguageModel &model,
                                             const AssessOptions &options = {},
                                             Usage *usage = nullptr);

}  // namespace saleschecklist

#endif
