// assess(): a model answers, category by category and side by side.
#include <saleschecklist/assess.hpp>

#include "assess/model/ask_loop.hpp"
#include "assess/model/assess.hpp"
#include "assess/model/prefix_scheduler.hpp"
#include "assess/model/prompt_injection.hpp"
#include "assess/model/prompt_transcript.hpp"
#include "assess/model/prompts.hpp"
#include "assess/model/verdicts.hpp"
#include "base/guard.hpp"
#include "evidence/evidence.hpp"
#include "json/schema.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <span>

namespace saleschecklist::assessing {
namespace {

constexpr std::size_t most_items = 15;  // of one question; more are split evenly
constexpr int most_votes = 9;
constexpr std::size_t most_injections_named = 10;  // in the notices
constexpr std::int64_t least_passage = 400;        // tokens
constexpr std::int64_t most_reply_room = 8'000;
constexpr std::int64_t note_room = 200;  // tokens, for what was wrong with the last reply

Error bad_option(const char *message, const char *where) {
  return {ErrorCode::invalid_argument, message, where};
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

// Items of one category that are asked about together.
struct Group {
  std::size_t category;
  std::vector<const Item *> items;
};

class Assessing {
 public:
  Assessing(const Transcript &transcript, const Checklist &checklist, LanguageModel &model,
            const AssessOptions &options, usage::BudgetTracker &tracker)
      : transcript_(transcript),
        checklist_(checklist),
        model_(model),
        info_(model.info()),
        options_(options),
        tracker_(tracker) {}

  Result<Assessment> run() {
    for (const Utterance &u : transcript_.utterances) {
      if (u.doubt.empty()) roles_.insert(u.role);
    }
    make_groups();
    if (auto error = make_batches()) return *std::move(error);
    log(LogLevel::info, fmt::format("asking {}: {} questions about {} passages", info_.id,
                                    batches_.size(), passages_));
    if (auto error = ask_all()) return *std::move(error);
    return conclude();
  }

 private:
  void log(LogLevel level, const std::string &message) const {
    if (options_.call.log) options_.call.log(level, message);
  }

  bool somebody_may_prove(const Item &item) const {
    return std::any_of(roles_.begin(), roles_.end(),
                       [&](Role role) { return evidence::may_prove(role, item.evidence_from); });
  }

  // What nobody's words could prove is not asked about.
  void make_groups() {
    for (std::size_t c = 0; c < checklist_.categories.size(); ++c) {
      std::vector<const Item *> items;
      for (const Item &item : checklist_.categories[c].items) {
        if (somebody_may_prove(item)) items.push_back(&item);
      }
      const std::size_t parts = (items.size() + most_items - 1) / most_items;
      for (std::size_t part = 0; part < parts; ++part) {
        const auto edge = [&](std::size_t i) {
          return items.begin() + static_cast<std::ptrdiff_t>(i * items.size() / parts);
        };
        groups_.push_back({c, {edge(part), edge(part + 1)}});
      }
    }
  }

  std::optional<Error> make_batches() {
    if (groups_.empty()) return std::nullopt;
    ModelRequest request;
    request.instructions = assess_instructions();
    request.schema_name = "checklist_answers";
    request.schema = request_schema("model-answers.schema.json");
    request.cancel = options_.call.cancel;
    const std::int64_t frame =
        estimate_tokens(request.instructions) + estimate_tokens(request.schema);
    std::int64_t room = 0;  // without a limit
    for (const Group &group : groups_) {
      const std::int64_t question =
          estimate_tokens(items_question(checklist_.categories[group.category], group.items, "-"));
      room = std::max(room, question + note_room);
    }
    std::int64_t most = std::numeric_limits<std::int64_t>::max() / 2;
    if (info_.context_tokens > 0) {
      const std::int64_t reply = std::min(most_reply_room, info_.context_tokens / 4);
      most = info_.context_tokens - frame - room - reply;
    }
    if (most < least_passage) {
      return Error{ErrorCode::invalid_argument,
                   fmt::format("the context of {} ({} tokens) is too small for the questions",
                               info_.id, info_.context_tokens),
                   "model"};
    }
    for (Passage &passage : passages(transcript_, most)) {
      if (options_.call.cancel.cancelled()) {
        return Error{ErrorCode::cancelled, "cancelled by the host", {}};
      }
      request.shared = std::move(passage.text);
      request.cache_key = cache_key_of(request);
      const auto prefix = std::make_shared<const ModelRequest>(request);
      for (const Group &group : groups_) {
        batches_.push_back({&checklist_.categories[group.category],
                            group.items,
                            prefix,
                            frame + passage.tokens,
                            {}});
      }
      ++passages_;
    }
    return std::nullopt;
  }

  // Every question that may be asked. Fails when no answer came of it, or the host has cancelled.
  std::optional<Error> ask_all() {
    results_.resize(batches_.size());
    std::vector<std::size_t> left(checklist_.categories.size(), 0);
    for (std::size_t i = 0; i < batches_.size(); ++i) ++left[category_of(i)];
    PrefixScheduler scheduler(groups_.empty() ? 0 : groups_.size(), batches_.size(),
                              options_.call.cancel);
    std::size_t done = static_cast<std::size_t>(std::count(left.begin(), left.end(), 0U));
    report(done);
    scheduler.run(
        options_.parallel,
        [&](std::size_t i, const std::function<void()> &warm) {
          QuestionBatch questions = batches_[i];
          questions.on_begin = warm;
          results_[i] = ask_until_answered(model_, tracker_, questions, options_.votes);
          return ending_of(results_[i]);
        },
        [&](std::size_t i) {
          const std::size_t c = category_of(i);
          if (--left[c] > 0) return;
          report(++done);
          if (options_.answered) options_.answered(c, first_answers(c));
        });
    if (options_.call.cancel.cancelled())
      return Error{ErrorCode::cancelled, "cancelled by the host", {}};
    return failure_of_all();
  }

  std::size_t category_of(std::size_t questions) const {
    return groups_[questions % groups_.size()].category;
  }

  void report(std::size_t done) const {
    if (options_.call.progress)
      options_.call.progress({"assess", done, checklist_.categories.size()});
  }

  static Ending ending_of(const BatchResult &results) {
    if (results.stop == Stop::none) return Ending::answered;
    if (results.stop == Stop::over_budget) return Ending::last;
    switch (results.failure.code) {
      case ErrorCode::network:
      case ErrorCode::timeout:
      case ErrorCode::rate_limited:
      case ErrorCode::refused:
        return results.replies > 0 ? Ending::answered : Ending::failed;
      default:
        return Ending::last;  // asking on cannot help
    }
  }

  std::optional<Error> failure_of_all() const {
    const bool any = std::any_of(results_.begin(), results_.end(),
                                 [](const BatchResult &f) { return f.replies > 0; });
    if (any) return std::nullopt;
    for (const BatchResult &f : results_) {
      if (f.stop == Stop::failed) return f.failure;
    }
    for (const BatchResult &f : results_) {
      if (f.stop == Stop::over_budget) {
        return Error{ErrorCode::over_budget, "the budget does not allow the first question",
                     "budget"};
      }
    }
    return std::nullopt;
  }

  // Of a category whose questions have all ended, while others are still asked.
  std::vector<Response> first_answers(std::size_t category) const {
    const Category &of = checklist_.categories[category];
    auto judgment = judge(transcript_, votes_by_item({&of, 1}, "it was not answered"), {}, {});
    return in_order({&of, 1}, std::move(judgment.responses));
  }

  // Answers of each item of these categories, passage by passage.
  std::vector<ItemVotes> votes_by_item(std::span<const Category> categories,
                                       const std::string &unasked) const {
    std::map<const Item *, std::vector<PassageVotes>> polls;
    for (std::size_t i = 0; i < batches_.size(); ++i) {
      const Category *of = &checklist_.categories[category_of(i)];
      if (of < categories.data() || of >= categories.data() + categories.size()) continue;
      for (std::size_t k = 0; k < batches_[i].items.size(); ++k) {
        PassageVotes poll;
        if (!results_[i].polls.empty()) poll = results_[i].polls[k];
        if (poll.votes.empty() && poll.missing.empty()) poll.missing = unasked;
        polls[batches_[i].items[k]].push_back(std::move(poll));
      }
    }
    std::vector<ItemVotes> out;
    for (const Category &category : categories) {
      for (const Item &item : category.items) {
        if (const auto found = polls.find(&item); found != polls.end()) {
          out.push_back({&item, std::move(found->second)});
        }
      }
    }
    return out;
  }

  // Why questions were left out: what stopped the first one that was stopped.
  std::string unasked() const {
    for (const BatchResult &f : results_) {
      if (f.stop == Stop::over_budget) return "the budget is spent";
      if (f.stop == Stop::failed)
        return fmt::format("the service failed ({})", name(f.failure.code));
    }
    return "it was not asked about";
  }

  Assessment conclude() const {
    const std::vector<Evidence> injections = found_injections();
    Judgment judgment = judge(transcript_, votes_by_item(checklist_.categories, unasked()),
                              injections, options_.call.cancel);
    Assessment out;
    out.assessor = fmt::format("{}/{}", info_.id.empty() ? "model" : info_.id, assess_version);
    out.responses = in_order(checklist_.categories, std::move(judgment.responses));
    add_notices(out, judgment, injections);
    const auto answered =
        std::count_if(out.responses.begin(), out.responses.end(),
                      [](const Response &r) { return r.answer != Answer::unanswered; });
    log(LogLevel::info, fmt::format("answered {} of {} items; {} quotes refused", answered,
                                    out.responses.size(), judgment.refused_quotes));
    return out;
  }

  // The answers with those of items between them that were not asked about.
  static std::vector<Response> in_order(std::span<const Category> categories,
                                        std::vector<Response> answers) {
    std::vector<Response> out;
    auto next = answers.begin();
    for (const Category &category : categories) {
      for (const Item &item : category.items) {
        if (next != answers.end() && next->item_id == item.id) {
          out.push_back(std::move(*next++));
        } else {
          out.push_back(unprovable(item));
        }
      }
    }
    return out;
  }

  static Response unprovable(const Item &item) {
    Response out;
    out.item_id = item.id;
    out.reasoning = item.evidence_from == EvidenceFrom::either
                        ? "Nothing is said in this transcript."
                        : fmt::format(
                              "Nobody in this transcript is known to be the {}, so "
                              "nobody's words could prove it.",
                              name(item.evidence_from));
    return out;
  }

  void add_notices(Assessment &out, const Judgment &judgment,
                   const std::vector<Evidence> &injections) const {
    if (passages_ > 1) {
      out.notices.push_back(
          fmt::format("The conversation is longer than {} reads at a time; it was "
                      "judged in {} overlapping parts.",
                      info_.id, passages_));
    }
    add_injection_notices(out.notices, injections);
    std::map<std::string, std::size_t> missing;
    for (const Response &r : out.responses) {
      if (r.answer == Answer::unanswered && r.reasoning.rfind("Not answered: ", 0) == 0) {
        ++missing[r.reasoning.substr(14)];
      }
    }
    for (const auto &[why, count] : missing) {
      out.notices.push_back(
          fmt::format("{} of {} items are unanswered: {}", count, out.responses.size(), why));
      log(LogLevel::warning, fmt::format("{} items are unanswered", count));
    }
    if (judgment.cut_short > 0) {
      out.notices.push_back(
          fmt::format("{} of {} items were judged fewer times than wanted and need a review: {}",
                      judgment.cut_short, out.responses.size(), judgment.cut_short_by));
    }
    if (judgment.refused_quotes > 0) {
      out.notices.push_back(fmt::format(
          "{} that the model offered as proof {} refused by the evidence law.",
          judgment.refused_quotes == 1 ? std::string("One quote")
                                       : fmt::format("{} quotes", judgment.refused_quotes),
          judgment.refused_quotes == 1 ? "was" : "were"));
    }
    std::set<std::string> said;
    for (const BatchResult &f : results_) {
      for (const std::string &notice : f.notices) {
        if (said.insert(notice).second) out.notices.push_back(notice);
      }
    }
  }

  // Words that were reported to address the assessor.
  std::vector<Evidence> found_injections() const {
    std::vector<Quote> reported;
    for (const BatchResult &f : results_) {
      reported.insert(reported.end(), f.injections.begin(), f.injections.end());
    }
    return locate_injections(transcript_, reported, options_.call.cancel);
  }

  void add_injection_notices(std::vector<std::string> &notices,
                             const std::vector<Evidence> &injections) const {
    std::set<std::size_t> utterances;
    for (const Evidence &attempt : injections) utterances.insert(attempt.utterance);
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
      const std::string who = one_line(transcript_.utterances[u].speaker);
      notices.push_back(
          fmt::format("Utterance {}{} reads like an instruction to the assessor. It was "
                      "not followed.",
                      u, who.empty() ? "" : fmt::format(" ({})", clipped(who, 60))));
    }
  }

  const Transcript &transcript_;
  const Checklist &checklist_;
  LanguageModel &model_;
  const ModelInfo info_;
  const AssessOptions &options_;
  usage::BudgetTracker &tracker_;
  std::set<Role> roles_;
  std::vector<Group> groups_;
  std::vector<QuestionBatch> batches_;  // passage by passage, of each all groups
  std::size_t passages_ = 0;
  std::vector<BatchResult> results_;  // per questions
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
      return Error{ErrorCode::cancelled, "cancelled by the host", {}};
    }
    auto out = base::guard(
        [&] { return Assessing(transcript, checklist, model, options, tracker).run(); });
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
