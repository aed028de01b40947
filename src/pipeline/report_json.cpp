// The whole report to and from JSON.
#include <saleschecklist/json.hpp>

#include "assess/offline/assessor_id.hpp"
#include "base/guard.hpp"
#include "base/sha256.hpp"
#include "evidence/evidence_check.hpp"
#include "json/documents.hpp"
#include "json/schema.hpp"

#include <fmt/format.h>

#include <map>

namespace saleschecklist {
namespace {

using Json = nlohmann::json;

// Responses with the texts of their items, as reports show them.
json::OrderedJson titled(const std::vector<Response> &responses, const Checklist &checklist) {
  std::map<std::string_view, std::pair<const Category *, const Item *>> items;
  for (const Category &c : checklist.categories) {
    for (const Item &i : c.items) items[i.id] = {&c, &i};
  }
  json::OrderedJson out = json::OrderedJson::array();
  for (const Response &response : responses) {
    json::OrderedJson row = json::OrderedJson::object();
    row["item_id"] = response.item_id;
    const auto found = items.find(response.item_id);
    row["category"] = found == items.end() ? "" : found->second.first->name;
    row["title"] = found == items.end() ? "" : found->second.second->title;
    row.update(json::to_document(response));
    out.push_back(std::move(row));
  }
  return out;
}

json::OrderedJson to_document(const Report &report) {
  json::OrderedJson out = json::OrderedJson::object();
  out["schema"] = "saleschecklist/report/1";
  out["deal"] = json::OrderedJson::object();
  out["deal"]["customer"] = report.deal.customer;
  out["deal"]["opportunity"] = report.deal.opportunity;
  out["deal"]["stage"] = report.deal.stage;
  out["checklist"] = json::OrderedJson::object();
  out["checklist"]["id"] = report.checklist.id;
  out["checklist"]["revision"] = report.checklist.revision;
  out["checklist"]["fingerprint"] = report.checklist_fingerprint;
  out["transcript"] = json::to_document(report.transcript);
  out["metrics"] = json::to_document(report.metrics);
  out["assessor"] = report.assessor;
  out["notices"] = report.notices;
  out["responses"] = titled(report.responses, report.checklist);
  out["score"] = json::to_document(report.score);
  out["coaching"] = json::to_document(report.coaching);
  out["usage"] = json::to_document(report.usage);
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
  if (!fault) fault = evidence::moment_fault(report.transcript, report.coaching);
  if (!fault) return;
  refuse(ErrorCode::invalid_input, std::move(fault->message), std::move(fault->where));
}

// Metrics and score are recomputed, and a report whose stored ones differ is refused.
void check_figures(const Report &report) {
  if (json::to_document(measure(report.transcript)) != json::to_document(report.metrics)) {
    refuse(ErrorCode::invalid_input, "the metrics do not follow from the transcript", "/metrics");
  }
  auto card = score(report.checklist, report.responses, report.score.policy);
  if (!card) throw BadResult(card.error());
  card->fingerprint = fingerprint(report.checklist, report.transcript, report.assessor,
                                  report.score.policy, report.responses);
  if (json::to_document(*card) != json::to_document(report.score)) {
    refuse(ErrorCode::invalid_input,
           fmt::format("the score does not follow from the responses: {} is stored, {} computed",
                       report.score.total_score, card->total_score),
           "/score");
  }
}

Report report_from_document(const Json &j, const Checklist &checklist) {
  Report out;
  out.checklist_fingerprint = fingerprint(checklist);
  check_checklist(j.at("checklist"), checklist, out.checklist_fingerprint);
  out.checklist = checklist;
  const Json &deal = j.at("deal");
  out.deal = {deal.at("customer"), deal.at("opportunity"), deal.at("stage")};
  auto transcript = json::transcript_from_document(j);
  if (!transcript) throw BadResult(transcript.error());
  out.transcript = *std::move(transcript);
  out.metrics = json::metrics_from_document(j.at("metrics"));
  out.assessor = j.at("assessor");
  out.notices = j.at("notices").get<std::vector<std::string>>();
  out.responses = json::responses_from_document(j.at("responses"));
  out.score = json::score_from_document(j.at("score"));
  out.coaching = json::coaching_from_document(j.at("coaching"));
  out.usage = json::usage_from_document(j.value("usage", Json::object()));
  if (auto fault = json::policy_fault(out.score.policy, "/score/policy")) {
    throw BadResult(*std::move(fault));
  }
  check_evidence(out);
  check_figures(out);
  return out;
}

}  // namespace

std::string to_json(const Report &report) { return json::pretty_json(to_document(report)); }

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
