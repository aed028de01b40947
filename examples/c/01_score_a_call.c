/* Scores a call: the bytes of a transcript go in, a report and its PDF come out.
 *
 *   01_score_a_call CALL SELLER REPORT.pdf
 */
#include <saleschecklist/saleschecklist.h>

#include <cjson/cJSON.h>

#include "files.h"

/* Options are JSON. They are built with a JSON library, so that any name is written correctly. */
static char *options_for(const char *seller, const char *customer) {
  cJSON *options = cJSON_CreateObject();
  cJSON_AddItemToObject(options, "rep_names", cJSON_CreateStringArray(&seller, 1));
  cJSON *deal = cJSON_AddObjectToObject(options, "deal");
  cJSON_AddStringToObject(deal, "customer", customer);
  char *text = cJSON_PrintUnformatted(options);
  cJSON_Delete(options);
  return text;
}

/* The report is JSON, too, described in schemas/report.schema.json. */
static void show(const char *report) {
  cJSON *json = cJSON_Parse(report);
  const cJSON *score = cJSON_GetObjectItem(json, "score"), *category = NULL;
  if (cJSON_IsNull(score)) { /* then the report says why */
    const cJSON *assessment = cJSON_GetObjectItem(json, "assessment");
    puts(cJSON_GetObjectItem(assessment, "message")->valuestring);
    cJSON_Delete(json);
    return;
  }
  printf("%d of 100, %s\n", cJSON_GetObjectItem(score, "total_score")->valueint,
         cJSON_GetObjectItem(score, "risk_label")->valuestring);
  cJSON_ArrayForEach(category, cJSON_GetObjectItem(score, "category_breakdown")) {
    printf("  %-24s %2d of %d\n", cJSON_GetObjectItem(category, "name")->valuestring,
           cJSON_GetObjectItem(category, "validated_items")->valueint,
           cJSON_GetObjectItem(category, "total_items")->valueint);
  }
  cJSON_Delete(json);
}

int main(int argc, char **argv) {
  if (argc != 4) {
    fprintf(stderr, "usage: %s CALL SELLER REPORT.pdf\n", argv[0]);
    return 2;
  }
  size_t size = 0;
  char *bytes = read_file(argv[1], &size);
  if (bytes == NULL) {
    fprintf(stderr, "cannot read %s\n", argv[1]);
    return 1;
  }
  char *options = options_for(argv[2], "Freight forwarder");

  /* Each call gives a status; 0 is success. So the first failure ends the chain, and `error` tells
   * about it. What was not reached is still empty, and freeing that is fine. */
  scl_checklist *checklist = NULL;
  scl_text report = {0}, pdf = {0};
  scl_error *error = NULL;
  int failed = scl_checklist_find(&checklist, "sales-checklist-92", &error) ||
               scl_analyze(&report, bytes, size, checklist, options, NULL, &error) ||
               scl_render_pdf(&pdf, report.data, checklist, NULL, NULL, &error);
  if (failed) {
    fprintf(stderr, "%s: %s\n", scl_error_where(error), scl_error_message(error));
  } else {
    show(report.data);
    failed = write_file(argv[3], pdf.data, pdf.size);
    if (!failed) printf("The PDF is written.\n");
  }
  scl_error_free(error);
  scl_text_free(&pdf);
  scl_text_free(&report);
  scl_checklist_free(checklist);
  cJSON_free(options);
  free(bytes);
  return failed;
}
