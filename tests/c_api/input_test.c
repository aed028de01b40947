/* Bad input: empty, cut off, of the wrong type, not UTF-8, tampered with. */
#include "fixture.h"
#include "support.h"

#include <stdlib.h>
#include <string.h>

/* One call for each text parameter of the API, with `bad` in its place. */
typedef scl_status (*bad_call)(scl_text *out, const char *bad, scl_error **error);

static scl_status bad_checklist(scl_text *out, const char *bad, scl_error **error) {
  (void)out;
  scl_checklist *made = NULL;
  const scl_status status = scl_checklist_parse(&made, bad, error);
  CHECK(made == NULL);
  scl_checklist_free(made);
  return status;
}
static scl_status bad_cues(scl_text *out, const char *bad, scl_error **error) {
  (void)out;
  scl_checklist *made = NULL;
  const scl_status status = scl_checklist_with_cues(&made, list, bad, error);
  CHECK(made == NULL);
  scl_checklist_free(made);
  return status;
}
static scl_status bad_analyze_options(scl_text *out, const char *bad, scl_error **error) {
  return scl_analyze(out, small_call, strlen(small_call), list, bad, NULL, error);
}
static scl_status bad_report(scl_text *out, const char *bad, scl_error **error) {
  return scl_render_pdf(out, bad, list, NULL, NULL, error);
}
static scl_status bad_pdf_options(scl_text *out, const char *bad, scl_error **error) {
  return scl_render_pdf(out, report.data, list, bad, NULL, error);
}
static scl_status bad_read_options(scl_text *out, const char *bad, scl_error **error) {
  return scl_transcript_read(out, small_call, strlen(small_call), bad, error);
}
static scl_status bad_measured(scl_text *out, const char *bad, scl_error **error) {
  return scl_measure(out, bad, error);
}
static scl_status bad_verified(scl_text *out, const char *bad, scl_error **error) {
  return scl_verify(out, bad, "[]", error);
}
static scl_status bad_claims(scl_text *out, const char *bad, scl_error **error) {
  return scl_verify(out, transcript.data, bad, error);
}
static scl_status bad_assessed(scl_text *out, const char *bad, scl_error **error) {
  return scl_assess_offline(out, bad, list, error);
}
static scl_status bad_scored(scl_text *out, const char *bad, scl_error **error) {
  return scl_score(out, list, bad, NULL, error);
}
static scl_status bad_policy(scl_text *out, const char *bad, scl_error **error) {
  return scl_score(out, list, responses.data, bad, error);
}
static scl_status bad_coached_transcript(scl_text *out, const char *bad, scl_error **error) {
  return scl_coach_offline(out, bad, list, responses.data, score.data, error);
}
static scl_status bad_coached_responses(scl_text *out, const char *bad, scl_error **error) {
  return scl_coach_offline(out, transcript.data, list, bad, score.data, error);
}
static scl_status bad_coached_score(scl_text *out, const char *bad, scl_error **error) {
  return scl_coach_offline(out, transcript.data, list, responses.data, bad, error);
}
static scl_status bad_composed_transcript(scl_text *out, const char *bad, scl_error **error) {
  return scl_compose(out, bad, list, responses.data, "me", NULL, NULL, error);
}
static scl_status bad_composed_responses(scl_text *out, const char *bad, scl_error **error) {
  return scl_compose(out, transcript.data, list, bad, "me", NULL, NULL, error);
}
static scl_status bad_compose_options(scl_text *out, const char *bad, scl_error **error) {
  return scl_compose(out, transcript.data, list, responses.data, "me", bad, NULL, error);
}
static scl_status bad_history_policy(scl_text *out, const char *bad, scl_error **error) {
  (void)out;
  const uint8_t answers[10] = {0};
  return scl_score_many(NULL, NULL, NULL, list, answers, 1, bad, 1, error);
}

static const bad_call json_parameters[] = {bad_checklist,
                                           bad_cues,
                                           bad_analyze_options,
                                           bad_report,
                                           bad_pdf_options,
                                           bad_read_options,
                                           bad_measured,
                                           bad_verified,
                                           bad_claims,
                                           bad_assessed,
                                           bad_scored,
                                           bad_policy,
                                           bad_coached_transcript,
                                           bad_coached_responses,
                                           bad_coached_score,
                                           bad_composed_transcript,
                                           bad_composed_responses,
                                           bad_compose_options,
                                           bad_history_policy};

