/* Every pointer that must not be NULL, the error parameter, and what stays untouched. */
#include "fixture.h"
#include "support.h"

#include <stdlib.h>
#include <string.h>

/* Outputs that a failing call must leave as they are. */
static char sentinel_bytes[] = "sentinel";
static scl_text text;
static scl_checklist *made;

static void set_sentinels(void) {
  text = (scl_text){sentinel_bytes, 5};
  made = (scl_checklist *)(void *)sentinel_bytes;
}

static bool untouched(void) {
  return text.data == sentinel_bytes && text.size == 5 && strcmp(sentinel_bytes, "sentinel") == 0 &&
         made == (scl_checklist *)(void *)sentinel_bytes;
}

/* `call`, which uses `error`, is refused for the parameter of that name, with and without a place
 * for the error. */
#define CHECK_NULL(parameter, call)                       \
  do {                                                    \
    scl_error *place = NULL, **error = &place;            \
    set_sentinels();                                      \
    CHECK((call) == SCL_INVALID_ARGUMENT);                \
    CHECK(scl_error_code(place) == SCL_INVALID_ARGUMENT); \
    CHECK_TEXT(scl_error_where(place), parameter);        \
    CHECK(scl_error_message(place)[0] != '\0');           \
    scl_error_free(place);                                \
    error = NULL;                                         \
    CHECK((call) == SCL_INVALID_ARGUMENT);                \
    CHECK(untouched());                                   \
  } while (0)

static void refuses_null_checklist_arguments(void) {
  set_up();
  CHECK_NULL("checklist", scl_checklist_find(NULL, "ten-point", error));
  CHECK_NULL("id", scl_checklist_find(&made, NULL, error));
  CHECK_NULL("checklist", scl_checklist_parse(NULL, "{}", error));
  CHECK_NULL("json", scl_checklist_parse(&made, NULL, error));
  CHECK_NULL("other", scl_checklist_with_cues(NULL, list, "{}", error));
  CHECK_NULL("checklist", scl_checklist_with_cues(&made, NULL, "{}", error));
  CHECK_NULL("cues", scl_checklist_with_cues(&made, list, NULL, error));
  CHECK_NULL("cues", scl_checklist_cues(NULL, list, error));
  CHECK_NULL("checklist", scl_checklist_cues(&text, NULL, error));
  CHECK_NULL("json", scl_checklist_json(NULL, list, error));
  CHECK_NULL("checklist", scl_checklist_json(&text, NULL, error));
  tear_down();
}

static void refuses_null_arguments_of_the_whole(void) {
  set_up();
  const size_t size = strlen(small_call);
  CHECK_NULL("report", scl_analyze(NULL, small_call, size, list, NULL, NULL, error));
  CHECK_NULL("bytes", scl_analyze(&text, NULL, size, list, NULL, NULL, error));
  CHECK_NULL("checklist", scl_analyze(&text, small_call, size, NULL, NULL, NULL, error));
  CHECK_NULL("pdf", scl_render_pdf(NULL, report.data, list, NULL, NULL, error));
  CHECK_NULL("report", scl_render_pdf(&text, NULL, list, NULL, NULL, error));
  CHECK_NULL("checklist", scl_render_pdf(&text, report.data, NULL, NULL, NULL, error));
  tear_down();
}

