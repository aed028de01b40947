// The whole report to and from JSON.
#include <saleschecklist/json.hpp>

#include "assess/offline/assessor_id.hpp"
#include "assessability/judged.hpp"
#include "base/sha256.hpp"
#include "evidence/stored_evidence.hpp"
#include "json/nouns.hpp"

#include <fmt/format.h>

#include <map>

namespace saleschecklist {
namespace {

using json::Json;

// Puts the texts of their items into written responses, as reports show them.
json::OrderedJson titled(const json::OrderedJson &responses, const Checklist &checklist) {
  std::map<std::string, std::pair<const Category *, const Item *>> items;
  for (const Category &c : checklist.categories) {
    for (const Item &i : c.items) items[i.id] = {&c, &i};
  }
  json::OrderedJson out = json::OrderedJson::array();
  for (const json::OrderedJson &response : responses) {
    json::OrderedJson row = json::OrderedJson::object();
    row["item_id"] = response["item_id"];
    const auto found = items.find(response["item_id"].get<std::string>());
    row["category"] = found == items.end() ? "" : found->second.first->name;
    row["title"] = found == items.end() ? "" : found->second.second->title;
    row.update(response);
    out.push_back(std::move(row));
  }
  return out;
}

[[noreturn]] void refuse(ErrorCode code, std::string message, std::string where) {
  throw BadResult({code, std::move(message), std::move(where)});
}

void check_checklist(const Json &named, const Checklist &checklist, const std::string &print) {
  if (named.at("fingerprint") == print) return;
  refuse(ErrorCode::invalid_argument,
         fmt::format("the report was made with revision {} of checklist '{}', which has another "
                     "fingerprint than the given revision {} of '{}'",
                     named.at("revision").get<int>(), named.at("id").get<std::string>(),
                     checklist.revision, checklist.id),
         "/checklist/fingerprint");
}

void check_evidence(const Report &report) {
  auto fault = evidence::evidence_fault(report.transcript, report.responses);
  if (!fault && report.coaching) {
    fault = evidence::moment_fault(report.transcript, *report.coaching);
  }
  if (!fault) return;
  refuse(ErrorCode::invalid_input, std::move(fault->message), std::move(fault->where));
}

// Whether there may be a score has to follow from what was judged of the call.
void check_assessment(const Report &report) {
  const Assessability judged =
      assessable::reassessed(report.transcript, report.checklist, report.responses,
                             report.assessment.sales_call_rule, report.assessment);
  if (json::written(judged) != json::written(report.assessment)) {
    refuse(ErrorCode::invalid_input,
           fmt::format("the assessment does not follow from the transcript and the responses: {} "
                       "is stored, {} computed",
                       name(report.assessment.status), name(judged.status)),
           "/assessment");
  }
  const char *expected = judged.reason ? "expected null, since the call is not assessable"
                                       : "expected a value, since the call is assessable";
  const bool scored = !judged.reason.has_value();
  if (report.score.has_value() != scored) refuse(ErrorCode::invalid_input, expected, "/score");
  if (report.coaching.has_value() != scored) {
    refuse(ErrorCode::invalid_input, expected, "/coaching");
  }
}

// Metrics and score are recomputed, and a report whose stored ones differ is refused.
void check_figures(const Report &report) {
  if (json::to_document(measure(report.transcript)) != json::to_document(report.metrics)) {
    refuse(ErrorCode::invalid_input, "the metrics do not follow from the transcript", "/metrics");
  }
  if (!report.score) return;
  const Policy &policy = report.score->policy;
  auto card = score(report.checklist, report.responses, policy);
  if (!card) throw BadResult(card.error());
  card->fingerprint =
      fingerprint(report.checklist, report.transcript, report.assessor, policy, report.responses);
  if (json::to_document(*card) != json::to_document(*report.score)) {
    refuse(ErrorCode::invalid_input,
           fmt::format("the score does not follow from the responses: {} is stored, {} computed",
                       report.score->total_score, card->total_score),
           "/score");
  }
}

// Earlier versions scored every call. Their reports lose a score that cannot be known.
void judge_earlier_report(Report &report) {
  report.assessment = assessability(report.transcript, report.checklist, report.responses);
  if (!report.assessment.reason) return;
  report.score.reset();
  report.coaching.reset();
}

Report report_from_document(const Json &j, const Checklist &checklist) {
  Report out;
  out.checklist_fingerprint = fingerprint(checklist);
  check_checklist(j.at("checklist"), checklist, out.checklist_fingerprint);
  out.checklist = checklist;
  json::read_value(j.at("deal"), out.deal);
  auto transcript = json::transcript_from_document(j);
  if (!transcript) throw BadResult(transcript.error());
  out.transcript = *std::move(transcript);
  out.metrics = json::metrics_from_document(j.at("metrics"));
  out.assessor = j.at("assessor");
  out.notices = j.at("notices").get<std::vector<std::string>>();
  out.responses = json::responses_from_document(j.at("responses"));
  json::read_value(j.at("score"), out.score);
  json::read_value(j.at("coaching"), out.coaching);
  out.usage = json::usage_from_document(j.value("usage", Json::object()));
  if (out.score) {
    if (auto fault = json::policy_fault(out.score->policy, "/score/policy")) {
      throw BadResult(*std::move(fault));
    }
  }
  check_evidence(out);
  check_figures(out);
  if (const Json *stored = json::find(j, "assessment")) {
    json::read_value(*stored, out.assessment);
    check_assessment(out);
  } else {
    judge_earlier_report(out);
  }
  return out;
}

}  // namespace

std::string to_json(const Report &report) {
  json::OrderedJson out = json::written(report);
  out["responses"] = titled(out["responses"], report.checklist);
  return json::pretty_json(out);
}

Result<Report> report_from_json(std::string_view text, const Checklist &checklist) {
  return base::guard([&]() -> Result<Report> {
    const auto document = json::checked_document(text, "report.schema.json");
    if (!document) return document.error();
    return report_from_document(*document, checklist);
  });
}

std::string fingerprint(const Checklist &checklist, const Transcript &transcript,
                        const std::string &assessor, const Policy &policy,
                        const std::vector<Response> &responses) {
  json::OrderedJson out = json::OrderedJson::object();
  out["checklist"] = fingerprint(checklist);
  out["transcript"] = json::to_document(transcript);
  out["assessor"] = assessing::without_cue_digits(assessor);
  out["policy"] = json::to_document(policy);
  out["responses"] = json::to_document(responses)["responses"];
  for (json::OrderedJson &response : out["responses"]) {
    for (json::OrderedJson &rejected : response["rejected_evidence"]) rejected.erase("message");
  }
  return base::sha256_hex(json::canonical_json(out));
}

}  // namespace saleschecklist
