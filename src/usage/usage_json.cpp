// Usage and results of services as JSON.
#include <saleschecklist/json.hpp>

#include "base/guard.hpp"
#include "json/nouns.hpp"
#include "json/parse.hpp"
#include "json/schema.hpp"

namespace saleschecklist::json {

OrderedJson to_document(const std::vector<StageUsage> &stages) {
  OrderedJson out = OrderedJson::object();
  out["stages"] = OrderedJson::array();
  Usage total;
  for (const StageUsage &stage : stages) {
    out["stages"].push_back(written(stage));
    total += stage.usage;
  }
  out["total"] = written(total);
  return out;
}

// The total is computed from the stages and not read.
std::vector<StageUsage> usage_from_document(const Json &document) {
  std::vector<StageUsage> out;
  for (const Json &stage : document.value("stages", Json::array())) {
    out.push_back(read<StageUsage>(stage));
  }
  return out;
}

OrderedJson to_document(const Assessment &assessment) { return written(assessment); }

}  // namespace saleschecklist::json

namespace saleschecklist {

std::string to_json(const std::vector<StageUsage> &stages) {
  return json::pretty_json(json::to_document(stages));
}

Result<std::vector<StageUsage>> usage_from_json(std::string_view text) {
  return json::read_text<std::vector<StageUsage>>(text, "usage.schema.json");
}

Result<std::vector<Price>> prices_from_json(std::string_view text) {
  return base::guard([&]() -> Result<std::vector<Price>> {
    const auto document = json::parse_json(text);
    if (!document) return document.error();
    const bool listed = document->is_object() && document->contains("prices");
    const auto list = listed ? document->at("prices") : *document;
    if (const auto faults = json::schema_faults(list, "prices.schema.json"); !faults.empty()) {
      return json::join_faults(faults);
    }
    std::vector<Price> out;
    for (const auto &price : list) out.push_back(json::read<Price>(price));
    return out;
  });
}

std::string to_json(const Assessment &assessment) {
  return json::pretty_json(json::written(assessment));
}

std::string to_json(const Speech &speech) { return json::pretty_json(json::written(speech)); }

}  // namespace saleschecklist
