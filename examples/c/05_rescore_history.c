/* Scores a whole history under two policies: answers as bytes, no JSON in between.
 *
 *   05_rescore_history
 */
#include <saleschecklist/saleschecklist.h>

#include <stdio.h>
#include <stdlib.h>

enum { rows = 100000 };

/* In use today, and one with lower thresholds. */
static const char *const policies[][2] = {
    {"as it is", NULL},
    {"proposed",
     "{\"id\": \"proposed\", \"green\": {\"threshold\": 66.6},"
     " \"yellow\": {\"threshold\": 50}}"}};

/* A history to try with: row after row, each item of the checklist one byte, in its order. A real
 * one comes from your database; a yes that was found unsupported goes in as SCL_NO. */
static void make_up(uint8_t *answers, size_t items) {
  uint32_t state = 20261120;
  for (size_t row = 0; row < rows; ++row) {
    const uint32_t luck = row % 100;
    for (size_t item = 0; item < items; ++item) {
      state = state * 1664525 + 1013904223;
      const uint32_t dice = (state >> 16) % 100;
      answers[row * items + item] = (uint8_t)(dice == 99    ? SCL_NOT_APPLICABLE
                                              : dice < luck ? SCL_YES
                                              : dice < 95   ? SCL_NO
                                                            : SCL_UNANSWERED);
    }
  }
}

static void show(const char *name, const uint8_t *totals, const uint8_t *bands) {
  size_t counts[3] = {0};
  double sum = 0;
  for (size_t row = 0; row < rows; ++row) {
    ++counts[bands[row]];
    sum += totals[row];
  }
  printf("%-10s %8zu %8zu %8zu %8.2f\n", name, counts[SCL_GREEN], counts[SCL_YELLOW],
         counts[SCL_RED], sum / rows);
}

int main(void) {
  scl_checklist *checklist = NULL;
  scl_error *error = NULL;
  if (scl_checklist_find(&checklist, "sales-checklist-92", &error)) {
    fprintf(stderr, "%s\n", scl_error_message(error));
    scl_error_free(error);
    return 1;
  }
  const size_t items = scl_checklist_items(checklist);
  uint8_t *answers = malloc(rows * items), *totals = malloc(rows), *bands = malloc(rows);
  int failed = answers == NULL || totals == NULL || bands == NULL;
  if (!failed) {
    make_up(answers, items);
    printf("%-10s %8s %8s %8s %8s\n", "policy", "green", "yellow", "red", "mean");
  }
  for (size_t i = 0; i < sizeof policies / sizeof *policies && !failed; ++i) {
    /* 0 threads: one for each processor core. Category scores are not wanted, so NULL. */
    failed =
        scl_score_many(totals, bands, NULL, checklist, answers, rows, policies[i][1], 0, &error);
    if (!failed) show(policies[i][0], totals, bands);
  }
  if (error != NULL) fprintf(stderr, "%s: %s\n", scl_error_where(error), scl_error_message(error));
  scl_error_free(error);
  free(bands);
  free(totals);
  free(answers);
  scl_checklist_free(checklist);
  return failed;
}
