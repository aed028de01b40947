// assess(): a model answers, category by category and side by side.
#include <saleschecklist/assess.hpp>

#include "assess/model/ask_loop.hpp"
#include "assess/model/assess.hpp"
#include "assess/model/assessment_notices.hpp"
#include "assess/model/prefix_scheduler.hpp"
#include "assess/model/prompt_injection.hpp"
#include "assess/model/prompts.hpp"
#include "assess/model/question_plan.hpp"
#include "assess/model/unanswered.hpp"
#include "assess/model/verdicts.hpp"
#include "base/errors.hpp"
#include "base/guard.hpp"
#include "evidence/evidence.hpp"
#include "json/schema.hpp"
#include "usage/stage_progress.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <span>

namespace saleschecklist::assessing {
namespace {

constexpr int most_votes = 9;
constexpr int most_plans = 4;  // each for a smaller context than the one before

Error bad_option(const char *message, const char *where) {
  return errors::invalid_argument(message, where);
}

std::optional<Error> argument_fault(const Transcript &transcript, const Checklist &checklist,
                                    const AssessOptions &options) {
  if (options.votes < 1 || options.votes > most_votes) {
    return bad_option("expected 1 to 9 votes", "votes");
  }
  if (options.parallel < 1) return bad_option("expected at least 1", "parallel");
  auto faults = validate(checklist);
  if (faults.empty()) faults = validate(transcript);
  if (faults.empty()) return std::nullopt;
  Error out = json::join_faults(faults);
  out.code = ErrorCode::invalid_argument;
  return out;
}

// Votes for each item of these categories, passage by passage. Questions that have none yet get
// `unasked` as the reason. Results of other categories are not read.
std::vector<ItemVotes> votes_by_item(const QuestionPlan &plan,
                                     const std::vector<BatchResult> &results,
                                     std::span<const Category> categories, const Gap &unasked) {
  std::map<const Item *, std::vector<PassageVotes>> votes;
  for (std::size_t i = 0; i < plan.batches.size(); ++i) {
    const Category *category = plan.batches[i].category;
    if (std::none_of(categories.begin(), categories.end(),
                     [&](const Category &wanted) { return &wanted == category; })) {
      continue;  // another thread may still write this result
    }
    for (std::size_t k = 0; k < plan.batches[i].items.size(); ++k) {
      PassageVotes passage;
      if (!results[i].votes.empty()) passage = results[i].votes[k];
      if (passage.votes.empty() && !passage.gap) passage.gap = unasked;
      votes[plan.batches[i].items[k]].push_back(std::move(passage));
    }
  }
  std::vector<ItemVotes> out;
  for (const Category &category : categories) {
    for (const Item &item : category.items) {
      if (const auto found = votes.find(&item); found != votes.end()) {
        out.push_back({&item, std::move(found->second)});
      }
    }
  }
  return out;
}

// The answers in checklist order, with unanswered ones for items that were not asked about.
std::vector<Response> in_order(const Transcript &transcript, std::span<const Category> categories,
                               std::vector<Response> answers) {
  std::vector<Response> out;
  auto next = answers.begin();
  for (const Category &category : categories) {
    for (const Item &item : category.items) {
      const bool asked = next != answers.end() && next->item_id == item.id;
      out.push_back(asked ? std::move(*next++) : evidence::unprovable(transcript, item));
    }
  }
  return out;
}

// What the end of a batch means to the scheduler.
Ending ending_of(const BatchResult &result) {
  if (result.stop == Stop::none) return Ending::answered;
  if (result.stop == Stop::over_budget) return Ending::last;
  switch (result.failure.code) {
    case ErrorCode::network:
    case ErrorCode::timeout:
    case ErrorCode::rate_limited:
    case ErrorCode::refused:
      return result.replies > 0 ? Ending::answered : Ending::failed;
    default:
      return Ending::last;  // further requests would fail alike
  }
}

// What made everything fail, if not one batch had a reply.
std::optional<Error> failure_of_all(const std::vector<BatchResult> &results) {
  const auto is_stopped = [&](Stop stop) {
    return std::find_if(results.begin(), results.end(),
                        [&](const BatchResult &result) { return result.stop == stop; });
  };
  if (std::any_of(results.begin(), results.end(),
                  [](const BatchResult &result) { return result.replies > 0; })) {
    return std::nullopt;
  }
  if (const auto failed = is_stopped(Stop::failed); failed != results.end()) return failed->failure;
  if (is_stopped(Stop::over_budget) == results.end()) return std::nullopt;
  return errors::over_budget("the budget does not allow the first question", "budget");
}

// Why questions were left out: what stopped the first batch that was stopped.
Gap gap_of_unasked(const std::vector<BatchResult> &results) {
  for (const BatchResult &result : results) {
    if (result.stop == Stop::over_budget) return over_budget();
    if (result.stop == Stop::failed) return service_failed(result.failure);
  }
  return not_asked();
}

// One assessment: puts the planned questions to the model and judges the replies.
class ModelAssessment {
 public:
  ModelAssessment(const Transcript &transcript, const Checklist &checklist, LanguageModel &model,
                  const AssessOptions &options, usage::BudgetTracker &tracker)
      : transcript_(transcript),
        checklist_(checklist),
        model_(model),
        info_(model.info()),
        options_(options),
        tracker_(tracker),
        progress_(options.call, "assess", checklist.categories.size()) {}

