// separate_turns(): a model says who speaks, passage by passage.
#include <saleschecklist/turns.hpp>

#include "assess/model/ask_loop.hpp"
#include "assess/model/model_answers.hpp"
#include "assess/model/prompt_transcript.hpp"
#include "assess/model/prompts.hpp"
#include "assess/model/reply_json.hpp"
#include "base/errors.hpp"
#include "base/guard.hpp"
#include "json/schema.hpp"
#include "transcript/roles/weighing.hpp"
#include "turns/prompts.hpp"
#include "turns/units.hpp"
#include "usage/stage_progress.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <set>

namespace saleschecklist::turns {
namespace {

using Json = nlohmann::json;

constexpr const char *schema = "model-turns.schema.json";
constexpr std::size_t most_lines = 200;  // of a passage, so that a reply has room for as many turns
constexpr std::size_t lines_before = 12;  // that a passage repeats, with their speakers
constexpr std::size_t most_speakers = 8;
constexpr std::size_t most_fault_bytes = 300;
// Of a reply: one turn, and all that is not a turn.
constexpr std::int64_t turn_tokens = 16, reply_frame_tokens = 500;

// What a model said of a passage: the speaker of each of its lines (0: cannot be told), and roles.
struct PassageTurns {
  std::vector<std::size_t> speakers;
  std::map<std::size_t, Role> roles;
  std::string fault;  // what cannot be used; empty if nothing
};

Role role_of(std::string_view word) {
  if (word == "rep") return Role::rep;
  return word == "customer" ? Role::customer : Role::unknown;
}

// Reads the turns of the lines [first, last).
PassageTurns read_turns(const ModelReply &reply, std::size_t first, std::size_t last) {
  PassageTurns out;
  const assessing::ReplyValues found = assessing::values_of(reply);
  const auto fault = [&](std::string what) {
    out.fault = std::move(what);
    return out;
  };
  if (found.fault) return fault(found.fault->clause);
  const Json j = assessing::object_with("turns", found.values, schema);
  if (j.is_null()) return fault("turns is missing");
  if (const auto faults = json::schema_faults(j, schema); !faults.empty()) {
    return fault(
        assessing::clipped(assessing::one_line(to_string(faults.front())), most_fault_bytes));
  }
  for (const Json &speaker : j.at("speakers")) {
    const std::int64_t number = speaker.at("speaker");
    if (number < 1 || number > static_cast<std::int64_t>(most_speakers)) {
      return fault(fmt::format("speaker {} is not a number from 1 to {}", number, most_speakers));
    }
    out.roles[static_cast<std::size_t>(number)] = role_of(speaker.at("role").get<std::string>());
  }
  for (const Json &turn : j.at("turns")) {
    const auto line = assessing::line_number(turn.at("line"));
    const std::int64_t number = turn.at("speaker");
    const std::size_t expected = first + out.speakers.size();  // the least
    if (!line || *line < expected || *line >= last || (out.speakers.empty() && *line != first)) {
      return fault(
          fmt::format("the turns have to begin with line {} and to be in the order of the "
                      "lines up to {}",
                      first, last - 1));
    }
    if (number != 0 && (number < 0 || out.roles.count(static_cast<std::size_t>(number)) == 0)) {
      return fault(fmt::format("speaker {} is not among the speakers", number));
    }
    if (!out.speakers.empty()) out.speakers.resize(*line - first, out.speakers.back());
    out.speakers.push_back(static_cast<std::size_t>(number));
  }
  if (out.speakers.empty()) return fault("turns is empty");
  out.speakers.resize(last - first, out.speakers.back());
  return out;
}

class Separation {
 public:
  Separation(const Transcript &transcript, LanguageModel &model, const SeparateOptions &options,
             usage::BudgetTracker &tracker)
      : transcript_(transcript),
        model_(model),
        options_(options),
        tracker_(tracker),
        units_(units_of(transcript)),
        progress_(options.call, "separate", units_.size()) {
    request_.instructions = turns_instructions();
    request_.schema_name = "turns";
    request_.schema = assessing::request_schema(schema);
    request_.cancel = options.call.cancel;
    request_.on_wait = progress_.on_wait();
  }

