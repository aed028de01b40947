// Checklists and policies to and from JSON.
#include <saleschecklist/json.hpp>

#include "json/nouns.hpp"

namespace saleschecklist::json {

OrderedJson to_document(const Checklist &checklist) { return written(checklist); }
OrderedJson to_document(const Policy &policy) { return written(policy); }

// The order of a category that does not tell it is its position.
Checklist checklist_from_document(const Json &document) {
  Checklist out = read<Checklist>(document);
  for (std::size_t c = 0; c < out.categories.size(); ++c) {
    if (document["categories"][c].contains("order")) continue;
    out.categories[c].order = static_cast<int>(c) + 1;
  }
  return out;
}

Policy policy_from_document(const Json &document) { return read<Policy>(document); }

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
  return json::pretty_json(json::written(checklist));
}
std::string to_json(const Policy &policy) { return json::pretty_json(json::written(policy)); }

Result<Policy> policy_from_json(std::string_view text) {
  auto out = json::read_text<Policy>(text, "policy.schema.json");
  if (!out) return out;
  if (auto fault = json::policy_fault(*out, "")) return *std::move(fault);
  return out;
}

}  // namespace saleschecklist
