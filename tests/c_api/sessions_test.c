/* Sessions in memory: every function once, what they refuse, and what stays untouched then. */
#include "support.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define EXAMPLE SALESCHECKLIST_SOURCE_DIR "/examples/recording"
#define RECORDING EXAMPLE "/call.m4a"

static scl_engine *engine;
static scl_checklist *list;
static char id[64]; /* of a session of the small call */

static void keep_id(const scl_text *session) {
  const char *at = strstr(session->data, "\"id\": \"");
  MUST(at != NULL && sscanf(at, "\"id\": \"%63[^\"]", id) == 1);
}

/* An engine, and a session of the small call that waits to be run. */
static void set_up(void) {
  scl_text session = {0}, transcript = transcript_of_small_call();
  list = checklist_of("ten-point");
  MUST(scl_engine_open(&engine, "{\"actor\": \"dana\"}", NULL, NULL, NULL) == SCL_OK);
  MUST(scl_session_create(&session, engine, "{\"customer\": \"Acme\", \"sales_call\": \"yes\"}", list, NULL) ==
       SCL_OK);
  CHECK_CONTAINS(session.data, "\"status\": \"draft\"");
  keep_id(&session);
  scl_text_free(&session);
  MUST(scl_session_attach_transcript(&session, engine, id, transcript.data, NULL) == SCL_OK);
  CHECK_CONTAINS(session.data, "\"status\": \"analyzing\"");
  scl_text_free(&session);
  scl_text_free(&transcript);
}

static void tear_down(void) {
  scl_engine_free(engine);
  scl_checklist_free(list);
}

/* Frees what a call gave after a look at it. */
#define CHECK_GIVES(call, part)                        \
  do {                                                 \
    scl_text given = {0};                              \
    scl_error *error = NULL;                           \
    const scl_status status = (call);                  \
    CHECK(status == SCL_OK);                           \
    if (error != NULL) puts(scl_error_message(error)); \
    scl_error_free(error);                             \
    CHECK_CONTAINS(given.data, part);                  \
    scl_text_free(&given);                             \
  } while (0)

static void count_steps(void *context, const char *stage, size_t done, size_t total) {
  (void)stage, (void)done, (void)total;
  ++*(int *)context;
}

static void count_lines(void *context, scl_log_level level, const char *message) {
  (void)level, (void)message;
  ++*(int *)context;
}

static void a_run_gives_the_report_of_analyze(void) {
  set_up();
  scl_text done = {0}, found = {0}, report = {0}, direct = report_of_small_call(list), pdf = {0},
           pages = {0};
  MUST(scl_session_run(&done, engine, id, "{\"until\": \"speak\", \"votes\": 1}", NULL, NULL) ==
       SCL_OK);
  CHECK_CONTAINS(done.data, "\"status\": \"completed\"");
  CHECK(scl_session_find(&found, engine, id, NULL) == SCL_OK && same_text(&found, &done));
  CHECK(scl_session_report(&report, engine, id, NULL) == SCL_OK && same_text(&report, &direct));
  CHECK(scl_session_report_pdf(&pdf, engine, id, NULL, NULL) == pdf_status);
  CHECK(scl_render_pdf(&pages, direct.data, list, NULL, NULL, NULL) == pdf_status);
  CHECK(same_text(&pdf, &pages));
  CHECK_GIVES(scl_session_result(&given, engine, id, &error), small_call_answer);
  CHECK_REFUSED(scl_session_coaching_audio(&found, engine, id, &error), SCL_NOT_FOUND, NULL);
  CHECK(same_text(&found, &done));
  scl_text_free(&pages);
  scl_text_free(&pdf);
  scl_text_free(&direct);
  scl_text_free(&report);
  scl_text_free(&found);
  scl_text_free(&done);
  tear_down();
}