static void refuses_null_arguments_of_the_steps(void) {
  set_up();
  const char *t = transcript.data, *r = responses.data;
  CHECK_NULL("transcript", scl_transcript_read(NULL, small_call, 20, NULL, error));
  CHECK_NULL("bytes", scl_transcript_read(&text, NULL, 1, NULL, error));
  CHECK_NULL("metrics", scl_measure(NULL, t, error));
  CHECK_NULL("transcript", scl_measure(&text, NULL, error));
  CHECK_NULL("verdicts", scl_verify(NULL, t, "[]", error));
  CHECK_NULL("transcript", scl_verify(&text, NULL, "[]", error));
  CHECK_NULL("claims", scl_verify(&text, t, NULL, error));
  CHECK_NULL("assessment", scl_assess_offline(NULL, t, list, error));
  CHECK_NULL("transcript", scl_assess_offline(&text, NULL, list, error));
  CHECK_NULL("checklist", scl_assess_offline(&text, t, NULL, error));
  CHECK_NULL("sales_call", scl_is_sales_call(NULL, t, list, r, error));
  CHECK_NULL("transcript", scl_is_sales_call(&text, NULL, list, r, error));
  CHECK_NULL("checklist", scl_is_sales_call(&text, t, NULL, r, error));
  CHECK_NULL("responses", scl_is_sales_call(&text, t, list, NULL, error));
  CHECK_NULL("score", scl_score(NULL, list, r, NULL, error));
  CHECK_NULL("checklist", scl_score(&text, NULL, r, NULL, error));
  CHECK_NULL("responses", scl_score(&text, list, NULL, NULL, error));
  CHECK_NULL("coaching", scl_coach_offline(NULL, t, list, r, score.data, error));
  CHECK_NULL("transcript", scl_coach_offline(&text, NULL, list, r, score.data, error));
  CHECK_NULL("checklist", scl_coach_offline(&text, t, NULL, r, score.data, error));
  CHECK_NULL("responses", scl_coach_offline(&text, t, list, NULL, score.data, error));
  CHECK_NULL("score", scl_coach_offline(&text, t, list, r, NULL, error));
  CHECK_NULL("report", scl_compose(NULL, t, list, r, "me", NULL, NULL, error));
  CHECK_NULL("transcript", scl_compose(&text, NULL, list, r, "me", NULL, NULL, error));
  CHECK_NULL("checklist", scl_compose(&text, t, NULL, r, "me", NULL, NULL, error));
  CHECK_NULL("responses", scl_compose(&text, t, list, NULL, "me", NULL, NULL, error));
  CHECK_NULL("assessor", scl_compose(&text, t, list, r, NULL, NULL, NULL, error));
  tear_down();
}

static void refuses_null_arguments_of_a_history(void) {
  set_up();
  uint8_t totals[1] = {77};
  const uint8_t answers[10] = {0};
  CHECK_NULL("checklist", scl_score_many(totals, NULL, NULL, NULL, answers, 1, NULL, 1, error));
  CHECK_NULL("answers", scl_score_many(totals, NULL, NULL, list, NULL, 1, NULL, 1, error));
  tear_down();
}

static void accepts_null_where_it_says_so(void) {
  scl_text_free(NULL);
  scl_checklist_free(NULL);
  scl_error_free(NULL);
  scl_text empty = {0};
  scl_text_free(&empty);
  scl_text_free(&empty);
  CHECK(scl_checklist_items(NULL) == 0);
  CHECK(scl_checklist_categories(NULL) == 0);
  CHECK_TEXT(scl_checklist_notice(NULL), "");
  CHECK(scl_error_code(NULL) == SCL_OK);
  CHECK_TEXT(scl_error_message(NULL), "");
  CHECK_TEXT(scl_error_where(NULL), "");
  CHECK_TEXT(scl_error_provider(NULL), "");
  CHECK(scl_error_http_status(NULL) == 0);
}

static void success_leaves_the_error_alone(void) {
  scl_error *const sentinel = (scl_error *)(void *)sentinel_bytes;
  scl_error *error = sentinel;
  scl_checklist *found = NULL;
  CHECK(scl_checklist_find(&found, "ten-point", &error) == SCL_OK);
  CHECK(error == sentinel);
  scl_checklist_free(found);
}

static void an_earlier_error_stays_its_owners(void) {
  scl_error *error = NULL;
  CHECK(scl_checklist_find(&made, "nowhere", &error) == SCL_NOT_FOUND);
  scl_error *const earlier = error;
  CHECK(scl_checklist_parse(&made, "{", &error) == SCL_INVALID_INPUT);
  CHECK(error != earlier);
  CHECK(scl_error_code(earlier) == SCL_NOT_FOUND);
  scl_error_free(earlier);
  scl_error_free(error);
}

static void a_freed_text_is_empty(void) {
  list = checklist_of("ten-point");
  scl_text json = {0};
  CHECK(scl_checklist_json(&json, list, NULL) == SCL_OK);
  CHECK(json.size == strlen(json.data));
  scl_text_free(&json);
  CHECK(json.data == NULL && json.size == 0);
  scl_checklist_free(list);
}

const test argument_tests[] = {
    {"NULL is refused by name in the checklists' functions", refuses_null_checklist_arguments},
    {"NULL is refused by name in analyze and render_pdf", refuses_null_arguments_of_the_whole},
    {"NULL is refused by name in every step", refuses_null_arguments_of_the_steps},
    {"NULL is refused by name in score_many", refuses_null_arguments_of_a_history},
    {"NULL is fine for what frees and what asks", accepts_null_where_it_says_so},
    {"a success leaves the error parameter alone", success_leaves_the_error_alone},
    {"an earlier error is neither freed nor changed", an_earlier_error_stays_its_owners},
    {"a freed text is empty", a_freed_text_is_empty},
    {NULL, NULL}};
