// What people who query the database itself see, and that no list of the library scans it.
#include "postgres_server.hpp"
#include "storage/list_sql.hpp"
#include "stores.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>
#include <sqlite3.h>

#include <functional>
#include <sstream>

namespace saleschecklist::test {
namespace {

using Ask = std::function<std::string(const std::string &)>;  // rows as "a|b", one a line

std::string ask_sqlite(const std::string &file, const std::string &sql) {
  sqlite3 *database = nullptr;
  sqlite3_open(file.c_str(), &database);
  std::string out;
  const auto add = [](void *text, int columns, char **values, char **) {
    for (int i = 0; i < columns; ++i) {
      *static_cast<std::string *>(text) += (i ? "|" : "") + std::string(values[i] ? values[i] : "");
    }
    *static_cast<std::string *>(text) += "\n";
    return 0;
  };
  char *error = nullptr;
  sqlite3_exec(database, sql.c_str(), add, &out, &error);
  CHECK(std::string(error ? error : "") == "");
  sqlite3_free(error);
  sqlite3_close(database);
  return out.substr(0, out.find_last_not_of('\n') + 1);
}

// Runs the case on both stores that have views.
void on_each_database(const std::function<void(Store &, const Ask &, bool sqlite)> &body) {
  const TemporaryFolder folder;
  const std::string file = folder.path() / "views.db";
  const auto sqlite = sqlite_store(file).value();
  body(
      *sqlite, [&](const std::string &sql) { return ask_sqlite(file, sql); }, true);
#ifdef SALESCHECKLIST_WITH_POSTGRES
  static int schemas = 0;
  PostgresServer *server = PostgresServer::shared();
  if (server == nullptr) return;
  PostgresOptions options;
  options.schema = "views" + std::to_string(++schemas);
  const auto postgres = postgres_store(server->url(), options).value();
  const std::string path = "SET search_path = " + options.schema + "; SET TIME ZONE 'UTC'; ";
  body(
      *postgres, [&](const std::string &sql) { return server->query(path + sql); }, false);
#endif
}

Write part(const std::string &kind, const std::string &id, const std::string &body) {
  Record record = note(kind, id, 1'763'640'000'000);
  record.tenant = "acme";
  if (kind != "session" && kind != "checklist") record.parent = "s1";
  record.body = body;
  return put(record);
}

std::vector<Write> a_session() {
  return {
      part("session", "s1", R"({"customer":"Globex","opportunity":"Fleet","deal_stage":"proposal",
        "decision_influencer":"CFO","owner":"ann","status":"completed","review":false,
        "created_at_ms":1763640000123,"updated_at_ms":1763640060000,"submitted_at_ms":1763640001000,
        "completed_at_ms":0,"checklist":{"id":"standard","fingerprint":"f00d"},
        "audio":{"name":"call.mp3","blob":"b/1","content_type":"audio/mpeg","bytes":1000,"duration_ms":90500},
        "versions":{"transcript":1,"assessment":2,"score":1,"coaching":1},"coaching_blob":"b/2"})"),
      part("session", "s2",
           R"({"customer":"New","owner":"bob","status":"draft","created_at_ms":1763640000000,
        "updated_at_ms":1763640000000,"submitted_at_ms":0,"completed_at_ms":0,"audio":null,
        "checklist":{"id":"standard","fingerprint":"f00d"},
        "versions":{"transcript":0,"assessment":0,"score":0,"coaching":0},"coaching_blob":""})"),
      part("transcript", "s1.1",
           R"({"at_ms":1763640002000,"transcript":{"language":"en","duration_ms":90500,
        "utterances":[{"speaker":"Rita","text":"Good morning Bob"},{"speaker":"Bob","text":"Hi"}]}})"),
      part("assessment", "s1.1", R"({"at_ms":1763640003000,"assessment":{"responses":[]}})"),
      part("assessment", "s1.2", R"({"at_ms":1763640004000,"assessment":{"responses":[
        {"item_id":"fit.01","answer":"yes","confidence":0.5,"reasoning":"because","override":null,
         "evidence":[{"quote":"one"},{"quote":"two"}]},
        {"item_id":"fit.02","answer":"no","confidence":1,"reasoning":"","evidence":[],
         "override":{"by":"eve","reason":"heard it","at":"2025-11-20T12:00:00Z"}},
        {"item_id":"fit.03","answer":"unanswered","confidence":0,"reasoning":"","evidence":[],"override":null},
        {"item_id":"fit.04","answer":"denied","confidence":1,"reasoning":"","override":null,
         "evidence":[{"quote":"never"}]},
        {"item_id":"fit.05","answer":"ambiguous","confidence":1,"reasoning":"","override":null,
         "evidence":[{"quote":"maybe"}]}]}})"),
      part("score", "s1.1",
           R"({"at_ms":1763640005000,"score":{"total_score":65,"risk_band":"yellow",
        "category_breakdown":[{"id":"fit"}],"strengths":[],"gaps":[{"item_id":"fit.02"}],
        "summary":{"validated_items":1,"total_items":3}}})"),
      part("coaching", "s1.1", R"({"at_ms":1763640006000,"coaching":{"feedback_text":"Well done",
        "strengths":[],"improvement_areas":[],"action_items":["Call"]}})"),
      part("report", "s1", R"({"at_ms":1763640007000,"blob":"b/3","bytes":8878})"),
      part("audit", "s1.000001",
           R"({"number":1,"at_ms":1763640000000,"actor":"ann","action":"created",
        "detail":"","previous":"","hash":"abc"})"),
      part("checklist", "f00d",
           R"({"checklist":{"categories":[{"id":"fit","name":"Fit","description":"How well",
        "order":8,"default_weight":1.5,"max_score":10,"items":[
          {"id":"fit.01","title":"One","definition":"d","key_behavior":"b","key_mindset":"m","coaching_question":"q"},
          {"id":"fit.02","title":"Two","definition":"d"}]}]}})")};
}

