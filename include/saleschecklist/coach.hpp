// From answers and a score to coaching: offline, or written by a language model.
#ifndef SALESCHECKLIST_COACH_HPP
#define SALESCHECKLIST_COACH_HPP

#include <saleschecklist/cancel.hpp>
#include <saleschecklist/checklist.hpp>
#include <saleschecklist/coaching.hpp>
#include <saleschecklist/language_model.hpp>
#include <saleschecklist/log.hpp>
#include <saleschecklist/response.hpp>
#include <saleschecklist/score.hpp>
#include <saleschecklist/transcript.hpp>
#include <saleschecklist/usage.hpp>

#include <vector>

namespace saleschecklist {

// Coaching composed from the checklist's own texts and the evidence found; `score` is the result
// for the same checklist and responses. Fails as score() does, and with invalid_argument when the
// score does not follow from the responses or evidence is not in the transcript at its place.
SALESCHECKLIST_API Result<Coaching> coach_offline(const Transcript &transcript,
                                                  const Checklist &checklist,
                                                  const std::vector<Response> &responses,
                                                  const Score &score);

struct CoachOptions {
  Budget budget{};
  std::vector<Price> prices = default_prices();
  Log log{};
  CancelToken cancel{};
};

// Coaching written by a model that sees score, evidence and gaps; each moment that it names is
// verified. `score` as for coach_offline(). What was used is added to `usage`, also on failure.
// Fails as coach_offline() and LanguageModel::complete() do, and with refused when the model's
// text cannot be used after two more attempts.
SALESCHECKLIST_API Result<Coaching> coach(const Transcript &transcript, const Checklist &checklist,
                                          const std::vector<Response> &responses,
                                          const Score &score, LanguageModel &model, Usage &usage,
                                          const CoachOptions &options = {});

}  // namespace saleschecklist

#endif
