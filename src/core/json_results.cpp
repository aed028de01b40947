// Responses, score, coaching and the whole report to and from JSON.
#include <saleschecklist/json.hpp>

#include "core/guard.hpp"
#include "core/json_nouns.hpp"
#include "core/json_parse.hpp"
#include "core/schema.hpp"
#include "core/sha256.hpp"
#include "core/unicode.hpp"

#include <map>

namespace saleschecklist {
namespace {

using nlohmann::json;

OrderedJson to_document(const Evidence &e) {
  OrderedJson out;
  out["utterance"] = e.utterance;
  out["begin"] = e.begin;
  out["end"] = e.end;
  out["quote"] = e.quote;
  out["begin_ms"] = or_null(e.begin_ms);
  out["end_ms"] = or_null(e.end_ms);
  out["status"] = name(e.status);
  return out;
}

OrderedJson to_document(const ScoredItem &item) {
  OrderedJson out;
  out["item_id"] = item.item_id;
  out["title"] = item.title;
  out["category"] = item.category;
  return out;
}

OrderedJson to_document(const std::vector<ScoredItem> &items) {
  OrderedJson out = OrderedJson::array();
  for (const ScoredItem &item : items) out.push_back(to_document(item));
  return out;
}

OrderedJson to_document(const CategoryScore &c) {
  OrderedJson out;
  out["id"] = c.id;
  out["name"] = c.name;
  out["score"] = c.score;
  out["max_score"] = c.max_score;
  out["validated_items"] = c.validated_items;
  out["total_items"] = c.total_items;
  return out;
}

OrderedJson to_document(const ScoreSummary &s) {
  OrderedJson out;
  out["validated_items"] = s.validated_items;
  out["unvalidated_items"] = s.unvalidated_items;
  out["unanswered_items"] = s.unanswered_items;
  out["not_applicable_items"] = s.not_applicable_items;
  out["unsupported_items"] = s.unsupported_items;
  out["total_items"] = s.total_items;
  return out;
}

OrderedJson to_document(const std::vector<CoachingPoint> &points) {
  OrderedJson out = OrderedJson::array();
  for (const CoachingPoint &p : points) {
    OrderedJson row;
    row["point"] = p.point;
    row["explanation"] = p.explanation;
    out.push_back(std::move(row));
  }
  return out;
}

OrderedJson to_document(const Moment &m) {
  OrderedJson out;
  out["utterance"] = m.utterance;
  out["quote"] = m.quote;
  out["begin_ms"] = or_null(m.begin_ms);
  out["end_ms"] = or_null(m.end_ms);
  out["item_id"] = m.item_id;
  return out;
}

// Responses with the texts of their items, as reports show them.
OrderedJson titled(const std::vector<Response> &responses, const Checklist &checklist) {
  std::map<std::string_view, std::pair<const Category *, const Item *>> items;
  for (const Category &c : checklist.categories) {
    for (const Item &i : c.items) items[i.id] = {&c, &i};
  }
  OrderedJson out = OrderedJson::array();
  for (const Response &response : responses) {
    OrderedJson row;
    row["item_id"] = response.item_id;
    const auto found = items.find(response.item_id);
    row["category"] = found == items.end() ? "" : found->second.first->name;
    row["title"] = found == items.end() ? "" : found->second.second->title;
    row.update(to_document(response));
    out.push_back(std::move(row));
  }
  return out;
}

Answer answer_from(const std::string &word) {
  if (word == "yes") return Answer::yes;
  if (word == "no") return Answer::no;
  return word == "not_applicable" ? Answer::not_applicable : Answer::unanswered;
}

Support support_from(const std::string &word) {
  if (word == "verified") return Support::verified;
  if (word == "repaired") return Support::repaired;
  return word == "unsupported" ? Support::unsupported : Support::none;
}

std::optional<std::int64_t> time_of(const json &j, const char *key) {
  const auto found = j.find(key);
  if (found == j.end() || found->is_null()) return std::nullopt;
  return found->get<std::int64_t>();
}

Evidence evidence_from(const json &j) {
  Evidence out;
  out.utterance = j.at("utterance");
  out.begin = j.at("begin");
  out.end = j.at("end");
  out.quote = j.at("quote");
  out.begin_ms = time_of(j, "begin_ms");
  out.end_ms = time_of(j, "end_ms");
  if (j.value("status", "verified") == std::string("repaired")) {
    out.status = EvidenceStatus::repaired;
  }
  return out;
}

Response response_from(const json &j) {
  Response out;
  out.item_id = j.at("item_id");
  out.answer = answer_from(j.at("answer"));
  out.ai_answer = j.contains("ai_answer") ? answer_from(j["ai_answer"]) : out.answer;
  out.confidence = j.value("confidence", 0.0);
  out.support = support_from(j.value("support", "none"));
  for (const json &e : j.value("evidence", json::array())) out.evidence.push_back(evidence_from(e));
  for (const json &r : j.value("rejected_evidence", json::array())) {
    out.rejected_evidence.push_back({r.at("quote"), r.at("reason")});
  }
  out.reasoning = j.value("reasoning", "");
  out.needs_review = j.value("needs_review", false);
  if (const auto found = j.find("override"); found != j.end() && !found->is_null()) {
    out.override_ = Override{found->at("by"), found->at("reason"), found->at("at")};
  }
  return out;
}

OrderedJson no_usage() {
  OrderedJson out;
  out["stages"] = OrderedJson::array();
  out["total"] = {{"requests", 0}, {"input_tokens", 0}, {"output_tokens", 0}};
  return out;
}

}  // namespace

std::string pretty_json(const OrderedJson &document) {
  return document.dump(2, ' ', false, OrderedJson::error_handler_t::replace) + "\n";
}

std::string canonical_json(const OrderedJson &document) {
  return document.dump(-1, ' ', false, OrderedJson::error_handler_t::replace);
}

OrderedJson to_document(const Response &r) {
  OrderedJson out;
  out["item_id"] = r.item_id;
  out["answer"] = name(r.answer);
  out["ai_answer"] = name(r.ai_answer);
  out["confidence"] = r.confidence;
  out["support"] = name(r.support);
  out["evidence"] = OrderedJson::array();
  for (const Evidence &e : r.evidence) out["evidence"].push_back(to_document(e));
  out["rejected_evidence"] = OrderedJson::array();
  for (const RejectedEvidence &e : r.rejected_evidence) {
    OrderedJson row;
    row["quote"] = e.quote;
    row["reason"] = e.reason;
    out["rejected_evidence"].push_back(std::move(row));
  }
  out["reasoning"] = r.reasoning;
  out["needs_review"] = r.needs_review;
  out["override"] = nullptr;
  if (r.override_) {
    out["override"] = OrderedJson::object();
    out["override"]["by"] = r.override_->by;
    out["override"]["reason"] = r.override_->reason;
    out["override"]["at"] = r.override_->at;
  }
  return out;
}

OrderedJson to_document(const std::vector<Response> &responses) {
  OrderedJson out;
  out["schema"] = "saleschecklist/responses/1";
  out["responses"] = OrderedJson::array();
  for (const Response &r : responses) out["responses"].push_back(to_document(r));
  return out;
}

OrderedJson to_document(const Score &s) {
  OrderedJson out;
  out["total_score"] = s.total_score;
  out["max_possible_score"] = 100;
  out["percentage"] = s.percentage;
  out["risk_band"] = name(s.risk_band);
  out["risk_label"] = s.risk_label;
  out["risk_color"] = s.risk_color;
  out["category_breakdown"] = OrderedJson::array();
  for (const CategoryScore &c : s.category_breakdown) {
    out["category_breakdown"].push_back(to_document(c));
  }
  out["strengths"] = to_document(s.strengths);
  out["gaps"] = to_document(s.gaps);
  out["summary"] = to_document(s.summary);
  out["policy"] = to_document(s.policy);
  out["fingerprint"] = s.fingerprint.empty() ? OrderedJson(nullptr) : OrderedJson(s.fingerprint);
  return out;
}

OrderedJson to_document(const Coaching &c) {
  OrderedJson out;
  out["feedback_text"] = c.feedback_text;
  out["strengths"] = to_document(c.strengths);
  out["improvement_areas"] = to_document(c.improvement_areas);
  out["action_items"] = c.action_items;
  out["first_change"] = c.first_change;
  out["moments"] = OrderedJson::array();
  for (const Moment &m : c.moments) out["moments"].push_back(to_document(m));
  return out;
}

std::string to_json(const std::vector<Response> &responses) {
  return pretty_json(to_document(responses));
}
std::string to_json(const Score &score) { return pretty_json(to_document(score)); }
std::string to_json(const Coaching &coaching) { return pretty_json(to_document(coaching)); }

std::string to_json(const Report &report) {
  OrderedJson out;
  out["schema"] = "saleschecklist/report/1";
  out["deal"]["customer"] = report.deal.customer;
  out["deal"]["opportunity"] = report.deal.opportunity;
  out["deal"]["stage"] = report.deal.stage;
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
  out["usage"] = no_usage();
  return pretty_json(out);
}

Result<std::vector<Response>> responses_from_json(std::string_view text) {
  return guard([&]() -> Result<std::vector<Response>> {
    auto decoded = decode_text(text);
    if (!decoded) return decoded.error();
    auto document = parse_json(*decoded);
    if (!document) return document.error();
    const bool wrapped = document->is_object() && document->contains("responses");
    const json &list = wrapped ? (*document)["responses"] : *document;
    auto faults = schema_faults(list, "responses.schema.json");
    for (Error &fault : faults) {
      if (wrapped) fault.where = "/responses" + (fault.where == "/" ? std::string() : fault.where);
    }
    if (!faults.empty()) return join_faults(faults);
    std::vector<Response> out;
    for (const json &row : list) out.push_back(response_from(row));
    return out;
  });
}

std::string fingerprint(const Checklist &checklist, const Transcript &transcript,
                        const std::string &assessor, const Policy &policy,
                        const std::vector<Response> &responses) {
  OrderedJson out;
  out["checklist"] = fingerprint(checklist);
  out["transcript"] = to_document(transcript);
  out["assessor"] = assessor;
  out["policy"] = to_document(policy);
  out["responses"] = to_document(responses)["responses"];
  return sha256_hex(canonical_json(out));
}

}  // namespace saleschecklist
