// The tables, indexes and views of a SQLite file.
#include "storage/sqlite/store.hpp"

namespace saleschecklist::storage {
namespace {

// Each index serves one kind of list in the order of its pages. Empty texts are stored as NULL and
// are not indexed.
constexpr const char *records = R"sql(
CREATE TABLE records (
  tenant TEXT NOT NULL,
  kind TEXT NOT NULL,
  id TEXT NOT NULL,
  parent TEXT,
  revision INTEGER NOT NULL,
  owner TEXT,
  status TEXT,
  band TEXT,
  customer TEXT,
  at INTEGER NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (tenant, kind, id)
) STRICT;
CREATE INDEX records_by_time ON records (tenant, kind, at, id);
CREATE INDEX records_of_all_tenants ON records (kind, at, tenant, id);
CREATE INDEX records_by_parent ON records (tenant, kind, parent, at, id) WHERE parent IS NOT NULL;
CREATE INDEX records_by_owner ON records (tenant, kind, owner, at, id) WHERE owner IS NOT NULL;
CREATE INDEX records_by_status ON records (tenant, kind, status, at, id) WHERE status IS NOT NULL;
CREATE INDEX records_by_band ON records (tenant, kind, band, at, id) WHERE band IS NOT NULL;
CREATE INDEX records_by_customer ON records (tenant, kind, customer, at, id)
  WHERE customer IS NOT NULL;
)sql";

// The part of each session's current version. `part` in these views is "transcript" and so on.
constexpr const char *session_views = R"sql(
CREATE VIEW sessions AS SELECT
  id,
  body ->> '$.owner' AS user_id,
  body ->> '$.customer' AS customer_name,
  body ->> '$.opportunity' AS opportunity_name,
  body ->> '$.decision_influencer' AS decision_influencer,
  body ->> '$.deal_stage' AS deal_stage,
  body ->> '$.status' AS status,
  strftime('%Y-%m-%dT%H:%M:%fZ', nullif(body ->> '$.submitted_at_ms', 0) / 1000.0, 'unixepoch')
    AS submitted_at,
  strftime('%Y-%m-%dT%H:%M:%fZ', nullif(body ->> '$.completed_at_ms', 0) / 1000.0, 'unixepoch')
    AS completed_at,
  0 AS is_synced,
  strftime('%Y-%m-%dT%H:%M:%fZ', (body ->> '$.created_at_ms') / 1000.0, 'unixepoch') AS created_at,
  strftime('%Y-%m-%dT%H:%M:%fZ', (body ->> '$.updated_at_ms') / 1000.0, 'unixepoch') AS updated_at,
  body ->> '$.checklist.fingerprint' AS checklist,
  tenant
FROM records WHERE kind = 'session';

CREATE VIEW audio_files AS SELECT
  id,
  id AS session_id,
  body ->> '$.audio.name' AS filename,
  body ->> '$.audio.blob' AS file_path,
  'blob' AS storage_type,
  body ->> '$.audio.bytes' AS file_size,
  (body ->> '$.audio.duration_ms') / 1000.0 AS duration_seconds,
  body ->> '$.audio.content_type' AS mime_type,
  strftime('%Y-%m-%dT%H:%M:%fZ', nullif(body ->> '$.submitted_at_ms', 0) / 1000.0, 'unixepoch')
    AS created_at,
  strftime('%Y-%m-%dT%H:%M:%fZ', nullif(body ->> '$.submitted_at_ms', 0) / 1000.0, 'unixepoch')
    AS updated_at,
  tenant
FROM records WHERE kind = 'session' AND body ->> '$.audio.blob' IS NOT NULL;

CREATE VIEW reports AS SELECT
  id,
  id AS session_id,
  NULL AS pdf_s3_bucket,
  body ->> '$.blob' AS pdf_s3_key,
  body ->> '$.bytes' AS pdf_file_size,
  strftime('%Y-%m-%dT%H:%M:%fZ', (body ->> '$.at_ms') / 1000.0, 'unixepoch') AS generated_at,
  1 AS is_generated,
  NULL AS emailed_at,
  NULL AS emailed_to,
  strftime('%Y-%m-%dT%H:%M:%fZ', (body ->> '$.at_ms') / 1000.0, 'unixepoch') AS created_at,
  strftime('%Y-%m-%dT%H:%M:%fZ', (body ->> '$.at_ms') / 1000.0, 'unixepoch') AS updated_at,
  tenant
FROM records WHERE kind = 'report';

CREATE VIEW audit_logs AS SELECT
  id,
  parent AS session_id,
  body ->> '$.number' AS number,
  body ->> '$.actor' AS user_id,
  body ->> '$.action' AS action,
  body ->> '$.detail' AS detail,
  body ->> '$.previous' AS previous,
  body ->> '$.hash' AS hash,
  strftime('%Y-%m-%dT%H:%M:%fZ', (body ->> '$.at_ms') / 1000.0, 'unixepoch') AS created_at,
  tenant
FROM records WHERE kind = 'audit';
)sql";