static void what_is_changed_is_kept_and_written_down(void) {
  set_up();
  item_id *items = item_ids(list);
  scl_engine *boss = NULL;
  scl_checklist *long_list = checklist_of("sales-checklist-92");
  CHECK_GIVES(scl_session_update(&given, engine, id, "{\"owner\": \"rita\"}", &error),
              "\"owner\": \"rita\"");
  CHECK_GIVES(scl_session_list(&given, engine, "{\"owner\": \"rita\", \"limit\": 1}", &error), id);
  CHECK_GIVES(scl_session_list(&given, engine, "{\"owner\": \"bob\"}", &error), "\"sessions\": []");
  CHECK_GIVES(scl_session_run_pending(&given, engine, 1, NULL, NULL, &error),
              "\"status\": \"completed\"");
  MUST(scl_engine_as(&boss, engine, "", "boss", NULL) == SCL_OK);
  CHECK_GIVES(scl_session_override(&given, boss, id, items[0], "not_applicable", "a gift", &error),
              "\"coach\"");
  scl_engine_free(boss);
  CHECK_GIVES(scl_session_coach(&given, engine, id, NULL, NULL, &error), "\"stale\": []");
  CHECK_GIVES(scl_session_rescore(&given, engine, id, "{\"id\": \"strict\"}", NULL, &error),
              "\"strict\"");
  CHECK_GIVES(scl_session_rescore(&given, engine, id, NULL, long_list, &error),
              "\"id\": \"sales-checklist-92\"");
  CHECK_GIVES(scl_session_history(&given, engine, id, &error), "\"actor\": \"boss\"");
  CHECK_GIVES(scl_session_audit(&given, engine, id, &error), "\"action\": \"overridden\"");
  CHECK_GIVES(scl_session_verify_audit(&given, engine, id, &error), "\"faults\": []");
  scl_checklist_free(long_list);
  free(items);
  tear_down();
}

static void a_transcript_is_corrected(void) {
  set_up();
  const char *const merged[] = {"Ann"};
  const size_t split[] = {0, 1};
  CHECK_GIVES(scl_session_run(&given, engine, id, NULL, NULL, &error), "\"completed\"");
  CHECK_GIVES(scl_session_rename_speaker(&given, engine, id, "Ravi", "Ravi Shah", &error),
              "\"completed\"");
  CHECK_GIVES(scl_session_split_speaker(&given, engine, id, split, 2, "Ann", &error), id);
  CHECK_GIVES(scl_session_set_role(&given, engine, id, "Ann", "customer", &error),
              "\"analyzing\"");
  CHECK_GIVES(scl_session_merge_speakers(&given, engine, id, merged, 1, "Ravi Shah", &error),
              id);
  CHECK_GIVES(scl_session_correct_utterance(&given, engine, id, 0, "Who signs?", &error), id);
  CHECK_GIVES(scl_session_run(&given, engine, id, NULL, NULL, &error), "\"completed\"");
  CHECK_GIVES(scl_session_result(&given, engine, id, &error), "\"text\": \"Who signs?\"");
  CHECK_GIVES(scl_session_audit(&given, engine, id, &error), "\"speakers merged\"");
  CHECK_GIVES(scl_session_verify_audit(&given, engine, id, &error), "\"faults\": []");
  tear_down();
}

static void a_reviewed_session_waits_for_approval(void) {
  set_up();
  CHECK_GIVES(scl_session_update(&given, engine, id, "{\"review\": true}", &error), "true");
  CHECK_GIVES(scl_session_run(&given, engine, id, NULL, NULL, &error), "\"pending_review\"");
  CHECK_GIVES(scl_session_approve(&given, engine, id, &error), "\"scoring\"");
  CHECK_GIVES(scl_session_run(&given, engine, id, NULL, NULL, &error), "\"completed\"");
  scl_text out = {0};
  CHECK_REFUSED(scl_session_approve(&out, engine, id, &error), SCL_INVALID_ARGUMENT, NULL);
  CHECK_REFUSED(scl_session_retry(&out, engine, id, &error), SCL_INVALID_ARGUMENT, NULL);
  if (with_ffmpeg) {
    CHECK_GIVES(scl_session_attach_audio(&given, engine, id, RECORDING,
                                         "{\"rep_names\": [\"Speaker A\"]}", &error),
                "\"name\": \"call.m4a\"");
    CHECK_REFUSED(scl_session_run(&out, engine, id, NULL, NULL, &error), SCL_INVALID_ARGUMENT,
                  NULL);
  }
  CHECK(out.data == NULL);
  tear_down();
}

