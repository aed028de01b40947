// The tables, indexes and views of a PostgreSQL schema. For compatible servers, it has no triggers,
// sequences, types or blocks of code, and every key contains the tenant.
#ifdef SALESCHECKLIST_WITH_POSTGRES

#include "storage/postgres/store.hpp"

#include <fmt/format.h>

namespace saleschecklist::storage {
namespace {

// Names are ordered by their bytes, as cursors are.
constexpr const char *records = R"sql(
CREATE TABLE @.records (
  tenant TEXT COLLATE "C" NOT NULL,
  kind TEXT COLLATE "C" NOT NULL,
  id TEXT COLLATE "C" NOT NULL,
  parent TEXT COLLATE "C",
  revision BIGINT NOT NULL,
  owner TEXT COLLATE "C",
  status TEXT COLLATE "C",
  band TEXT COLLATE "C",
  customer TEXT COLLATE "C",
  at BIGINT NOT NULL,
  body JSONB NOT NULL,
  PRIMARY KEY (tenant, kind, id)
))sql";

// Each index serves one kind of list in the order of its pages. Empty texts are stored as NULL and
// are not indexed.
std::string index_by(std::string_view column) {
  return fmt::format(
      "CREATE INDEX records_by_{0} ON @.records (tenant, kind, {0}, at, id) "
      "WHERE {0} IS NOT NULL",
      column);
}

const PostgresStep indexes{
    "CREATE INDEX records_by_time ON @.records (tenant, kind, at, id)",
    "CREATE INDEX records_of_all_tenants ON @.records (kind, at, tenant, id)",
    index_by("parent"),
    index_by("owner"),
    index_by("status"),
    index_by("band"),
    index_by("customer")};

// A view of a single table would be writable: `once` prevents that.
constexpr const char *sessions = R"sql(
CREATE VIEW @.sessions AS SELECT
  id,
  body ->> 'owner' AS user_id,
  body ->> 'customer' AS customer_name,
  body ->> 'opportunity' AS opportunity_name,
  body ->> 'decision_influencer' AS decision_influencer,
  body ->> 'deal_stage' AS deal_stage,
  body ->> 'status' AS status,
  to_timestamp(nullif((body ->> 'submitted_at_ms')::BIGINT, 0) / 1000.0) AS submitted_at,
  to_timestamp(nullif((body ->> 'completed_at_ms')::BIGINT, 0) / 1000.0) AS completed_at,
  FALSE AS is_synced,
  to_timestamp((body ->> 'created_at_ms')::BIGINT / 1000.0) AS created_at,
  to_timestamp((body ->> 'updated_at_ms')::BIGINT / 1000.0) AS updated_at,
  body #>> '{checklist,fingerprint}' AS checklist,
  tenant
FROM @.records, (VALUES (1)) AS once (one) WHERE kind = 'session')sql";

constexpr const char *audio_files = R"sql(
CREATE VIEW @.audio_files AS SELECT
  id,
  id AS session_id,
  body #>> '{audio,name}' AS filename,
  body #>> '{audio,blob}' AS file_path,
  'blob' AS storage_type,
  (body #>> '{audio,bytes}')::BIGINT AS file_size,
  (body #>> '{audio,duration_ms}')::BIGINT / 1000.0 AS duration_seconds,
  body #>> '{audio,content_type}' AS mime_type,
  to_timestamp(nullif((body ->> 'submitted_at_ms')::BIGINT, 0) / 1000.0) AS created_at,
  to_timestamp(nullif((body ->> 'submitted_at_ms')::BIGINT, 0) / 1000.0) AS updated_at,
  tenant
FROM @.records, (VALUES (1)) AS once (one)
WHERE kind = 'session' AND body #>> '{audio,blob}' IS NOT NULL)sql";

constexpr const char *reports = R"sql(
CREATE VIEW @.reports AS SELECT
  id,
  id AS session_id,
  CAST(NULL AS TEXT) AS pdf_s3_bucket,
  body ->> 'blob' AS pdf_s3_key,
  (body ->> 'bytes')::BIGINT AS pdf_file_size,
  to_timestamp((body ->> 'at_ms')::BIGINT / 1000.0) AS generated_at,
  TRUE AS is_generated,
  CAST(NULL AS TIMESTAMPTZ) AS emailed_at,
  CAST(NULL AS TEXT) AS emailed_to,
  to_timestamp((body ->> 'at_ms')::BIGINT / 1000.0) AS created_at,
  to_timestamp((body ->> 'at_ms')::BIGINT / 1000.0) AS updated_at,
  tenant
FROM @.records, (VALUES (1)) AS once (one) WHERE kind = 'report')sql";

constexpr const char *audit_logs = R"sql(
CREATE VIEW @.audit_logs AS SELECT
  id,
  parent AS session_id,
  (body ->> 'number')::BIGINT AS number,
  body ->> 'actor' AS user_id,
  body ->> 'action' AS action,
  body ->> 'detail' AS detail,
  body ->> 'previous' AS previous,
  body ->> 'hash' AS hash,
  to_timestamp((body ->> 'at_ms')::BIGINT / 1000.0) AS created_at,
  tenant
FROM @.records, (VALUES (1)) AS once (one) WHERE kind = 'audit')sql";