constexpr const char *result_views = R"sql(
CREATE VIEW transcripts AS SELECT
  part.id,
  session.id AS session_id,
  (SELECT group_concat(value ->> '$.speaker' || ': ' || (value ->> '$.text'), char(10))
     FROM json_each(part.body, '$.transcript.utterances')) AS text,
  part.body ->> '$.transcript.language' AS language,
  (part.body ->> '$.transcript.duration_ms') / 1000.0 AS duration,
  (SELECT sum(1 + length(value ->> '$.text') - length(replace(value ->> '$.text', ' ', '')))
     FROM json_each(part.body, '$.transcript.utterances')) AS words_count,
  strftime('%Y-%m-%dT%H:%M:%fZ', (part.body ->> '$.at_ms') / 1000.0, 'unixepoch')
    AS transcribed_at,
  NULL AS processing_time,
  strftime('%Y-%m-%dT%H:%M:%fZ', (part.body ->> '$.at_ms') / 1000.0, 'unixepoch') AS created_at,
  strftime('%Y-%m-%dT%H:%M:%fZ', (part.body ->> '$.at_ms') / 1000.0, 'unixepoch') AS updated_at,
  session.tenant
FROM records AS session JOIN records AS part
  ON part.tenant = session.tenant AND part.kind = 'transcript'
  AND part.id = session.id || '.' || (session.body ->> '$.versions.transcript')
WHERE session.kind = 'session';

CREATE VIEW scoring_results AS SELECT
  part.id,
  session.id AS session_id,
  part.body ->> '$.score.total_score' AS total_score,
  part.body ->> '$.score.risk_band' AS risk_band,
  part.body -> '$.score.category_breakdown' AS category_scores,
  part.body -> '$.score.strengths' AS top_strengths,
  part.body -> '$.score.gaps' AS top_gaps,
  part.body ->> '$.score.summary.validated_items' AS items_validated,
  part.body ->> '$.score.summary.total_items' AS items_total,
  strftime('%Y-%m-%dT%H:%M:%fZ', (part.body ->> '$.at_ms') / 1000.0, 'unixepoch') AS created_at,
  strftime('%Y-%m-%dT%H:%M:%fZ', (part.body ->> '$.at_ms') / 1000.0, 'unixepoch') AS updated_at,
  session.tenant
FROM records AS session JOIN records AS part
  ON part.tenant = session.tenant AND part.kind = 'score'
  AND part.id = session.id || '.' || (session.body ->> '$.versions.score')
WHERE session.kind = 'session';

