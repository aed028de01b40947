#include "assess/model/reply_entries.hpp"

#include "assess/model/reply_json.hpp"
#include "base/ascii.hpp"

#include <saleschecklist/limits.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <initializer_list>
#include <optional>
#include <set>
#include <string_view>
#include <utility>

namespace saleschecklist::assessing {
namespace {

using Json = nlohmann::json;

constexpr int deepest_wrapper = 4;
constexpr double most_lines = 1e9;

// The first of the keys, as folded_key() has them, that the object has; nullptr if it has none.
const Json *value_of(const Json &object, std::initializer_list<std::string_view> keys) {
  for (const std::string_view wanted : keys) {
    for (const auto &[key, value] : object.items()) {
      if (folded_key(key) == wanted) return &value;
    }
  }
  return nullptr;
}

const Json *id_in(const Json &object) { return value_of(object, {"itemid", "id", "item"}); }

// The words of an answer without case and punctuation.
std::optional<std::string> answer_word(const Json &value) {
  static constexpr std::array<std::pair<std::string_view, const char *>, 10> words = {
      {{"yes", "yes"},
       {"y", "yes"},
       {"true", "yes"},
       {"no", "no"},
       {"n", "no"},
       {"false", "no"},
       {"denied", "denied"},
       {"deny", "denied"},
       {"notapplicable", "not_applicable"},
       {"na", "not_applicable"}}};
  if (value.is_boolean()) return value.get<bool>() ? "yes" : "no";
  if (!value.is_string()) return std::nullopt;
  std::string key = base::ascii_lower(value.get_ref<const std::string &>());
  std::erase_if(key, [](unsigned char c) { return c < 0x80 && (c < 'a' || c > 'z'); });
  const auto found =
      std::find_if(words.begin(), words.end(), [&](const auto &word) { return word.first == key; });
  if (found == words.end()) return std::nullopt;
  return found->second;
}

// A number in text: "0.9", "90%", "#12", "line 12"; absent if there are two, or none.
std::optional<double> number_in(std::string_view text) {
  const std::size_t begin = text.find_first_of("0123456789");
  if (begin == std::string_view::npos) return std::nullopt;
  double out = 0;
  const auto read = std::from_chars(text.data() + begin, text.data() + text.size(), out);
  const std::string_view rest(read.ptr,
                              static_cast<std::size_t>(text.data() + text.size() - read.ptr));
  if (read.ec != std::errc() || rest.find_first_of("0123456789") != std::string_view::npos) {
    return std::nullopt;
  }
  return begin > 0 && text[begin - 1] == '-' ? -out : out;
}

// A share: 90 and "90%" are 0.9. Numbers between 1 and 10 may be of any scale and stay as they are.
Json confidence_of(const Json &value) {
  constexpr double least_percent = 10, most_percent = 100;
  double number = 0;
  bool percent = false;
  if (value.is_number()) {
    number = value.get<double>();
  } else if (value.is_string()) {
    const std::string &text = value.get_ref<const std::string &>();
    const auto read = number_in(text);
    if (!read) return value;
    number = *read;
    percent = text.find('%') != std::string::npos;
  } else {
    return value;
  }
  if (percent || (number >= least_percent && number <= most_percent)) number /= most_percent;
  return number;
}

// The number of a line; -1, which no line has, if it cannot be told. The quote is then looked for
// in all lines.
Json line_of(const Json *value) {
  if (value == nullptr || value->is_null()) return -1;
  if (value->is_number_float()) {
    const double number = value->get<double>();
    if (std::abs(number) < most_lines && number == std::floor(number)) {
      return static_cast<std::int64_t>(number);
    }
  }
  if (!value->is_string()) return *value;
  const auto number = number_in(value->get_ref<const std::string &>());
  const bool whole = number && std::abs(*number) < most_lines && *number == std::floor(*number);
  return whole ? Json(static_cast<std::int64_t>(*number)) : Json(-1);
}

Json quote_of(const Json &value) {
  if (value.is_string()) return {{"utterance", -1}, {"quote", value}};
  if (!value.is_object()) return value;
  const Json *words = value_of(value, {"quote", "text", "words", "excerpt"});
  if (words == nullptr) return value;
  const Json *line = value_of(value, {"utterance", "line", "linenumber", "utteranceid",
                                      "utterancenumber", "number", "index"});
  return {{"utterance", line_of(line)}, {"quote", *words}};
}

Json quotes_of(const Json *value) {
  if (value == nullptr || value->is_null()) return Json::array();
  if (value->is_string() && base::trim(value->get_ref<const std::string &>()).empty()) {
    return Json::array();
  }
  if (!value->is_array()) return Json::array({quote_of(*value)});
  Json out = Json::array();
  for (const Json &quote : *value) {
    if (!quote.is_null()) out.push_back(quote_of(quote));
  }
  return out;
}

Json normal_entry(const std::string &id, const Json &entry) {
  Json out = {{"item_id", id}};
  bool yes = false;
  if (const Json *answer = value_of(entry, {"answer"})) {
    const auto word = answer_word(*answer);
    yes = word == "yes";
    out["answer"] = word ? Json(*word) : *answer;
  }
  if (const Json *confidence = value_of(entry, {"confidence"})) {
    out["confidence"] = confidence_of(*confidence);
  }
  const Json *reasoning = value_of(entry, {"reasoning", "reason", "rationale", "explanation"});
  out["reasoning"] = reasoning == nullptr || reasoning->is_null() ? Json("") : *reasoning;
  const Json *evidence = value_of(entry, {"evidence", "quotes", "quote"});
  const bool needed = evidence == nullptr && yes;
  if (!needed) out["evidence"] = quotes_of(evidence);
  out["contrary"] = quotes_of(value_of(entry, {"contrary", "contraryevidence"}));
  return out;
}

class Finder {
 public:
  explicit Finder(const std::function<bool(const std::string &)> &is_asked) : is_asked_(is_asked) {}

