/* A checklist of your own, with cues that say what the offline assessor listens for: what is wrong
 * with a broken one, and a call by a sound one.
 *
 *   04_own_checklist CHECKLIST CUES CALL
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
 * threads may use it. The cues are kept in a file of their own, so that they can be tuned while the
 * checklist, and with it every score that was made by it, stays the same. */
static int run(const char *json, const char *cues, const char *bytes, size_t size) {
  scl_checklist *plain = NULL, *checklist = NULL;
  scl_text transcript = {0}, responses = {0};
  scl_error *error = NULL;
  int failed = scl_checklist_parse(&plain, json, &error) ||
               scl_checklist_with_cues(&checklist, plain, cues, &error);
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
  scl_checklist_free(plain);
  return failed;
}

int main(int argc, char **argv) {
  size_t json_size = 0, cues_size = 0, size = 0;
  char *json = argc == 4 ? read_file(argv[1], &json_size) : NULL;
  char *cues = argc == 4 ? read_file(argv[2], &cues_size) : NULL;
  char *bytes = argc == 4 ? read_file(argv[3], &size) : NULL;
  int failed = 2;
  if (json == NULL || cues == NULL || bytes == NULL)
    fprintf(stderr, "usage: %s CHECKLIST CUES CALL\n", argv[0]);
  else
    failed = run(json, cues, bytes, size);
  free(bytes);
  free(cues);
  free(json);
  return failed;
}
