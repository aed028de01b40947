// Cues to and from JSON.
#include <saleschecklist/json.hpp>

#include "cues/cues.hpp"
#include "json/nouns.hpp"

namespace saleschecklist::json {

OrderedJson to_document(const Cues &cues) { return written(cues); }
Cues cues_from_document(const Json &document) { return read<Cues>(document); }

}  // namespace saleschecklist::json

namespace saleschecklist {

std::string to_json(const Cues &cues) { return json::pretty_json(json::written(cues)); }

Result<Cues> cues_from_json(std::string_view text) {
  return base::guard([&]() -> Result<Cues> {
    auto out = json::read_text<Cues>(text, "cues.schema.json");
    if (!out) return out;
    if (const auto faults = cues::cue_faults(*out); !faults.empty())
      return json::join_faults(faults);
    return out;
  });
}

Result<Cues> cues_from_json(std::string_view text, const Checklist &checklist) {
  return base::guard([&]() -> Result<Cues> {
    auto out = json::read_text<Cues>(text, "cues.schema.json");
    if (!out) return out;
    if (const auto faults = validate(*out, checklist); !faults.empty())
      return json::join_faults(faults);
    return out;
  });
}

}  // namespace saleschecklist
