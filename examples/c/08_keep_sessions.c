/* Keeps a call in a database: runs it through its stages, corrects an answer, tells what happened,
 * and erases it all but its audit log.
 *
 *   08_keep_sessions CALL STORE BLOBS
 *
 * such as call.vtt sqlite:deals.db file:blobs
 */
#include <saleschecklist/saleschecklist.h>

#include <cjson/cJSON.h>

#include "files.h"

static char id[64];

static const char *text_at(const cJSON *object, const char *key) {
  return cJSON_GetStringValue(cJSON_GetObjectItem(object, key));
}

/* Shows a session, and remembers its id. Frees the text. */
static void show_session(const char *what, scl_text *session) {
  cJSON *json = cJSON_Parse(session->data);
  const cJSON *score = cJSON_GetObjectItem(json, "total_score");
  printf("%-9s %s", what, text_at(json, "status"));
  if (cJSON_IsNumber(score)) printf(", %d of 100", score->valueint);
  printf("\n");
  snprintf(id, sizeof id, "%s", text_at(json, "id"));
  cJSON_Delete(json);
  scl_text_free(session);
}

/* Each version of the score, and why it was made. */
static void show_history(const char *history) {
  cJSON *json = cJSON_Parse(history);
  const cJSON *version;
  cJSON_ArrayForEach(version, cJSON_GetObjectItem(json, "versions")) {
    const cJSON *score = cJSON_GetObjectItem(version, "total_score");
    printf("version %d by %s: ", cJSON_GetObjectItem(version, "version")->valueint,
           text_at(version, "actor"));
    if (cJSON_IsNumber(score)) printf("%d of 100, ", score->valueint);
    printf("%s\n", text_at(version, "reason"));
  }
  cJSON_Delete(json);
}

/* What is left of an erased session. */
static void show_log(const char *log, const char *verified) {
  cJSON *json = cJSON_Parse(log), *report = cJSON_Parse(verified);
  const cJSON *entries = cJSON_GetObjectItem(json, "entries");
  const int last = cJSON_GetArraySize(entries) - 1;
  printf("the audit log goes from %s to %s, with %d faults\n",
         text_at(cJSON_GetArrayItem(entries, 0), "action"),
         text_at(cJSON_GetArrayItem(entries, last), "action"),
         cJSON_GetArraySize(cJSON_GetObjectItem(report, "faults")));
  cJSON_Delete(report);
  cJSON_Delete(json);
}

/* Where sessions are kept, and who works on them. To be freed by cJSON_free(). */
static char *options_for(const char *store, const char *blobs) {
  cJSON *options = cJSON_CreateObject();
  cJSON_AddStringToObject(options, "store", store);
  cJSON_AddStringToObject(options, "blobs", blobs);
  cJSON_AddStringToObject(options, "actor", "dana");
  char *text = cJSON_PrintUnformatted(options);
  cJSON_Delete(options);
  return text;
}

static scl_status keep(scl_engine *engine, const char *call, size_t size, scl_error **error) {
  scl_text transcript = {NULL, 0}, session = {NULL, 0}, history = {NULL, 0}, entries = {NULL, 0},
           verified = {NULL, 0}, pdf = {NULL, 0};
  scl_status status =
      scl_transcript_read(&transcript, call, size, "{\"rep_names\": [\"Imogen\"]}", error);
  if (!status)
    status = scl_session_create(&session, engine, "{\"customer\": \"Acme\", \"owner\": \"dana\"}",
                                NULL, error);
  if (!status) {
    show_session("created", &session);
    status = scl_session_attach_transcript(&session, engine, id, transcript.data, error);
  }
  if (!status) {
    show_session("attached", &session);
    status = scl_session_run(&session, engine, id, NULL, NULL, error);
  }
  if (!status) {
    show_session("run", &session);
    status = scl_session_override(&session, engine, id, "mentor.09", "yes", "she told me", error);
  }
  if (!status) {
    show_session("corrected", &session);
    status = scl_session_coach(&session, engine, id, NULL, NULL, error);
  }
  if (!status) {
    show_session("coached", &session);
    status = scl_session_history(&history, engine, id, error);
  }
  if (!status) {
    show_history(history.data);
    status = scl_session_report_pdf(&pdf, engine, id, NULL, error);
  }
  if (!status) status = scl_session_erase(engine, id, error);
  if (!status) status = scl_session_audit(&entries, engine, id, error);
  if (!status) status = scl_session_verify_audit(&verified, engine, id, error);
  if (!status) show_log(entries.data, verified.data);
  scl_text_free(&pdf);
  scl_text_free(&verified);
  scl_text_free(&entries);
  scl_text_free(&history);
  scl_text_free(&session);
  scl_text_free(&transcript);
  return status;
}

int main(int argc, char **argv) {
  if (argc != 4) return fprintf(stderr, "usage: %s CALL STORE BLOBS\n", argv[0]), 2;
  size_t size = 0;
  char *call = read_file(argv[1], &size), *options = options_for(argv[2], argv[3]);
  scl_engine *engine = NULL;
  scl_error *error = NULL;
  if (call == NULL) return fprintf(stderr, "cannot read %s\n", argv[1]), 1;
  const int failed =
      scl_engine_open(&engine, options, NULL, NULL, &error) || keep(engine, call, size, &error);
  if (failed) fprintf(stderr, "%s %s\n", scl_error_where(error), scl_error_message(error));
  scl_error_free(error);
  scl_engine_free(engine);
  cJSON_free(options);
  free(call);
  return failed;
}