  Result<Assessment> run() {
    model_.discover(options_.call.cancel);
    for (int plans = 1;; ++plans) {
      info_ = model_.info();
      auto plan = plan_questions(transcript_, checklist_, info_, options_.call.cancel);
      if (!plan) return plan.error();
      plan_ = *std::move(plan);
      log(LogLevel::info, fmt::format("asking {}: {} questions about {} passages", info_.id,
                                      plan_.batches.size(), plan_.passages));
      auto error = ask_all();
      if (plans < most_plans && learned_less()) continue;
      if (error) return *std::move(error);
      return conclude();
    }
  }

 private:
  void log(LogLevel level, const std::string &message) const {
    if (options_.call.log) options_.call.log(level, message);
  }

  // Whether questions failed because the model reads less at a time than was thought, which its
  // service said only then.
  bool learned_less() const {
    if (model_.info().context_tokens >= info_.context_tokens) return false;
    return std::any_of(results_.begin(), results_.end(), [](const BatchResult &result) {
      return result.stop == Stop::failed && result.failure.code == ErrorCode::refused;
    });
  }

  // Asks everything that may be asked. Fails if there was no reply, or the host has cancelled.
  std::optional<Error> ask_all() {
    results_.assign(plan_.batches.size(), {});
    std::vector<std::size_t> left(checklist_.categories.size(), 0);  // batches per category
    for (std::size_t i = 0; i < plan_.batches.size(); ++i) ++left[plan_.category_of(i)];
    auto done = static_cast<std::size_t>(std::count(left.begin(), left.end(), 0U));
    progress_.done(done);
    PrefixScheduler scheduler(plan_.categories.size(), plan_.batches.size(), options_.call.cancel);
    scheduler.run(
        options_.parallel,
        [&](std::size_t i, const std::function<void()> &warm) {
          QuestionBatch questions = plan_.batches[i];
          questions.on_begin = warm;
          questions.on_wait = progress_.on_wait();
          questions.unusable = options_.unusable;
          results_[i] = ask_until_answered(model_, tracker_, questions, options_.votes);
          return ending_of(results_[i]);
        },
        [&](std::size_t i) {
          const std::size_t category = plan_.category_of(i);
          if (--left[category] > 0) return;
          progress_.done(++done);
          if (options_.answered) options_.answered(category, first_answers(category));
        });
    if (options_.call.cancel.cancelled()) {
      return errors::cancelled();
    }
    return failure_of_all(results_);
  }

  // Answers of a category whose questions have all ended, while others are still asked.
  std::vector<Response> first_answers(std::size_t category) const {
    const std::span<const Category> only(&checklist_.categories[category], 1);
    auto judgment = judge(transcript_, votes_by_item(plan_, results_, only, not_asked()), {}, {});
    return in_order(transcript_, only, std::move(judgment.responses));
  }

  Assessment conclude() const {
    std::vector<Quote> reported;  // words that were reported to address the assessor
    for (const BatchResult &result : results_) {
      reported.insert(reported.end(), result.injections.begin(), result.injections.end());
    }
    const auto injections = locate_injections(transcript_, reported, options_.call.cancel);
    Judgment judgment =
        judge(transcript_,
              votes_by_item(plan_, results_, checklist_.categories, gap_of_unasked(results_)),
              injections, options_.call.cancel);
    Assessment out;
    out.assessor = fmt::format("{}/{}", info_.id.empty() ? "model" : info_.id, assess_version);
    out.responses = in_order(transcript_, checklist_.categories, std::move(judgment.responses));
    add_passage_notice(out.notices, info_.id, plan_.passages);
    add_injection_notices(out.notices, transcript_, injections);
    add_judgment_notices(out.notices, judgment, checklist_);
    add_service_notices(out.notices, results_);
    out.failure = failure_of(judgment, checklist_, results_);
    log_outcome(out, judgment);
    return out;
  }

  void log_outcome(const Assessment &out, const Judgment &judgment) const {
    for (const auto &[gap, items] : judgment.unanswered) {
      log(LogLevel::warning,
          fmt::format("{} items are unanswered ({})", items.size(), name(gap.reason)));
    }
    const auto answered =
        std::count_if(out.responses.begin(), out.responses.end(),
                      [](const Response &r) { return r.answer != Answer::unanswered; });
    log(LogLevel::info, fmt::format("answered {} of {} items; {} quotes refused", answered,
                                    out.responses.size(), judgment.refused_quotes));
  }

  const Transcript &transcript_;
  const Checklist &checklist_;
  LanguageModel &model_;
  ModelInfo info_;
  const AssessOptions &options_;
  usage::BudgetTracker &tracker_;
  usage::StageProgress progress_;
  QuestionPlan plan_;
  std::vector<BatchResult> results_;  // per batch of the plan
};

}  // namespace

Result<Assessment> assess_counted(const Transcript &transcript, const Checklist &checklist,
                                  LanguageModel &model, const AssessOptions &options, Usage &usage,
                                  Usage &counted) {
  return base::guard([&]() -> Result<Assessment> {
    if (auto error = argument_fault(transcript, checklist, options)) return *std::move(error);
    usage::BudgetTracker tracker(options.call.budget, model.info().id, options.call.prices);
    if (auto error = tracker.fault()) return *std::move(error);
    if (options.call.cancel.cancelled()) {
      return errors::cancelled();
    }
    auto out = base::guard(
        [&] { return ModelAssessment(transcript, checklist, model, options, tracker).run(); });
    usage += tracker.total();
    counted += tracker.counted();
    return out;
  });
}

}  // namespace saleschecklist::assessing

namespace saleschecklist {

Result<Assessment> assess(const Transcript &transcript, const Checklist &checklist,
                          LanguageModel &model, const AssessOptions &options, Usage *usage) {
  Usage used, counted;
  auto out = assessing::assess_counted(transcript, checklist, model, options, used, counted);
  if (usage != nullptr) *usage += used;
  return out;
}

}  // namespace saleschecklist
