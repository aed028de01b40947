// Usage and results of services as JSON.
#include <saleschecklist/json.hpp>

#include "json/nouns.hpp"

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

std::string to_json(const Assessment &assessment) {
  return json::pretty_json(json::written(assessment));
}

std::string to_json(const Speech &speech) { return json::pretty_json(json::written(speech)); }

}  // namespace saleschecklist
