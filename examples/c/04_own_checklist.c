/* A checklist of your own, from a file: what is wrong with a broken one, and a call by a sound one.
 *
 *   04_own_checklist CHECKLIST CALL
 */
#include <saleschecklist/saleschecklist.h>

#include <cjson/cJSON.h>

#include "files.h"

static void show(const char *responses) {
  cJSON *json = cJSON_Parse(responses);
  const cJSON *response = NULL, *proof = NULL;
  cJSON_ArrayForEach(response, cJSON_GetObjectItem(json, "responses")) {
    printf("%-12s %s\n", cJSON_GetObjectItem(response, "answer")->valuestring,
           cJSON_GetObjectItem(response, "item_id")->valuestring);
    cJSON_ArrayForEach(proof, cJSON_GetObjectItem(response, "evidence")) {
      printf("             \"%s\"\n", cJSON_GetObjectItem(proof, "quote")->valuestring);
    }
  }
  cJSON_Delete(json);
}

/* Parsing checks everything once; afterwards the checklist cannot be wrong, and many calls and
 * threads may use it. */
static int run(const char *json, const char *bytes, size_t size) {
  scl_checklist *checklist = NULL;
  scl_text transcript = {0}, responses = {0};
  scl_error *error = NULL;
  int failed = scl_checklist_parse(&checklist, json, &error);
  if (failed) {
    /* The message names every fault, each with its place as a JSON pointer. */
    printf("%s at %s:\n  %s\n", scl_status_name(scl_error_code(error)), scl_error_where(error),
           scl_error_message(error));
  } else {
    printf("%zu items in %zu categories\n", scl_checklist_items(checklist),
           scl_checklist_categories(checklist));
    failed =
        scl_transcript_read(&transcript, bytes, size, "{\"rep_names\": [\"Imogen\"]}", &error) ||
        scl_assess_offline(&responses, transcript.data, checklist, &error);
    if (failed)
      fprintf(stderr, "%s: %s\n", scl_error_where(error), scl_error_message(error));
    else
      show(responses.data);
  }
  scl_error_free(error);
  scl_text_free(&responses);
  scl_text_free(&transcript);
  scl_checklist_free(checklist);
  return failed;
}

int main(int argc, char **argv) {
  size_t json_size = 0, size = 0;
  char *json = argc == 3 ? read_file(argv[1], &json_size) : NULL;
  char *bytes = argc == 3 ? read_file(argv[2], &size) : NULL;
  int failed = 2;
  if (json == NULL || bytes == NULL)
    fprintf(stderr, "usage: %s CHECKLIST CALL\n", argv[0]);
  else
    failed = run(json, bytes, size);
  free(bytes);
  free(json);
  return failed;
}
