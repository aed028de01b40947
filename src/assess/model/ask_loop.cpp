#include "assess/model/ask_loop.hpp"
#include "base/errors.hpp"

#include "assess/model/prompt_transcript.hpp"
#include "assess/model/prompts.hpp"
#include "base/ascii.hpp"
#include "base/guard.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <utility>

namespace saleschecklist::assessing {
namespace {

constexpr std::int64_t most_output = 8'000;
constexpr std::int64_t usual_output = 2'500;
constexpr std::int64_t least_output = 256;
constexpr std::int64_t times_allowed = 3;
// The least tokens of a good reply, and the room that one is given, per reply and per entry.
constexpr std::int64_t small_reply = 8, small_entry = 32;
constexpr std::int64_t reply_room = 20, entry_room = 45;
// The part of the greatest length of a reply for which the budget is reserved.
constexpr std::int64_t reserved_part = 4;
constexpr std::size_t most_note_bytes = 400;
// The room for hidden reasoning after it took all of the first reply.
constexpr std::int64_t times_reasoning = 4, least_reasoning = 4'000;

std::int64_t count(const std::vector<const Item *> &items) {
  return static_cast<std::int64_t>(items.size());
}

// Sets `first` and `first_votes`.
Tally ranked(Tally out) {
  std::array<std::pair<int, Answer>, 4> order = {std::pair{out.no, Answer::no},
                                                 {out.not_applicable, Answer::not_applicable},
                                                 {out.denied, Answer::denied},
                                                 {out.yes, Answer::yes}};
  std::stable_sort(order.begin(), order.end(),
                   [](const auto &a, const auto &b) { return a.first > b.first; });
  out.first = order[0].second;
  out.first_votes = order[0].first;
  return out;
}

class AskLoop {
 public:
  AskLoop(LanguageModel &model, usage::BudgetTracker &tracker, const QuestionBatch &questions,
          int votes)
      : model_(model),
        info_(model.info()),
        tracker_(tracker),
        questions_(questions),
        votes_(votes) {
    out_.votes.resize(questions.items.size());
  }

  BatchResult run() {
    for (int vote = 0; vote < votes_ && out_.stop == Stop::none; ++vote) {
      const auto open = open_items(vote);
      if (open.empty()) break;
      Round(*this, open).run();
    }
    if (out_.stop != Stop::none) {
      for (PassageVotes &votes : out_.votes) {
        if (is_open(votes)) votes.gap = stopped_by_;
      }
    }
    return std::move(out_);
  }

 private:
  // One vote: a question, and further questions about the items that were not answered.
  class Round {
   public:
    Round(AskLoop &owner, std::vector<const Item *> items)
        : owner_(owner), pending_(std::move(items)), all_(count(pending_)) {}

    void run() {
      for (int asked = 0; asked < most_asks && !pending_.empty(); ++asked) {
        const auto batch = next_batch();
        const std::size_t before = pending_.size();
        ModelRequest request = *owner_.questions_.prefix;
        request.on_begin = owner_.questions_.on_begin;
        request.on_wait = owner_.questions_.on_wait;
        request.question = items_question(*owner_.questions_.category, batch,
                                          asked == 0 ? std::string() : note(batch));
        if (!plan(request, batch)) break;
        Usage used;
        const auto reply = ask(owner_.model_, owner_.tracker_, request, used);
        counted_ += used;
        if (!reply) return stop(Stop::over_budget, over_budget());
        if (!*reply) {
          owner_.out_.failure = reply->error();
          return stop(Stop::failed, service_failed(reply->error()));
        }
        leave_room(**reply, used);
        take(**reply, batch);
        questions_.push_back(std::move(request.question));
        if (pending_.size() < before) useful_ = questions_.size();
      }
      if (!pending_.empty()) tell_unusable();
      for (const Item *item : pending_) {
        Gap gap = faults_[item->id];
        if (too_dear_) gap.clause += ", and asking again would have cost too much";
        owner_.votes_for(item->id).gap = std::move(gap);
      }
    }

   private:
    // After a reply that ended before its first word, the next one may reason longer, once.
    void leave_room(const ModelReply &reply, const Usage &used) {
      const bool silent = reply.finish == Finish::truncated && base::trim(reply.text).empty();
      reasoned_ += silent ? used.tokens_out : used.tokens_reasoning;
      more_room_ = silent && reasoning_tokens_ == 0;
      if (more_room_) {
        reasoning_tokens_ = times_reasoning * std::max(used.tokens_out, least_reasoning);
      }
    }