  void find(const Json &value, int depth = 0) {
    if (depth > deepest_wrapper) return;
    if (value.is_string()) {
      const std::string &text = value.get_ref<const std::string &>();
      if (text.find('{') == std::string::npos) return;
      for (const Json &inner : json_values_in(text)) find(inner, depth + 1);
    } else if (value.is_array()) {
      for (const Json &element : value) find(element, depth + 1);
    } else if (value.is_object()) {
      find_in_object(value, depth);
    }
  }

  ReplyEntries out;

 private:
  void find_in_object(const Json &object, int depth) {
    if (const Json *attempts = value_of(object, {"attempts"}); attempts && attempts->is_array()) {
      for (const Json &attempt : *attempts) out.attempts.push_back(quote_of(attempt));
    }
    if (const Json *answers = value_of(object, {"answers"})) {
      out.has_list = out.has_list || answers->is_array() || answers->is_object();
      return find(*answers, depth);
    }
    const Json *id = id_in(object);
    if (id != nullptr && id->is_string() &&
        value_of(object, {"answer", "confidence", "evidence"})) {
      return add(id_of(id->get<std::string>()), object);
    }
    for (const auto &[key, value] : object.items()) {
      if (value.is_object() && is_asked_(id_of(key)) && id_in(value) == nullptr) {
        add(id_of(key), value);
      } else {
        find(value, depth + 1);
      }
    }
  }

  // The id without the brackets that it has in the question.
  std::string id_of(const std::string &id) const {
    std::string_view text = base::trim(id);
    if (text.size() > 2 && text.front() == '[' && text.back() == ']') {
      text = text.substr(1, text.size() - 2);
    }
    return std::string(text);
  }

  void add(const std::string &id, const Json &entry) {
    if (out.entries.size() == limits::model_reply_entries) return;
    Json normal = normal_entry(id, entry);
    if (known_.insert(normal).second) out.entries.push_back(std::move(normal));
    out.has_list = true;
  }

  const std::function<bool(const std::string &)> &is_asked_;
  std::set<Json> known_;
};

}  // namespace

ReplyEntries entries_in(const std::vector<Json> &values,
                        const std::function<bool(const std::string &)> &is_asked) {
  Finder finder(is_asked);
  for (const Json &value : values) finder.find(value);
  return std::move(finder.out);
}

}  // namespace saleschecklist::assessing
