/* Sixteen threads share a checklist, and each gets what one thread alone gets. */
#include "support.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

enum { most_threads = 16, history_rows = 10000 };

typedef struct results {
  const scl_checklist *checklist;
  const uint8_t *answers;
  bool failed;
  scl_text report, pdf;
  uint8_t totals[history_rows];
} results;

static void *do_all(void *argument) {
  results *out = argument;
  out->failed =
      scl_analyze(&out->report, small_call, strlen(small_call), out->checklist, small_options, NULL,
                  NULL) != SCL_OK ||
      scl_render_pdf(&out->pdf, out->report.data, out->checklist, NULL, NULL, NULL) != pdf_status ||
      scl_score_many(out->totals, NULL, NULL, out->checklist, out->answers, history_rows, NULL, 2,
                     NULL) != SCL_OK;
  scl_error *error = NULL; /* failing at the same time is fine, too */
  scl_checklist *none = NULL;
  if (scl_checklist_find(&none, "nowhere", &error) != SCL_NOT_FOUND) out->failed = true;
  scl_error_free(error);
  return NULL;
}

static void free_results(results *out) {
  scl_text_free(&out->pdf);
  scl_text_free(&out->report);
  free(out);
}

static results *new_results(const scl_checklist *checklist, const uint8_t *answers) {
  results *out = calloc(1, sizeof *out);
  MUST(out != NULL);
  out->checklist = checklist;
  out->answers = answers;
  return out;
}

static void threads_share_a_checklist(void) {
  const int count = small_run ? 3 : most_threads;
  scl_checklist *list = checklist_of("ten-point");
  uint8_t *answers = malloc(10 * history_rows);
  MUST(answers != NULL);
  for (size_t i = 0; i < 10 * history_rows; ++i) answers[i] = (uint8_t)(i * i / 7 % 3);
  results *all[most_threads];
  pthread_t threads[most_threads];
  for (int i = 0; i < count; ++i) {
    all[i] = new_results(list, answers);
    MUST(pthread_create(&threads[i], NULL, do_all, all[i]) == 0);
  }
  for (int i = 0; i < count; ++i) MUST(pthread_join(threads[i], NULL) == 0);
  results *alone = new_results(list, answers);
  do_all(alone);
  CHECK(!alone->failed);
  for (int i = 0; i < count; ++i) {
    CHECK(!all[i]->failed);
    CHECK(same_text(&all[i]->report, &alone->report));
    CHECK(same_text(&all[i]->pdf, &alone->pdf));
    CHECK(memcmp(all[i]->totals, alone->totals, sizeof alone->totals) == 0);
    free_results(all[i]);
  }
  free_results(alone);
  free(answers);
  scl_checklist_free(list);
}

const test thread_tests[] = {
    {"sixteen threads share a checklist and get what one gets", threads_share_a_checklist},
    {NULL, NULL}};
