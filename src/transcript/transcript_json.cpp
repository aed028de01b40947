// Transcript to and from JSON.
#include <saleschecklist/json.hpp>

#include "base/guard.hpp"
#include "base/unicode.hpp"
#include "json/documents.hpp"
#include "json/parse.hpp"
#include "json/schema.hpp"
#include "text/words.hpp"

#include <algorithm>

namespace saleschecklist::json {
namespace {

using Json = nlohmann::json;

constexpr std::string_view transcript_id = "saleschecklist/transcript/1";
constexpr std::string_view report_id = "saleschecklist/report/1";

OrderedJson to_document(const TimedSpan &span) {
  OrderedJson out = OrderedJson::object();
  out["begin"] = span.begin;
  out["begin_ms"] = or_null(span.begin_ms);
  out["end_ms"] = or_null(span.end_ms);
  return out;
}

OrderedJson to_document(const Utterance &u, std::size_t index) {
  OrderedJson out = OrderedJson::object();
  out["index"] = index;
  out["speaker"] = u.speaker;
  out["role"] = name(u.role);
  out["begin_ms"] = or_null(u.begin_ms);
  out["end_ms"] = or_null(u.end_ms);
  out["text"] = u.text;
  if (u.spans.size() > 1) {
    out["spans"] = OrderedJson::array();
    for (const TimedSpan &span : u.spans) out["spans"].push_back(to_document(span));
  }
  if (!u.suspect.empty()) out["suspect"] = u.suspect;
  return out;
}

// The key of an utterance's spans: earlier versions wrote "cues".
const char *spans_key(const Json &utterance) {
  return utterance.contains("cues") && !utterance.contains("spans") ? "cues" : "spans";
}

// The key of what makes an utterance suspect: earlier versions wrote "doubt".
const char *suspect_key(const Json &utterance) {
  return utterance.contains("doubt") && !utterance.contains("suspect") ? "doubt" : "suspect";
}

// The place of a fault in a transcript that was read from `list`, by the key that stands there.
std::string place_in(const Json &list, std::string where) {
  constexpr std::string_view utterances = "/utterances/", spans = "/spans";
  const std::size_t at = where.find(spans);
  if (at == std::string::npos) return where;
  const Json &utterance = list.at(std::stoul(where.substr(utterances.size())));
  return where.replace(at, spans.size(), std::string("/") + spans_key(utterance));
}

Utterance utterance_from(const Json &j) {
  Utterance out;
  out.speaker = base::collapse_spaces(j.value("speaker", ""));
  out.role = role_word(j.value("role", "unknown"));
  out.begin_ms = optional_at<std::int64_t>(j, "begin_ms");
  out.end_ms = optional_at<std::int64_t>(j, "end_ms");
  out.text = j.at("text");
  for (const Json &span : j.value(spans_key(j), Json::array())) {
    out.spans.push_back({span.at("begin"), optional_at<std::int64_t>(span, "begin_ms"),
                         optional_at<std::int64_t>(span, "end_ms")});
  }
  out.suspect = base::collapse_spaces(j.value(suspect_key(j), ""));
  if (out.spans.empty()) out.spans.push_back({0, out.begin_ms, out.end_ms});
  return out;
}

}  // namespace

OrderedJson to_document(const Transcript &transcript) {
  OrderedJson out = OrderedJson::object();
  out["schema"] = transcript_id;
  out["language"] = transcript.language;
  out["duration_ms"] = or_null(transcript.duration_ms);
  out["source_format"] = transcript.source_format;
  out["roles"] = OrderedJson::object();
  out["roles"]["source"] = name(transcript.role_source);
  out["roles"]["reason"] = transcript.role_reason;
  out["warnings"] = transcript.warnings;
  out["utterances"] = OrderedJson::array();
  for (std::size_t i = 0; i < transcript.utterances.size(); ++i) {
    out["utterances"].push_back(to_document(transcript.utterances[i], i));
  }
  return out;
}

bool is_own_transcript(const Json &document) {
  if (!document.is_object()) return false;
  const auto schema = document.find("schema");
  if (schema != document.end()) return *schema == transcript_id || *schema == report_id;
  // Written by hand after our schema, which does not ask for its name.
  const auto list = document.find("utterances");
  if (list == document.end() || !list->is_array() || list->empty()) return false;
  const Json &first = list->front();
  return first.is_object() && first.contains("text") &&
         (first.contains("role") || first.contains("begin_ms") || first.contains("end_ms"));
}

Result<Transcript> transcript_from_document(const Json &whole) {
  const auto schema = whole.find("schema");
  const bool report = schema != whole.end() && *schema == report_id;
  const std::string root = report ? "/transcript" : "";
  const Json &document = report && whole.contains("transcript") ? whole["transcript"] : whole;
  auto faults = schema_faults(document, "transcript.schema.json");
  for (Error &fault : faults) fault.where = root + fault.where;
  if (!faults.empty()) return join_faults(faults);
  Transcript out;
  out.language = document.value("language", "");
  out.duration_ms = optional_at<std::int64_t>(document, "duration_ms");
  out.source_format = document.value("source_format", "saleschecklist");
  if (const auto roles = document.find("roles"); roles != document.end()) {
    out.role_source = from_word(roles->value("source", "none"),
                                {RoleSource::given, RoleSource::inferred}, RoleSource::none);
    out.role_reason = roles->value("reason", "");
  }
  out.warnings = document.value("warnings", out.warnings);
  for (const Json &utterance : document.at("utterances")) {
    out.utterances.push_back(utterance_from(utterance));
  }
  const bool roles = std::any_of(out.utterances.begin(), out.utterances.end(),
                                 [](const Utterance &u) { return u.role != Role::unknown; });
  if (roles && out.role_source == RoleSource::none) {
    out.role_source = RoleSource::given;
    out.role_reason = "the transcript itself gives the roles";
  }
  if (const auto found = validate(out); !found.empty()) {
    Error error = found.front();
    error.where = root + place_in(document.at("utterances"), std::move(error.where));
    return error;
  }
  return out;
}

}  // namespace saleschecklist::json

namespace saleschecklist {

std::string to_json(const Transcript &transcript) {
  return json::pretty_json(json::to_document(transcript));
}

std::string to_json(const Transcript &transcript, const Metrics &metrics) {
  json::OrderedJson out = json::to_document(transcript);
  out["metrics"] = json::to_document(metrics);
  return json::pretty_json(out);
}

Result<Transcript> transcript_from_json(std::string_view text) {
  return base::guard([&]() -> Result<Transcript> {
    const auto document = json::parse_bytes(text);
    if (!document) return document.error();
    return json::transcript_from_document(*document);
  });
}

}  // namespace saleschecklist