static void a_recording_goes_through_every_stage(void) {
  if (small_run || !with_ffmpeg || !with_curl) return; /* an emulator takes minutes for it */
  scl_services *services = NULL;
  scl_text audio = {0};
  int steps = 0;
  const scl_watch watch = {sizeof watch, NULL, count_steps, &steps, NULL};
  MUST(scl_services_open(&services,
                         "{\"transcriber\": \"openai:gpt-4o-transcribe-diarize\","
                         " \"model\": \"openai:gpt-4o-mini\", \"voice\": \"openai:tts-1\","
                         " \"replay_folder\": \"" EXAMPLE "/cassette\","
                         " \"providers\": {\"openai\": {\"base_url\":"
                         " \"http://127.0.0.1:8765/v1\"}}}",
                         NULL) == SCL_OK);
  MUST(scl_engine_open(&engine, NULL, services, NULL, NULL) == SCL_OK);
  MUST(scl_session_create(&audio, engine, "{\"customer\": \"Cold Chain Ltd\"}", NULL, NULL) ==
       SCL_OK);
  keep_id(&audio);
  scl_text_free(&audio);
  CHECK_GIVES(scl_session_attach_audio(&given, engine, id, RECORDING,
                                       "{\"rep_names\": [\"Speaker A\"]}", &error),
              "\"processing\"");
  CHECK_GIVES(scl_session_run(&given, engine, id, NULL, &watch, &error), "\"total_score\": 19");
  CHECK(steps > 0);
  CHECK(scl_session_coaching_audio(&audio, engine, id, NULL) == SCL_OK && audio.size > 100000);
  scl_text_free(&audio);
  scl_engine_free(engine);
  scl_services_free(services);
}

static void a_failed_session_is_retried(void) {
  if (!with_curl) return;
  scl_services *away = NULL;
  scl_text out = {0}, transcript = transcript_of_small_call();
  int lines = 0;
  const scl_log log = {sizeof log, count_lines, &lines};
  MUST(scl_services_open(&away,
                         "{\"model\": \"openai:m\", \"attempts\": 1, \"providers\":"
                         " {\"openai\": {\"base_url\": \"http://127.0.0.1:1/v1\"}}}",
                         NULL) == SCL_OK);
  MUST(scl_engine_open(&engine, "{\"store\": \"memory:\"}", away, &log, NULL) == SCL_OK);
  scl_services_free(away); /* the engine goes on having them */
  MUST(scl_session_create(&out, engine, NULL, NULL, NULL) == SCL_OK);
  keep_id(&out);
  scl_text_free(&out);
  CHECK_GIVES(scl_session_attach_transcript(&given, engine, id, transcript.data, &error), id);
  CHECK_REFUSED(scl_session_run(&out, engine, id, NULL, NULL, &error), SCL_NETWORK, NULL);
  CHECK(out.data == NULL && lines > 0);
  CHECK_GIVES(scl_session_find(&given, engine, id, &error), "\"code\": \"network\"");
  CHECK_GIVES(scl_session_retry(&given, engine, id, &error), "\"failure\": null");
  scl_text_free(&transcript);
  scl_engine_free(engine);
}