// The columns of the entities that reports are written for, and behind them what is ours.
const std::vector<std::pair<std::string, std::string>> columns{
    {"sessions",
     "id,user_id,customer_name,opportunity_name,decision_influencer,deal_stage,status,submitted_at,"
     "completed_at,is_synced,created_at,updated_at,checklist,tenant,assessment,not_assessable"},
    {"audio_files",
     "id,session_id,filename,file_path,storage_type,file_size,duration_seconds,mime_type,created_"
     "at,"
     "updated_at,tenant"},
    {"transcripts",
     "id,session_id,text,language,duration,words_count,transcribed_at,processing_time,created_at,"
     "updated_at,tenant"},
    {"session_responses",
     "id,session_id,item_id,is_validated,confidence,evidence_text,ai_reasoning,manual_override,"
     "override_by_user_id,override_reason,created_at,updated_at,checklist,tenant,answer"},
    {"scoring_results",
     "id,session_id,total_score,risk_band,category_scores,top_strengths,top_gaps,items_validated,"
     "items_total,created_at,updated_at,tenant,assessment,not_assessable,unjudged_share"},
    {"coaching_feedback",
     "id,session_id,feedback_text,strengths,improvement_areas,action_items,audio_s3_bucket,"
     "audio_s3_key,audio_duration,generated_at,created_at,updated_at,tenant"},
    {"reports",
     "id,session_id,pdf_s3_bucket,pdf_s3_key,pdf_file_size,generated_at,is_generated,emailed_at,"
     "emailed_to,"
     "created_at,updated_at,tenant"},
    {"checklist_categories",
     "id,name,description,order,default_weight,max_score,is_active,created_at,updated_at,"
     "checklist,tenant"},
    {"checklist_items",
     "id,category_id,title,definition,key_behavior,key_mindset,coaching_question,order,is_active,"
     "created_at,updated_at,checklist,tenant"},
    {"audit_logs", "id,session_id,number,user_id,action,detail,previous,hash,created_at,tenant"}};

// Every combination of what a list may be asked for; of all tenants, only by time.
std::vector<Query> every_query() {
  std::vector<Query> out;
  for (unsigned bits = 0; bits < 512; ++bits) {
    const auto on = [&](unsigned bit) { return (bits >> bit & 1U) != 0; };
    Query query;
    query.kind = "session";
    query.tenant = "t7";
    if (on(0) && (bits & 0b111110U) != 0) continue;
    if (on(0)) query.tenant.reset();
    if (on(1)) query.owner = "o3";
    if (on(2)) query.status = "s1";
    if (on(3)) query.band = "b1";
    if (on(4)) query.customer = "c77";
    if (on(5)) query.parent = "p5";
    if (on(6)) query.from = 100;
    if (on(7)) query.before = 19'000;
    query.newest_first = on(8);
    out.push_back(query);
  }
  return out;
}

