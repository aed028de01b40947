#include "engine/parts.hpp"

#include "core/json_nouns.hpp"
#include "core/json_parse.hpp"

#include <fmt/format.h>

namespace saleschecklist {
namespace {

using nlohmann::json;

// The parts whose versions hold usage, in the order of the stages.
constexpr const char *used_kinds[] = {"transcript", "assessment", "coaching", "speech"};

json usage_document(const std::vector<StageUsage> &usage) { return to_document(usage); }

Error damaged(const Record &record, const std::string &why) {
  return {ErrorCode::invalid_input, fmt::format("the stored {} is damaged: {}", record.kind, why),
          fmt::format("{} {}", record.kind, record.id)};
}

// A part's body as `read` makes it; what it throws of JSON is a damaged record.
template <class Read>
auto load_part(const Context &context, const char *kind, const std::string &session, int version,
               const Read &read) -> Result<decltype(read(json()))> {
  const auto record = context.store().get(kind, context.tenant(), numbered(session, version));
  if (!record) return record.error();
  auto body = body_of(*record);
  if (!body) return body.error();
  try {
    return read(*body);
  } catch (const json::exception &fault) {
    return damaged(*record, fault.what());
  }
}

}  // namespace

Result<json> body_of(const Record &record) {
  auto out = parse_json(record.body);
  if (!out) return damaged(record, to_string(out.error()));
  return out;
}

void put_transcript(Change &change, const State &from, const Transcript &transcript,
                    const std::vector<StageUsage> &usage) {
  Session &s = change.state.session;
  change.state.transcript_audio = from.session.audio ? from.session.audio->blob : "";
  ++s.transcript;
  change.put("transcript", numbered(s.id, s.transcript), s.transcript,
             {{"at_ms", change.now()},
              {"transcript", to_document(transcript)},
              {"usage", usage_document(usage)}});
}

void put_assessment(Change &change, const State &from, const Assessment &assessment,
                    const std::vector<StageUsage> &usage) {
  Session &s = change.state.session;
  change.state.assessed_transcript = from.session.transcript;
  change.state.assessed_checklist = from.session.checklist_fingerprint;
  ++s.assessment;
  change.put("assessment", numbered(s.id, s.assessment), s.assessment,
             {{"at_ms", change.now()},
              {"transcript", from.session.transcript},
              {"checklist", from.session.checklist_fingerprint},
              {"assessment", to_document(assessment)},
              {"usage", usage_document(usage)}});
}

void put_score(Change &change, const State &from, const Score &score, const std::string &reason,
               const std::vector<std::string> &changed) {
  Session &s = change.state.session;
  change.state.scored_assessment = from.session.assessment;
  change.state.scored_policy = policy_print(from.session.policy);
  s.total_score = score.total_score;
  s.risk_band = score.risk_band;
  ++s.score;
  change.put("score", numbered(s.id, s.score), s.score,
             {{"at_ms", change.now()},
              {"actor", change.actor()},
              {"reason", reason},
              {"changed", changed},
              {"transcript", from.session.transcript},
              {"assessment", from.session.assessment},
              {"checklist", from.session.checklist_fingerprint},
              {"score", to_document(score)}});
}

void put_coaching(Change &change, const State &from, const KeptCoaching &coaching) {
  Session &s = change.state.session;
  change.state.coached_score = from.session.score;
  ++s.coaching;
  change.put("coaching", numbered(s.id, s.coaching), s.coaching,
             {{"at_ms", change.now()},
              {"score", from.session.score},
              {"coaching", to_document(coaching.coaching)},
              {"notices", coaching.notices},
              {"usage", usage_document(coaching.usage)}});
}

void put_speech(Change &change, const State &from, const Speech &speech, const std::string &blob,
                const std::vector<StageUsage> &usage) {
  Session &s = change.state.session;
  change.state.spoken_coaching = from.session.coaching;
  s.coaching_blob = blob;
  change.put("speech", numbered(s.id, from.session.coaching), from.session.coaching,
             {{"at_ms", change.now()},
              {"coaching", from.session.coaching},
              {"blob", blob},
              {"content_type", speech.content_type},
              {"duration_ms", speech.duration_ms},
              {"usage", usage_document(usage)}});
}

Result<Transcript> load_transcript(const Context &context, const State &state) {
  return load_part(
      context, "transcript", state.session.id, state.session.transcript,
      [](const json &body) { return transcript_from_document(body.at("transcript")).value(); });
}

Result<Assessment> load_assessment(const Context &context, const State &state) {
  return load_part(context, "assessment", state.session.id, state.session.assessment,
                   [](const json &body) {
                     const json &j = body.at("assessment");
                     return Assessment{responses_from_document(j.at("responses")),
                                       j.at("assessor"),
                                       j.at("notices").get<std::vector<std::string>>()};
                   });
}

Result<Score> load_score(const Context &context, const State &state) {
  return load_part(context, "score", state.session.id, state.session.score,
                   [](const json &body) { return score_from_document(body.at("score")); });
}

Result<KeptCoaching> load_coaching(const Context &context, const State &state) {
  return load_part(context, "coaching", state.session.id, state.session.coaching,
                   [](const json &body) {
                     return KeptCoaching{coaching_from_document(body.at("coaching")),
                                         body.at("notices").get<std::vector<std::string>>(),
                                         usage_from_document(body.at("usage"))};
                   });
}

Result<std::vector<StageUsage>> usage_of_part(const Context &context, const char *kind,
                                              const std::string &session, int version) {
  return load_part(context, kind, session, version,
                   [](const json &body) { return usage_from_document(body.at("usage")); });
}

Result<std::vector<StageUsage>> usage_of_all(const Context &context, const std::string &session) {
  std::vector<StageUsage> out;
  for (const char *kind : used_kinds) {
    const auto records = all_of(context, kind, session);
    if (!records) return records.error();
    for (const Record &record : *records) {
      const auto body = body_of(record);
      if (!body) return body.error();
      const auto usage = usage_from_document(body->at("usage"));
      out.insert(out.end(), usage.begin(), usage.end());
    }
  }
  const auto under_way = all_of(context, "exchange", session);
  if (!under_way) return under_way.error();
  for (const Record &record : *under_way) {
    const auto body = body_of(record);
    if (!body) return body.error();
    const auto usage = usage_from_document(body->at("usage"));
    if (out.empty() || usage.empty() || out.back().stage != usage.front().stage) {
      out.insert(out.end(), usage.begin(), usage.end());
    } else {
      out.back().usage += usage.front().usage;
    }
  }
  return out;
}

ScoreVersion score_version_of(const json &body, int version) {
  const Score score = score_from_document(body.at("score"));
  ScoreVersion out;
  out.version = version;
  out.at_ms = body.at("at_ms");
  out.actor = body.at("actor");
  out.reason = body.at("reason");
  out.total_score = score.total_score;
  out.percentage = score.percentage;
  out.risk_band = score.risk_band;
  out.fingerprint = score.fingerprint;
  out.changed = body.at("changed").get<std::vector<std::string>>();
  return out;
}

}  // namespace saleschecklist
