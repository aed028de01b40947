/* All that an error tells, and a log that hears what the library does.
 *
 *   06_errors_and_log CALL
 */
#include <saleschecklist/saleschecklist.h>

#include "files.h"

/* Fields that do not apply are "" or 0; none is ever NULL, not even those of a NULL error. */
static void show(const char *what, scl_error *error) {
  printf("%s\n", what);
  printf("  code     %d, %s\n", scl_error_code(error), scl_status_name(scl_error_code(error)));
  printf("  message  \"%s\"\n", scl_error_message(error));
  printf("  where    \"%s\"\n", scl_error_where(error));
  printf("  provider \"%s\", HTTP %d\n", scl_error_provider(error), scl_error_http_status(error));
  scl_error_free(error);
}

/* Every way to be wrong has its code: yours, the data's, or a name that does not exist. */
static void show_errors(void) {
  scl_checklist *checklist = NULL;
  scl_text out = {0};
  scl_error *error = NULL;
  if (scl_checklist_find(&checklist, "ninety-two", &error)) show("An unknown name:", error);
  error = NULL;
  if (scl_checklist_parse(&checklist, "{\"id\": \"mine\",", &error)) show("JSON cut off:", error);
  error = NULL;
  if (scl_checklist_parse(&checklist, NULL, &error)) show("NULL:", error);
  error = NULL;
  const char call[] = "WEBVTT\n\n00:00:01.000 --> noon\nHello\n";
  if (scl_transcript_read(&out, call, sizeof call - 1, NULL, &error)) show("A bad time:", error);
  show("No error at all:", NULL);
}

/* Who hears. `context` is whatever was put into scl_log: here a counter. */
static void hear(void *context, scl_log_level level, const char *message) {
  static const char *const names[] = {"debug", "info", "warning", "error"};
  int *lines = context;
  printf("  %d [%s] %s\n", ++*lines, names[level], message);
}

static int analyze_aloud(const char *bytes, size_t size) {
  int lines = 0;
  const scl_log log = {sizeof(scl_log), hear, &lines};
  scl_checklist *checklist = NULL;
  scl_text report = {0};
  printf("The log of a call:\n");
  /* No place for an error: then the returned status is all there is, and often enough. */
  scl_status status = scl_checklist_find(&checklist, "sales-checklist-92", NULL);
  if (status == SCL_OK) {
    status =
        scl_analyze(&report, bytes, size, checklist, "{\"rep_names\": [\"Imogen\"]}", &log, NULL);
  }
  printf("%s after %d lines\n", scl_status_name(status), lines);
  scl_text_free(&report);
  scl_checklist_free(checklist);
  return status != SCL_OK;
}

int main(int argc, char **argv) {
  size_t size = 0;
  char *bytes = argc == 2 ? read_file(argv[1], &size) : NULL;
  if (bytes == NULL) {
    fprintf(stderr, "usage: %s CALL\n", argv[0]);
    return 2;
  }
  /* A program that is linked to a shared library asks this once. */
  if (scl_abi() != SCL_ABI) {
    fprintf(stderr, "the library %s is not one that this was built for\n", scl_version());
    return 1;
  }
  show_errors();
  const int failed = analyze_aloud(bytes, size);
  free(bytes);
  return failed;
}
