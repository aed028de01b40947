/* Versions, names, and that equal calls give equal bytes. */
#include "support.h"

#include <stdlib.h>
#include <string.h>

static void versions_match_the_header(void) {
  CHECK(scl_abi() == SCL_ABI);
  CHECK_TEXT(scl_version(), SALESCHECKLIST_VERSION);
  string parts = {0};
  append_format(&parts, "%d.%d.%d", SALESCHECKLIST_VERSION_MAJOR, SALESCHECKLIST_VERSION_MINOR,
                SALESCHECKLIST_VERSION_PATCH);
  CHECK_TEXT(scl_version(), parts.data);
  string_free(&parts);
}

static void every_status_has_a_stable_name(void) {
  CHECK_TEXT(scl_status_name(SCL_OK), "ok");
  CHECK_TEXT(scl_status_name(SCL_INVALID_ARGUMENT), "invalid_argument");
  CHECK_TEXT(scl_status_name(SCL_INVALID_INPUT), "invalid_input");
  CHECK_TEXT(scl_status_name(SCL_NOT_FOUND), "not_found");
  CHECK_TEXT(scl_status_name(SCL_IO), "io");
  CHECK_TEXT(scl_status_name(SCL_UNSUPPORTED), "unsupported");
  CHECK_TEXT(scl_status_name(SCL_OUT_OF_MEMORY), "out_of_memory");
  CHECK_TEXT(scl_status_name(SCL_INTERNAL), "internal");
  CHECK_TEXT(scl_status_name(SCL_NETWORK), "network");
  CHECK_TEXT(scl_status_name(SCL_TIMEOUT), "timeout");
  CHECK_TEXT(scl_status_name(SCL_CANCELLED), "cancelled");
  CHECK_TEXT(scl_status_name(SCL_UNAUTHORIZED), "unauthorized");
  CHECK_TEXT(scl_status_name(SCL_QUOTA), "quota");
  CHECK_TEXT(scl_status_name(SCL_RATE_LIMITED), "rate_limited");
  CHECK_TEXT(scl_status_name(SCL_REFUSED), "refused");
  CHECK_TEXT(scl_status_name(SCL_OVER_BUDGET), "over_budget");
  CHECK_TEXT(scl_status_name(SCL_CONFLICT), "conflict");
  CHECK_TEXT(scl_status_name(SCL_CORRUPT), "corrupt");
  const int unknown[] = {18, 1000, -1};
  for (size_t i = 0; i < sizeof unknown / sizeof *unknown; ++i) {
    CHECK_TEXT(scl_status_name((scl_status)unknown[i]), "internal");
  }
}

/* Numbers that programs were built with. */
static void numbers_of_the_enums_stay(void) {
  CHECK(SCL_OK == 0 && SCL_INVALID_ARGUMENT == 1 && SCL_INVALID_INPUT == 2 && SCL_NOT_FOUND == 3);
  CHECK(SCL_IO == 4 && SCL_UNSUPPORTED == 5 && SCL_OUT_OF_MEMORY == 6 && SCL_INTERNAL == 7);
  CHECK(SCL_NETWORK == 8 && SCL_TIMEOUT == 9 && SCL_CANCELLED == 10 && SCL_UNAUTHORIZED == 11);
  CHECK(SCL_QUOTA == 12 && SCL_RATE_LIMITED == 13 && SCL_REFUSED == 14 && SCL_OVER_BUDGET == 15);
  CHECK(SCL_CONFLICT == 16 && SCL_CORRUPT == 17);
  CHECK(SCL_LOG_DEBUG == 0 && SCL_LOG_INFO == 1 && SCL_LOG_WARNING == 2 && SCL_LOG_ERROR == 3);
  CHECK(SCL_UNANSWERED == 0 && SCL_YES == 1 && SCL_NO == 2 && SCL_NOT_APPLICABLE == 3);
  CHECK(SCL_RED == 0 && SCL_YELLOW == 1 && SCL_GREEN == 2);
}

static void repeated_calls_give_the_same_bytes(void) {
  scl_checklist *list = checklist_of("sales-checklist-92");
  scl_text first = report_of_small_call(list), first_pdf = {0};
  MUST(scl_render_pdf(&first_pdf, first.data, list, NULL, NULL, NULL) == pdf_status);
  if (pdf_status == SCL_OK) CHECK(strncmp(first_pdf.data, "%PDF", 4) == 0);
  for (int i = 0; i < (small_run ? 1 : 5); ++i) {
    scl_text report = report_of_small_call(list), pdf = {0};
    CHECK(same_text(&report, &first));
    CHECK(scl_render_pdf(&pdf, report.data, list, NULL, NULL, NULL) == pdf_status);
    CHECK(same_text(&pdf, &first_pdf));
    scl_text_free(&pdf);
    scl_text_free(&report);
  }
  scl_text_free(&first_pdf);
  scl_text_free(&first);
  scl_checklist_free(list);
}

static void a_nul_follows_the_last_byte(void) {
  scl_checklist *list = checklist_of("ten-point");
  scl_text report = report_of_small_call(list), pdf = {0};
  CHECK(report.data[report.size] == '\0' && strlen(report.data) == report.size);
  CHECK(scl_render_pdf(&pdf, report.data, list, NULL, NULL, NULL) == pdf_status);
  if (pdf_status == SCL_OK) CHECK(pdf.data[pdf.size] == '\0');
  scl_text_free(&pdf);
  scl_text_free(&report);
  scl_checklist_free(list);
}

const test basics_tests[] = {
    {"versions match the header", versions_match_the_header},
    {"every status has a stable name", every_status_has_a_stable_name},
    {"numbers of the enums stay what they are", numbers_of_the_enums_stay},
    {"repeated calls give the same bytes", repeated_calls_give_the_same_bytes},
    {"a NUL follows the last byte of what is given", a_nul_follows_the_last_byte},
    {NULL, NULL}};
