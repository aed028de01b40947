#include "assess/model/model_answers.hpp"

#include "assess/model/prompt_transcript.hpp"
#include "json/documents.hpp"
#include "json/parse.hpp"
#include "json/schema.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace saleschecklist::assessing {
namespace {

using Json = nlohmann::json;

constexpr std::size_t most_reply_bytes = 1'000'000;
constexpr std::size_t most_entries = 1'000;     // of a list that are read
constexpr std::size_t most_quotes_offered = 6;  // of one answer that are verified
constexpr std::size_t most_injections = 20;
constexpr std::size_t most_reasoning_bytes = 1'000;
constexpr std::size_t most_fault_bytes = 120;
constexpr std::size_t unknown_shown = 3;
constexpr const char *schema = "model-answers.schema.json";

Gap unusable(std::string clause) { return {UnansweredReason::unusable_reply, std::move(clause)}; }

std::string_view trimmed(std::string_view text) {
  constexpr const char *blank = " \t\r\n";
  const std::size_t begin = text.find_first_not_of(blank);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(blank) - begin + 1);
}

// Removes a Markdown fence around the whole text.
std::string_view unfenced(std::string_view text) {
  constexpr std::string_view mark = "```";
  const std::size_t line = text.find('\n');
  if (text.size() < 2 * mark.size() || text.substr(0, mark.size()) != mark ||
      text.substr(text.size() - mark.size()) != mark || line == std::string_view::npos) {
    return text;
  }
  return trimmed(text.substr(line, text.size() - mark.size() - line));
}

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
  return {json::from_word(entry.at("answer"), {Answer::yes, Answer::not_applicable}, Answer::no),
          entry.at("confidence"), quotes_from(entry.at("evidence"), most_quotes_offered),
          clipped(one_line(entry.at("reasoning").get<std::string>()), most_reasoning_bytes)};
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
    const ReplyDocument document = document_of(reply);
    if (!document.fault) {
      read_entries(document.json);
      read_attempts(document.json);
    } else {
      for (const Item *item : asked_) out_.faults[item->id] = *document.fault;
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

  void read_entries(const Json &document) {
    const auto answers = document.find("answers");
    if (answers == document.end() || !answers->is_array()) {
      for (const Item *item : asked_)
        out_.faults[item->id] = unusable("there is no list of answers");
      return;
    }
    const bool sound = json::schema_faults(document, schema).empty();
    std::size_t seen = 0;
    for (const Json &entry : *answers) {
      if (++seen > most_entries) break;
      read_entry(entry, sound);
    }
  }

  void read_entry(const Json &entry, bool sound) {
    if (!entry.is_object() || !entry.contains("item_id") || !entry["item_id"].is_string()) return;
    const std::string id = entry["item_id"];
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

  void read_attempts(const Json &document) {
    const auto injections = document.find("attempts");
    if (injections == document.end()) return;
    const Json alone = {{"answers", Json::array()}, {"attempts", *injections}};
    if (schema_fault(alone, "").empty())
      out_.injections = quotes_from(*injections, most_injections);
  }

  const std::vector<const Item *> &asked_;
  std::vector<std::string> unknown_;
  ModelAnswers out_;
};

}  // namespace

ReplyDocument document_of(const ModelReply &reply) {
  switch (reply.finish) {
    case Finish::truncated:
      return {{}, unusable("the reply was cut off at its greatest length")};
    case Finish::refused:
      return {{}, Gap{UnansweredReason::declined, "the model declined to answer"}};
    case Finish::filtered:
      return {{},
              Gap{UnansweredReason::declined, "the service's content filter stopped the reply"}};
    case Finish::complete:
      break;
  }
  const std::string_view text = trimmed(reply.text);
  if (text.empty()) return {{}, unusable("the reply was empty")};
  if (text.size() > most_reply_bytes)
    return {{}, unusable("the reply was longer than a million bytes")};
  if (json::nests_too_deeply(text)) return {{}, unusable("the reply was nested too deeply")};
  auto document = json::parse_json(unfenced(text));
  if (!document) return {{}, unusable("the reply was not one JSON object")};
  if (!document->is_object()) return {{}, unusable("the reply was JSON, but not an object")};
  return {*std::move(document), std::nullopt};
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
