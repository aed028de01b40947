#include "engine/session_documents.hpp"

#include "engine/damage.hpp"
#include "json/nouns.hpp"

#include <fmt/format.h>

namespace saleschecklist::engine {
namespace {

using Json = nlohmann::json;

// The kinds of records that contain usage, in the order of the stages.
constexpr const char *used_kinds[] = {"transcript", "assessment", "coaching", "speech"};

Json usage_document(const std::vector<StageUsage> &usage) { return json::to_document(usage); }

// Converts a part's body with `read`.
template <class Read>
auto load_part(const Context &context, const char *kind, const std::string &session, int version,
               const Read &read) -> Result<decltype(read(Json()))> {
  const auto row = context.store().get(kind, context.tenant(), numbered(session, version));
  if (!row) return row.error();
  return read_body(*row, read);
}

Result<std::vector<StageUsage>> usage_of_record(const Record &row) {
  return read_body(row,
                   [](const Json &body) { return json::usage_from_document(body.at("usage")); });
}

StoredScore score_of_record(const Json &body) {
  StoredScore out;
  json::read_value(body.at("score"), out.score);
  if (body.contains("assessability")) json::read_value(body["assessability"], out.assessability);
  return out;
}

}  // namespace

void put_transcript(Transaction &transaction, const SessionRecord &from,
                    const Transcript &transcript, const std::vector<StageUsage> &usage) {
  Session &s = transaction.record.session;
  transaction.record.transcript_audio = from.session.audio ? from.session.audio->blob : "";
  transaction.record.rejudge.reset();
  ++s.transcript_version;
  transaction.put("transcript", numbered(s.id, s.transcript_version), s.transcript_version,
                  {{"at_ms", transaction.now()},
                   {"transcript", json::to_document(transcript)},
                   {"usage", usage_document(usage)}});
}

void put_assessment(Transaction &transaction, const SessionRecord &from,
                    const Assessment &assessment, const std::vector<StageUsage> &usage) {
  Session &s = transaction.record.session;
  transaction.record.assessed_transcript = from.session.transcript_version;
  transaction.record.assessed_checklist = from.session.checklist_fingerprint;
  transaction.record.rejudge.reset();
  ++s.assessment_version;
  transaction.put("assessment", numbered(s.id, s.assessment_version), s.assessment_version,
                  {{"at_ms", transaction.now()},
                   {"transcript", from.session.transcript_version},
                   {"checklist", from.session.checklist_fingerprint},
                   {"assessment", json::to_document(assessment)},
                   {"usage", usage_document(usage)}});
}

void put_score(Transaction &transaction, const SessionRecord &from, const StoredScore &score,
               const std::string &reason, const std::vector<std::string> &changed) {
  Session &s = transaction.record.session;
  transaction.record.scored_assessment = from.session.assessment_version;
  transaction.record.scored_policy = policy_fingerprint(from.session.policy);
  transaction.record.scored_rule = from.session.sales_call;
  s.total_score.reset();
  s.risk_band.reset();
  if (score.score) {
    s.total_score = score.score->total_score;
    s.risk_band = score.score->risk_band;
  }
  s.assessment = score.assessability->status;
  s.not_assessable = score.assessability->reason;
  ++s.score_version;
  transaction.put("score", numbered(s.id, s.score_version), s.score_version,
                  {{"at_ms", transaction.now()},
                   {"actor", transaction.actor()},
                   {"reason", reason},
                   {"changed", changed},
                   {"transcript", from.session.transcript_version},
                   {"assessment", from.session.assessment_version},
                   {"checklist", from.session.checklist_fingerprint},
                   {"assessability", json::written(score.assessability)},
                   {"score", json::written(score.score)}});
}

void put_coaching(Transaction &transaction, const SessionRecord &from,
                  const StoredCoaching &coaching) {
  Session &s = transaction.record.session;
  transaction.record.coached_score = from.session.score_version;
  ++s.coaching_version;
  transaction.put("coaching", numbered(s.id, s.coaching_version), s.coaching_version,
                  {{"at_ms", transaction.now()},
                   {"score", from.session.score_version},
                   {"coaching", json::to_document(coaching.coaching)},
                   {"notices", coaching.notices},
                   {"usage", usage_document(coaching.usage)}});
}

void put_speech(Transaction &transaction, const SessionRecord &from, const Speech &speech,
                const std::string &blob, const std::vector<StageUsage> &usage) {
  Session &s = transaction.record.session;
  transaction.record.spoken_coaching = from.session.coaching_version;
  s.coaching_blob = blob;
  transaction.put("speech", numbered(s.id, from.session.coaching_version),
                  from.session.coaching_version,
                  {{"at_ms", transaction.now()},
                   {"coaching", from.session.coaching_version},
                   {"blob", blob},
                   {"content_type", speech.content_type},
                   {"duration_ms", speech.duration_ms},
                   {"usage", usage_document(usage)}});
}

Result<Transcript> load_transcript(const Context &context, const SessionRecord &record) {
  return load_part(context, "transcript", record.session.id, record.session.transcript_version,
                   [](const Json &body) {
                     return json::transcript_from_document(body.at("transcript")).value();
                   });
}

Result<Assessment> load_assessment(const Context &context, const SessionRecord &record) {
  return load_part(context, "assessment", record.session.id, record.session.assessment_version,
                   [](const Json &body) {
                     const Json &j = body.at("assessment");
                     return Assessment{json::responses_from_document(j.at("responses")),
                                       j.at("assessor"),
                                       j.at("notices").get<std::vector<std::string>>()};
                   });
}

Result<StoredScore> load_score(const Context &context, const SessionRecord &record) {
  return load_part(context, "score", record.session.id, record.session.score_version,
                   &score_of_record);
}

Result<StoredCoaching> load_coaching(const Context &context, const SessionRecord &record) {
  return load_part(context, "coaching", record.session.id, record.session.coaching_version,
                   [](const Json &body) {
                     return StoredCoaching{json::coaching_from_document(body.at("coaching")),
                                           body.at("notices").get<std::vector<std::string>>(),
                                           json::usage_from_document(body.at("usage"))};
                   });
}

Result<std::vector<StageUsage>> usage_of_part(const Context &context, const char *kind,
                                              const std::string &session, int version) {
  return load_part(context, kind, session, version,
                   [](const Json &body) { return json::usage_from_document(body.at("usage")); });
}

Result<std::vector<StageUsage>> usage_of_all(const Context &context, const std::string &session) {
  std::vector<StageUsage> out;
  for (const char *kind : used_kinds) {
    const auto records = all_of(context, kind, session);
    if (!records) return records.error();
    for (const Record &row : *records) {
      const auto usage = usage_of_record(row);
      if (!usage) return usage.error();
      out.insert(out.end(), usage->begin(), usage->end());
    }
  }
  const auto under_way = all_of(context, "exchange", session);
  if (!under_way) return under_way.error();
  for (const Record &row : *under_way) {
    const auto usage = usage_of_record(row);
    if (!usage) return usage.error();
    if (out.empty() || usage->empty() || out.back().stage != usage->front().stage) {
      out.insert(out.end(), usage->begin(), usage->end());
    } else {
      out.back().usage += usage->front().usage;
    }
  }
  return out;
}

ScoreVersion score_version_of(const Json &body, int version) {
  const StoredScore stored = score_of_record(body);
  ScoreVersion out;
  out.version = version;
  out.at_ms = body.at("at_ms");
  out.actor = body.at("actor");
  out.reason = body.at("reason");
  if (stored.score) {
    out.total_score = stored.score->total_score;
    out.percentage = stored.score->percentage;
    out.risk_band = stored.score->risk_band;
    out.fingerprint = stored.score->fingerprint;
  }
  if (stored.assessability) {
    out.assessment = stored.assessability->status;
    out.not_assessable = stored.assessability->reason;
  }
  out.changed = body.at("changed").get<std::vector<std::string>>();
  return out;
}

}  // namespace saleschecklist::engine
