/* Step by step, with a person in between: read, assess, correct an answer, score again, compose.
 *
 *   03_step_by_step CALL
 */
#include <saleschecklist/saleschecklist.h>

#include <cjson/cJSON.h>
#include <string.h>

#include "files.h"

/* What the person who was in the call knows better than the offline assessor. */
static const char *const item = "fit.02"; /* how the work is done today */

static cJSON *response_of(const cJSON *json, const char *id) {
  cJSON *response = NULL;
  cJSON_ArrayForEach(response, cJSON_GetObjectItem(json, "responses")) {
    if (strcmp(cJSON_GetObjectItem(response, "item_id")->valuestring, id) == 0) return response;
  }
  return NULL;
}

/* The responses with one answer overridden. The machine's own answer stays beside it, as
 * "ai_answer"; who corrected it, why and when stands in "override". */
static char *corrected(const char *responses) {
  cJSON *json = cJSON_Parse(responses), *response = response_of(json, item), *why = NULL;
  char *text = NULL;
  if (response != NULL) {
    printf("%s: was \"%s\"", item, cJSON_GetObjectItem(response, "answer")->valuestring);
    cJSON_ReplaceItemInObject(response, "answer", cJSON_CreateString("yes"));
    cJSON_DeleteItemFromObject(response, "override");
    why = cJSON_AddObjectToObject(response, "override");
    cJSON_AddStringToObject(why, "by", "Imogen");
    cJSON_AddStringToObject(why, "reason", "Utterance 37: the milk round, step by step.");
    cJSON_AddStringToObject(why, "at", "2026-11-20T10:30:00Z");
    printf(", now \"%s\"\n", cJSON_GetObjectItem(response, "answer")->valuestring);
    text = cJSON_PrintUnformatted(json);
  }
  cJSON_Delete(json);
  return text;
}

static void show_score(const char *when, const char *score) {
  cJSON *json = cJSON_Parse(score);
  printf("%s: %d of 100 (%.1f %%), %s\n", when, cJSON_GetObjectItem(json, "total_score")->valueint,
         cJSON_GetObjectItem(json, "percentage")->valuedouble,
         cJSON_GetObjectItem(json, "risk_label")->valuestring);
  cJSON_Delete(json);
}

static void show_report(const char *report) {
  cJSON *json = cJSON_Parse(report);
  const cJSON *coaching = cJSON_GetObjectItem(json, "coaching");
  printf("Change first: %s\n", cJSON_GetObjectItem(coaching, "first_change")->valuestring);
  cJSON_Delete(json);
}

/* The steps that scl_analyze() takes. Texts of one step are what the next one asks for. */
static int run(const char *bytes, size_t size, const scl_checklist *checklist, scl_error **error) {
  scl_text transcript = {0}, responses = {0}, before = {0}, after = {0}, report = {0};
  char *mine = NULL;
  int failed =
      scl_transcript_read(&transcript, bytes, size, "{\"rep_names\": [\"Imogen\"]}", error) ||
      scl_assess_offline(&responses, transcript.data, checklist, error) ||
      scl_score(&before, checklist, responses.data, NULL, error);
  if (!failed) {
    show_score("Before", before.data);
    mine = corrected(responses.data);
    failed = mine == NULL || scl_score(&after, checklist, mine, NULL, error) ||
             scl_compose(&report, transcript.data, checklist, mine, "offline-cues/3, then Imogen",
                         NULL, NULL, error);
  }
  if (!failed) {
    show_score("After", after.data);
    show_report(report.data);
  }
  cJSON_free(mine);
  scl_text_free(&report);
  scl_text_free(&after);
  scl_text_free(&before);
  scl_text_free(&responses);
  scl_text_free(&transcript);
  return failed;
}

int main(int argc, char **argv) {
  size_t size = 0;
  char *bytes = argc == 2 ? read_file(argv[1], &size) : NULL;
  if (bytes == NULL) {
    fprintf(stderr, "usage: %s CALL\n", argv[0]);
    return 2;
  }
  scl_checklist *checklist = NULL;
  scl_error *error = NULL;
  const int failed = scl_checklist_find(&checklist, "sales-checklist-92", &error) ||
                     run(bytes, size, checklist, &error);
  if (failed) fprintf(stderr, "%s: %s\n", scl_error_where(error), scl_error_message(error));
  scl_error_free(error);
  scl_checklist_free(checklist);
  free(bytes);
  return failed;
}
