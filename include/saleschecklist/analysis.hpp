// From a transcript to answers with proof, and from answers to coaching. The functions without a
// model are pure.
#ifndef SALESCHECKLIST_ANALYSIS_HPP
#define SALESCHECKLIST_ANALYSIS_HPP

#include <saleschecklist/checklist.hpp>
#include <saleschecklist/coaching.hpp>
#include <saleschecklist/language_model.hpp>
#include <saleschecklist/log.hpp>
#include <saleschecklist/progress.hpp>
#include <saleschecklist/response.hpp>
#include <saleschecklist/score.hpp>
#include <saleschecklist/transcript.hpp>

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace saleschecklist {

// A quote that somebody offers as proof.
struct Claim {
  std::string quote;
  std::optional<std::size_t> utterance;  // where it is said to be; other places are searched too
  EvidenceFrom evidence_from = EvidenceFrom::either;  // whose words it has to be
};

// What became of it: evidence, or the reason why not.
struct Verdict {
  std::optional<Evidence> evidence;
  std::string reason;  // empty when there is evidence
};

// The evidence law, one verdict per claim in order. A quote is verified when it stands in one
// utterance word for word after folding of Unicode case, width, quotation marks, dashes and
// spaces; repaired when it differs by recognition noise only (fillers, doubled or dropped small
// words, misspellings, homophones), and then the evidence is the transcript's own words. It is
// refused when a number, date, amount, name or negation differs, when its parts come from two
// places, when the words are not those of `evidence_from` (an unknown speaker is neither), and when
// they stand only in doubtful utterances.
SALESCHECKLIST_API std::vector<Verdict> verify(const Transcript &transcript,
                                               const std::vector<Claim> &claims);

// Answers every item of the checklist, in its order, by listening for the items' cues. It hears
// phrases, not meaning, and says so in each reasoning. English cues. Takes milliseconds for a call
// of an hour. Every yes carries at least one verified quote.
// Fails with invalid_argument when the checklist is unsound.
SALESCHECKLIST_API Result<std::vector<Response>> assess_offline(const Transcript &transcript,
                                                                const Checklist &checklist);

// Coaching composed from the checklist's own texts and the evidence found; `score` is the result
// for the same checklist and responses. Fails as score() does, and with invalid_argument when the
// score does not follow from the responses or evidence is not in the transcript at its place.
SALESCHECKLIST_API Result<Coaching> coach_offline(const Transcript &transcript,
                                                  const Checklist &checklist,
                                                  const std::vector<Response> &responses,
                                                  const Score &score);

// What a stage may use up, retries and repeated questions included; 0: no limit.
struct Budget {
  std::int64_t tokens = 0;         // read and written
  std::int64_t micro_dollars = 0;  // estimated; needs a price for the model
};

struct AssessOptions {
  int votes = 1;  // 1 to 9: how often each question is asked; agreement becomes confidence
  Budget budget{};
  std::vector<Price> prices = default_prices();
  std::size_t parallel = 8;  // questions asked at a time, at least 1
  Log log{};
  Progress progress{};  // a part per category
  CancelToken cancel{};
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
                                             Usage &usage, const AssessOptions &options = {});

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
