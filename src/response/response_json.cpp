// Responses, score and coaching to and from JSON.
#include <saleschecklist/json.hpp>

#include "base/guard.hpp"
#include "json/documents.hpp"
#include "json/parse.hpp"
#include "json/schema.hpp"

namespace saleschecklist::json {
namespace {

using Json = nlohmann::json;

OrderedJson to_document(const ScoredItem &item) {
  OrderedJson out = OrderedJson::object();
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
  OrderedJson out = OrderedJson::object();
  out["id"] = c.id;
  out["name"] = c.name;
  out["score"] = c.score;
  out["max_score"] = c.max_score;
  out["validated_items"] = c.validated_items;
  out["total_items"] = c.total_items;
  return out;
}

OrderedJson to_document(const ScoreSummary &s) {
  OrderedJson out = OrderedJson::object();
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
    OrderedJson row = OrderedJson::object();
    row["point"] = p.point;
    row["explanation"] = p.explanation;
    out.push_back(std::move(row));
  }
  return out;
}

OrderedJson to_document(const Moment &m) {
  OrderedJson out = OrderedJson::object();
  out["utterance"] = m.utterance;
  out["quote"] = m.quote;
  out["begin_ms"] = or_null(m.begin_ms);
  out["end_ms"] = or_null(m.end_ms);
  out["item_id"] = m.item_id;
  return out;
}

Answer answer_word(const std::string &word) {
  return from_word(word, {Answer::yes, Answer::no, Answer::not_applicable}, Answer::unanswered);
}

Evidence evidence_from(const Json &j) {
  Evidence out;
  out.utterance = j.at("utterance");
  out.begin = j.at("begin");
  out.end = j.at("end");
  out.quote = j.at("quote");
  out.begin_ms = optional_at<std::int64_t>(j, "begin_ms");
  out.end_ms = optional_at<std::int64_t>(j, "end_ms");
  if (j.value("status", "verified") == std::string("repaired")) {
    out.status = EvidenceStatus::repaired;
  }
  return out;
}

RejectionReason rejection_word(const std::string &word) {
  using R = RejectionReason;
  if (word == "doubtful_words") return R::suspect_words;  // as earlier versions wrote it
  return from_word(
      word,
      {R::words_differ, R::number_differs, R::name_differs, R::negation_differs, R::stitched,
       R::wrong_side, R::unknown_speaker, R::suspect_words, R::addressed_to_assessor,
       R::single_word, R::no_words, R::too_long, R::not_utf8},
      R::not_found);
}

UnansweredReason unanswered_word(const std::string &word) {
  using R = UnansweredReason;
  return from_word(word,
                   {R::no_words, R::side_absent, R::other_language, R::over_budget, R::service_failed, R::declined,
                    R::unusable_reply},
                   R::not_asked);
}

// The message follows from the other fields and is not read.
RejectedEvidence rejected_from(const Json &j) {
  RejectedEvidence out{j.at("quote"), rejection_word(j.at("reason"))};
  out.speaker = j.value("speaker", "");
  out.role = role_word(j.value("role", "unknown"));
  out.evidence_from = from_word(j.value("evidence_from", "either"),
                                {EvidenceFrom::customer, EvidenceFrom::rep}, EvidenceFrom::either);
  out.suspect = j.value("suspect", j.value("doubt", ""));  // earlier versions wrote "doubt"
  out.quote_word = j.value("quote_word", "");
  out.transcript_word = j.value("transcript_word", "");
  return out;
}

Response response_from(const Json &j) {
  Response out;
  out.item_id = j.at("item_id");
  out.answer = answer_word(j.at("answer"));
  out.ai_answer = j.contains("ai_answer") ? answer_word(j["ai_answer"]) : out.answer;
  out.confidence = j.value("confidence", 0.0);
  out.support =
      from_word(j.value("support", "none"),
                {Support::verified, Support::repaired, Support::unsupported}, Support::none);
  for (const Json &e : j.value("evidence", Json::array())) out.evidence.push_back(evidence_from(e));
  for (const Json &r : j.value("rejected_evidence", Json::array())) {
    out.rejected_evidence.push_back(rejected_from(r));
  }
  out.reasoning = j.value("reasoning", "");
  if (j.contains("unanswered_reason")) {
    out.unanswered_reason = unanswered_word(j["unanswered_reason"]);
  }
  out.needs_review = j.value("needs_review", false);
  if (const auto found = j.find("override"); found != j.end() && !found->is_null()) {
    out.correction = Correction{found->at("by"), found->at("reason"), found->at("at")};
  }
  return out;
}

ScoredItem scored_item_from(const Json &j) {
  return {j.at("item_id"), j.at("title"), j.at("category")};
}

std::vector<ScoredItem> scored_items_from(const Json &list) {
  std::vector<ScoredItem> out;
  for (const Json &item : list) out.push_back(scored_item_from(item));
  return out;
}

CategoryScore category_score_from(const Json &j) {
  return {
      j.at("id"),         j.at("name"), j.at("score"), j.at("max_score"), j.at("validated_items"),
      j.at("total_items")};
}

ScoreSummary summary_from(const Json &j) {
  return {j.at("validated_items"),      j.at("unvalidated_items"), j.at("unanswered_items"),
          j.at("not_applicable_items"), j.at("unsupported_items"), j.at("total_items")};
}

std::vector<CoachingPoint> points_from(const Json &list) {
  std::vector<CoachingPoint> out;
  for (const Json &j : list) out.push_back({j.at("point"), j.at("explanation")});
  return out;
}

Moment moment_from(const Json &j) {
  return {j.at("utterance"), j.at("quote"), optional_at<std::int64_t>(j, "begin_ms"),
          optional_at<std::int64_t>(j, "end_ms"), j.at("item_id")};
}

}  // namespace

