/* Checks quotes: whether what somebody (or some model) offers as proof was really said.
 *
 *   02_check_a_quote CALL
 */
#include <saleschecklist/saleschecklist.h>

#include <cjson/cJSON.h>

#include "files.h"

/* Four claims, as in schemas/claims.schema.json: the words themselves, words written down a little
 * wrong, words that nobody said, and the seller's words offered as the customer's. */
static const char *const claims =
    "[{\"quote\": \"I lost two in the spring\"},"
    " {\"quote\": \"I did a degree in supply chain and I'm coppying dates from a web site\"},"
    " {\"quote\": \"We have the budget approved for this year\"},"
    " {\"quote\": \"So building it yourselves is\", \"evidence_from\": \"customer\"}]";

/* One verdict for each claim, in their order: evidence with its place in the call, or a reason. */
static void show(const char *verdicts) {
  cJSON *asked = cJSON_Parse(claims), *answers = cJSON_Parse(verdicts);
  for (int i = 0; i < cJSON_GetArraySize(answers); ++i) {
    const cJSON *verdict = cJSON_GetArrayItem(answers, i);
    const cJSON *evidence = cJSON_GetObjectItem(verdict, "evidence");
    printf("\"%s\"\n", cJSON_GetObjectItem(cJSON_GetArrayItem(asked, i), "quote")->valuestring);
    if (cJSON_IsNull(evidence)) {
      /* "reason" beside it is a code for programs, such as "wrong_side". */
      const cJSON *rejected = cJSON_GetObjectItem(verdict, "rejected");
      printf("  refused: %s\n", cJSON_GetObjectItem(rejected, "message")->valuestring);
      continue;
    }
    /* `quote` is always the transcript's own text, also where the claim had to be repaired. */
    printf("  %s: utterance %d, \"%s\"\n", cJSON_GetObjectItem(evidence, "status")->valuestring,
           cJSON_GetObjectItem(evidence, "utterance")->valueint,
           cJSON_GetObjectItem(evidence, "quote")->valuestring);
  }
  cJSON_Delete(answers);
  cJSON_Delete(asked);
}

int main(int argc, char **argv) {
  size_t size = 0;
  char *bytes = argc == 2 ? read_file(argv[1], &size) : NULL;
  if (bytes == NULL) {
    fprintf(stderr, "usage: %s CALL\n", argv[0]);
    return 2;
  }
  /* A transcript is read once, and its JSON can be asked many times. */
  scl_text transcript = {0}, verdicts = {0};
  scl_error *error = NULL;
  const int failed =
      scl_transcript_read(&transcript, bytes, size, "{\"rep_names\": [\"Imogen\"]}", &error) ||
      scl_verify(&verdicts, transcript.data, claims, &error);
  if (failed)
    fprintf(stderr, "%s: %s\n", scl_error_where(error), scl_error_message(error));
  else
    show(verdicts.data);
  scl_error_free(error);
  scl_text_free(&verdicts);
  scl_text_free(&transcript);
  free(bytes);
  return failed;
}