    // The items to ask about next: half as many as before after a truncated reply, unless the next
    // one has more room.
    std::vector<const Item *> next_batch() {
      if (truncated_ && !more_room_) batch_ = std::max<std::size_t>(1, last_size_ / 2);
      auto out = pending_;
      if (batch_ > 0 && out.size() > batch_) out.resize(batch_);
      last_size_ = out.size();
      return out;
    }

    // The faults of the last reply, each once, for the next question.
    std::string note(const std::vector<const Item *> &batch) const {
      std::map<std::string, std::vector<std::string>> ids;
      for (const Item *item : batch) ids[faults_.at(item->id).clause].push_back(item->id);
      std::string out;
      for (const auto &[fault, of] : ids) {
        const bool all = of.size() == batch.size();
        out += fmt::format("{}{}{}", out.empty() ? "" : "; ",
                           all ? std::string() : fmt::format("[{}] ", fmt::join(of, "] [")), fault);
      }
      if (!unknown_.empty()) out += "; " + unknown_;
      return clipped(out, most_note_bytes);
    }

    // Sets the greatest length of the reply. False if another request could cost more than is
    // allowed for the question.
    bool plan(ModelRequest &request, const std::vector<const Item *> &batch) {
      const std::int64_t prompt =
          owner_.questions_.prefix_tokens + estimate_tokens(request.question);
      request.max_output_tokens = output_limit(owner_.info_, prompt);
      request.reasoning_tokens = reasoning_tokens_;
      if (first_estimate_ == 0) {
        first_estimate_ = prompt;
        return true;
      }
      const std::int64_t read = first_read_ + std::max<std::int64_t>(0, prompt - first_estimate_);
      const std::int64_t allowed = times_allowed * (first_read_ + small_reply + small_entry * all_);
      const std::int64_t room = allowed - (usage::tokens_of(counted_) - reasoned_) - read;
      if (room < reply_room + entry_room * count(batch)) {
        too_dear_ = true;
        return false;
      }
      request.max_output_tokens = std::min(request.max_output_tokens, room);
      return true;
    }

    void take(const ModelReply &reply, const std::vector<const Item *> &batch) {
      if (first_read_ == 0) first_read_ = counted_.tokens_in;
      ++owner_.out_.replies;
      owner_.out_.notices.insert(owner_.out_.notices.end(), reply.notices.begin(),
                                 reply.notices.end());
      ModelAnswers answers = read_answers(reply, batch);
      truncated_ = answers.truncated;
      unknown_ = answers.unknown;
      for (auto &[id, fault] : answers.faults) faults_[id] = std::move(fault);
      for (auto &[id, draft] : answers.drafts)
        owner_.votes_for(id).votes.push_back(std::move(draft));
      for (Quote &quote : answers.injections) owner_.out_.injections.push_back(std::move(quote));
      pending_.erase(
          std::remove_if(pending_.begin(), pending_.end(),
                         [&](const Item *i) { return answers.drafts.count(i->id) != 0; }),
          pending_.end());
      for (const Item *item : pending_)
        faults_.emplace(item->id, Gap{UnansweredReason::not_asked, "it was not asked about again"});
    }

    // The replies after the last one that answered an item; if there are none, that one, because
    // the same replies would leave the same items unanswered.
    void tell_unusable() const {
      if (!owner_.questions_.unusable || questions_.empty()) return;
      ModelRequest request = *owner_.questions_.prefix;
      for (std::size_t i = std::min(useful_, questions_.size() - 1); i < questions_.size(); ++i) {
        request.question = questions_[i];
        owner_.questions_.unusable(request);
      }
    }

    void stop(Stop why, const Gap &gap) {
      owner_.out_.stop = why;
      owner_.stopped_by_ = gap;
      for (const Item *item : pending_) owner_.votes_for(item->id).gap = gap;
    }

    AskLoop &owner_;
    std::vector<const Item *> pending_;
    std::int64_t all_;
    std::map<std::string, Gap> faults_;  // by item id
    std::string unknown_;
    bool truncated_ = false;
    bool too_dear_ = false;
    bool more_room_ = false;
    std::int64_t reasoning_tokens_ = 0;  // of the next request; 0: as the port thinks right
    std::int64_t reasoned_ = 0;          // tokens of hidden reasoning in counted_
    std::size_t batch_ = 0, last_size_ = 0;
    std::vector<std::string> questions_;  // those that were replied to
    std::size_t useful_ = 0;  // how many of them, up to the last one that answered an item
    std::int64_t first_estimate_ = 0, first_read_ = 0;
    Usage counted_;  // of this vote
  };

