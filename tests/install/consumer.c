/* Scores the transcript that is named and prints the total: what every C consumer here is built
 * from. */
#include <saleschecklist/saleschecklist.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int main(int argc, char **argv) {
  static char bytes[1 << 20];
  scl_checklist *checklist = NULL;
  scl_text report = {NULL, 0};
  scl_error *error = NULL;
  FILE *file = argc == 2 ? fopen(argv[1], "rb") : NULL;
  if (file == NULL) return 2;
  const size_t size = fread(bytes, 1, sizeof bytes, file);
  fclose(file);
  if (scl_abi() != SCL_ABI || scl_checklist_find(&checklist, "sales-checklist-92", &error) ||
      scl_analyze(&report, bytes, size, checklist, NULL, NULL, &error)) {
    fprintf(stderr, "%s: %s\n", scl_error_where(error), scl_error_message(error));
    scl_error_free(error);
    return 1;
  }
  const char *total = strstr(report.data, "\"total_score\": ");
  printf("%d\n", atoi(total + strlen("\"total_score\": ")));
  scl_text_free(&report);
  scl_checklist_free(checklist);
  return 0;
}
