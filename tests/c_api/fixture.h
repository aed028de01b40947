/* What each step of the small call gave, in every test between set_up() and tear_down(). */
#ifndef SALESCHECKLIST_TESTS_C_API_FIXTURE_H
#define SALESCHECKLIST_TESTS_C_API_FIXTURE_H

#include "support.h"

static scl_checklist *list;
static scl_text transcript, responses, score, report;

static void set_up(void) {
  list = checklist_of("ten-point");
  transcript = transcript_of_small_call();
  MUST(scl_assess_offline(&responses, transcript.data, list, NULL) == SCL_OK);
  MUST(scl_score(&score, list, responses.data, NULL, NULL) == SCL_OK);
  report = report_of_small_call(list);
}

static void tear_down(void) {
  scl_text_free(&report);
  scl_text_free(&score);
  scl_text_free(&responses);
  scl_text_free(&transcript);
  scl_checklist_free(list);
}

#endif
