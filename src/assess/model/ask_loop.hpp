// Asks a model about some items until each has enough valid answers, or cannot have them.
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

// How many requests ask about one item for one vote, at most.
inline constexpr int most_asks = 3;

// The items of a request, and everything in the request except the question.
struct QuestionBatch {
  const Category *category = nullptr;
  std::vector<const Item *> items;
  // Instructions, shared, schema, cache key and cancel token, the same for all batches of a
  // passage.
  std::shared_ptr<const ModelRequest> prefix;
  std::int64_t prefix_tokens = 0;
  std::function<void()> on_begin;                        // called when a reply begins
  std::function<void(const ModelRequest &)> unusable{};  // as AssessOptions::unusable; or empty
  std::function<void(std::int64_t)> on_wait{};           // of the requests; or empty
};

// The votes for one item in one passage.
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

// Makes one request and adds its usage to the tracker. Returns nothing if the budget does not allow
// the request. Fails as the model does; an exception of the port is an internal error.
std::optional<Result<ModelReply>> ask(LanguageModel &model, usage::BudgetTracker &tracker,
                                      const ModelRequest &request, Usage &counted);

// The most tokens that the reply to a prompt of that size may have: enough for any good reply, and
// few enough that one endless reply does not triple the cost of a question.
std::int64_t output_limit(const ModelInfo &info, std::int64_t prompt_tokens);

// Asks `votes` times about each item, as long as a further vote can change its answer or whether it
// has a two-thirds majority. Items without a valid answer are asked about again, up to most_asks
// times in all, as long as that takes at most three times the tokens of a good reply.
BatchResult ask_until_answered(LanguageModel &model, usage::BudgetTracker &tracker,
                               const QuestionBatch &questions, int votes);

// Votes per answer, and the answer with the most.
struct Tally {
  int yes = 0, no = 0, not_applicable = 0, denied = 0;
  // If equal, the one that claims least: no, not applicable, denied, yes.
  Answer first = Answer::no;
  int first_votes = 0;
};
Tally tally(const std::vector<DraftAnswer> &votes);

// Whether no answer has a two-thirds majority.
bool is_divided(const Tally &votes);

}  // namespace saleschecklist::assessing

#endif