CREATE VIEW coaching_feedback AS SELECT
  part.id,
  session.id AS session_id,
  part.body ->> '$.coaching.feedback_text' AS feedback_text,
  part.body -> '$.coaching.strengths' AS strengths,
  part.body -> '$.coaching.improvement_areas' AS improvement_areas,
  part.body -> '$.coaching.action_items' AS action_items,
  NULL AS audio_s3_bucket,
  nullif(session.body ->> '$.coaching_blob', '') AS audio_s3_key,
  NULL AS audio_duration,
  strftime('%Y-%m-%dT%H:%M:%fZ', (part.body ->> '$.at_ms') / 1000.0, 'unixepoch') AS generated_at,
  strftime('%Y-%m-%dT%H:%M:%fZ', (part.body ->> '$.at_ms') / 1000.0, 'unixepoch') AS created_at,
  strftime('%Y-%m-%dT%H:%M:%fZ', (part.body ->> '$.at_ms') / 1000.0, 'unixepoch') AS updated_at,
  session.tenant
FROM records AS session JOIN records AS part
  ON part.tenant = session.tenant AND part.kind = 'coaching'
  AND part.id = session.id || '.' || (session.body ->> '$.versions.coaching')
WHERE session.kind = 'session';
)sql";

constexpr const char *checklist_views = R"sql(
CREATE VIEW checklist_categories AS SELECT
  category.value ->> '$.id' AS id,
  category.value ->> '$.name' AS name,
  category.value ->> '$.description' AS description,
  category.value ->> '$.order' AS "order",
  category.value ->> '$.default_weight' AS default_weight,
  category.value ->> '$.max_score' AS max_score,
  1 AS is_active,
  strftime('%Y-%m-%dT%H:%M:%fZ', at / 1000.0, 'unixepoch') AS created_at,
  strftime('%Y-%m-%dT%H:%M:%fZ', at / 1000.0, 'unixepoch') AS updated_at,
  records.id AS checklist,
  tenant
FROM records, json_each(records.body, '$.checklist.categories') AS category
WHERE kind = 'checklist';

CREATE VIEW checklist_items AS SELECT
  item.value ->> '$.id' AS id,
  category.value ->> '$.id' AS category_id,
  item.value ->> '$.title' AS title,
  item.value ->> '$.definition' AS definition,
  item.value ->> '$.key_behavior' AS key_behavior,
  item.value ->> '$.key_mindset' AS key_mindset,
  item.value ->> '$.coaching_question' AS coaching_question,
  item.key + 1 AS "order",
  1 AS is_active,
  strftime('%Y-%m-%dT%H:%M:%fZ', at / 1000.0, 'unixepoch') AS created_at,
  strftime('%Y-%m-%dT%H:%M:%fZ', at / 1000.0, 'unixepoch') AS updated_at,
  records.id AS checklist,
  tenant
FROM records, json_each(records.body, '$.checklist.categories') AS category,
  json_each(category.value, '$.items') AS item
WHERE kind = 'checklist';
)sql";

// Step 2: the views say of calls without a score why there is none.
constexpr const char *assessment_views = R"sql(
DROP VIEW sessions;
CREATE VIEW sessions AS SELECT
  id,
  body ->> '$.owner' AS user_id,
  body ->> '$.customer' AS customer_name,
  body ->> '$.opportunity' AS opportunity_name,
  body ->> '$.decision_influencer' AS decision_influencer,
  body ->> '$.deal_stage' AS deal_stage,
  body ->> '$.status' AS status,
  strftime('%Y-%m-%dT%H:%M:%fZ', nullif(body ->> '$.submitted_at_ms', 0) / 1000.0, 'unixepoch')
    AS submitted_at,
  strftime('%Y-%m-%dT%H:%M:%fZ', nullif(body ->> '$.completed_at_ms', 0) / 1000.0, 'unixepoch')
    AS completed_at,
  0 AS is_synced,
  strftime('%Y-%m-%dT%H:%M:%fZ', (body ->> '$.created_at_ms') / 1000.0, 'unixepoch') AS created_at,
  strftime('%Y-%m-%dT%H:%M:%fZ', (body ->> '$.updated_at_ms') / 1000.0, 'unixepoch') AS updated_at,
  body ->> '$.checklist.fingerprint' AS checklist,
  tenant,
  body ->> '$.assessment' AS assessment,
  body ->> '$.not_assessable' AS not_assessable
