// Checklist and policy to and from JSON.
#include <saleschecklist/json.hpp>

#include "base/guard.hpp"
#include "json/documents.hpp"
#include "json/schema.hpp"

namespace saleschecklist::json {
namespace {

using Json = nlohmann::json;

constexpr const char *policy_schema = "policy.schema.json";

OrderedJson to_document(const Item &item) {
  OrderedJson out = OrderedJson::object();
  out["id"] = item.id;
  out["title"] = item.title;
  out["definition"] = item.definition;
  out["key_behavior"] = item.key_behavior;
  out["key_mindset"] = item.key_mindset;
  out["coaching_question"] = item.coaching_question;
  out["weight"] = item.weight;
  out["evidence_from"] = name(item.evidence_from);
  return out;
}

OrderedJson to_document(const Category &category) {
  OrderedJson out = OrderedJson::object();
  out["id"] = category.id;
  out["name"] = category.name;
  out["description"] = category.description;
  out["order"] = category.order;
  out["default_weight"] = category.default_weight;
  out["max_score"] = category.max_score;
  out["items"] = OrderedJson::array();
  for (const Item &item : category.items) out["items"].push_back(to_document(item));
  return out;
}

OrderedJson to_document(const Band &band) {
  OrderedJson out = OrderedJson::object();
  out["threshold"] = band.threshold;
  out["label"] = band.label;
  out["color"] = band.color;
  return out;
}

Item item_from(const Json &j) {
  Item out;
  out.id = j.at("id");
  out.title = j.at("title");
  out.definition = j.at("definition");
  out.key_behavior = j.value("key_behavior", "");
  out.key_mindset = j.value("key_mindset", "");
  out.coaching_question = j.value("coaching_question", "");
  out.weight = j.value("weight", 1.0);
  out.evidence_from = evidence_from_word(j.value("evidence_from", "customer"));
  return out;
}

Category category_from(const Json &j, int position) {
  Category out;
  out.id = j.at("id");
  out.name = j.at("name");
  out.description = j.value("description", "");
  out.order = j.value("order", position);
  out.default_weight = j.value("default_weight", 1.0);
  out.max_score = j.value("max_score", 10);
  for (const Json &item : j.at("items")) out.items.push_back(item_from(item));
  return out;
}

Band band_from(const Json &j, Band fallback) {
  fallback.threshold = j.value("threshold", fallback.threshold);
  fallback.label = j.value("label", fallback.label);
  fallback.color = j.value("color", fallback.color);
  return fallback;
}

}  // namespace

OrderedJson to_document(const Checklist &checklist) {
  OrderedJson out = OrderedJson::object();
  out["id"] = checklist.id;
  out["name"] = checklist.name;
  out["revision"] = checklist.revision;
  out["description"] = checklist.description;
  out["categories"] = OrderedJson::array();
  for (const Category &c : checklist.categories) out["categories"].push_back(to_document(c));
  return out;
}

OrderedJson to_document(const Policy &policy) {
  OrderedJson out = OrderedJson::object();
  out["id"] = policy.id;
  out["mode"] = name(policy.mode);
  out["green"] = to_document(policy.green);
  out["yellow"] = to_document(policy.yellow);
  out["red"] = to_document(policy.red);
  return out;
}

Checklist checklist_from_document(const Json &j) {
  Checklist out;
  out.id = j.at("id");
  out.name = j.at("name");
  out.revision = j.value("revision", 1);
  out.description = j.value("description", "");
  for (const Json &category : j.at("categories")) {
    out.categories.push_back(category_from(category, static_cast<int>(out.categories.size()) + 1));
  }
  return out;
}

Policy policy_from_document(const Json &document) {
  Policy out;
  out.id = document.value("id", out.id);
  if (document.value("mode", "equal_weight") == std::string("weighted")) {
    out.mode = ScoringMode::weighted;
  }
  const auto band = [&](const char *key, Band &target) {
    if (const auto found = document.find(key); found != document.end()) {
      target = band_from(*found, target);
    }
  };
  band("green", out.green);
  band("yellow", out.yellow);
  band("red", out.red);
  return out;
}

std::optional<Error> policy_fault(const Policy &policy, const std::string &root) {
  auto faults = validate(policy);
  if (faults.empty()) return std::nullopt;
  for (Error &fault : faults) {
    fault.code = ErrorCode::invalid_input;
    fault.where = root + fault.where;
  }
  return join_faults(faults);
}

}  // namespace saleschecklist::json

namespace saleschecklist {

std::string to_json(const Checklist &checklist) {
  return json::pretty_json(json::to_document(checklist));
}
std::string to_json(const Policy &policy) { return json::pretty_json(json::to_document(policy)); }

Result<Policy> policy_from_json(std::string_view text) {
  return base::guard([&]() -> Result<Policy> {
    auto document = json::checked_document(text, json::policy_schema);
    if (!document) return document.error();
    Policy out = json::policy_from_document(*document);
    if (auto fault = json::policy_fault(out, "")) return *std::move(fault);
    return out;
  });
}

}  // namespace saleschecklist
