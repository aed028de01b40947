/* Step by step gives what analyze gives, and each step what its neighbours need. */
#include "support.h"

#include <stdlib.h>
#include <string.h>

/* The text of the JSON value that follows `"key": ` at the top level of a report, up to and
 * including its last line, with two spaces of indentation taken off each line. */
static string part_of(const char *report, const char *key) {
  string start = {0}, out = {0};
  append_format(&start, "\n  \"%s\": ", key);
  const char *at = strstr(report, start.data);
  MUST(at != NULL);
  at += start.size;
  for (;;) {
    const char *end = strchr(at, '\n');
    MUST(end != NULL);
    const bool last = out.size > 0 && (*at == '}' || *at == ']');
    char line[4096];
    const size_t size = last ? 1 : (size_t)(end - at);
    MUST(size < sizeof line);
    memcpy(line, at, size);
    line[size] = '\0';
    append(&out, line);
    if (last) break;
    append(&out, "\n");
    at = end + 1 + (strncmp(end + 1, "  ", 2) == 0 ? 2 : 0);
  }
  string_free(&start);
  return out;
}

static void check_part(const char *report, const char *key, const scl_text *expected) {
  string part = part_of(report, key);
  string wanted = {0};
  append(&wanted, expected->data);
  while (wanted.size > 0 && wanted.data[wanted.size - 1] == '\n') wanted.data[--wanted.size] = 0;
  CHECK_TEXT(part.data, wanted.data);
  string_free(&wanted);
  string_free(&part);
}

static void steps_equal_analyze(const char *id) {
  scl_checklist *list = checklist_of(id);
  scl_text report = report_of_small_call(list), composed = {0};
  scl_text transcript = transcript_of_small_call(), metrics = {0}, responses = {0}, score = {0};
  scl_text coaching = {0};
  CHECK(scl_measure(&metrics, transcript.data, NULL) == SCL_OK);
  MUST(scl_assess_offline(&responses, transcript.data, list, NULL) == SCL_OK);
  MUST(scl_score(&score, list, responses.data, NULL, NULL) == SCL_OK);
  CHECK(scl_coach_offline(&coaching, transcript.data, list, responses.data, score.data, NULL) ==
        SCL_OK);
  const char *assessor = strstr(responses.data, "offline-cues/3:");
  MUST(assessor != NULL);
  char name[32] = {0};
  memcpy(name, assessor, strlen("offline-cues/3:12345678"));
  CHECK(scl_compose(&composed, transcript.data, list, responses.data, name, small_options, NULL,
                    NULL) == SCL_OK);
  CHECK_TEXT(composed.data, report.data);
  CHECK(same_text(&composed, &report));
  check_part(report.data, "metrics", &metrics);
  check_part(report.data, "coaching", &coaching);
  CHECK(number_of(score.data, "total_score") == number_of(report.data, "total_score"));
  scl_text_free(&coaching);
  scl_text_free(&score);
  scl_text_free(&responses);
  scl_text_free(&metrics);
  scl_text_free(&transcript);
  scl_text_free(&composed);
  scl_text_free(&report);
  scl_checklist_free(list);
}

static void steps_equal_analyze_on_both_checklists(void) {
  steps_equal_analyze("ten-point");
  steps_equal_analyze("sales-checklist-92");
}

/* What scl_score() says of a report's own answers is the report's score but for the fingerprint. */
static void a_whole_report_can_be_rescored(void) {
  scl_checklist *list = checklist_of("sales-checklist-92");
  scl_text report = report_of_small_call(list), score = {0};
  CHECK(scl_score(&score, list, report.data, NULL, NULL) == SCL_OK);
  CHECK(number_of(score.data, "total_score") == number_of(report.data, "total_score"));
  CHECK(number_of(score.data, "percentage") == number_of(report.data, "percentage"));
  scl_text strict = {0};
  CHECK(scl_score(&strict, list, report.data,
                  "{\"id\": \"strict\", \"mode\": \"weighted\", \"green\": {\"threshold\": 99}}",
                  NULL) == SCL_OK);
  CHECK_CONTAINS(strict.data, "\"id\": \"strict\"");
  CHECK_CONTAINS(strict.data, "\"mode\": \"weighted\"");
  scl_text_free(&strict);
  scl_text_free(&score);
  scl_text_free(&report);
  scl_checklist_free(list);
}