constexpr const char *transcripts = R"sql(
CREATE VIEW @.transcripts AS SELECT
  part.id,
  session.id AS session_id,
  (SELECT string_agg((one ->> 'speaker') || ': ' || (one ->> 'text'), chr(10) ORDER BY number)
     FROM jsonb_array_elements(part.body #> '{transcript,utterances}') WITH ORDINALITY
       AS utterance (one, number)) AS text,
  part.body #>> '{transcript,language}' AS language,
  (part.body #>> '{transcript,duration_ms}')::BIGINT / 1000.0 AS duration,
  (SELECT sum(1 + length(one ->> 'text') - length(replace(one ->> 'text', ' ', '')))::BIGINT
     FROM jsonb_array_elements(part.body #> '{transcript,utterances}') AS utterance (one))
    AS words_count,
  to_timestamp((part.body ->> 'at_ms')::BIGINT / 1000.0) AS transcribed_at,
  CAST(NULL AS DOUBLE PRECISION) AS processing_time,
  to_timestamp((part.body ->> 'at_ms')::BIGINT / 1000.0) AS created_at,
  to_timestamp((part.body ->> 'at_ms')::BIGINT / 1000.0) AS updated_at,
  session.tenant
FROM @.records AS session JOIN @.records AS part
  ON part.tenant = session.tenant AND part.kind = 'transcript'
  AND part.id = session.id || '.' || (session.body #>> '{versions,transcript}')
WHERE session.kind = 'session')sql";

// `is_validated` is an expression, `columns` are more columns, each after a comma.
std::string session_responses(const std::string &is_validated, const std::string &columns) {
  return R"sql(
CREATE OR REPLACE VIEW @.session_responses AS SELECT
  session.id || '.' || (response.one ->> 'item_id') AS id,
  session.id AS session_id,
  response.one ->> 'item_id' AS item_id,
  )sql" + is_validated +
         R"sql( AS is_validated,
  (response.one ->> 'confidence')::DOUBLE PRECISION AS confidence,
  (SELECT string_agg(evidence.one ->> 'quote', chr(10) ORDER BY number)
     FROM jsonb_array_elements(response.one -> 'evidence') WITH ORDINALITY
       AS evidence (one, number)) AS evidence_text,
  response.one ->> 'reasoning' AS ai_reasoning,
  (response.one ->> 'override') IS NOT NULL AS manual_override,
  response.one #>> '{override,by}' AS override_by_user_id,
  response.one #>> '{override,reason}' AS override_reason,
  to_timestamp((part.body ->> 'at_ms')::BIGINT / 1000.0) AS created_at,
  to_timestamp((part.body ->> 'at_ms')::BIGINT / 1000.0) AS updated_at,
  session.body #>> '{checklist,fingerprint}' AS checklist,
  session.tenant)sql" +
         columns + R"sql(
FROM @.records AS session JOIN @.records AS part
  ON part.tenant = session.tenant AND part.kind = 'assessment'
  AND part.id = session.id || '.' || (session.body #>> '{versions,assessment}'),
  jsonb_array_elements(part.body #> '{assessment,responses}') AS response (one)
WHERE session.kind = 'session')sql";
}

constexpr const char *scoring_results = R"sql(
CREATE VIEW @.scoring_results AS SELECT
  part.id,
  session.id AS session_id,
  (part.body #>> '{score,total_score}')::BIGINT AS total_score,
  part.body #>> '{score,risk_band}' AS risk_band,
  part.body #> '{score,category_breakdown}' AS category_scores,
  part.body #> '{score,strengths}' AS top_strengths,
  part.body #> '{score,gaps}' AS top_gaps,
  (part.body #>> '{score,summary,validated_items}')::BIGINT AS items_validated,
  (part.body #>> '{score,summary,total_items}')::BIGINT AS items_total,
  to_timestamp((part.body ->> 'at_ms')::BIGINT / 1000.0) AS created_at,
  to_timestamp((part.body ->> 'at_ms')::BIGINT / 1000.0) AS updated_at,
  session.tenant
FROM @.records AS session JOIN @.records AS part
  ON part.tenant = session.tenant AND part.kind = 'score'
  AND part.id = session.id || '.' || (session.body #>> '{versions,score}')
WHERE session.kind = 'session')sql";

constexpr const char *coaching_feedback = R"sql(
CREATE VIEW @.coaching_feedback AS SELECT
  part.id,
  session.id AS session_id,
  part.body #>> '{coaching,feedback_text}' AS feedback_text,
  part.body #> '{coaching,strengths}' AS strengths,
  part.body #> '{coaching,improvement_areas}' AS improvement_areas,
  part.body #> '{coaching,action_items}' AS action_items,
  CAST(NULL AS TEXT) AS audio_s3_bucket,
  nullif(session.body ->> 'coaching_blob', '') AS audio_s3_key,
  CAST(NULL AS DOUBLE PRECISION) AS audio_duration,
  to_timestamp((part.body ->> 'at_ms')::BIGINT / 1000.0) AS generated_at,
  to_timestamp((part.body ->> 'at_ms')::BIGINT / 1000.0) AS created_at,
  to_timestamp((part.body ->> 'at_ms')::BIGINT / 1000.0) AS updated_at,
  session.tenant
FROM @.records AS session JOIN @.records AS part
  ON part.tenant = session.tenant AND part.kind = 'coaching'
  AND part.id = session.id || '.' || (session.body #>> '{versions,coaching}')
WHERE session.kind = 'session')sql";

constexpr const char *checklist_categories = R"sql(
CREATE VIEW @.checklist_categories AS SELECT
  category.one ->> 'id' AS id,
  category.one ->> 'name' AS name,
  category.one ->> 'description' AS description,
  (category.one ->> 'order')::BIGINT AS "order",
  (category.one ->> 'default_weight')::DOUBLE PRECISION AS default_weight,
  (category.one ->> 'max_score')::BIGINT AS max_score,
  TRUE AS is_active,
  to_timestamp(at / 1000.0) AS created_at,
  to_timestamp(at / 1000.0) AS updated_at,
  records.id AS checklist,
  tenant
FROM @.records AS records,
  jsonb_array_elements(body #> '{checklist,categories}') AS category (one)
WHERE kind = 'checklist')sql";

constexpr const char *checklist_items = R"sql(
CREATE VIEW @.checklist_items AS SELECT
  item.one ->> 'id' AS id,
  category.one ->> 'id' AS category_id,
  item.one ->> 'title' AS title,
  item.one ->> 'definition' AS definition,
  item.one ->> 'key_behavior' AS key_behavior,
  item.one ->> 'key_mindset' AS key_mindset,
  item.one ->> 'coaching_question' AS coaching_question,
  item.number AS "order",
  TRUE AS is_active,
  to_timestamp(at / 1000.0) AS created_at,
  to_timestamp(at / 1000.0) AS updated_at,
  records.id AS checklist,
  tenant
FROM @.records AS records,
  jsonb_array_elements(body #> '{checklist,categories}') AS category (one),
  jsonb_array_elements(category.one -> 'items') WITH ORDINALITY AS item (one, number)
WHERE kind = 'checklist')sql";

// Step 2: the views say of calls without a score why there is none. Columns can only be added at
// the end of a view that is replaced.
constexpr const char *sessions_with_assessment = R"sql(
CREATE OR REPLACE VIEW @.sessions AS SELECT
  id,
  body ->> 'owner' AS user_id,
  body ->> 'customer' AS customer_name,
  body ->> 'opportunity' AS opportunity_name,
  body ->> 'decision_influencer' AS decision_influencer,
  body ->> 'deal_stage' AS deal_stage,
  body ->> 'status' AS status,
  to_timestamp(nullif((body ->> 'submitted_at_ms')::BIGINT, 0) / 1000.0) AS submitted_at,
  to_timestamp(nullif((body ->> 'completed_at_ms')::BIGINT, 0) / 1000.0) AS completed_at,
  FALSE AS is_synced,
  to_timestamp((body ->> 'created_at_ms')::BIGINT / 1000.0) AS created_at,
  to_timestamp((body ->> 'updated_at_ms')::BIGINT / 1000.0) AS updated_at,
  body #>> '{checklist,fingerprint}' AS checklist,
  tenant,
  body ->> 'assessment' AS assessment,
  body ->> 'not_assessable' AS not_assessable
FROM @.records, (VALUES (1)) AS once (one) WHERE kind = 'session')sql";

constexpr const char *scoring_results_with_assessment = R"sql(
CREATE OR REPLACE VIEW @.scoring_results AS SELECT
  part.id,
  session.id AS session_id,
  (part.body #>> '{score,total_score}')::BIGINT AS total_score,
  part.body #>> '{score,risk_band}' AS risk_band,
  part.body #> '{score,category_breakdown}' AS category_scores,
  part.body #> '{score,strengths}' AS top_strengths,
  part.body #> '{score,gaps}' AS top_gaps,
  (part.body #>> '{score,summary,validated_items}')::BIGINT AS items_validated,
  (part.body #>> '{score,summary,total_items}')::BIGINT AS items_total,
  to_timestamp((part.body ->> 'at_ms')::BIGINT / 1000.0) AS created_at,
  to_timestamp((part.body ->> 'at_ms')::BIGINT / 1000.0) AS updated_at,
  session.tenant,
  part.body #>> '{assessability,status}' AS assessment,
  part.body #>> '{assessability,reason}' AS not_assessable,
  (part.body #>> '{assessability,unjudged_share}')::DOUBLE PRECISION AS unjudged_share
FROM @.records AS session JOIN @.records AS part
  ON part.tenant = session.tenant AND part.kind = 'score'
  AND part.id = session.id || '.' || (session.body #>> '{versions,score}')
WHERE session.kind = 'session')sql";

std::vector<PostgresStep> make_steps() {
  PostgresStep first{records};
  first.insert(first.end(), indexes.begin(), indexes.end());
  first.insert(
      first.end(),
      {sessions, audio_files, reports, audit_logs, transcripts,
       session_responses(
           "CASE response.one ->> 'answer' WHEN 'yes' THEN TRUE WHEN 'no' THEN FALSE END", ""),
       scoring_results, coaching_feedback, checklist_categories, checklist_items});
  return {
      first,
      {sessions_with_assessment, scoring_results_with_assessment},
      {session_responses("CASE response.one ->> 'answer' WHEN 'yes' THEN TRUE WHEN 'no' THEN FALSE"
                         " WHEN 'denied' THEN FALSE WHEN 'ambiguous' THEN FALSE END",
                         ",\n  response.one ->> 'answer' AS answer")}};
}

}  // namespace

const std::vector<PostgresStep> &postgres_steps() {
  static const std::vector<PostgresStep> steps = make_steps();
  return steps;
}

}  // namespace saleschecklist::storage

#endif
