// Asking a model about some items until each is answered, or not to be had.
#ifndef SALESCHECKLIST_ASSESS_MODEL_ASK_LOOP_HPP
#define SALESCHECKLIST_ASSESS_MODEL_ASK_LOOP_HPP

#include "assess/model/model_answers.hpp"
#include "assess/model/unanswered.hpp"
#include "usage/budget_tracker.hpp"

#include <saleschecklist/assess.hpp>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace saleschecklist::assessing {

// How often one item is asked about for one vote.
inline constexpr int most_asks = 3;

// The items of one request, and all of it but the question.
struct QuestionBatch {
  const Category *category = nullptr;
  std::vector<const Item *> items;
  // Instructions, shared, schema, cache key and cancel token, the same for all batches of a
  // passage.
  std::shared_ptr<const ModelRequest> prefix;
  std::int64_t prefix_tokens = 0;
  std::function<void()> on_begin;  // of every reply
};

// What became of one item.
struct PassageVotes {
  std::vector<DraftAnswer> votes;
  std::optional<Gap> gap;  // why there are no more votes; absent if there are enough
};

enum class Stop { none, failed, over_budget };

struct BatchResult {
  std::vector<PassageVotes> votes;  // per item of the questions
  std::vector<Quote> injections;
  std::vector<std::string> notices;  // of the service
  std::size_t replies = 0;
  Stop stop = Stop::none;
  Error failure;  // for Stop::failed
};

// One reply, with its usage in the tracker. Nothing when the budget does not allow the request or
// the host has cancelled; what the port throws is an internal error.
std::optional<Result<ModelReply>> ask(LanguageModel &model, usage::BudgetTracker &tracker,
                                      const ModelRequest &request, Usage &counted);

// How many tokens a reply to a prompt of so many may have at most: enough for any good one, and so
// few that one endless reply does not make a question cost three times as much.
std::int64_t output_limit(const ModelInfo &info, std::int64_t prompt_tokens);

// Asks `votes` times about each item of the questions, as long as its answer, or whether it has a
// two-thirds majority, can change. Items without
// a usable answer are asked about again, most_asks times in all, as long as that takes no more than
// three times the tokens of a good reply.
BatchResult ask_until_answered(LanguageModel &model, usage::BudgetTracker &tracker,
                               const QuestionBatch &questions, int votes);

// Votes per answer, and which has the most.
struct Tally {
  int yes = 0, no = 0, not_applicable = 0;
  Answer first = Answer::no;  // of equals the one that claims least: no, not applicable, yes
  int first_votes = 0;
};
Tally tally(const std::vector<DraftAnswer> &votes);

// Without a two-thirds majority.
bool is_divided(const Tally &votes);

}  // namespace saleschecklist::assessing

#endif
