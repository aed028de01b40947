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

/* A checklist of two items with `inside` as the cues of one, as earlier versions had them. */
static string with_inside(const char *inside) {
  string out = {0};
  append(&out,
         "{\"id\": \"own\", \"name\": \"Our own\", \"categories\": [{\"id\": \"c\", \"name\": "
         "\"C\", \"items\": [{\"id\": \"c.2\", \"title\": \"Two\", \"definition\": \"They do.\"},"
         " {\"id\": \"c.1\", \"title\": \"One\", \"definition\": \"They say so.\", \"cues\": ");
  append(&out, inside);
  append(&out, "}]}]}");
  return out;
}

/* The checklist with cues for each of its items. */
static scl_checklist *heard(const scl_checklist *list) {
  scl_checklist *out = NULL;
  string cues = cues_json(list);
  MUST(scl_checklist_with_cues(&out, list, cues.data, NULL) == SCL_OK);
  string_free(&cues);
  return out;
}

/* The whole way with an own checklist: assess, score, batch, PDF. */
static void goes_the_whole_way(size_t items, size_t categories) {
  string json = checklist_json(items, categories);
  scl_checklist *plain = NULL;
  MUST(scl_checklist_parse(&plain, json.data, NULL) == SCL_OK);
  scl_checklist *list = heard(plain);
  scl_checklist_free(plain);
  CHECK(scl_checklist_items(list) == items);
  CHECK(scl_checklist_categories(list) == categories);
  scl_text report = report_of_small_call(list), pdf = {0};
  CHECK(number_of(report.data, "total_score") == 100);
  CHECK(number_of(strstr(report.data, "\"summary\""), "validated_items") == (double)items);
  CHECK(scl_render_pdf(&pdf, report.data, list, NULL, NULL, NULL) == pdf_status);
  CHECK((pdf.size > 1000) == (pdf_status == SCL_OK));
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

static void without_cues_nothing_is_heard(void) {
  string json = checklist_json(3, 1);
  scl_checklist *plain = NULL;
  MUST(scl_checklist_parse(&plain, json.data, NULL) == SCL_OK);
  scl_text none = report_of_small_call(plain), cues = {0};
  CHECK_CONTAINS(none.data, "\"score\": null");
  CHECK_CONTAINS(none.data, "\"reason\": \"not_asked\"");
  CHECK_CONTAINS(none.data, "no cues for the checklist 'own'");
  CHECK(scl_checklist_cues(&cues, plain, NULL) == SCL_OK);
  CHECK_CONTAINS(cues.data, "\"items\": {}");
  scl_checklist *list = heard(plain);
  scl_text all = report_of_small_call(list);
  CHECK(number_of(all.data, "total_score") == 100);
  CHECK(strstr(all.data, "no cues for the checklist") == NULL);
  CHECK_TEXT(scl_checklist_notice(list), "");
  scl_text_free(&all);
  scl_text_free(&cues);
  scl_text_free(&none);
  scl_checklist_free(list);
  scl_checklist_free(plain);
  string_free(&json);
}

/* The text up to the next quotation mark behind `"key": "`. */
static void copy_text(char *out, size_t room, const char *json, const char *key) {
  string start = {0};
  append_format(&start, "\"%s\": \"", key);
  const char *at = strstr(json, start.data);
  MUST(at != NULL);
  at += start.size;
  const size_t size = strcspn(at, "\"");
  MUST(size < room);
  memcpy(out, at, size);
  out[size] = '\0';
  string_free(&start);
}

static void a_cue_that_is_never_said_changes_only_the_assessor(void) {
  scl_checklist *list = checklist_of("ten-point"), *tuned = NULL;
  scl_text cues = {0};
  MUST(scl_checklist_cues(&cues, list, NULL) == SCL_OK);
  string more = replaced(cues.data, "\"statement\": [", "\"statement\": [\"xylophone quorum\", ");
  MUST(scl_checklist_with_cues(&tuned, list, more.data, NULL) == SCL_OK);
  scl_text before = report_of_small_call(list), after = report_of_small_call(tuned);
  char old_id[64], new_id[64];
  copy_text(old_id, sizeof old_id, before.data, "assessor");
  copy_text(new_id, sizeof new_id, after.data, "assessor");
  CHECK_CONTAINS(new_id, "offline-cues/3:");
  CHECK(strcmp(old_id, new_id) != 0);
  string same = replaced(after.data, new_id, old_id);
  CHECK_TEXT(same.data, before.data);
  scl_text pdf = {0};
  CHECK(scl_render_pdf(&pdf, before.data, tuned, NULL, NULL, NULL) == SCL_OK);
  scl_text_free(&pdf);
  string_free(&same);
  scl_text_free(&after);
  scl_text_free(&before);
  string_free(&more);
  scl_text_free(&cues);
  scl_checklist_free(tuned);
  scl_checklist_free(list);
}

static void cues_for_an_unknown_item_are_refused(void) {
  scl_checklist *list = checklist_of("ten-point"), *made = NULL;
  CHECK_REFUSED(
      scl_checklist_with_cues(
          &made, list, "{\"checklist\": \"ten-point\", \"items\": {\"x.1\": {}}}", &error),
      SCL_INVALID_INPUT, "/items/x.1");
  CHECK(made == NULL);
  scl_checklist_free(list);
}

static void cues_inside_a_checklist_are_read_with_a_notice(void) {
  const char *const names[] = {"say", "statement"};
  for (size_t i = 0; i < 2; ++i) {
    string inside = {0};
    append_format(&inside, "{\"%s\": [\"lose eight hours\"]}", names[i]);
    string json = with_inside(inside.data);
    scl_checklist *list = NULL;
    MUST(scl_checklist_parse(&list, json.data, NULL) == SCL_OK);
    CHECK_CONTAINS(scl_checklist_notice(list), "a separate file");
    scl_text report = report_of_small_call(list), cues = {0}, plain = {0};
    CHECK(number_of(strstr(report.data, "\"summary\""), "validated_items") == 1);
    CHECK(scl_checklist_cues(&cues, list, NULL) == SCL_OK);
    CHECK_CONTAINS(cues.data, "\"statement\"");
    CHECK(scl_checklist_json(&plain, list, NULL) == SCL_OK);
    CHECK(strstr(plain.data, "cues") == NULL);
    scl_text_free(&plain);
    scl_text_free(&cues);
    scl_text_free(&report);
    scl_checklist_free(list);
    string_free(&json);
    string_free(&inside);
  }
}

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
    {"without cues nothing is heard, and a notice says so", without_cues_nothing_is_heard},
    {"a cue that is never said changes only the assessor's id",
     a_cue_that_is_never_said_changes_only_the_assessor},
    {"cues for an item that the checklist lacks are refused", cues_for_an_unknown_item_are_refused},
    {"cues inside a checklist are read with a notice",
     cues_inside_a_checklist_are_read_with_a_notice},
    {"every fault of an own checklist is named", every_fault_of_an_own_one_is_named},
    {"an item id given twice is refused", an_id_given_twice_is_refused},
    {NULL, NULL}};