std::string pretty_json(const OrderedJson &document) {
  return document.dump(2, ' ', false, OrderedJson::error_handler_t::replace) + "\n";
}

std::string canonical_json(const OrderedJson &document) {
  return document.dump(-1, ' ', false, OrderedJson::error_handler_t::replace);
}

OrderedJson to_document(const Evidence &e) {
  OrderedJson out = OrderedJson::object();
  out["utterance"] = e.utterance;
  out["begin"] = e.begin;
  out["end"] = e.end;
  out["quote"] = e.quote;
  out["begin_ms"] = or_null(e.begin_ms);
  out["end_ms"] = or_null(e.end_ms);
  out["status"] = name(e.status);
  return out;
}

OrderedJson to_document(const RejectedEvidence &r) {
  OrderedJson out = OrderedJson::object();
  out["quote"] = r.quote;
  out["reason"] = name(r.reason);
  out["message"] = describe(r);
  if (!r.speaker.empty()) out["speaker"] = r.speaker;
  if (r.role != Role::unknown) out["role"] = name(r.role);
  if (r.evidence_from != EvidenceFrom::either) out["evidence_from"] = name(r.evidence_from);
  if (!r.suspect.empty()) out["suspect"] = r.suspect;
  if (!r.quote_word.empty()) out["quote_word"] = r.quote_word;
  if (!r.transcript_word.empty()) out["transcript_word"] = r.transcript_word;
  return out;
}

OrderedJson to_document(const Response &r) {
  OrderedJson out = OrderedJson::object();
  out["item_id"] = r.item_id;
  out["answer"] = name(r.answer);
  out["ai_answer"] = name(r.ai_answer);
  out["confidence"] = r.confidence;
  out["support"] = name(r.support);
  out["evidence"] = OrderedJson::array();
  for (const Evidence &e : r.evidence) out["evidence"].push_back(to_document(e));
  out["rejected_evidence"] = OrderedJson::array();
  for (const RejectedEvidence &e : r.rejected_evidence) {
    out["rejected_evidence"].push_back(to_document(e));
  }
  out["reasoning"] = r.reasoning;
  if (r.unanswered_reason) out["unanswered_reason"] = name(*r.unanswered_reason);
  out["needs_review"] = r.needs_review;
  out["override"] = nullptr;
  if (r.correction) {
    out["override"] = OrderedJson::object();
    out["override"]["by"] = r.correction->by;
    out["override"]["reason"] = r.correction->reason;
    out["override"]["at"] = r.correction->at;
  }
  return out;
}

