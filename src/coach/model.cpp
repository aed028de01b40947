// coach(): a model writes coaching from the score, the evidence and the gaps.
#include <saleschecklist/coach.hpp>
#include <saleschecklist/metrics.hpp>

#include "assess/model/ask_loop.hpp"
#include "assess/model/prompt_transcript.hpp"
#include "assess/model/prompts.hpp"
#include "assess/model/reply_json.hpp"
#include "base/errors.hpp"
#include "base/guard.hpp"
#include "coach/coach.hpp"
#include "coach/prompts.hpp"
#include "json/schema.hpp"
#include "text/phrasing.hpp"
#include "text/words.hpp"
#include "usage/stage_progress.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace saleschecklist {
namespace {

using Json = nlohmann::json;

constexpr const char *schema = "model-coaching.schema.json";
constexpr std::size_t least_words = 200, most_words = 300;
// The limit on a text that is accepted although the model ignored the required length twice.
constexpr std::size_t fewest_words = 150, greatest_words = 400;
constexpr std::size_t actions = 3, most_points = 5, most_moments = 3;
constexpr std::size_t items_shown = 25, gaps_explained = 12;
constexpr std::size_t most_quote_bytes = 400, most_fault_bytes = 200;

struct Entry {
  const Item *item;
  const Response *response;
};

// The input that the model reads.
class CoachingPrompt {
 public:
  CoachingPrompt(const Transcript &transcript, const Checklist &checklist,
                 const std::vector<Response> &responses, const Score &score)
      : transcript_(transcript), score_(score) {
    std::map<std::string_view, const Response *> answers;
    for (const Response &r : responses) answers[r.item_id] = &r;
    for (const Category &c : checklist.categories) {
      for (const Item &i : c.items) {
        const auto found = answers.find(i.id);
        entries_[i.id] = {&i, found == answers.end() ? nullptr : found->second};
      }
    }
  }

  // Quotes of the call: the proof of items, and the rep's claims that were rejected as proof.
  std::string material() const {
    std::string body;
    for (const Entry &e : shown(score_.strengths)) {
      if (e.response == nullptr) continue;
      for (const Evidence &proof : e.response->evidence) {
        const Utterance &u = transcript_.utterances[proof.utterance];
        body += fmt::format(
            "{}{} proves [{}]: {}\n", assessing::heading(u, proof.utterance),
            proof.begin_ms ? " at " + text::clock_time(*proof.begin_ms) : std::string(), e.item->id,
            assessing::clipped(assessing::one_line(proof.quote), most_quote_bytes));
      }
    }
    for (const Entry &e : shown(score_.gaps)) {
      if (e.response == nullptr || e.response->rejected_evidence.empty()) continue;
      body += fmt::format(
          "not accepted as proof of [{}]: {}\n", e.item->id,
          assessing::clipped(assessing::one_line(e.response->rejected_evidence.front().quote),
                             most_quote_bytes));
    }
    return assessing::fenced("evidence", body);
  }

  std::string question() const {
    const ScoreSummary &s = score_.summary;
    std::string out = fmt::format("Score: {} of 100 ({}). {} of {} items are proven.\n",
                                  score_.total_score, assessing::one_line(score_.risk_label),
                                  s.validated_items, s.total_items - s.not_applicable_items);
    const Metrics metrics = measure(transcript_);
    if (metrics.rep_talk_share) {
      out += fmt::format("The salesperson did {} of the talking.\n",
                         text::percent(*metrics.rep_talk_share));
    }
    out += "Proven by category:";
    for (const CategoryScore &c : score_.category_breakdown) {
      out +=
          fmt::format(" {} {}/{};", assessing::one_line(c.name), c.validated_items, c.total_items);
    }
    out += "\nProven, most important first:\n";
    for (const Entry &e : shown(score_.strengths)) {
      out += fmt::format("[{}] {}\n", e.item->id, assessing::one_line(e.item->title));
    }
    out += "Still open, most important first:\n";
    std::size_t explained = 0;
    for (const Entry &e : shown(score_.gaps)) {
      out += fmt::format("[{}] {}", e.item->id, assessing::one_line(e.item->title));
      if (explained++ < gaps_explained) {
        out += fmt::format(". What helps: {} A question to oneself: {}",
                           assessing::one_line(e.item->key_behavior),
                           assessing::one_line(e.item->coaching_question));
      }
      out += "\n";
    }
    return out;
  }

