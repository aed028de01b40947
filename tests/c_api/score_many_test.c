/* scl_score_many() says what scl_score() says, for every row. */
#include "support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const answer_names[] = {"unanswered", "yes", "no", "not_applicable"};
static const char *const policies[] = {
    NULL, "{\"mode\": \"weighted\"}",
    "{\"mode\": \"weighted\", \"green\": {\"threshold\": 30.5}, \"yellow\": {\"threshold\": 25}}"};

/* The answers of one row as responses. */
static string responses_of(const uint8_t *answers, const item_id *ids, size_t items) {
  string out = {0};
  append(&out, "[");
  for (size_t i = 0; i < items; ++i) {
    append_format(&out, "%s{\"item_id\": \"%s\", \"answer\": \"%s\"}", i == 0 ? "" : ",", ids[i],
                  answer_names[answers[i]]);
  }
  append(&out, "]");
  return out;
}

static const char *band_name(uint8_t band) {
  return band == SCL_RED ? "red" : band == SCL_YELLOW ? "yellow" : "green";
}

static void check_row(const scl_checklist *list, const uint8_t *answers, const item_id *ids,
                      const char *policy, uint8_t total, uint8_t band, const double *categories) {
  string responses = responses_of(answers, ids, scl_checklist_items(list)), expected = {0};
  scl_text score = {0};
  MUST(scl_score(&score, list, responses.data, policy, NULL) == SCL_OK);
  CHECK(number_of(score.data, "total_score") == total);
  append_format(&expected, "\"risk_band\": \"%s\"", band_name(band));
  CHECK_CONTAINS(score.data, expected.data);
  const char *at = score.data;
  for (size_t i = 0; i < scl_checklist_categories(list); ++i) {
    at = strstr(at + 1, "\"score\": ");
    MUST(at != NULL);
    CHECK(number_of(at, "score") == categories[i]);
  }
  string_free(&expected);
  string_free(&responses);
  scl_text_free(&score);
}

static void fill(uint8_t *answers, size_t count, unsigned long long *state) {
  const unsigned codes = 2 + some_number(state, 3); /* some rows without "not applicable" */
  for (size_t i = 0; i < count; ++i) answers[i] = (uint8_t)some_number(state, codes);
  answers[some_number(state, (unsigned)count)] = SCL_YES; /* something counts */
}

enum { random_rows = 60 };

static void equals_score_on(const scl_checklist *list, const char *policy) {
  const size_t items = scl_checklist_items(list), categories = scl_checklist_categories(list);
  const size_t rows = small_run ? 5 : random_rows;
  uint8_t *answers = malloc(rows * items), totals[random_rows], bands[random_rows];
  double *points = malloc(rows * categories * sizeof *points);
  MUST(answers != NULL && points != NULL);
  unsigned long long state = 20261120 + items;
  for (size_t row = 0; row < rows; ++row) fill(answers + row * items, items, &state);
  CHECK(scl_score_many(totals, bands, points, list, answers, rows, policy, 1, NULL) == SCL_OK);
  item_id *ids = item_ids(list);
  for (size_t row = 0; row < rows; ++row) {
    check_row(list, answers + row * items, (const item_id *)ids, policy, totals[row], bands[row],
              points + row * categories);
  }
  free(ids);
  free(points);
  free(answers);
}

static void equals_score_in_both_modes(void) {
  scl_checklist *lists[5] = {checklist_of("ten-point"), checklist_of("sales-checklist-92")};
  const size_t sizes[3][2] = {{1, 1}, {65, 3}, {200, 11}};
  for (size_t i = 0; i < 3; ++i) {
    string json = checklist_json(sizes[i][0], sizes[i][1]);
    MUST(scl_checklist_parse(&lists[i + 2], json.data, NULL) == SCL_OK);
    string_free(&json);
  }
  for (size_t i = 0; i < 5; ++i) {
    for (size_t k = 0; k < sizeof policies / sizeof *policies; ++k) {
      equals_score_on(lists[i], policies[k]);
    }
    scl_checklist_free(lists[i]);
  }
}

static scl_checklist *list;
static uint8_t *many;
static size_t rows;

static void set_up(size_t count) {
  list = checklist_of("ten-point");
  rows = count;
  many = malloc(10 * rows);
  MUST(many != NULL);
  unsigned long long state = 7;
  for (size_t row = 0; row < rows; ++row) fill(many + 10 * row, 10, &state);
}

static void tear_down(void) {
  free(many);
  scl_checklist_free(list);
}