/* The verdict is that of the report, and an option of the host replaces it. */
static void a_host_may_say_that_it_is_no_sales_call(void) {
  scl_checklist *list = checklist_of("sales-checklist-92");
  scl_text transcript = transcript_of_small_call(), responses = {0}, verdict = {0}, report = {0};
  MUST(scl_assess_offline(&responses, transcript.data, list, NULL) == SCL_OK);
  MUST(scl_is_sales_call(&verdict, transcript.data, list, responses.data, NULL) == SCL_OK);
  CHECK_CONTAINS(verdict.data, "\"verdict\": ");
  CHECK_CONTAINS(verdict.data, "\"both_sides\"");
  CHECK(number_of(verdict.data, "categories") == 10);
  CHECK(number_of(verdict.data, "categories_heard") > 0);
  MUST(scl_compose(&report, transcript.data, list, responses.data, "me", "{\"sales_call\": \"no\"}",
                   NULL, NULL) == SCL_OK);
  CHECK_CONTAINS(report.data, "\"reason\": \"not_a_sales_call\"");
  CHECK_CONTAINS(report.data, "\"score\": null");
  CHECK_CONTAINS(report.data, "\"coaching\": null");
  scl_text pdf = {0};
  CHECK(scl_render_pdf(&pdf, report.data, list, NULL, NULL, NULL) == pdf_status);
  scl_text_free(&pdf);
  scl_text_free(&report);
  scl_text_free(&verdict);
  scl_text_free(&responses);
  scl_text_free(&transcript);
  scl_checklist_free(list);
}

static void quotes_are_verified_repaired_or_refused(void) {
  scl_text transcript = transcript_of_small_call(), verdicts = {0};
  CHECK(scl_verify(&verdicts, transcript.data,
                   "[{\"quote\": \"We lose eight hours every week\"},"
                   " {\"quote\": \"we loose eight hours every week\"},"
                   " {\"quote\": \"The board has approved the budget\"},"
                   " {\"quote\": \"By when must it be solved\", \"evidence_from\": \"customer\"}]",
                   NULL) == SCL_OK);
  const char *at = strstr(verdicts.data, "\"status\": \"verified\"");
  CHECK(at != NULL);
  at = at == NULL ? NULL : strstr(at, "\"status\": \"repaired\"");
  CHECK(at != NULL);
  at = at == NULL ? NULL : strstr(at, "\"evidence\": null");
  CHECK(at != NULL);
  CHECK(at != NULL && strstr(at + 1, "\"evidence\": null") != NULL);
  at = strstr(verdicts.data, "\"reason\": \"not_found\"");
  CHECK(at != NULL && strstr(at, "\"message\": \"these words are not in the transcript\"") != NULL);
  at = strstr(verdicts.data, "\"reason\": \"wrong_side\"");
  CHECK(at != NULL && strstr(at, "\"message\": \"said by") != NULL);
  scl_text_free(&verdicts);
  scl_text_free(&transcript);
}

static void an_answer_to_no_item_is_refused(void) {
  scl_checklist *list = checklist_of("ten-point");
  scl_text score = {0};
  CHECK_REFUSED(
      scl_score(&score, list, "[{\"item_id\": \"no.99\", \"answer\": \"yes\"}]", NULL, &error),
      SCL_INVALID_ARGUMENT, NULL);
  CHECK(score.data == NULL);
  scl_checklist_free(list);
}

static void evidence_that_is_not_said_is_refused_by_compose(void) {
  scl_checklist *list = checklist_of("ten-point");
  scl_text transcript = transcript_of_small_call(), report = {0};
  scl_error *error = NULL;
  const char *const invented =
      "[{\"item_id\": \"trigger.01\", \"answer\": \"yes\", \"support\": \"verified\", "
      "\"evidence\": "
      "[{\"utterance\": 1, \"begin\": 0, \"end\": 4, \"quote\": \"Nope\"}]}]";
  const scl_status status =
      scl_compose(&report, transcript.data, list, invented, "me", NULL, NULL, &error);
  CHECK(status == SCL_INVALID_ARGUMENT || status == SCL_INVALID_INPUT);
  CHECK(report.data == NULL);
  scl_error_free(error);
  scl_text_free(&transcript);
  scl_checklist_free(list);
}

const test steps_tests[] = {
    {"step by step gives the report of analyze byte for byte",
     steps_equal_analyze_on_both_checklists},
    {"a whole report can be rescored, under another policy, too", a_whole_report_can_be_rescored},
    {"a host may say that it is no sales call", a_host_may_say_that_it_is_no_sales_call},
    {"quotes are verified, repaired or refused", quotes_are_verified_repaired_or_refused},
    {"an answer to no item is refused", an_answer_to_no_item_is_refused},
    {"evidence that nobody said is refused by compose",
     evidence_that_is_not_said_is_refused_by_compose},
    {NULL, NULL}};