// A list with its values in place, behind a place in its middle.
std::string with_values(const Query &query) {
  storage::ListSql sql =
      storage::list_sql(query, storage::ListPlace{500, "t7", "x"}, "id, body", "records");
  for (std::size_t i = sql.values.size(); i > 0; --i) {
    const storage::SqlValue &value = sql.values[i - 1];
    const auto *number = std::get_if<std::int64_t>(&value);
    const std::string name = "$" + std::to_string(i);
    sql.text.replace(sql.text.find(name), name.size(),
                     number ? std::to_string(*number) : "'" + std::get<std::string>(value) + "'");
  }
  return sql.text;
}

constexpr const char *crowd =
    "INSERT INTO records (tenant, kind, id, parent, revision, owner, status, band, customer, at, "
    "body) "
    "SELECT 't' || n % 20, CASE WHEN n % 5 = 0 THEN 'job' ELSE 'session' END, 'i' || n, "
    "CASE WHEN n % 3 = 0 THEN 'p' || n % 500 END, 1, 'o' || n % 100, 's' || n % 4, 'b' || n % 3, "
    "'c' || n % 1000, n, '{}' ";

}  // namespace

TEST_CASE("views have the columns of the entities that reports are written for") {
  on_each_database([](Store &store, const Ask &ask, bool sqlite) {
    store.commit(a_session()).value();
    for (const auto &column : columns) {
      const auto &view = column.first;
      const auto &names = column.second;
      CAPTURE(view);
      const std::string found =
          ask(sqlite ? "SELECT group_concat(name, ',') FROM pragma_table_info('" + view + "')"
                     : "SELECT string_agg(column_name, ',' ORDER BY ordinal_position) FROM "
                       "information_schema.columns "
                       "WHERE table_schema = current_schema() AND table_name = '" +
                           view + "'");
      CHECK(found == names);
      CHECK(ask("SELECT count(*) FROM " + view) != "0");
    }
  });
}

TEST_CASE("views show the current version of what is kept") {
  on_each_database([](Store &store, const Ask &ask, bool sqlite) {
    store.commit(a_session()).value();
    const auto time = [&](const char *name) {
      return sqlite ? std::string(name)
                    : fmt::format("to_char({}, 'YYYY-MM-DD\"T\"HH24:MI:SS.MS\"Z\"')", name);
    };
    CHECK(ask("SELECT id, user_id, customer_name, deal_stage, status, " + time("created_at") +
              ", " + time("completed_at") + ", checklist, tenant FROM sessions ORDER BY id") ==
          "s1|ann|Globex|proposal|completed|2025-11-20T12:00:00.123Z||f00d|acme\n"
          "s2|bob|New||draft|2025-11-20T12:00:00.000Z||f00d|acme");
    CHECK(ask("SELECT session_id, filename, file_path, file_size, mime_type FROM audio_files") ==
          "s1|call.mp3|b/1|1000|audio/mpeg");
    CHECK(ask("SELECT duration_seconds = 90.5 FROM audio_files") == (sqlite ? "1" : "t"));
    CHECK(ask("SELECT id, text, words_count, language FROM transcripts") ==
          "s1.1|Rita: Good morning Bob\nBob: Hi|4|en");
    const std::string yes = sqlite ? "1" : "t", no = sqlite ? "0" : "f";
    CHECK(ask("SELECT id, is_validated, evidence_text, manual_override, override_by_user_id, "
              "override_reason, answer "
              "FROM session_responses ORDER BY id") ==
          "s1.fit.01|" + yes + "|one\ntwo|" + no + "|||yes\ns1.fit.02|" + no + "||" + yes +
              "|eve|heard it|no\ns1.fit.03|||" + no + "|||unanswered\ns1.fit.04|" + no + "|never|" +
              no + "|||denied\ns1.fit.05|" + no + "|maybe|" + no + "|||ambiguous");
    CHECK(ask("SELECT session_id, total_score, risk_band, items_validated, items_total, " +
              time("created_at") + " FROM scoring_results") ==
          "s1|65|yellow|1|3|2025-11-20T12:00:05.000Z");
    CHECK(ask("SELECT session_id, feedback_text, action_items, audio_s3_key FROM "
              "coaching_feedback") == "s1|Well done|[\"Call\"]|b/2");
    CHECK(ask("SELECT session_id, pdf_s3_key, pdf_file_size FROM reports") == "s1|b/3|8878");
    CHECK(ask("SELECT id, name, description, \"order\", default_weight, max_score FROM "
              "checklist_categories") == "fit|Fit|How well|8|1.5|10");
    CHECK(ask("SELECT id, category_id, title, coaching_question, \"order\" FROM checklist_items "
              "ORDER BY id") == "fit.01|fit|One|q|1\nfit.02|fit|Two||2");
    CHECK(ask("SELECT session_id, number, user_id, action, hash FROM audit_logs") ==
          "s1|1|ann|created|abc");
    CHECK(ask("SELECT r.title FROM session_responses s JOIN checklist_items r ON r.id = s.item_id "
              "AND "
              "r.checklist = s.checklist AND r.tenant = s.tenant ORDER BY 1") == "One\nTwo");
  });
}