static void an_erased_session_leaves_its_audit_log(void) {
  set_up();
  scl_engine *other = NULL;
  scl_text out = {0};
  size_t erased = 77;
  MUST(scl_engine_as(&other, engine, "globex", "eve", NULL) == SCL_OK);
  CHECK_REFUSED(scl_session_erase(other, id, &error), SCL_NOT_FOUND, NULL);
  CHECK(scl_session_erase(engine, id, NULL) == SCL_OK);
  CHECK_REFUSED(scl_session_find(&out, engine, id, &error), SCL_NOT_FOUND, NULL);
  CHECK_GIVES(scl_session_audit(&given, engine, id, &error), "\"action\": \"erased\"");
  CHECK_GIVES(scl_session_create(&given, engine, NULL, NULL, &error), "\"draft\"");
  CHECK(scl_session_erase_created_before(NULL, engine, 1, NULL) == SCL_OK);
  CHECK(scl_session_erase_created_before(&erased, engine, INT64_MAX, NULL) == SCL_OK && erased == 1);
  scl_engine_free(other);
  scl_engine_free(NULL);
  tear_down();
}

static void a_cancelled_run_says_so(void) {
  set_up();
  scl_cancel *cancel = NULL;
  scl_text out = {0};
  MUST(scl_cancel_new(&cancel, NULL) == SCL_OK);
  scl_cancel_now(cancel);
  const scl_watch watch = {sizeof watch, NULL, NULL, NULL, cancel};
  CHECK_REFUSED(scl_session_run(&out, engine, id, NULL, &watch, &error), SCL_CANCELLED, NULL);
  CHECK_REFUSED(scl_session_run_pending(&out, engine, 0, NULL, &watch, &error), SCL_CANCELLED,
                NULL);
  CHECK(out.data == NULL);
  CHECK_GIVES(scl_session_find(&given, engine, id, &error), "\"analyzing\"");
  scl_cancel_free(cancel);
  tear_down();
}

static void personal_data_is_taken_out(void) {
  scl_text transcript = {0};
  const char *const talk = "Dana: What is your number?\nLee: Call 415-555-0134.\n";
  MUST(scl_transcript_read(&transcript, talk, strlen(talk), NULL, NULL) == SCL_OK);
  CHECK_GIVES(scl_redact(&given, transcript.data, NULL, &error), "Call [phone 1].");
  CHECK_GIVES(scl_redact(&given, transcript.data, NULL, &error), "\"original\": \"415-555-0134\"");
  CHECK_GIVES(
      scl_redact(&given, transcript.data, "{\"phones\": false, \"names\": [\"lee\"]}", &error),
      "\"speaker\": \"[name 1]\"");
  scl_text_free(&transcript);
}

/* Functions that take an id and give a text, and what they call it. */
typedef scl_status look(scl_text *, const scl_engine *, const char *, scl_error **);
static const struct {
  look *call;
  const char *out;
} looks[] = {{scl_session_find, "session"},       {scl_session_retry, "session"},
             {scl_session_approve, "session"},    {scl_session_result, "result"},
             {scl_session_report, "report"},      {scl_session_coaching_audio, "audio"},
             {scl_session_history, "history"},    {scl_session_audit, "entries"},
             {scl_session_verify_audit, "report"}};

static char sentinel[] = "sentinel";

static bool untouched(const scl_text *text) {
  return text->data == sentinel && text->size == 5 && strcmp(sentinel, "sentinel") == 0;
}

#define REFUSES(where, call) CHECK_REFUSED(call, SCL_INVALID_ARGUMENT, where)

