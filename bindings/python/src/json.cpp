#include "functions.hpp"

namespace saleschecklist::python {
namespace {

template <class T>
void writer(py::module_ &module, const char *name, const char *argument) {
  define(module, name, +[](const T &noun) { return to_json(noun); }, {argument});
}

}  // namespace

void define_json(py::module_ &module) {
  writer<Checklist>(module, "checklist_to_json", "checklist");
  writer<Cues>(module, "cues_to_json", "cues");
  writer<Transcript>(module, "transcript_to_json", "transcript");
  writer<Metrics>(module, "metrics_to_json", "metrics");
  writer<std::vector<Response>>(module, "responses_to_json", "responses");
  writer<std::vector<Verdict>>(module, "verdicts_to_json", "verdicts");
  writer<Policy>(module, "policy_to_json", "policy");
  writer<Score>(module, "score_to_json", "score");
  writer<Coaching>(module, "coaching_to_json", "coaching");
  writer<Report>(module, "report_to_json", "report");
  writer<SalesCall>(module, "sales_call_to_json", "sales_call");
  writer<Assessability>(module, "assessability_to_json", "assessability");
  writer<Session>(module, "session_to_json", "session");
  writer<SessionPage>(module, "session_page_to_json", "page");
  writer<SessionResult>(module, "session_result_to_json", "result");
  writer<std::vector<ScoreVersion>>(module, "score_history_to_json", "history");
  writer<std::vector<AuditEntry>>(module, "audit_log_to_json", "entries");
  writer<AuditReport>(module, "audit_report_to_json", "report");
  writer<Redacted>(module, "redacted_to_json", "redacted");
  define(module, "transcript_with_metrics_to_json",
         +[](const Transcript &t, const Metrics &m) { return to_json(t, m); },
         {"transcript", "metrics"});

  define(module, "checklist_from_json", &checklist_from_json, {"json"});
  define(module, "read_checklist", &read_checklist, {"json"});
  define(module, "cues_from_json", +[](std::string_view json) { return cues_from_json(json); },
         {"json"});
  define(module, "cues_of_checklist_from_json",
         +[](std::string_view json, const Checklist &checklist) {
           return cues_from_json(json, checklist);
         },
         {"json", "checklist"});
  define(module, "policy_from_json", &policy_from_json, {"json"});
  define(module, "transcript_from_json", &transcript_from_json, {"json"});
  define(module, "metrics_from_json", &metrics_from_json, {"json"});
  define(module, "claims_from_json", &claims_from_json, {"json"});
  define(module, "score_from_json", &score_from_json, {"json"});
  define(module, "coaching_from_json", &coaching_from_json, {"json"});
  define(module, "responses_from_json", &responses_from_json, {"json"});
  define(module, "report_from_json", &report_from_json, {"json", "checklist"});
}

}  // namespace saleschecklist::python