TEST_CASE("a call without a score has none in the views, and averages leave it out") {
  on_each_database([](Store &store, const Ask &ask, bool) {
    store.commit(a_session()).value();
    store
        .commit({part("session", "s3",
                      R"({"customer":"Initech","owner":"ann","status":"not_assessable",
        "created_at_ms":1763640000000,"updated_at_ms":1763640000000,"submitted_at_ms":0,
        "completed_at_ms":1763640000000,"audio":null,"assessment":"not_assessable",
        "not_assessable":"roles_unknown","checklist":{"id":"standard","fingerprint":"f00d"},
        "versions":{"transcript":0,"assessment":0,"score":1,"coaching":0},"coaching_blob":""})"),
                 part("score", "s3.1",
                      R"({"at_ms":1763640005000,"score":null,"assessability":{
        "status":"not_assessable","reason":"roles_unknown","unjudged_share":1.0}})")})
        .value();
    CHECK(ask("SELECT id, status, assessment, not_assessable FROM sessions ORDER BY id") ==
          "s1|completed||\ns2|draft||\ns3|not_assessable|not_assessable|roles_unknown");
    CHECK(ask("SELECT session_id, total_score, risk_band, not_assessable FROM scoring_results "
              "ORDER BY session_id") == "s1|65|yellow|\ns3|||roles_unknown");
    CHECK(ask("SELECT count(*) FROM scoring_results WHERE total_score IS NULL AND unjudged_share "
              "= 1") == "1");
    CHECK(ask("SELECT CAST(avg(total_score) AS INTEGER) FROM scoring_results") == "65");
  });
}

TEST_CASE("views of PostgreSQL cannot be written through") {
  on_each_database([](Store &, const Ask &ask, bool sqlite) {
    if (sqlite) return;  // whose views never can
    CHECK(ask("SELECT count(*) FROM information_schema.views WHERE table_schema = current_schema() "
              "AND "
              "(is_updatable = 'YES' OR is_insertable_into = 'YES')") == "0");
  });
}

TEST_CASE("no list scans the records, whatever it is asked for") {
  on_each_database([](Store &, const Ask &ask, bool sqlite) {
    ask(std::string(crowd) +
        (sqlite ? "FROM (WITH RECURSIVE c (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c "
                  "WHERE n < 20000) SELECT n FROM c)"
                : "FROM generate_series(1, 20000) AS c (n)"));
    std::string all;
    for (const Query &query : every_query()) {
      all += (sqlite ? "EXPLAIN QUERY PLAN " : "EXPLAIN (COSTS OFF) ") + with_values(query) + ";\n";
    }
    if (!sqlite) all = "ANALYZE records; " + all;
    const std::string plans = ask(all);
    std::istringstream lines(plans);
    std::size_t searches = 0;
    for (std::string line; std::getline(lines, line);) {
      CAPTURE(line);
      searches += line.find(sqlite ? "USING INDEX" : "Index") != std::string::npos;
      CHECK(line.find(sqlite ? "SCAN" : "Seq Scan") == std::string::npos);
      if (sqlite) CHECK(line.find("TEMP B-TREE") == std::string::npos);
    }
    CHECK(searches >= every_query().size());
  });
}

}  // namespace saleschecklist::test