static void null_is_refused_by_name(void) {
  set_up();
  scl_text out = {sentinel, 5};
  scl_engine *none = NULL;
  for (size_t i = 0; i < sizeof looks / sizeof *looks; ++i) {
    REFUSES(looks[i].out, looks[i].call(NULL, engine, id, &error));
    REFUSES("engine", looks[i].call(&out, NULL, id, &error));
    REFUSES("id", looks[i].call(&out, engine, NULL, &error));
    CHECK_REFUSED(looks[i].call(&out, engine, "nobody", &error), SCL_NOT_FOUND, NULL);
    CHECK(looks[i].call(&out, engine, NULL, NULL) == SCL_INVALID_ARGUMENT);
  }
  REFUSES("engine", scl_engine_open(NULL, NULL, NULL, NULL, &error));
  REFUSES("other", scl_engine_as(NULL, engine, "", "", &error));
  REFUSES("engine", scl_engine_as(&none, NULL, "", "", &error));
  REFUSES("tenant", scl_engine_as(&none, engine, NULL, "", &error));
  REFUSES("actor", scl_engine_as(&none, engine, "", NULL, &error));
  REFUSES("session", scl_session_create(NULL, engine, NULL, NULL, &error));
  REFUSES("engine", scl_session_create(&out, NULL, NULL, NULL, &error));
  REFUSES("page", scl_session_list(NULL, engine, NULL, &error));
  REFUSES("engine", scl_session_list(&out, NULL, NULL, &error));
  REFUSES("change", scl_session_update(&out, engine, id, NULL, &error));
  REFUSES("file", scl_session_attach_audio(&out, engine, id, NULL, NULL, &error));
  REFUSES("transcript", scl_session_attach_transcript(&out, engine, id, NULL, &error));
  REFUSES("id", scl_session_run(&out, engine, NULL, NULL, NULL, &error));
  REFUSES("page", scl_session_run_pending(NULL, engine, 0, NULL, NULL, &error));
  REFUSES("item", scl_session_override(&out, engine, id, NULL, "yes", "why", &error));
  REFUSES("answer", scl_session_override(&out, engine, id, "x", NULL, "why", &error));
  REFUSES("reason", scl_session_override(&out, engine, id, "x", "yes", NULL, &error));
  const char *const nobody[] = {NULL};
  REFUSES("speaker", scl_session_rename_speaker(&out, engine, id, NULL, "x", &error));
  REFUSES("name", scl_session_rename_speaker(&out, engine, id, "x", NULL, &error));
  REFUSES("speakers", scl_session_merge_speakers(&out, engine, id, NULL, 1, "x", &error));
  REFUSES("speakers", scl_session_merge_speakers(&out, engine, id, nobody, 1, "x", &error));
  REFUSES("speakers", scl_session_merge_speakers(&out, engine, id, NULL, 0, "Ravi", &error));
  REFUSES("into", scl_session_merge_speakers(&out, engine, id, NULL, 0, NULL, &error));
  REFUSES("utterances", scl_session_split_speaker(&out, engine, id, NULL, 1, "x", &error));
  REFUSES("utterances", scl_session_split_speaker(&out, engine, id, NULL, 0, "x", &error));
  REFUSES("name", scl_session_split_speaker(&out, engine, id, NULL, 0, NULL, &error));
  REFUSES("text", scl_session_correct_utterance(&out, engine, id, 0, NULL, &error));
  REFUSES("utterance", scl_session_correct_utterance(&out, engine, id, SIZE_MAX, "x", &error));
  REFUSES("speaker", scl_session_set_role(&out, engine, id, NULL, "rep", &error));
  REFUSES("role", scl_session_set_role(&out, engine, id, "x", NULL, &error));
  REFUSES("role", scl_session_set_role(&out, engine, id, "x", "boss", &error));
  REFUSES("policy", scl_session_rescore(&out, engine, id, NULL, NULL, &error));
  REFUSES("policy", scl_session_rescore(&out, engine, id, "{}", list, &error));
  REFUSES("id", scl_session_coach(&out, engine, NULL, NULL, NULL, &error));
  REFUSES("pdf", scl_session_report_pdf(NULL, engine, id, NULL, &error));
  REFUSES("engine", scl_session_erase(NULL, id, &error));
  REFUSES("id", scl_session_erase(engine, NULL, &error));
  REFUSES("engine", scl_session_erase_created_before(NULL, NULL, 0, &error));
  REFUSES("redacted", scl_redact(NULL, "{}", NULL, &error));
  REFUSES("transcript", scl_redact(&out, NULL, NULL, &error));
  CHECK(untouched(&out) && none == NULL);
  tear_down();
}

