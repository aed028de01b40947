// Reads a model's reply item by item: an invalid entry does not affect the others.
#ifndef SALESCHECKLIST_ASSESS_MODEL_MODEL_ANSWERS_HPP
#define SALESCHECKLIST_ASSESS_MODEL_MODEL_ANSWERS_HPP

#include "assess/model/unanswered.hpp"
#include "json/library.hpp"

#include <saleschecklist/assess.hpp>
#include <saleschecklist/evidence.hpp>

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace saleschecklist::assessing {

// Words that the model says are in the transcript.
struct Quote {
  std::optional<std::size_t> utterance;
  std::string words;
};

// An answer whose quotes are not verified yet.
struct DraftAnswer {
  Answer answer = Answer::no;
  double confidence = 0;
  std::vector<Quote> quotes;
  std::string reasoning;
  std::vector<Quote> contrary{};  // of a yes or a denial: words that say the opposite
};

struct ModelAnswers {
  std::map<std::string, DraftAnswer> drafts;  // by item id; only of items that were asked about
  std::map<std::string, Gap> faults;  // by item id; of every other item that was asked about
  std::string unknown;                // ids that were not asked about, as a clause; or empty
  bool truncated = false;
  std::vector<Quote> injections;
};

ModelAnswers read_answers(const ModelReply &reply, const std::vector<const Item *> &asked);

// The JSON in a reply, see json_values_in(), and what is wrong with the reply. A reply that was cut
// off has both.
struct ReplyValues {
  std::vector<nlohmann::json> values;
  std::optional<Gap> fault;
};
ReplyValues values_of(const ModelReply &reply);

// The line number that a model gave; nothing if it cannot be one.
std::optional<std::size_t> line_number(const nlohmann::json &value);

}  // namespace saleschecklist::assessing

#endif
