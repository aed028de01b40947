/* Built-in and own checklists, from one item to two hundred. */
#include "support.h"

#include <stdlib.h>
#include <string.h>

static void built_in_ones_are_found_and_parse_again(void) {
  const struct {
    const char *id;
    size_t items, categories;
  } known[] = {{"sales-checklist-92", 92, 10}, {"ten-point", 10, 10}};
  for (size_t i = 0; i < sizeof known / sizeof *known; ++i) {
    scl_checklist *found = checklist_of(known[i].id), *parsed = NULL;
    CHECK(scl_checklist_items(found) == known[i].items);
    CHECK(scl_checklist_categories(found) == known[i].categories);
    scl_text json = {0}, again = {0};
    CHECK(scl_checklist_json(&json, found, NULL) == SCL_OK);
    CHECK(scl_checklist_parse(&parsed, json.data, NULL) == SCL_OK);
    CHECK(scl_checklist_json(&again, parsed, NULL) == SCL_OK);
    CHECK(same_text(&json, &again));
    scl_text_free(&again);
    scl_text_free(&json);
    scl_checklist_free(parsed);
    scl_checklist_free(found);
  }
}

static void an_unknown_id_is_answered_with_those_there_are(void) {
  scl_checklist *list = NULL;
  scl_error *error = NULL;
  CHECK(scl_checklist_find(&list, "nowhere", &error) == SCL_NOT_FOUND);
  CHECK_CONTAINS(scl_error_message(error), "sales-checklist-92");
  CHECK_CONTAINS(scl_error_message(error), "ten-point");
  CHECK(list == NULL);
  scl_error_free(error);
  CHECK_REFUSED(scl_checklist_find(&list, "", &error), SCL_NOT_FOUND, NULL);
}

/* The whole way with an own checklist: assess, score, batch, PDF. */
static void goes_the_whole_way(size_t items, size_t categories) {
  string json = checklist_json(items, categories);
  scl_checklist *list = NULL;
  MUST(scl_checklist_parse(&list, json.data, NULL) == SCL_OK);
  CHECK(scl_checklist_items(list) == items);
  CHECK(scl_checklist_categories(list) == categories);
  scl_text report = report_of_small_call(list), pdf = {0};
  CHECK(number_of(report.data, "total_score") == 100);
  CHECK(number_of(strstr(report.data, "\"summary\""), "validated_items") == (double)items);
  CHECK(scl_render_pdf(&pdf, report.data, list, NULL, NULL, NULL) == SCL_OK);
  CHECK(pdf.size > 1000);
  uint8_t *answers = malloc(items);
  MUST(answers != NULL);
  memset(answers, SCL_YES, items);
  uint8_t total = 0, band = 9;
  CHECK(scl_score_many(&total, &band, NULL, list, answers, 1, NULL, 1, NULL) == SCL_OK);
  CHECK(total == 100 && band == SCL_GREEN);
  free(answers);
  scl_text_free(&pdf);
  scl_text_free(&report);
  scl_checklist_free(list);
  string_free(&json);
}

static void one_item_is_a_checklist(void) { goes_the_whole_way(1, 1); }

static void two_hundred_items_are_a_checklist(void) { goes_the_whole_way(200, 7); }

static void every_fault_of_an_own_one_is_named(void) {
  const char *const broken =
      "{\"id\": \"x\", \"name\": \"X\", \"categories\": [{\"id\": \"a\", \"name\": \"A\", "
      "\"default_weight\": -1, \"items\": [{\"id\": \"a.1\", \"title\": \"T\"}]}]}";
  scl_checklist *list = NULL;
  scl_error *error = NULL;
  CHECK(scl_checklist_parse(&list, broken, &error) == SCL_INVALID_INPUT);
  string all = {0};
  append_format(&all, "%s %s", scl_error_where(error), scl_error_message(error));
  CHECK_CONTAINS(all.data, "/categories/0/default_weight");
  CHECK_CONTAINS(all.data, "/categories/0/items/0");
  CHECK_CONTAINS(all.data, "definition");
  string_free(&all);
  scl_error_free(error);
}

static void an_id_given_twice_is_refused(void) {
  string json = checklist_json(2, 1);
  string twice = replaced(json.data, "\"c1.2\"", "\"c1.1\"");
  scl_checklist *list = NULL;
  CHECK_REFUSED(scl_checklist_parse(&list, twice.data, &error), SCL_INVALID_INPUT, NULL);
  CHECK(list == NULL);
  string_free(&twice);
  string_free(&json);
}

const test checklist_tests[] = {
    {"the built-in checklists are found and parse again", built_in_ones_are_found_and_parse_again},
    {"an unknown id is answered with those there are",
     an_unknown_id_is_answered_with_those_there_are},
    {"a checklist of one item goes the whole way", one_item_is_a_checklist},
    {"a checklist of two hundred items goes the whole way", two_hundred_items_are_a_checklist},
    {"every fault of an own checklist is named", every_fault_of_an_own_one_is_named},
    {"an item id given twice is refused", an_id_given_twice_is_refused},
    {NULL, NULL}};