  bool knows(const std::string &item_id) const { return entries_.count(item_id) != 0; }

 private:
  std::vector<Entry> shown(const std::vector<ScoredItem> &ranked) const {
    std::vector<Entry> out;
    for (std::size_t i = 0; i < std::min(ranked.size(), items_shown); ++i) {
      out.push_back(entries_.at(ranked[i].item_id));
    }
    return out;
  }

  const Transcript &transcript_;
  const Score &score_;
  std::map<std::string, Entry> entries_;  // by item id
};

// Trims each line; keeps paragraphs, and removes lines without visible characters.
std::string cleaned(const std::string &text) {
  std::string out;
  std::size_t at = 0;
  while (at <= text.size()) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    const std::string line = assessing::one_line(std::string_view(text).substr(at, end - at));
    const bool blank = out.empty() || (out.size() > 1 && out.substr(out.size() - 2) == "\n\n");
    if (!line.empty() || !blank) out += line + "\n";
    at = end + 1;
  }
  while (!out.empty() && out.back() == '\n') out.pop_back();
  return out;
}

std::vector<CoachingPoint> points_from(const Json &list) {
  std::vector<CoachingPoint> out;
  for (const Json &j : list) {
    CoachingPoint point{assessing::one_line(j.at("point").get<std::string>()),
                        assessing::one_line(j.at("explanation").get<std::string>())};
    if (point.point.empty() || point.explanation.empty() || out.size() == most_points) continue;
    out.push_back(std::move(point));
  }
  return out;
}

struct Attempt {
  Coaching coaching;
  std::string fault;    // what is wrong with it; empty if nothing is
  bool usable = false;  // whether it is acceptable in spite of the fault
};

class ModelCoach {
 public:
  ModelCoach(const Transcript &transcript, const CoachingPrompt &prompt, LanguageModel &model,
             usage::BudgetTracker &tracker, usage::StageProgress &progress,
             const CancelToken &cancel)
      : transcript_(transcript), prompt_(prompt), model_(model), tracker_(tracker) {
    request_.instructions = coaching::coach_instructions();
    request_.shared = prompt.material();
    request_.schema_name = "coaching";
    request_.schema = assessing::request_schema(schema);
    request_.cache_key = assessing::cache_key_of(request_);
    request_.cancel = cancel;
    request_.on_wait = progress.on_wait();
  }

  Result<Coaching> run() {
    const ModelInfo info = model_.info();
    const std::string question = prompt_.question();
    std::optional<Coaching> fallback;
    std::string fault;
    for (int asked = 0; asked < assessing::most_asks; ++asked) {
      request_.question = question + closing(fault);
      request_.max_output_tokens =
          assessing::output_limit(info, assessing::estimate_tokens(request_.instructions) +
                                            assessing::estimate_tokens(request_.schema) +
                                            assessing::estimate_tokens(request_.shared) +
                                            assessing::estimate_tokens(request_.question));
      Usage counted;
      auto reply = assessing::ask(model_, tracker_, request_, counted);
      if (!reply) {
        if (fallback) return *std::move(fallback);
        return errors::over_budget("the budget does not allow coaching", "budget");
      }
      if (!*reply) {
        if (fallback && reply->error().code != ErrorCode::cancelled) return *std::move(fallback);
        return reply->error();
      }
      Attempt draft = read(**reply);
      if (draft.fault.empty()) return std::move(draft.coaching);
      if (draft.usable) fallback = std::move(draft.coaching);
      fault = std::move(draft.fault);
    }
    if (fallback) return *std::move(fallback);
    Error error = errors::refused("the model's coaching cannot be used: " + fault);
    error.provider = info.id;
    return error;
  }

 private:
  static std::string closing(const std::string &fault) {
    return fault.empty()
               ? "Write the coaching."
               : fmt::format("Your last reply could not be used: {}. Write the coaching.", fault);
  }

