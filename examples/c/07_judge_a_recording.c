/* Hears a recording and judges it by a model; nothing is sent, a recorded run answers.
 *
 *   07_judge_a_recording RECORDING FOLDER_OF_A_RECORDED_RUN
 *
 * For real services leave replay_folder out and say "environment": true.
 */
#include <saleschecklist/saleschecklist.h>

#include <cjson/cJSON.h>

#include <stdio.h>

/* Called while work goes on, from any thread of the call. */
static void show(void *context, const char *stage, size_t done, size_t total) {
  (void)context;
  if (done == total) printf("%s: done\n", stage);
}

static char *options_for(const char *folder) {
  cJSON *options = cJSON_CreateObject();
  cJSON_AddStringToObject(options, "transcriber", "openai:gpt-4o-transcribe-diarize");
  cJSON_AddStringToObject(options, "model", "openai:gpt-4o-mini");
  cJSON_AddStringToObject(options, "replay_folder", folder);
  cJSON *openai = cJSON_AddObjectToObject(cJSON_AddObjectToObject(options, "providers"), "openai");
  cJSON_AddStringToObject(openai, "base_url", "http://127.0.0.1:8765/v1");
  char *text = cJSON_PrintUnformatted(options);
  cJSON_Delete(options);
  return text;
}

static void print_result(const char *json) {
  cJSON *report = cJSON_Parse(json);
  const cJSON *score = cJSON_GetObjectItem(report, "score");
  const cJSON *usage = cJSON_GetObjectItem(report, "usage");
  const cJSON *total = cJSON_GetObjectItem(usage, "total");
  const char *assessor = cJSON_GetObjectItem(report, "assessor")->valuestring;
  if (cJSON_IsNull(score)) {
    printf("no score, by %s\n", assessor);
  } else {
    printf("%d of 100, by %s\n", cJSON_GetObjectItem(score, "total_score")->valueint, assessor);
  }
  printf("%d requests, %d tokens read\n", cJSON_GetObjectItem(total, "requests")->valueint,
         cJSON_GetObjectItem(total, "tokens_in")->valueint);
  cJSON_Delete(report);
}

int main(int argc, char **argv) {
  if (argc != 3) return fprintf(stderr, "usage: %s RECORDING FOLDER\n", argv[0]), 2;
  scl_services *services = NULL;
  scl_checklist *checklist = NULL;
  scl_text transcript = {NULL, 0}, report = {NULL, 0};
  scl_error *error = NULL;
  const scl_watch watch = {sizeof watch, NULL, show, NULL, NULL};
  char *options = options_for(argv[2]);
  int failed = scl_services_open(&services, options, &error) ||
               scl_checklist_find(&checklist, "sales-checklist-92", &error) ||
               scl_transcribe(&transcript, NULL, services, argv[1],
                              "{\"rep_names\": [\"Speaker A\"]}", &watch, &error) ||
               scl_analyze_with_services(&report, services, transcript.data, transcript.size, checklist,
                              "{\"deal\": {\"customer\": \"Cold Chain Ltd\"}}", &watch, &error);
  if (failed) {
    fprintf(stderr, "%s %s\n", scl_error_where(error), scl_error_message(error));
  } else {
    print_result(report.data);
  }
  cJSON_free(options);
  scl_error_free(error);
  scl_text_free(&report);
  scl_text_free(&transcript);
  scl_checklist_free(checklist);
  scl_services_free(services);
  return failed;
}