static void any_number_of_threads_gives_the_same(void) {
  set_up(small_run ? 9000 : 100003);
  uint8_t *first = malloc(2 * rows), *other = malloc(2 * rows);
  double *first_points = malloc(10 * rows * sizeof(double)),
         *points = malloc(10 * rows * sizeof(double));
  MUST(first && other && first_points && points);
  CHECK(scl_score_many(first, first + rows, first_points, list, many, rows, NULL, 1, NULL) ==
        SCL_OK);
  const unsigned threads[] = {0, 2, 7, 1000000};
  for (size_t i = 0; i < (small_run ? 3 : 4); ++i) {
    memset(other, 0xEE, 2 * rows);
    memset(points, 0xEE, 10 * rows * sizeof(double));
    CHECK(scl_score_many(other, other + rows, points, list, many, rows, NULL, threads[i], NULL) ==
          SCL_OK);
    CHECK(memcmp(first, other, 2 * rows) == 0);
    CHECK(memcmp(first_points, points, 10 * rows * sizeof(double)) == 0);
  }
  free(points);
  free(first_points);
  free(other);
  free(first);
  tear_down();
}

static void every_output_may_be_left_out(void) {
  set_up(100);
  uint8_t totals[100], bands[100], some[100];
  double points[1000], some_points[1000];
  CHECK(scl_score_many(totals, bands, points, list, many, rows, NULL, 1, NULL) == SCL_OK);
  CHECK(scl_score_many(some, NULL, NULL, list, many, rows, NULL, 1, NULL) == SCL_OK);
  CHECK(memcmp(some, totals, sizeof totals) == 0);
  CHECK(scl_score_many(NULL, some, NULL, list, many, rows, NULL, 1, NULL) == SCL_OK);
  CHECK(memcmp(some, bands, sizeof bands) == 0);
  CHECK(scl_score_many(NULL, NULL, some_points, list, many, rows, NULL, 1, NULL) == SCL_OK);
  CHECK(memcmp(some_points, points, sizeof points) == 0);
  CHECK(scl_score_many(NULL, NULL, NULL, list, many, rows, NULL, 1, NULL) == SCL_OK);
  tear_down();
}

static void no_rows_are_no_error(void) {
  set_up(1);
  uint8_t total = 123, band = 45;
  double points = -1;
  for (unsigned threads = 0; threads < 3; ++threads) {
    CHECK(scl_score_many(&total, &band, &points, list, many, 0, NULL, threads, NULL) == SCL_OK);
    CHECK(scl_score_many(&total, &band, &points, list, NULL, 0, NULL, threads, NULL) == SCL_OK);
  }
  CHECK(total == 123 && band == 45 && points == -1);
  tear_down();
}

/* The first faulty row is named, wherever it is and however many threads look for it. */
static void an_unknown_code_names_row_and_item(void) {
  set_up(20000);
  const size_t places[] = {0, 1, 4095, 4096, 12345, 19998, 19999};
  item_id *ids = item_ids(list);
  for (size_t i = 0; i < sizeof places / sizeof *places; ++i) {
    const size_t row = places[i], item = i % 10;
    uint8_t *code = many + 10 * row + item, *later = many + 10 * rows - 1;
    const uint8_t kept = *code, kept_later = *later;
    *later = 200;
    *code = (uint8_t)(i % 2 == 0 ? 4 : 255);
    string where = {0};
    append_format(&where, "row %zu, item %s", row, ids[item]);
    if (row < rows - 1) {
      CHECK_REFUSED(scl_score_many(NULL, NULL, NULL, list, many, rows, NULL, i % 3, &error),
                    SCL_INVALID_ARGUMENT, where.data);
    }
    *code = kept;
    *later = kept_later;
    string_free(&where);
  }
  free(ids);
  tear_down();
}

static void a_row_without_anything_to_score_is_named(void) {
  set_up(5000);
  memset(many + 10 * 4321, SCL_NOT_APPLICABLE, 10);
  CHECK_REFUSED(scl_score_many(NULL, NULL, NULL, list, many, rows, NULL, 2, &error),
                SCL_INVALID_ARGUMENT, "row 4321");
  tear_down();
}

/* Exactly rows x items bytes are read: the memory checkers would tell of one more. */
static void reads_nothing_beyond_the_last_answer(void) {
  for (size_t count = 1; count <= 20; ++count) {
    set_up(count);
    uint8_t totals[20];
    CHECK(scl_score_many(totals, NULL, NULL, list, many, rows, NULL, 1, NULL) == SCL_OK);
    tear_down();
  }
}

const test score_many_tests[] = {
    {"score_many equals score on random answers in both modes", equals_score_in_both_modes},
    {"any number of threads gives the same figures", any_number_of_threads_gives_the_same},
    {"every output of score_many may be left out", every_output_may_be_left_out},
    {"no rows are no error", no_rows_are_no_error},
    {"an unknown code names the first row and its item", an_unknown_code_names_row_and_item},
    {"a row without anything to score is named", a_row_without_anything_to_score_is_named},
    {"score_many reads nothing beyond the last answer", reads_nothing_beyond_the_last_answer},
    {NULL, NULL}};
