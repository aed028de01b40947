// What services gave: assessments and speech.
#include <saleschecklist/json.hpp>

#include "core/json_nouns.hpp"

namespace saleschecklist {

std::string to_json(const Assessment &assessment) {
  OrderedJson out = OrderedJson::object();
  out["schema"] = "saleschecklist/responses/1";
  out["assessor"] = assessment.assessor;
  out["notices"] = assessment.notices;
  out["responses"] = to_document(assessment.responses).at("responses");
  return pretty_json(out);
}

std::string to_json(const Speech &speech) {
  OrderedJson out = OrderedJson::object();
  out["content_type"] = speech.content_type;
  out["duration_ms"] = speech.duration_ms;
  OrderedJson &marks = out["marks"] = OrderedJson::array();
  for (const SpokenMark &mark : speech.marks) {
    OrderedJson row = OrderedJson::object();
    row["begin"] = mark.begin;
    row["end"] = mark.end;
    row["begin_ms"] = mark.begin_ms;
    row["end_ms"] = mark.end_ms;
    marks.push_back(std::move(row));
  }
  return pretty_json(out);
}

}  // namespace saleschecklist
