// Nouns to and from JSON documents. Readers expect documents that passed their schema.
#ifndef SALESCHECKLIST_CORE_JSON_NOUNS_HPP
#define SALESCHECKLIST_CORE_JSON_NOUNS_HPP

#include <saleschecklist/report.hpp>

#include <nlohmann/json.hpp>

#include <optional>
#include <string>

namespace saleschecklist {

using OrderedJson = nlohmann::ordered_json;

OrderedJson to_document(const Checklist &checklist);
OrderedJson to_document(const Transcript &transcript);
OrderedJson to_document(const Metrics &metrics);
OrderedJson to_document(const Response &response);
OrderedJson to_document(const std::vector<Response> &responses);
OrderedJson to_document(const Policy &policy);
OrderedJson to_document(const Score &score);
OrderedJson to_document(const Coaching &coaching);

Checklist checklist_from_document(const nlohmann::json &document);

// Whether a document is of this library: a transcript, or a report that holds one.
bool is_own_transcript(const nlohmann::json &document);
Result<Transcript> transcript_from_document(const nlohmann::json &document);

// Null for nothing.
template <class T>
OrderedJson or_null(const std::optional<T> &value) {
  return value ? OrderedJson(*value) : OrderedJson(nullptr);
}

// Two-space indented with a final line break, and compact; bytes that are not UTF-8 are replaced.
std::string pretty_json(const OrderedJson &document);
std::string canonical_json(const OrderedJson &document);

}  // namespace saleschecklist

#endif
