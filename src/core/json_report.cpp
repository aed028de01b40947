// The whole report to and from JSON.
#include <saleschecklist/json.hpp>

#include "core/evidence_places.hpp"
#include "core/guard.hpp"
#include "core/json_nouns.hpp"
#include "core/schema.hpp"
#include "core/sha256.hpp"

#include <fmt/format.h>

#include <map>

namespace saleschecklist {
namespace {

using nlohmann::json;

// Responses with the texts of their items, as reports show them.
OrderedJson titled(const std::vector<Response> &responses, const Checklist &checklist) {
  std::map<std::string_view, std::pair<const Category *, const Item *>> items;
  for (const Category &c : checklist.categories) {
    for (const Item &i : c.items) items[i.id] = {&c, &i};
  }
  OrderedJson out = OrderedJson::array();
  for (const Response &response : responses) {
    OrderedJson row = OrderedJson::object();
    row["item_id"] = response.item_id;
    const auto found = items.find(response.item_id);
    row["category"] = found == items.end() ? "" : found->second.first->name;
    row["title"] = found == items.end() ? "" : found->second.second->title;
    row.update(to_document(response));
    out.push_back(std::move(row));
  }
  return out;
}

OrderedJson to_document(const Report &report) {
  OrderedJson out = OrderedJson::object();
  out["schema"] = "saleschecklist/report/1";
  out["deal"] = OrderedJson::object();
  out["deal"]["customer"] = report.deal.customer;
  out["deal"]["opportunity"] = report.deal.opportunity;
  out["deal"]["stage"] = report.deal.stage;
  out["checklist"] = OrderedJson::object();
  out["checklist"]["id"] = report.checklist.id;
  out["checklist"]["revision"] = report.checklist.revision;
  out["checklist"]["fingerprint"] = report.checklist_fingerprint;
  out["transcript"] = to_document(report.transcript);
  out["metrics"] = to_document(report.metrics);
  out["assessor"] = report.assessor;
  out["notices"] = report.notices;
  out["responses"] = titled(report.responses, report.checklist);
  out["score"] = to_document(report.score);
  out["coaching"] = to_document(report.coaching);
  out["usage"] = to_document(report.usage);
  return out;
}

[[noreturn]] void refuse(ErrorCode code, std::string message, std::string where) {
  throw BadResult({code, std::move(message), std::move(where)});
}

void check_checklist(const json &named, const Checklist &checklist, const std::string &print) {
  if (named.at("fingerprint") == print) return;
  refuse(ErrorCode::invalid_argument,
         fmt::format("the report was made with revision {} of checklist '{}', which has another "
                     "fingerprint than the given revision {} of '{}'",
                     named.at("revision").get<int>(), named.at("id").get<std::string>(),
                     checklist.revision, checklist.id),
         "/checklist/fingerprint");
}

void check_evidence(const Report &report) {
  auto fault = evidence_fault(report.transcript, report.responses);
  if (!fault) fault = moment_fault(report.transcript, report.coaching);
  if (!fault) return;
  refuse(ErrorCode::invalid_input, std::move(fault->message), std::move(fault->where));
}

// Metrics and score are recomputed; stored ones that differ are not believed.
void check_figures(const Report &report) {
  if (to_document(measure(report.transcript)) != to_document(report.metrics)) {
    refuse(ErrorCode::invalid_input, "the metrics do not follow from the transcript", "/metrics");
  }
  auto card = score(report.checklist, report.responses, report.score.policy);
  if (!card) throw BadResult(card.error());
  card->fingerprint = fingerprint(report.checklist, report.transcript, report.assessor,
                                  report.score.policy, report.responses);
  if (to_document(*card) != to_document(report.score)) {
    refuse(ErrorCode::invalid_input,
           fmt::format("the score does not follow from the responses: {} is stored, {} computed",
                       report.score.total_score, card->total_score),
           "/score");
  }
}

Report report_from_document(const json &j, const Checklist &checklist) {
  Report out;
  out.checklist_fingerprint = fingerprint(checklist);
  check_checklist(j.at("checklist"), checklist, out.checklist_fingerprint);
  out.checklist = checklist;
  const json &deal = j.at("deal");
  out.deal = {deal.at("customer"), deal.at("opportunity"), deal.at("stage")};
  auto transcript = transcript_from_document(j);
  if (!transcript) throw BadResult(transcript.error());
  out.transcript = *std::move(transcript);
  out.metrics = metrics_from_document(j.at("metrics"));
  out.assessor = j.at("assessor");
  out.notices = j.at("notices").get<std::vector<std::string>>();
  out.responses = responses_from_document(j.at("responses"));
  out.score = score_from_document(j.at("score"));
  out.coaching = coaching_from_document(j.at("coaching"));
  out.usage = usage_from_document(j.value("usage", json::object()));
  if (auto fault = policy_fault(out.score.policy, "/score/policy")) {
    throw BadResult(*std::move(fault));
  }
  check_evidence(out);
  check_figures(out);
  return out;
}

}  // namespace

std::string to_json(const Report &report) { return pretty_json(to_document(report)); }

Result<Report> report_from_json(std::string_view text, const Checklist &checklist) {
  return guard([&]() -> Result<Report> {
    const auto document = checked_document(text, "report.schema.json");
    if (!document) return document.error();
    return report_from_document(*document, checklist);
  });
}

std::string fingerprint(const Checklist &checklist, const Transcript &transcript,
                        const std::string &assessor, const Policy &policy,
                        const std::vector<Response> &responses) {
  OrderedJson out = OrderedJson::object();
  out["checklist"] = fingerprint(checklist);
  out["transcript"] = to_document(transcript);
  out["assessor"] = assessor;
  out["policy"] = to_document(policy);
  out["responses"] = to_document(responses)["responses"];
  return sha256_hex(canonical_json(out));
}

}  // namespace saleschecklist