OrderedJson to_document(const std::vector<Response> &responses) {
  OrderedJson out = OrderedJson::object();
  out["schema"] = "saleschecklist/responses/1";
  out["responses"] = OrderedJson::array();
  for (const Response &r : responses) out["responses"].push_back(to_document(r));
  return out;
}

OrderedJson to_document(const Score &s) {
  OrderedJson out = OrderedJson::object();
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
  OrderedJson out = OrderedJson::object();
  out["feedback_text"] = c.feedback_text;
  out["strengths"] = to_document(c.strengths);
  out["improvement_areas"] = to_document(c.improvement_areas);
  out["action_items"] = c.action_items;
  out["first_change"] = c.first_change;
  out["moments"] = OrderedJson::array();
  for (const Moment &m : c.moments) out["moments"].push_back(to_document(m));
  return out;
}

std::vector<Response> responses_from_document(const Json &list) {
  std::vector<Response> out;
  for (const Json &row : list) out.push_back(response_from(row));
  return out;
}

Score score_from_document(const Json &j) {
  Score out;
  out.total_score = j.at("total_score");
  out.percentage = j.at("percentage");
  out.risk_band = from_word(j.at("risk_band"), {RiskBand::green, RiskBand::yellow}, RiskBand::red);
  out.risk_label = j.at("risk_label");
  out.risk_color = j.at("risk_color");
  for (const Json &row : j.at("category_breakdown")) {
    out.category_breakdown.push_back(category_score_from(row));
  }
  out.strengths = scored_items_from(j.at("strengths"));
  out.gaps = scored_items_from(j.at("gaps"));
  out.summary = summary_from(j.at("summary"));
  out.policy = policy_from_document(j.at("policy"));
  out.fingerprint = optional_at<std::string>(j, "fingerprint").value_or("");
  return out;
}

Coaching coaching_from_document(const Json &j) {
  Coaching out;
  out.feedback_text = j.at("feedback_text");
  out.strengths = points_from(j.at("strengths"));
  out.improvement_areas = points_from(j.at("improvement_areas"));
  out.action_items = j.at("action_items").get<std::vector<std::string>>();
  out.first_change = j.at("first_change");
  for (const Json &moment : j.at("moments")) out.moments.push_back(moment_from(moment));
  return out;
}

}  // namespace saleschecklist::json

namespace saleschecklist {

std::string to_json(const std::vector<Response> &responses) {
  return json::pretty_json(json::to_document(responses));
}
std::string to_json(const Score &score) { return json::pretty_json(json::to_document(score)); }
std::string to_json(const Coaching &coaching) {
  return json::pretty_json(json::to_document(coaching));
}

Result<std::vector<Response>> responses_from_json(std::string_view text) {
  return base::guard([&]() -> Result<std::vector<Response>> {
    const auto document = json::parse_bytes(text);
    if (!document) return document.error();
    const bool wrapped = document->is_object() && document->contains("responses");
    const json::Json &list = wrapped ? (*document)["responses"] : *document;
    auto faults = json::schema_faults(list, "responses.schema.json");
    for (Error &fault : faults) {
      if (wrapped) fault.where = "/responses" + (fault.where == "/" ? std::string() : fault.where);
    }
    if (!faults.empty()) return json::join_faults(faults);
    return json::responses_from_document(list);
  });
}

Result<Score> score_from_json(std::string_view text) {
  return base::guard([&]() -> Result<Score> {
    const auto document = json::checked_document(text, "score.schema.json");
    if (!document) return document.error();
    Score out = json::score_from_document(*document);
    if (auto fault = json::policy_fault(out.policy, "/policy")) return *std::move(fault);
    return out;
  });
}

Result<Coaching> coaching_from_json(std::string_view text) {
  return base::guard([&]() -> Result<Coaching> {
    const auto document = json::checked_document(text, "coaching.schema.json");
    if (!document) return document.error();
    return json::coaching_from_document(*document);
  });
}

}  // namespace saleschecklist
