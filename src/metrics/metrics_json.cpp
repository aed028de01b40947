// Metrics to and from JSON.
#include <saleschecklist/json.hpp>

#include "json/nouns.hpp"

namespace saleschecklist::json {

OrderedJson to_document(const Metrics &metrics) { return written(metrics); }
Metrics metrics_from_document(const Json &document) { return read<Metrics>(document); }

}  // namespace saleschecklist::json

namespace saleschecklist {

std::string to_json(const Metrics &metrics) { return json::pretty_json(json::written(metrics)); }

Result<Metrics> metrics_from_json(std::string_view text) {
  return json::read_text<Metrics>(text, "metrics.schema.json");
}

}  // namespace saleschecklist
