#include "assess/model/model_answers.hpp"

#include "assess/model/prompt_transcript.hpp"
#include "assess/model/reply_entries.hpp"
#include "assess/model/reply_json.hpp"
#include "base/ascii.hpp"
#include "json/documents.hpp"
#include "json/parse.hpp"
#include "json/schema.hpp"

#include <saleschecklist/limits.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace saleschecklist::assessing {
namespace {

using Json = nlohmann::json;

constexpr std::size_t most_quotes_offered = 6;  // of one answer that are verified
constexpr std::size_t most_injections = 20;
constexpr std::size_t most_reasoning_bytes = 1'000;
constexpr std::size_t most_fault_bytes = 120;
constexpr std::size_t unknown_shown = 3;
constexpr const char *schema = "model-answers.schema.json";

Gap unusable(std::string clause) { return {UnansweredReason::unusable_reply, std::move(clause)}; }

// The first fault of a document, with its place below `root`; empty when it is valid.
std::string schema_fault(const Json &document, std::string_view root) {
  const auto faults = json::schema_faults(document, schema);
  if (faults.empty()) return {};
  std::string where = faults.front().where;
  if (where.substr(0, root.size()) == root) where.erase(0, root.size());
  return clipped(
      one_line(fmt::format("{}{}{}", where, where.empty() ? "" : ": ", faults.front().message)),
      most_fault_bytes);
}

std::vector<Quote> quotes_from(const Json &list, std::size_t most) {
  std::vector<Quote> out;
  for (const Json &quote : list) {
    if (out.size() == most) break;
    std::string words = quote.at("quote");
    if (!one_line(words).empty()) {
      out.push_back({line_number(quote.at("utterance")), std::move(words)});
    }
  }
  return out;
}

DraftAnswer draft_from(const Json &entry) {
  return {json::from_word(entry.at("answer"), {Answer::yes, Answer::denied, Answer::not_applicable},
                          Answer::no),
          entry.at("confidence"), quotes_from(entry.at("evidence"), most_quotes_offered),
          clipped(one_line(entry.at("reasoning").get<std::string>()), most_reasoning_bytes),
          quotes_from(entry.at("contrary"), most_quotes_offered)};
}

std::string entry_fault(const Json &entry) {
  std::string fault =
      schema_fault({{"answers", Json::array({entry})}, {"attempts", Json::array()}}, "/answers/0");
  if (!fault.empty()) return fault;
  const double confidence = entry.at("confidence");
  if (confidence >= 0 && confidence <= 1) return {};
  return fmt::format("/confidence: expected a number from 0 to 1, got {}", confidence);
}

class Reader {
 public:
  explicit Reader(const std::vector<const Item *> &asked) : asked_(asked) {}

  ModelAnswers read(const ModelReply &reply) {
    out_.truncated = reply.finish == Finish::truncated;
    const ReplyValues found = values_of(reply);
    const ReplyEntries entries =
        entries_in(found.values, [this](const std::string &id) { return is_asked(id); });
    const bool sound =
        json::schema_faults({{"answers", entries.entries}, {"attempts", Json::array()}}, schema)
            .empty();
    for (const Json &entry : entries.entries) read_entry(entry, sound);
    read_attempts(entries.attempts);
    const auto fault = found.fault        ? found.fault
                       : entries.has_list ? std::nullopt
                                          : std::optional(unusable("there is no list of answers"));
    for (const Item *item : asked_) {
      if (fault && out_.drafts.count(item->id) == 0) out_.faults.emplace(item->id, *fault);
    }
    for (const Item *item : asked_) {
      if (out_.drafts.count(item->id) == 0)
        out_.faults.emplace(item->id, unusable("there is no entry"));
    }
    for (std::size_t i = 0; i < std::min(unknown_.size(), unknown_shown); ++i) {
      out_.unknown += (i == 0 ? "nobody asked about " : ", ") + unknown_[i];
    }
    return std::move(out_);
  }

 private:
  bool is_asked(const std::string &id) const {
    return std::any_of(asked_.begin(), asked_.end(), [&](const Item *i) { return i->id == id; });
  }

  void read_entry(const Json &entry, bool sound) {
    const std::string id = entry.at("item_id");
    if (!is_asked(id)) {
      unknown_.push_back("'" + clipped(one_line(id), 40) + "'");
      return;
    }
    if (out_.drafts.erase(id) != 0 || out_.faults.count(id) != 0) {
      out_.faults[id] = unusable("there is more than one entry");
      return;
    }
    std::string fault = entry_fault_of(entry, sound);
    if (fault.empty()) {
      out_.drafts.emplace(id, draft_from(entry));
    } else {
      out_.faults[id] = unusable(std::move(fault));
    }
  }

  // The entries of a document that is valid as a whole need not be validated again.
  static std::string entry_fault_of(const Json &entry, bool sound) {
    if (!sound) return entry_fault(entry);
    const double confidence = entry.at("confidence");
    return confidence >= 0 && confidence <= 1 ? std::string() : entry_fault(entry);
  }

  void read_attempts(const std::vector<Json> &attempts) {
    const Json alone = {{"answers", Json::array()}, {"attempts", attempts}};
    if (schema_fault(alone, "").empty()) {
      out_.injections = quotes_from(alone["attempts"], most_injections);
    }
  }

  const std::vector<const Item *> &asked_;
  std::vector<std::string> unknown_;
  ModelAnswers out_;
};

}  // namespace

ReplyValues values_of(const ModelReply &reply) {
  if (reply.finish == Finish::refused) {
    return {{}, Gap{UnansweredReason::declined, "the model declined to answer"}};
  }
  if (reply.finish == Finish::filtered) {
    return {{}, Gap{UnansweredReason::declined, "the service's content filter stopped the reply"}};
  }
  const bool truncated = reply.finish == Finish::truncated;
  const auto cut = truncated
                       ? std::optional(unusable("the reply was cut off at its greatest length"))
                       : std::nullopt;
  const std::string_view text = base::trim(reply.text);
  if (text.empty()) return {{}, truncated ? cut : unusable("the reply was empty")};
  if (text.size() > limits::model_reply_bytes) {
    return {{}, unusable("the reply was longer than a million bytes")};
  }
  if (json::nests_too_deeply(text)) return {{}, unusable("the reply was nested too deeply")};
  ReplyValues out{json_values_in(text), cut};
  if (out.values.empty() && !truncated) out.fault = unusable("the reply had no JSON object");
  return out;
}

std::optional<std::size_t> line_number(const Json &value) {
  constexpr double most = 1e9;
  const double number = value.is_number() ? value.get<double>() : -1;
  if (!(number >= 0 && number <= most)) return std::nullopt;
  return static_cast<std::size_t>(number);
}

ModelAnswers read_answers(const ModelReply &reply, const std::vector<const Item *> &asked) {
  return Reader(asked).read(reply);
}

}  // namespace saleschecklist::assessing
