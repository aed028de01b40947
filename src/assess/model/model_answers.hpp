// A model's reply as answers, each item by itself: what is wrong with one is no fault of another.
#ifndef SALESCHECKLIST_ASSESS_MODEL_MODEL_ANSWERS_HPP
#define SALESCHECKLIST_ASSESS_MODEL_MODEL_ANSWERS_HPP

#include "assess/model/unanswered.hpp"

#include <saleschecklist/assess.hpp>
#include <saleschecklist/evidence.hpp>

#include <nlohmann/json.hpp>

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace saleschecklist::assessing {

// Words that a model says stand in the transcript.
struct Quote {
  std::optional<std::size_t> utterance;
  std::string words;
};

// An answer before the evidence law.
struct DraftAnswer {
  Answer answer = Answer::no;
  double confidence = 0;
  std::vector<Quote> quotes;
  std::string reasoning;
};

struct ModelAnswers {
  std::map<std::string, DraftAnswer> drafts;  // by item id, of items asked about only
  std::map<std::string, Gap> faults;          // by id, of each other item asked about
  std::string unknown;                        // ids that nobody asked about, as a clause, or empty
  bool truncated = false;
  std::vector<Quote> injections;
};

ModelAnswers read_answers(const ModelReply &reply, const std::vector<const Item *> &asked);

// The document of a reply, bare or in one Markdown fence; or what is wrong with it.
struct ReplyDocument {
  nlohmann::json json;
  std::optional<Gap> fault;
};
ReplyDocument document_of(const ModelReply &reply);

// The line number that a model gave, or nothing when there can be no such line.
std::optional<std::size_t> line_number(const nlohmann::json &value);

}  // namespace saleschecklist::assessing

#endif