/* Every JSON parameter refuses the text as invalid input, and gives nothing. */
static void check_refused_everywhere(const char *bad) {
  for (size_t i = 0; i < sizeof json_parameters / sizeof *json_parameters; ++i) {
    scl_text out = {0};
    CHECK_REFUSED(json_parameters[i](&out, bad, &error), SCL_INVALID_INPUT, NULL);
    CHECK(out.data == NULL && out.size == 0);
    scl_text_free(&out);
  }
}

static void empty_json_is_refused(void) {
  set_up();
  check_refused_everywhere("");
  check_refused_everywhere(" \n\t ");
  tear_down();
}

static void what_is_not_json_is_refused(void) {
  set_up();
  const char *const bad[] = {"{",   "[",     "[1,",     "{\"a\": ", "\"open",
                             "nul", "{} {}", "[1e999]", "{\"a\" 1}"};
  for (size_t i = 0; i < sizeof bad / sizeof *bad; ++i) check_refused_everywhere(bad[i]);
  tear_down();
}

static void wrong_types_are_refused(void) {
  set_up();
  const char *const bad[] = {"1",    "true", "\"text\"",        "null",
                             "[[]]", "[1]",  "{\"schema\": 1}", "{\"unknown\": []}"};
  for (size_t i = 0; i < sizeof bad / sizeof *bad; ++i) check_refused_everywhere(bad[i]);
  tear_down();
}

static void json_that_is_not_utf8_is_refused(void) {
  set_up();
  check_refused_everywhere("\xff\xfe");
  check_refused_everywhere("{\"id\": \"\xc3\x28\"}");
  check_refused_everywhere("{\"rep_names\": [\"\xed\xa0\x80\"]}"); /* a surrogate */
  check_refused_everywhere("[{\"quote\": \"\xf5\x80\x80\x80\"}]");
  tear_down();
}

static void deeply_nested_json_is_refused(void) {
  set_up();
  const size_t depth = small_run ? 1000 : 100000;
  string arrays = {0}, objects = {0}, unclosed = {0}, hidden = {0};
  append_times(&arrays, "[", depth);
  append_times(&arrays, "]", depth);
  append_times(&objects, "{\"a\":", depth);
  append(&objects, "1");
  append_times(&objects, "}", depth);
  append_times(&unclosed, "[", depth);
  append_format(&hidden, "{\"schema\": ");
  append(&hidden, arrays.data);
  append(&hidden, "}");
  check_refused_everywhere(arrays.data);
  check_refused_everywhere(objects.data);
  check_refused_everywhere(unclosed.data);
  check_refused_everywhere(hidden.data);
  scl_text out = {0};
  CHECK_REFUSED(scl_transcript_read(&out, objects.data, objects.size, NULL, &error),
                SCL_INVALID_INPUT, NULL);
  CHECK_REFUSED(scl_analyze(&out, arrays.data, arrays.size, list, NULL, NULL, &error),
                SCL_INVALID_INPUT, NULL);
  string_free(&hidden);
  string_free(&unclosed);
  string_free(&objects);
  string_free(&arrays);
  tear_down();
}

/* Cut anywhere, a report is refused: some forty places, from the first byte to the last brace. */
static void a_report_cut_off_is_refused(void) {
  set_up();
  const size_t whole = strlen(report.data), step = whole / (small_run ? 5 : 40) + 1;
  for (size_t size = 0; size < whole - 1; size += step) {
    const char kept = report.data[size];
    report.data[size] = '\0';
    scl_text out = {0};
    CHECK_REFUSED(scl_render_pdf(&out, report.data, list, NULL, NULL, &error), SCL_INVALID_INPUT,
                  NULL);
    CHECK(out.data == NULL);
    report.data[size] = kept;
  }
  tear_down();
}

static void no_bytes_are_no_transcript(void) {
  set_up();
  scl_text out = {0};
  CHECK_REFUSED(scl_transcript_read(&out, NULL, 0, NULL, &error), SCL_INVALID_INPUT, NULL);
  CHECK_REFUSED(scl_transcript_read(&out, "", 0, NULL, &error), SCL_INVALID_INPUT, NULL);
  CHECK_REFUSED(scl_analyze(&out, NULL, 0, list, NULL, NULL, &error), SCL_INVALID_INPUT, NULL);
  CHECK_REFUSED(scl_analyze(&out, "\n\n  \n", 5, list, NULL, NULL, &error), SCL_INVALID_INPUT,
                NULL);
  CHECK(out.data == NULL);
  tear_down();
}

