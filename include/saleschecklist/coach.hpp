// Coaching from answers and their score: offline, or written by a language model.
#ifndef SALESCHECKLIST_COACH_HPP
#define SALESCHECKLIST_COACH_HPP

#include <saleschecklist/call_options.hpp>
#include <saleschecklist/checklist.hpp>
#include <saleschecklist/coaching.hpp>
#include <saleschecklist/language_model.hpp>
#include <saleschecklist/response.hpp>
#include <saleschecklist/score.hpp>
#include <saleschecklist/transcript.hpp>
#include <saleschecklist/usage.hpp>

#include <vector>

namespace saleschecklist {

// Composes coaching from the texts of the checklist and the evidence. `score` must be the score of
// these responses. Fails as score() does, and with invalid_argument if the score does not follow
// from the responses or if evidence is not in the transcript at its place.
SALESCHECKLIST_API Result<Coaching> coach_offline(const Transcript &transcript,
                                                  const Checklist &checklist,
                                                  const std::vector<Response> &responses,
                                                  const Score &score);

// Coaching written by a model that sees score, evidence and gaps. Each quote that it names as a
// moment is verified. What was used is added to `usage`, also on failure. Fails as coach_offline()
// and LanguageModel::complete() do, with over_budget if the budget is spent, and with refused if
// the model's reply is still unusable after two more attempts.
SALESCHECKLIST_API Result<Coaching> coach(const Transcript &transcript, const Checklist &checklist,
                                          const std::vector<Response> &responses,
                                          const Score &score, LanguageModel &model,
                                          const CallOptions &options = {}, Usage *usage = nullptr);

}  // namespace saleschecklist

#endif