  Result<Transcript> run() {
    model_.discover(options_.call.cancel);
    progress_.done(0);
    while (speakers_.size() < units_.size()) {
      if (auto error = ask_from(speakers_.size())) return *std::move(error);
      progress_.done(speakers_.size());
    }
    std::set<std::size_t> different(speakers_.begin(), speakers_.end());
    different.erase(0);
    if (different.empty()) return unusable("it tells no speaker");
    if (different.size() == 1) return unusable("it leaves all words to one speaker");
    return concluded();
  }

 private:
  std::string line(std::size_t i) const {
    const std::string text = assessing::one_line(text_of(transcript_, units_[i]));
    if (i >= speakers_.size()) return fmt::format("#{}: {}\n", i, text);
    return speakers_[i] == 0 ? fmt::format("#{} (cannot be told): {}\n", i, text)
                             : fmt::format("#{} (speaker {}): {}\n", i, speakers_[i], text);
  }

  // As many lines as the model's context and its longest reply allow; at least one.
  std::size_t end_of_passage(std::size_t first) const {
    const ModelInfo info = model_.info();
    const std::int64_t frame = assessing::estimate_tokens(request_.instructions) +
                               assessing::estimate_tokens(request_.schema) + 1'000;
    const std::int64_t most = info.context_tokens > 0 ? info.context_tokens - frame : 100'000;
    std::size_t lines = most_lines;
    if (info.max_output_tokens > 0) {
      const std::int64_t turns = (info.max_output_tokens - reply_frame_tokens) / turn_tokens;
      lines = static_cast<std::size_t>(std::clamp<std::int64_t>(turns, 1, most_lines));
    }
    std::int64_t tokens = 0;
    std::size_t last = first;
    while (last < units_.size() && last - first < lines) {
      tokens += assessing::estimate_tokens(line(last)) + turn_tokens;
      if (last > first && tokens > most) break;
      ++last;
    }
    return last;
  }

  void prepare(std::size_t first, std::size_t last, const std::string &fault) {
    std::string body;
    const std::size_t before = std::min(first, lines_before);
    for (std::size_t i = first - before; i < last; ++i) body += line(i);
    request_.shared = assessing::fenced("transcript", body);
    request_.cache_key = assessing::cache_key_of(request_);
    request_.question = turns_question(first, last, options_.rep_names, fault);
    request_.max_output_tokens =
        reply_frame_tokens + turn_tokens * static_cast<std::int64_t>(last - first);
  }

  // Asks about the passage that begins at `first`.
  std::optional<Error> ask_from(std::size_t first) {
    std::size_t last = end_of_passage(first);
    std::string fault;
    for (int asked = 0; asked < assessing::most_asks;) {
      prepare(first, last, fault);
      Usage counted;
      auto reply = assessing::ask(model_, tracker_, request_, counted);
      if (!reply) {
        return errors::over_budget("the budget does not allow telling the speakers apart",
                                   "budget");
      }
      if (!*reply) {
        // A refusal may have told that the model's context is smaller than was thought.
        const std::size_t allowed = end_of_passage(first);
        if (allowed >= last) return reply->error();
        last = allowed;
        continue;
      }
      PassageTurns turns = read_turns(**reply, first, last);
      if (turns.fault.empty()) {
        take(turns, first);
        return std::nullopt;
      }
      fault = std::move(turns.fault);
      const bool too_long = (*reply)->finish == Finish::truncated && last - first > 1;
      if (too_long) {
        last = first + (last - first + 1) / 2;
      } else {
        ++asked;
      }
    }
    return unusable(fault);
  }

  Error unusable(const std::string &why) const {
    Error out = errors::refused("the model's reply about who speaks cannot be used: " + why);
    out.provider = model_.info().id;
    return out;
  }