  Attempt read(const ModelReply &reply) const {
    const assessing::ReplyValues found = assessing::values_of(reply);
    if (found.fault) return {{}, found.fault->clause};
    const Json j = assessing::object_with("feedback_text", found.values, schema);
    if (j.is_null()) return {{}, "feedback_text is missing"};
    if (const auto faults = json::schema_faults(j, schema); !faults.empty()) {
      return {{},
              assessing::clipped(assessing::one_line(to_string(faults.front())), most_fault_bytes)};
    }
    Attempt out;
    Coaching &c = out.coaching;
    c.feedback_text = cleaned(j.at("feedback_text"));
    c.first_change = assessing::one_line(j.at("first_change").get<std::string>());
    c.strengths = points_from(j.at("strengths"));
    c.improvement_areas = points_from(j.at("improvement_areas"));
    for (const Json &action : j.at("action_items")) {
      c.action_items.push_back(assessing::one_line(action.get<std::string>()));
    }
    c.moments = moments_from(j.at("moments"));
    check(out);
    return out;
  }

  static void check(Attempt &draft) {
    const Coaching &c = draft.coaching;
    if (c.first_change.empty()) {
      draft.fault = "first_change is empty";
    } else if (c.action_items.size() != actions ||
               std::count(c.action_items.begin(), c.action_items.end(), std::string()) != 0) {
      draft.fault = fmt::format("action_items has {} entries instead of three that are not empty",
                                c.action_items.size());
    } else {
      const std::size_t words = text::count_words(c.feedback_text);
      if (words >= least_words && words <= most_words) return;
      draft.fault = fmt::format("feedback_text has {} words instead of 200 to 300", words);
      draft.usable = words >= fewest_words && words <= greatest_words;
    }
  }

  // The claims that pass the evidence law, in the order of the call and in its own words.
  std::vector<Moment> moments_from(const Json &list) const {
    std::vector<Claim> claims;
    std::vector<std::string> items;
    for (const Json &moment : list) {
      if (claims.size() == 2 * most_moments || !prompt_.knows(moment.at("item_id"))) continue;
      claims.push_back({moment.at("quote"), assessing::line_number(moment.at("utterance")),
                        EvidenceFrom::either});
      items.push_back(moment.at("item_id"));
    }
    const auto verdicts = verify(transcript_, claims);
    std::vector<Moment> out;
    for (std::size_t i = 0; i < verdicts.size(); ++i) {
      const auto &proof = verdicts[i].evidence;
      const bool known = proof && std::any_of(out.begin(), out.end(), [&](const Moment &m) {
                           return m.utterance == proof->utterance;
                         });
      if (!proof || known || out.size() == most_moments) continue;
      out.push_back({proof->utterance, proof->quote, proof->begin_ms, proof->end_ms, items[i]});
    }
    std::stable_sort(out.begin(), out.end(),
                     [](const Moment &a, const Moment &b) { return a.utterance < b.utterance; });
    return out;
  }

  const Transcript &transcript_;
  const CoachingPrompt &prompt_;
  LanguageModel &model_;
  usage::BudgetTracker &tracker_;
  ModelRequest request_;
};

}  // namespace

Result<Coaching> coach(const Transcript &transcript, const Checklist &checklist,
                       const std::vector<Response> &responses, const Score &score,
                       LanguageModel &model, const CallOptions &options, Usage *usage) {
  return base::guard([&]() -> Result<Coaching> {
    if (auto fault = coaching::coaching_fault(transcript, checklist, responses, score)) {
      return *std::move(fault);
    }
    usage::BudgetTracker tracker(options.budget, model.info().id, options.prices);
    if (auto error = tracker.fault()) return *std::move(error);
    usage::StageProgress progress(options, "coach", 1);
    progress.done(0);
    model.discover(options.cancel);
    const CoachingPrompt prompt(transcript, checklist, responses, score);
    auto out = base::guard([&] {
      return ModelCoach(transcript, prompt, model, tracker, progress, options.cancel).run();
    });
    if (usage != nullptr) *usage += tracker.total();
    progress.done(1);
    if (options.log && out) {
      options.log(LogLevel::info,
                  fmt::format("{} coached: {} words, {} moments", model.info().id,
                              text::count_words(out->feedback_text), out->moments.size()));
    }
    return out;
  });
}

}  // namespace saleschecklist
