// Metrics to and from JSON.
#include <saleschecklist/json.hpp>

#include "base/guard.hpp"
#include "json/documents.hpp"
#include "json/schema.hpp"

namespace saleschecklist::json {
namespace {

using Json = nlohmann::json;

OrderedJson to_document(const SpeakerMetrics &s) {
  OrderedJson out = OrderedJson::object();
  out["speaker"] = s.speaker;
  out["role"] = name(s.role);
  out["talk_share"] = or_null(s.talk_share);
  out["talk_ms"] = s.talk_ms;
  out["words"] = s.words;
  out["words_per_minute"] = or_null(s.words_per_minute);
  out["turns"] = s.turns;
  out["questions"] = s.questions;
  out["longest_monologue_ms"] = or_null(s.longest_monologue_ms);
  out["longest_monologue_words"] = s.longest_monologue_words;
  out["interruptions"] = s.interruptions;
  out["patience_ms"] = or_null(s.patience_ms);
  out["replies"] = s.replies;
  return out;
}

SpeakerMetrics speaker_from(const Json &j) {
  SpeakerMetrics out;
  out.speaker = j.at("speaker");
  out.role = role_word(j.at("role"));
  out.talk_share = optional_at<double>(j, "talk_share");
  out.talk_ms = j.at("talk_ms");
  out.words = j.at("words");
  out.words_per_minute = optional_at<double>(j, "words_per_minute");
  out.turns = j.at("turns");
  out.questions = j.at("questions");
  out.longest_monologue_ms = optional_at<std::int64_t>(j, "longest_monologue_ms");
  out.longest_monologue_words = j.at("longest_monologue_words");
  out.interruptions = j.at("interruptions");
  out.patience_ms = optional_at<std::int64_t>(j, "patience_ms");
  out.replies = j.at("replies");
  return out;
}

}  // namespace

OrderedJson to_document(const Metrics &m) {
  OrderedJson out = OrderedJson::object();
  out["duration_ms"] = m.duration_ms;
  out["words"] = m.words;
  out["utterances"] = m.utterances;
  out["turns"] = m.turns;
  out["speaker_switches"] = m.speaker_switches;
  out["switches_per_minute"] = or_null(m.switches_per_minute);
  out["talk_share_basis"] = name(m.talk_share_basis);
  out["rep_talk_share"] = or_null(m.rep_talk_share);
  out["customer_talk_share"] = or_null(m.customer_talk_share);
  out["longest_rep_monologue_ms"] = or_null(m.longest_rep_monologue_ms);
  out["speakers"] = OrderedJson::array();
  for (const SpeakerMetrics &s : m.speakers) out["speakers"].push_back(to_document(s));
  return out;
}

Metrics metrics_from_document(const Json &j) {
  Metrics out;
  out.duration_ms = j.at("duration_ms");
  out.words = j.at("words");
  out.utterances = j.at("utterances");
  out.turns = j.at("turns");
  out.speaker_switches = j.at("speaker_switches");
  out.switches_per_minute = optional_at<double>(j, "switches_per_minute");
  out.talk_share_basis =
      from_word(j.at("talk_share_basis"), {ShareBasis::time, ShareBasis::words}, ShareBasis::none);
  out.rep_talk_share = optional_at<double>(j, "rep_talk_share");
  out.customer_talk_share = optional_at<double>(j, "customer_talk_share");
  out.longest_rep_monologue_ms = optional_at<std::int64_t>(j, "longest_rep_monologue_ms");
  for (const Json &speaker : j.at("speakers")) out.speakers.push_back(speaker_from(speaker));
  return out;
}

}  // namespace saleschecklist::json

namespace saleschecklist {

std::string to_json(const Metrics &metrics) {
  return json::pretty_json(json::to_document(metrics));
}

Result<Metrics> metrics_from_json(std::string_view text) {
  return base::guard([&]() -> Result<Metrics> {
    const auto document = json::checked_document(text, "metrics.schema.json");
    if (!document) return document.error();
    return json::metrics_from_document(*document);
  });
}

}  // namespace saleschecklist
