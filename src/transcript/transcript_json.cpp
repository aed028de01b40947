// Transcripts to and from JSON.
#include <saleschecklist/json.hpp>

#include "base/unicode.hpp"
#include "json/nouns.hpp"
#include "json/parse.hpp"
#include "text/words.hpp"

#include <algorithm>

namespace saleschecklist::json {
namespace {

constexpr std::string_view transcript_id = "saleschecklist/transcript/1";
constexpr std::string_view report_id = "saleschecklist/report/1";

// Converts the place of a fault to the JSON pointer in the document that the transcript was read
// from.
std::string place_in(const Json &list, std::string where) {
  constexpr std::string_view utterances = "/utterances/";
  if (where.rfind(utterances, 0) != 0) return where;
  const std::size_t slash = where.find('/', utterances.size());
  if (slash == std::string::npos) return where;
  const Json &utterance = list.at(std::stoul(where.substr(utterances.size())));
  const std::size_t begin = slash + 1, end = std::min(where.find('/', begin), where.size());
  const std::string key = where.substr(begin, end - begin);
  const auto put_old_key = [&](const auto &field) {
    if constexpr (requires { field.old_key; }) {
      const bool old = field.old_key != nullptr && field.key == key && !utterance.contains(key) &&
                       utterance.contains(field.old_key);
      if (old) where.replace(begin, end - begin, field.old_key);
    }
  };
  std::apply([&](const auto &...field) { (put_old_key(field), ...); }, Fields<Utterance>::list);
  return where;
}

}  // namespace

void after_read(const Json &, Utterance &utterance) {
  utterance.speaker = base::collapse_spaces(utterance.speaker);
  utterance.suspect = base::collapse_spaces(utterance.suspect);
  if (utterance.spans.empty()) {
    utterance.spans.push_back({0, utterance.begin_ms, utterance.end_ms});
  }
}

OrderedJson to_document(const Transcript &transcript) { return written(transcript); }

bool is_own_transcript(const Json &document) {
  if (!document.is_object()) return false;
  const auto schema = document.find("schema");
  if (schema != document.end()) return *schema == transcript_id || *schema == report_id;
  // Written by hand to this library's schema, in which "schema" is optional.
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
  out.source_format = "saleschecklist";
  read_fields(document, out);
  const bool roles = std::any_of(out.utterances.begin(), out.utterances.end(),
                                 [](const Utterance &u) { return u.role != Role::unknown; });
  if (roles && out.role_source == RoleSource::none) {
    out.role_source = RoleSource::given;
    out.role_reason = "the transcript itself states the roles";
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
  return json::pretty_json(json::written(transcript));
}

std::string to_json(const Transcript &transcript, const Metrics &metrics) {
  json::OrderedJson out = json::written(transcript);
  out["metrics"] = json::written(metrics);
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
