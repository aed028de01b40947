// Sessions and their audit log as JSON, for hosts.
#include <saleschecklist/json.hpp>

#include "json/nouns.hpp"

namespace saleschecklist {
namespace {

// A list as the only key of an object.
template <class T>
std::string list_json(const char *key, const std::vector<T> &list) {
  json::OrderedJson out = json::OrderedJson::object();
  out[key] = json::written(list);
  return json::pretty_json(out);
}

}  // namespace

std::string to_json(const Session &session) { return json::pretty_json(json::written(session)); }
std::string to_json(const SessionPage &page) { return json::pretty_json(json::written(page)); }

std::string to_json(const std::vector<Session> &sessions) {
  return to_json(SessionPage{sessions, {}, {}});
}

std::string to_json(const SessionResult &result) {
  return json::pretty_json(json::written(result));
}

std::string to_json(const std::vector<ScoreVersion> &history) {
  return list_json("versions", history);
}

std::string to_json(const std::vector<AuditEntry> &entries) {
  return list_json("entries", entries);
}

// Of the faults, what they say and where.
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

std::string to_json(const Redacted &redacted) { return json::pretty_json(json::written(redacted)); }

}  // namespace saleschecklist
