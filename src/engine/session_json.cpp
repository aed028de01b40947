// Sessions and their audit log as JSON, for hosts.
#include <saleschecklist/json.hpp>

#include "base/guard.hpp"
#include "json/documents.hpp"
#include "json/schema.hpp"

namespace saleschecklist {
namespace {

json::OrderedJson to_document(const Error &error) {
  json::OrderedJson out = json::OrderedJson::object();
  out["code"] = name(error.code);
  out["message"] = error.message;
  out["where"] = error.where;
  out["provider"] = error.provider;
  out["http_status"] = error.http_status;
  out["request_id"] = error.request_id;
  out["retry_after_ms"] = error.retry_after_ms;
  return out;
}

json::OrderedJson to_document(const SessionAudio &audio) {
  json::OrderedJson out = json::OrderedJson::object();
  out["name"] = audio.name;
  out["blob"] = audio.blob;
  out["content_type"] = audio.content_type;
  out["bytes"] = audio.bytes;
  out["duration_ms"] = audio.duration_ms;
  return out;
}

json::OrderedJson to_document(const Failure &failure) {
  json::OrderedJson out = json::OrderedJson::object();
  out["stage"] = name(failure.stage);
  out["error"] = to_document(failure.error);
  out["advice"] = failure.advice;
  out["at_ms"] = failure.at_ms;
  return out;
}

json::OrderedJson to_document(const Session &s) {
  json::OrderedJson out = json::OrderedJson::object();
  out["id"] = s.id;
  out["tenant"] = s.tenant;
  out["revision"] = s.revision;
  out["customer"] = s.customer;
  out["opportunity"] = s.opportunity;
  out["deal_stage"] = s.deal_stage;
  out["decision_influencer"] = s.decision_influencer;
  out["owner"] = s.owner;
  out["status"] = name(s.status);
  out["review"] = s.review;
  out["created_at_ms"] = s.created_at_ms;
  out["updated_at_ms"] = s.updated_at_ms;
  out["submitted_at_ms"] = s.submitted_at_ms;
  out["completed_at_ms"] = s.completed_at_ms;
  out["checklist"] = json::OrderedJson::object();
  out["checklist"]["id"] = s.checklist_id;
  out["checklist"]["fingerprint"] = s.checklist_fingerprint;
  out["policy"] = json::to_document(s.policy);
  out["audio"] = s.audio ? to_document(*s.audio) : json::OrderedJson(nullptr);
  out["failure"] = s.failure ? to_document(*s.failure) : json::OrderedJson(nullptr);
  out["versions"] = json::OrderedJson::object();
  out["versions"]["transcript"] = s.transcript_version;
  out["versions"]["assessment"] = s.assessment_version;
  out["versions"]["score"] = s.score_version;
  out["versions"]["coaching"] = s.coaching_version;
  out["stale"] = json::OrderedJson::array();
  for (const Stage stage : s.stale) out["stale"].push_back(name(stage));
  out["coaching_blob"] = s.coaching_blob;
  out["total_score"] = json::or_null(s.total_score);
  out["risk_band"] =
      s.risk_band ? json::OrderedJson(name(*s.risk_band)) : json::OrderedJson(nullptr);
  return out;
}

template <class T>
json::OrderedJson document_or_null(const std::optional<T> &value) {
  return value ? json::to_document(*value) : json::OrderedJson(nullptr);
}

}  // namespace

std::string to_json(const Session &session) { return json::pretty_json(to_document(session)); }

std::string to_json(const SessionPage &page) {
  json::OrderedJson out = json::OrderedJson::object();
  out["sessions"] = json::OrderedJson::array();
  for (const Session &session : page.sessions) out["sessions"].push_back(to_document(session));
  out["next"] = page.next;
  return json::pretty_json(out);
}

std::string to_json(const std::vector<Session> &sessions) {
  return to_json(SessionPage{sessions, {}});
}

std::string to_json(const SessionResult &result) {
  json::OrderedJson out = json::OrderedJson::object();
  out["session"] = to_document(result.session);
  out["transcript"] = document_or_null(result.transcript);
  out["assessment"] = document_or_null(result.assessment);
  out["score"] = document_or_null(result.score);
  out["coaching"] = document_or_null(result.coaching);
  out["usage"] = json::to_document(result.usage);
  return json::pretty_json(out);
}

std::string to_json(const std::vector<ScoreVersion> &history) {
  json::OrderedJson out = json::OrderedJson::object();
  out["versions"] = json::OrderedJson::array();
  for (const ScoreVersion &v : history) {
    json::OrderedJson row = json::OrderedJson::object();
    row["version"] = v.version;
    row["at_ms"] = v.at_ms;
    row["actor"] = v.actor;
    row["reason"] = v.reason;
    row["total_score"] = v.total_score;
    row["percentage"] = v.percentage;
    row["risk_band"] = name(v.risk_band);
    row["fingerprint"] = v.fingerprint;
    row["changed"] = v.changed;
    out["versions"].push_back(std::move(row));
  }
  return json::pretty_json(out);
}

std::string to_json(const std::vector<AuditEntry> &entries) {
  json::OrderedJson out = json::OrderedJson::object();
  out["entries"] = json::OrderedJson::array();
  for (const AuditEntry &e : entries) {
    json::OrderedJson row = json::OrderedJson::object();
    row["number"] = e.number;
    row["at_ms"] = e.at_ms;
    row["actor"] = e.actor;
    row["action"] = e.action;
    row["detail"] = e.detail;
    row["previous"] = e.previous;
    row["hash"] = e.hash;
    out["entries"].push_back(std::move(row));
  }
  return json::pretty_json(out);
}

std::string to_json(const AuditReport &report) {
  json::OrderedJson out = json::OrderedJson::object();
  out["entries"] = report.entries;
  out["faults"] = json::OrderedJson::array();
  for (const Error &fault : report.faults) {
    json::OrderedJson row = json::OrderedJson::object();
    row["message"] = fault.message;
    row["where"] = fault.where;
    out["faults"].push_back(std::move(row));
  }
  return json::pretty_json(out);
}

}  // namespace saleschecklist