FROM records WHERE kind = 'session';

DROP VIEW scoring_results;
CREATE VIEW scoring_results AS SELECT
  part.id,
  session.id AS session_id,
  part.body ->> '$.score.total_score' AS total_score,
  part.body ->> '$.score.risk_band' AS risk_band,
  part.body -> '$.score.category_breakdown' AS category_scores,
  part.body -> '$.score.strengths' AS top_strengths,
  part.body -> '$.score.gaps' AS top_gaps,
  part.body ->> '$.score.summary.validated_items' AS items_validated,
  part.body ->> '$.score.summary.total_items' AS items_total,
  strftime('%Y-%m-%dT%H:%M:%fZ', (part.body ->> '$.at_ms') / 1000.0, 'unixepoch') AS created_at,
  strftime('%Y-%m-%dT%H:%M:%fZ', (part.body ->> '$.at_ms') / 1000.0, 'unixepoch') AS updated_at,
  session.tenant,
  part.body ->> '$.assessability.status' AS assessment,
  part.body ->> '$.assessability.reason' AS not_assessable,
  part.body ->> '$.assessability.unjudged_share' AS unjudged_share
FROM records AS session JOIN records AS part
  ON part.tenant = session.tenant AND part.kind = 'score'
  AND part.id = session.id || '.' || (session.body ->> '$.versions.score')
WHERE session.kind = 'session';
)sql";

// `is_validated` is an expression, `columns` are more columns, each after a comma.
std::string session_responses(const std::string &is_validated, const std::string &columns) {
  return R"sql(
CREATE VIEW session_responses AS SELECT
  session.id || '.' || (response.value ->> '$.item_id') AS id,
  session.id AS session_id,
  response.value ->> '$.item_id' AS item_id,
  )sql" + is_validated +
         R"sql( AS is_validated,
  response.value ->> '$.confidence' AS confidence,
  (SELECT group_concat(value ->> '$.quote', char(10))
     FROM json_each(response.value, '$.evidence')) AS evidence_text,
  response.value ->> '$.reasoning' AS ai_reasoning,
  (response.value ->> '$.override') IS NOT NULL AS manual_override,
  response.value ->> '$.override.by' AS override_by_user_id,
  response.value ->> '$.override.reason' AS override_reason,
  strftime('%Y-%m-%dT%H:%M:%fZ', (part.body ->> '$.at_ms') / 1000.0, 'unixepoch') AS created_at,
  strftime('%Y-%m-%dT%H:%M:%fZ', (part.body ->> '$.at_ms') / 1000.0, 'unixepoch') AS updated_at,
  session.body ->> '$.checklist.fingerprint' AS checklist,
  session.tenant)sql" +
         columns + R"sql(
FROM records AS session JOIN records AS part
  ON part.tenant = session.tenant AND part.kind = 'assessment'
  AND part.id = session.id || '.' || (session.body ->> '$.versions.assessment'),
  json_each(part.body, '$.assessment.responses') AS response
WHERE session.kind = 'session';
)sql";
}

}  // namespace

const std::vector<std::string> &sqlite_steps() {
  static const std::vector<std::string> steps{
      std::string(records) + session_views + result_views + checklist_views +
          session_responses(
              "CASE response.value ->> '$.answer' WHEN 'yes' THEN 1 WHEN 'no' THEN 0 END", ""),
      assessment_views,
      "DROP VIEW session_responses;" +
          session_responses("CASE response.value ->> '$.answer' WHEN 'yes' THEN 1 WHEN 'no' THEN 0"
                            " WHEN 'denied' THEN 0 WHEN 'ambiguous' THEN 0 END",
                            ",\n  response.value ->> '$.answer' AS answer")};
  return steps;
}

}  // namespace saleschecklist::storage
