// Conversion of the public types to and from JSON documents. The ..._from_document() functions
// require a document that is valid by its schema.
#ifndef SALESCHECKLIST_JSON_DOCUMENTS_HPP
#define SALESCHECKLIST_JSON_DOCUMENTS_HPP

#include <saleschecklist/assess.hpp>
#include <saleschecklist/cues.hpp>
#include <saleschecklist/report.hpp>

#include "json/library.hpp"

#include <initializer_list>
#include <optional>
#include <string>

namespace saleschecklist::json {

using OrderedJson = nlohmann::ordered_json;

OrderedJson to_document(const Checklist &checklist);
OrderedJson to_document(const Cues &cues);
OrderedJson to_document(const Transcript &transcript);
OrderedJson to_document(const Metrics &metrics);
OrderedJson to_document(const std::vector<Response> &responses);
OrderedJson to_document(const Policy &policy);
OrderedJson to_document(const Score &score);
OrderedJson to_document(const Coaching &coaching);
OrderedJson to_document(const std::vector<StageUsage> &stages);
OrderedJson to_document(const Assessment &assessment);

Checklist checklist_from_document(const nlohmann::json &document);
Cues cues_from_document(const nlohmann::json &document);
Policy policy_from_document(const nlohmann::json &document);
Metrics metrics_from_document(const nlohmann::json &document);
std::vector<Response> responses_from_document(const nlohmann::json &list);
Score score_from_document(const nlohmann::json &document);
Coaching coaching_from_document(const nlohmann::json &document);
std::vector<StageUsage> usage_from_document(const nlohmann::json &document);

// What is wrong with a policy that was read from `root`, a JSON pointer; std::nullopt if nothing
// is.
std::optional<Error> policy_fault(const Policy &policy, const std::string &root);

// The value whose name() is `word`, or `fallback` if there is none.
template <class Enum>
Enum from_word(const std::string &word, std::initializer_list<Enum> values, Enum fallback) {
  for (const Enum value : values) {
    if (word == name(value)) return value;
  }
  return fallback;
}

// The value of `key`, or std::nullopt if the key is absent or its value is null.
template <class T>
std::optional<T> optional_at(const nlohmann::json &object, const char *key) {
  const auto found = object.find(key);
  if (found == object.end() || found->is_null()) return std::nullopt;
  return found->get<T>();
}

// Whether the document is a transcript or a report of this library.
bool is_own_transcript(const nlohmann::json &document);
Result<Transcript> transcript_from_document(const nlohmann::json &document);

// Indented by two spaces and with a final line break, or compact. Invalid UTF-8 is replaced with
// U+FFFD.
std::string pretty_json(const OrderedJson &document);
std::string canonical_json(const OrderedJson &document);

}  // namespace saleschecklist::json

#endif