  PassageVotes &votes_for(const std::string &id) {
    const auto found = std::find_if(questions_.items.begin(), questions_.items.end(),
                                    [&](const Item *i) { return i->id == id; });
    return out_.votes[static_cast<std::size_t>(found - questions_.items.begin())];
  }

  // Whether further votes can change the answer or whether it is divided. An item without a valid
  // answer is not asked about again.
  bool is_open(const PassageVotes &passage) const {
    const int left = votes_ - static_cast<int>(passage.votes.size());
    if (passage.gap || left <= 0) return false;
    const Tally now = tally(passage.votes);
    std::set<std::pair<Answer, bool>> outcomes;
    for (int yes = 0; yes <= left; ++yes) {
      for (int no = 0; yes + no <= left; ++no) {
        for (int denied = 0; yes + no + denied <= left; ++denied) {
          Tally then = now;
          then.yes += yes;
          then.no += no;
          then.denied += denied;
          then.not_applicable += left - yes - no - denied;
          then = ranked(then);
          outcomes.emplace(then.first, is_divided(then));
        }
      }
    }
    return outcomes.size() > 1;
  }

  // The items whose outcome another vote can change. Each vote begins with a different item, so
  // that no item is always the last one.
  std::vector<const Item *> open_items(int vote) const {
    std::vector<const Item *> out;
    for (std::size_t i = 0; i < questions_.items.size(); ++i) {
      if (is_open(out_.votes[i])) out.push_back(questions_.items[i]);
    }
    const std::size_t shift = out.empty() ? 0
                                          : static_cast<std::size_t>(vote) * out.size() /
                                                static_cast<std::size_t>(votes_);
    std::rotate(out.begin(), out.begin() + static_cast<std::ptrdiff_t>(shift), out.end());
    return out;
  }

  LanguageModel &model_;
  const ModelInfo info_;
  usage::BudgetTracker &tracker_;
  const QuestionBatch &questions_;
  const int votes_;
  BatchResult out_;
  Gap stopped_by_;
};

}  // namespace

std::optional<Result<ModelReply>> ask(LanguageModel &model, usage::BudgetTracker &tracker,
                                      const ModelRequest &request, Usage &counted) {
  Usage expected;
  expected.tokens_in = estimate_tokens(request.instructions) + estimate_tokens(request.shared) +
                       estimate_tokens(request.schema) + estimate_tokens(request.question);
  expected.tokens_out =
      request.max_output_tokens / reserved_part + request.reasoning_tokens / reserved_part;
  if (!tracker.admit(expected, request.cancel)) {
    if (!request.cancel.cancelled()) return std::nullopt;
    return Result<ModelReply>(errors::cancelled());
  }
  Usage used;
  auto reply = base::guard([&] { return model.complete(request, used); });
  Usage estimated;
  if (reply) {
    estimated.tokens_in = expected.tokens_in * 3 / 4;
    estimated.tokens_out = estimate_tokens(reply->text);
  }
  tracker.settle(expected, used, estimated);
  counted += usage::tokens_of(used) > 0 ? used : estimated;
  return reply;
}

std::int64_t output_limit(const ModelInfo &info, std::int64_t prompt_tokens) {
  // Half of what three prompts leave, so that a request can be repeated after one endless reply;
  // more for a short prompt, because the items need that room.
  std::int64_t out =
      std::max(prompt_tokens * 13 / 20, std::min(usual_output, prompt_tokens * 27 / 20));
  out = std::min(out, most_output);
  if (info.max_output_tokens > 0) out = std::min(out, info.max_output_tokens);
  if (info.context_tokens > 0) out = std::min(out, info.context_tokens - prompt_tokens);
  return std::max(out, least_output);
}

Tally tally(const std::vector<DraftAnswer> &votes) {
  Tally out;
  for (const DraftAnswer &vote : votes) {
    ++(vote.answer == Answer::yes      ? out.yes
       : vote.answer == Answer::no     ? out.no
       : vote.answer == Answer::denied ? out.denied
                                       : out.not_applicable);
  }
  return ranked(out);
}

bool is_divided(const Tally &votes) {
  return 3 * votes.first_votes < 2 * (votes.yes + votes.no + votes.not_applicable + votes.denied);
}

BatchResult ask_until_answered(LanguageModel &model, usage::BudgetTracker &tracker,
                               const QuestionBatch &questions, int votes) {
  return AskLoop(model, tracker, questions, votes).run();
}

}  // namespace saleschecklist::assessing