  // A speaker whose role differs between passages has none.
  void take(const PassageTurns &turns, std::size_t first) {
    speakers_.resize(first);
    speakers_.insert(speakers_.end(), turns.speakers.begin(), turns.speakers.end());
    for (const auto &[speaker, role] : turns.roles) {
      if (role == Role::unknown) continue;
      const auto [known, added] = roles_.try_emplace(name_of(speaker), role);
      if (!added && known->second != role) known->second = Role::unknown;
    }
  }

  static std::string name_of(std::size_t speaker) {
    return speaker == 0 ? std::string() : fmt::format("Speaker {}", speaker);
  }

  Transcript concluded() const {
    std::vector<std::string> speakers;
    for (const std::size_t speaker : speakers_) speakers.push_back(name_of(speaker));
    Transcript out = with_speakers(transcript_, units_, speakers);
    out.speakers_inferred = true;
    std::sort(speakers.begin(), speakers.end());
    speakers.erase(std::unique(speakers.begin(), speakers.end()), speakers.end());
    speakers.erase(std::remove(speakers.begin(), speakers.end(), std::string()), speakers.end());
    give_roles(out, speakers);
    return out;
  }

  // The roles that the model and the talk do not disagree about.
  void give_roles(Transcript &out, const std::vector<std::string> &speakers) const {
    const transcript::Inference heard = transcript::infer_roles(out, speakers);
    std::map<std::string, Role> roles = heard.roles;
    std::vector<std::string> sellers;
    bool agree = true;
    for (const auto &[speaker, role] : roles_) {
      if (role == Role::unknown) continue;
      const auto [known, added] = roles.try_emplace(speaker, role);
      agree = agree && (added || known->second == role);
    }
    for (const auto &[speaker, role] : roles) {
      if (role == Role::rep) sellers.push_back(speaker);
    }
    const bool known = agree && !sellers.empty();
    for (Utterance &said : out.utterances) {
      const auto found = roles.find(said.speaker);
      said.role = known && found != roles.end() ? found->second : Role::unknown;
    }
    out.role_source = known ? RoleSource::inferred : RoleSource::none;
    out.role_confidence =
        known && !heard.roles.empty() ? std::optional(heard.confidence) : std::nullopt;
    const std::string who = model_.info().id;
    out.role_reason =
        known    ? fmt::format("{} told the speakers apart by their words, and {} sells", who,
                               fmt::join(sellers, ", "))
        : !agree ? fmt::format("{} and the talk disagree about who sells", who)
                 : fmt::format("{} told the speakers apart by their words, but not who sells", who);
  }

  const Transcript &transcript_;
  LanguageModel &model_;
  const SeparateOptions &options_;
  usage::BudgetTracker &tracker_;
  const std::vector<Unit> units_;
  usage::StageProgress progress_;
  ModelRequest request_;
  std::vector<std::size_t> speakers_;  // of the units so far; 0: cannot be told
  std::map<std::string, Role> roles_;  // by speaker, as the model says
};

}  // namespace
}  // namespace saleschecklist::turns

namespace saleschecklist {

bool lacks_speakers(const Transcript &transcript) {
  const auto &all = transcript.utterances;
  return std::all_of(all.begin(), all.end(),
                     [](const Utterance &u) { return u.speaker.empty(); }) &&
         !turns::units_of(transcript).empty();
}

Result<Transcript> separate_turns(const Transcript &transcript, LanguageModel &model,
                                  const SeparateOptions &options, Usage *usage) {
  return base::guard([&]() -> Result<Transcript> {
    if (const auto faults = validate(transcript); !faults.empty()) {
      Error out = json::join_faults(faults);
      out.code = ErrorCode::invalid_argument;
      return out;
    }
    if (!lacks_speakers(transcript)) return transcript;
    usage::BudgetTracker tracker(options.call.budget, model.info().id, options.call.prices);
    if (auto error = tracker.fault()) return *std::move(error);
    auto out =
        base::guard([&] { return turns::Separation(transcript, model, options, tracker).run(); });
    if (usage != nullptr) *usage += tracker.total();
    return out;
  });
}

}  // namespace saleschecklist