/* The bytes of a call are read as far as `size` says, and hold what they like. */
static void bytes_that_are_not_utf8_are_refused_or_read_whole(void) {
  set_up();
  const char binary[] =
      "WEBVTT\n\n00:00:01.000 --> 00:00:05.000\n<v Dana>A\xff\xc3(\xed\xa0\x80 B\n";
  scl_text out = {0};
  scl_error *error = NULL;
  const scl_status status = scl_analyze(&out, binary, sizeof binary - 1, list, NULL, NULL, &error);
  CHECK(status == SCL_INVALID_INPUT || status == SCL_OK);
  CHECK((status == SCL_OK) == (out.data != NULL));
  if (status == SCL_OK) CHECK(strchr(out.data, '\xff') == NULL);
  scl_error_free(error);
  scl_text_free(&out);
  CHECK_REFUSED(scl_analyze(&out, "\0\0\0\0", 4, list, NULL, NULL, &error), SCL_INVALID_INPUT,
                NULL);
  tear_down();
}

static void names_that_are_not_utf8_are_refused(void) {
  set_up();
  scl_checklist *made = NULL;
  CHECK_REFUSED(scl_checklist_find(&made, "\xff", &error), SCL_NOT_FOUND, NULL);
  CHECK(made == NULL);
  scl_text out = {0};
  CHECK_REFUSED(
      scl_compose(&out, transcript.data, list, responses.data, "\xff", NULL, NULL, &error),
      SCL_INVALID_ARGUMENT, "assessor");
  CHECK_REFUSED(scl_compose(&out, transcript.data, list, responses.data, "", NULL, NULL, &error),
                SCL_INVALID_ARGUMENT, "assessor");
  CHECK(out.data == NULL);
  tear_down();
}

static void tampered(const scl_checklist *known, const scl_text *sound, const char *old,
                     const char *new_part) {
  string changed = replaced(sound->data, old, new_part);
  scl_text out = {0};
  CHECK_REFUSED(scl_render_pdf(&out, changed.data, known, NULL, NULL, &error), SCL_INVALID_INPUT,
                NULL);
  CHECK(out.data == NULL);
  string_free(&changed);
}

static void a_tampered_report_is_refused(void) {
  scl_checklist *known = checklist_of("sales-checklist-92");
  scl_text sound = report_of_small_call(known);
  string old = {0};
  append_format(&old, "\"total_score\": %d,", (int)number_of(sound.data, "total_score"));
  tampered(known, &sound, old.data, "\"total_score\": 99,");
  tampered(known, &sound, "\"risk_band\": \"red\"", "\"risk_band\": \"green\"");
  tampered(known, &sound, "\"quote\": \"", "\"quote\": \"We never said that. ");
  tampered(known, &sound, "lose eight hours", "lose eighty hours"); /* said, but not quoted */
  string_free(&old);
  scl_text_free(&sound);
  scl_checklist_free(known);
}

static void a_report_of_another_checklist_is_refused(void) {
  set_up();
  scl_checklist *other = checklist_of("sales-checklist-92");
  scl_text out = {0};
  CHECK_REFUSED(scl_render_pdf(&out, report.data, other, NULL, NULL, &error), SCL_INVALID_ARGUMENT,
                NULL);
  CHECK(out.data == NULL);
  scl_checklist_free(other);
  tear_down();
}

static void a_font_that_is_not_there_is_an_error(void) {
  set_up();
  scl_text out = {0};
  scl_error *error = NULL;
  const scl_status status =
      scl_render_pdf(&out, report.data, list, "{\"font_file\": \"no/such.ttf\"}", NULL, &error);
  CHECK(status != SCL_OK && status != SCL_INTERNAL);
  CHECK(out.data == NULL);
  scl_error_free(error);
  tear_down();
}

const test input_tests[] = {
    {"empty JSON is refused in every parameter", empty_json_is_refused},
    {"what is not JSON is refused in every parameter", what_is_not_json_is_refused},
    {"wrong types are refused in every parameter", wrong_types_are_refused},
    {"JSON that is not UTF-8 is refused in every parameter", json_that_is_not_utf8_is_refused},
    {"deeply nested JSON is refused in every parameter", deeply_nested_json_is_refused},
    {"a report that is cut off is refused", a_report_cut_off_is_refused},
    {"no bytes are no transcript", no_bytes_are_no_transcript},
    {"bytes that are not UTF-8 are refused or read whole",
     bytes_that_are_not_utf8_are_refused_or_read_whole},
    {"names that are not UTF-8 are refused", names_that_are_not_utf8_are_refused},
    {"a report that was tampered with is refused", a_tampered_report_is_refused},
    {"a report of another checklist is refused", a_report_of_another_checklist_is_refused},
    {"a font that is not there is an error", a_font_that_is_not_there_is_an_error},
    {NULL, NULL}};