#define WRONG(where, call) CHECK_REFUSED(call, SCL_INVALID_INPUT, where)

static void wrong_json_is_refused_at_its_pointer(void) {
  set_up();
  scl_text out = {sentinel, 5}, transcript = transcript_of_small_call();
  scl_engine *none = NULL;
  WRONG("/lease_ms", scl_engine_open(&none, "{\"lease_ms\": 1}", NULL, NULL, &error));
  WRONG("/redact/cards",
        scl_engine_open(&none, "{\"redact\": {\"cards\": 1}}", NULL, NULL, &error));
  REFUSES(NULL, scl_engine_open(&none, "{\"store\": \"oracle:x\"}", NULL, NULL, &error));
  WRONG("/customer", scl_session_create(&out, engine, "{\"customer\": 3}", NULL, &error));
  WRONG("/policy/mode",
        scl_session_create(&out, engine, "{\"policy\": {\"mode\": \"x\"}}", NULL, &error));
  WRONG("/limit", scl_session_list(&out, engine, "{\"limit\": 0}", &error));
  WRONG("/review", scl_session_update(&out, engine, id, "{\"review\": 1}", &error));
  WRONG("/rep_names/0",
        scl_session_attach_audio(&out, engine, id, RECORDING, "{\"rep_names\": [3]}", &error));
  WRONG("/until", scl_session_run(&out, engine, id, "{\"until\": \"lunch\"}", NULL, &error));
  WRONG("/votes", scl_session_run_pending(&out, engine, 0, "{\"votes\": 10}", NULL, &error));
  WRONG("/parallel", scl_session_coach(&out, engine, id, "{\"parallel\": 0}", NULL, &error));
  WRONG("/mode", scl_session_rescore(&out, engine, id, "{\"mode\": \"x\"}", NULL, &error));
  WRONG("/cards", scl_redact(&out, transcript.data, "{\"cards\": 1}", &error));
  WRONG("line 1, column 2", scl_session_list(&out, engine, "{", &error));
  REFUSES("answer", scl_session_override(&out, engine, id, "x", "maybe", "why", &error));
  CHECK_REFUSED(scl_session_override(&out, engine, id, "x", "yes", "why", &error), SCL_CONFLICT,
                NULL);
  CHECK_REFUSED(scl_session_report(&out, engine, id, &error), SCL_CONFLICT, NULL);
  CHECK_REFUSED(scl_session_attach_audio(&out, engine, id, "nowhere.wav", NULL, &error),
                with_ffmpeg ? SCL_IO : SCL_UNSUPPORTED, NULL);
  CHECK(untouched(&out) && none == NULL);
  scl_text_free(&transcript);
  tear_down();
}

const test sessions_tests[] = {
    {"a run gives the report of analyze", a_run_gives_the_report_of_analyze},
    {"what is changed is kept and written down", what_is_changed_is_kept_and_written_down},
    {"a transcript is corrected", a_transcript_is_corrected},
    {"a reviewed session waits for approval", a_reviewed_session_waits_for_approval},
    {"a recording goes through every stage", a_recording_goes_through_every_stage},
    {"a failed session is retried", a_failed_session_is_retried},
    {"an erased session leaves its audit log", an_erased_session_leaves_its_audit_log},
    {"a cancelled run says so", a_cancelled_run_says_so},
    {"personal data is taken out", personal_data_is_taken_out},
    {"NULL is refused by name for sessions", null_is_refused_by_name},
    {"wrong JSON is refused at its pointer for sessions", wrong_json_is_refused_at_its_pointer},
    {NULL, NULL}};
