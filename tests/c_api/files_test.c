/* Transcripts by the names of their files, and single values without a JSON library. */
#include "support.h"

#include <string.h>

static const char *const call_file = SALESCHECKLIST_SOURCE_DIR "/examples/calls/freight-tracking.vtt";

static void a_file_is_read_as_its_bytes_are(void) {
  scl_text call = {NULL, 0}, report = {NULL, 0};
  scl_checklist *checklist = NULL;
  scl_error *error = NULL;
  double score = -1, talk = -1;
  MUST(scl_checklist_find(&checklist, "ten-point", &error) == SCL_OK);
  MUST(scl_transcript_read_file(&call, call_file, "{\"rep_names\": [\"Imogen\"]}", &error) == SCL_OK);
  CHECK_CONTAINS(call.data, "\"source_format\": \"webvtt\"");
  MUST(scl_analyze_file(&report, call_file, checklist, "{\"rep_names\": [\"Imogen\"]}", NULL, &error) ==
       SCL_OK);
  MUST(scl_json_number(&score, report.data, "/score/total_score", &error) == SCL_OK);
  MUST(scl_json_number(&talk, report.data, "/metrics/rep_talk_share", &error) == SCL_OK);
  CHECK(score >= 0 && score <= 100);
  CHECK(talk > 0 && talk < 1);
  scl_text band = {NULL, 0};
  MUST(scl_json_text(&band, report.data, "/score/risk_band", &error) == SCL_OK);
  CHECK(strcmp(band.data, "red") == 0 || strcmp(band.data, "yellow") == 0 ||
        strcmp(band.data, "green") == 0);
  scl_text_free(&band);
  scl_text_free(&report);
  scl_text_free(&call);
  scl_checklist_free(checklist);
}

static void what_cannot_be_read_is_named_and_nothing_is_given(void) {
  scl_checklist *checklist = NULL;
  scl_text out = {NULL, 0};
  scl_error *error = NULL;
  double number = 7;
  MUST(scl_checklist_find(&checklist, "ten-point", NULL) == SCL_OK);
  CHECK(scl_analyze_file(&out, "no such.vtt", checklist, NULL, NULL, &error) == SCL_IO);
  CHECK_TEXT(scl_error_where(error), "no such.vtt");
  scl_error_free(error);
  error = NULL;
  CHECK(scl_transcript_read_file(&out, NULL, NULL, NULL) == SCL_INVALID_ARGUMENT);
  CHECK(scl_transcript_read(&out, "call.vtt", 8, NULL, &error) == SCL_INVALID_INPUT);
  CHECK_CONTAINS(scl_error_message(error), "looks like the name of a file");
  scl_error_free(error);
  error = NULL;
  CHECK(scl_json_number(&number, "{\"a\": \"b\"}", "/a", NULL) == SCL_INVALID_INPUT);
  CHECK(scl_json_number(&number, "{\"a\": 1}", "/b", NULL) == SCL_NOT_FOUND);
  CHECK(scl_json_number(&number, "{\"a\": 1}", "a", NULL) == SCL_INVALID_ARGUMENT);
  CHECK(scl_json_number(NULL, "{}", "", NULL) == SCL_INVALID_ARGUMENT);
  CHECK(scl_json_text(&out, NULL, "", NULL) == SCL_INVALID_ARGUMENT);
  CHECK(number == 7 && out.data == NULL);
  scl_checklist_free(checklist);
}

const test files_tests[] = {
    {"a file is read as its bytes are", a_file_is_read_as_its_bytes_are},
    {"what cannot be read is named, and nothing is given",
     what_cannot_be_read_is_named_and_nothing_is_given},
    {NULL, NULL}};
