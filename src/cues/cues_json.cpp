// Cues to and from JSON.
#include <saleschecklist/json.hpp>

#include "base/guard.hpp"
#include "cues/cues.hpp"
#include "json/documents.hpp"
#include "json/schema.hpp"

namespace saleschecklist::json {
namespace {

using Json = nlohmann::json;

OrderedJson to_document(const ItemCues &cues) {
  OrderedJson out = OrderedJson::object();
  for (const auto &[name, list] : cues::cue_lists) {
    if (!(cues.*list).empty()) out[name] = cues.*list;
  }
  return out;
}

ItemCues item_cues_from(const Json &j) {
  ItemCues out;
  for (const auto &[name, list] : cues::cue_lists) out.*list = j.value(name, out.*list);
  return out;
}

Result<Cues> read(std::string_view text) {
  const auto document = checked_document(text, "cues.schema.json");
  if (!document) return document.error();
  return cues_from_document(*document);
}

}  // namespace

OrderedJson to_document(const Cues &cues) {
  OrderedJson out = OrderedJson::object();
  out["checklist"] = cues.checklist_id;
  out["concepts"] = cues.concepts;
  out["items"] = OrderedJson::object();
  for (const auto &[id, item] : cues.items) out["items"][id] = to_document(item);
  return out;
}

Cues cues_from_document(const Json &j) {
  Cues out;
  out.checklist_id = j.at("checklist");
  out.concepts = j.value("concepts", out.concepts);
  for (const auto &[id, item] : j.at("items").items()) out.items[id] = item_cues_from(item);
  return out;
}

}  // namespace saleschecklist::json

namespace saleschecklist {

std::string to_json(const Cues &cues) { return json::pretty_json(json::to_document(cues)); }

Result<Cues> cues_from_json(std::string_view text) {
  return base::guard([&]() -> Result<Cues> {
    auto out = json::read(text);
    if (!out) return out;
    if (const auto faults = cues::cue_faults(*out); !faults.empty())
      return json::join_faults(faults);
    return out;
  });
}

Result<Cues> cues_from_json(std::string_view text, const Checklist &checklist) {
  return base::guard([&]() -> Result<Cues> {
    auto out = json::read(text);
    if (!out) return out;
    if (const auto faults = validate(*out, checklist); !faults.empty())
      return json::join_faults(faults);
    return out;
  });
}

}  // namespace saleschecklist
