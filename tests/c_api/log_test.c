/* What the log hears: order, levels, context, and what is refused. */
#include "support.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

typedef struct heard {
  int lines;
  bool other_level, other_thread;
  pthread_t thread;
  string text; /* the lines, each with its end */
} heard;

static void hear(void *context, scl_log_level level, const char *message) {
  heard *out = context;
  ++out->lines;
  if (level != SCL_LOG_INFO) out->other_level = true;
  if (!pthread_equal(pthread_self(), out->thread)) out->other_thread = true;
  append(&out->text, message);
  append(&out->text, "\n");
}

static scl_log log_to(heard *out) {
  *out = (heard){0};
  out->thread = pthread_self();
  return (scl_log){sizeof(scl_log), hear, out};
}

static void check_in_order(const char *text, const char *const *parts, size_t count) {
  for (size_t i = 0; i < count; ++i) {
    CHECK_CONTAINS(text, parts[i]);
    const char *found = text == NULL ? NULL : strstr(text, parts[i]);
    if (found != NULL) text = found + 1;
  }
}

static void analyze_tells_its_steps_in_order(void) {
  scl_checklist *list = checklist_of("ten-point");
  heard out;
  const scl_log log = log_to(&out);
  scl_text report = {0};
  CHECK(scl_analyze(&report, small_call, strlen(small_call), list, small_options, &log, NULL) ==
        SCL_OK);
  const char *const parts[] = {"transcript of 4 utterances", "answered 10 items", "scored ",
                               "coached: "};
  check_in_order(out.text.data, parts, sizeof parts / sizeof *parts);
  CHECK(out.lines == 4);
  CHECK(!out.other_level && !out.other_thread);
  string_free(&out.text);
  scl_text_free(&report);
  scl_checklist_free(list);
}

static void compose_tells_its_steps_in_order(void) {
  scl_checklist *list = checklist_of("ten-point");
  scl_text transcript = transcript_of_small_call(), responses = {0}, report = {0};
  MUST(scl_assess_offline(&responses, transcript.data, list, NULL) == SCL_OK);
  heard out;
  const scl_log log = log_to(&out);
  CHECK(scl_compose(&report, transcript.data, list, responses.data, "me", NULL, &log, NULL) ==
        SCL_OK);
  const char *const parts[] = {"scored ", "coached: "};
  check_in_order(out.text.data, parts, sizeof parts / sizeof *parts);
  CHECK(!out.other_level && !out.other_thread);
  string_free(&out.text);
  scl_text_free(&report);
  scl_text_free(&responses);
  scl_text_free(&transcript);
  scl_checklist_free(list);
}

static void never_words_of_the_call(void) {
  scl_checklist *list = checklist_of("sales-checklist-92");
  heard out;
  const scl_log log = log_to(&out);
  scl_text report = {0}, pdf = {0};
  CHECK(scl_analyze(&report, small_call, strlen(small_call), list, small_options, &log, NULL) ==
        SCL_OK);
  CHECK(scl_render_pdf(&pdf, report.data, list, NULL, &log, NULL) == pdf_status);
  const char *const words[] = {"Dana", "Ravi", "Acme", "eight hours", "euros", "Petra"};
  for (size_t i = 0; i < sizeof words / sizeof *words; ++i) {
    CHECK(strstr(out.text.data, words[i]) == NULL);
  }
  string_free(&out.text);
  scl_text_free(&pdf);
  scl_text_free(&report);
  scl_checklist_free(list);
}

/* A log that changes nothing: the same bytes with and without. */
static void a_log_does_not_change_the_report(void) {
  scl_checklist *list = checklist_of("ten-point");
  scl_text quiet = report_of_small_call(list), told = {0};
  heard out;
  const scl_log log = log_to(&out);
  CHECK(scl_analyze(&told, small_call, strlen(small_call), list, small_options, &log, NULL) ==
        SCL_OK);
  CHECK(same_text(&quiet, &told));
  string_free(&out.text);
  scl_text_free(&told);
  scl_text_free(&quiet);
  scl_checklist_free(list);
}

static void a_log_of_the_wrong_shape_is_refused(void) {
  scl_checklist *list = checklist_of("ten-point");
  scl_text report = report_of_small_call(list), transcript = transcript_of_small_call();
  scl_text responses = {0}, out = {0};
  MUST(scl_assess_offline(&responses, transcript.data, list, NULL) == SCL_OK);
  const scl_log wrong[] = {
      {0, hear, NULL}, {sizeof(scl_log) - 1, hear, NULL}, {sizeof(scl_log), NULL, NULL}};
  for (size_t i = 0; i < sizeof wrong / sizeof *wrong; ++i) {
    const scl_log *log = &wrong[i];
    CHECK_REFUSED(scl_analyze(&out, small_call, strlen(small_call), list, NULL, log, &error),
                  SCL_INVALID_ARGUMENT, "log");
    CHECK_REFUSED(scl_render_pdf(&out, report.data, list, NULL, log, &error), SCL_INVALID_ARGUMENT,
                  "log");
    CHECK_REFUSED(scl_compose(&out, transcript.data, list, responses.data, "me", NULL, log, &error),
                  SCL_INVALID_ARGUMENT, "log");
  }
  CHECK(out.data == NULL);
  scl_text_free(&responses);
  scl_text_free(&transcript);
  scl_text_free(&report);
  scl_checklist_free(list);
}

/* A program built with a later header hands over a larger struct. */
static void a_larger_log_of_a_later_version_is_heard(void) {
  struct {
    scl_log log;
    void *more;
  } later;
  heard out;
  later.log = log_to(&out);
  later.log.size = sizeof later;
  later.more = NULL;
  scl_checklist *list = checklist_of("ten-point");
  scl_text report = {0};
  CHECK(scl_analyze(&report, small_call, strlen(small_call), list, NULL, &later.log, NULL) ==
        SCL_OK);
  CHECK(out.lines > 0);
  string_free(&out.text);
  scl_text_free(&report);
  scl_checklist_free(list);
}

const test log_tests[] = {
    {"analyze tells the log its steps in order", analyze_tells_its_steps_in_order},
    {"compose tells the log its steps in order", compose_tells_its_steps_in_order},
    {"the log never hears words of the call", never_words_of_the_call},
    {"a log does not change the report", a_log_does_not_change_the_report},
    {"a log of the wrong shape is refused", a_log_of_the_wrong_shape_is_refused},
    {"a larger log of a later version is heard", a_larger_log_of_a_later_version_is_heard},
    {NULL, NULL}};
