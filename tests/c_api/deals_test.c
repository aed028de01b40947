/* Deals over their calls. */
#include "support.h"

#include <string.h>

static const char *const history =
    "{\"calls\": ["
    "{\"session\": \"one\", \"at_ms\": 1, \"speakers\": [\"Tom\"], \"responses\": ["
    "{\"item_id\": \"trigger.01\", \"answer\": \"yes\", \"support\": \"verified\", \"evidence\": "
    "[{\"utterance\": 0, \"begin\": 0, \"end\": 13, \"quote\": \"we lose money\"}]}]}]}";
static const char *const denial =
    "{\"calls\": ["
    "{\"session\": \"two\", \"at_ms\": 2, \"responses\": ["
    "{\"item_id\": \"trigger.01\", \"answer\": \"denied\", \"support\": \"verified\", "
    "\"evidence\": "
    "[{\"utterance\": 0, \"begin\": 0, \"end\": 10, \"quote\": \"not at all\"}]}]}]}";

static void a_deal_goes_on(void) {
  scl_checklist *list = checklist_of("ten-point");
  scl_text first = {0}, then = {0};
  MUST(scl_roll_up(&first, list, NULL, history, NULL, NULL) == SCL_OK);
  CHECK_CONTAINS(first.data, "\"state\": \"heard\"");
  CHECK_CONTAINS(first.data, "\"speaker\": \"Tom\"");
  CHECK_CONTAINS(first.data, "\"basis\": \"first_call\"");
  MUST(scl_roll_up(&then, list, first.data, denial, NULL, NULL) == SCL_OK);
  CHECK_CONTAINS(then.data, "\"state\": \"contradicted\"");
  CHECK_CONTAINS(then.data, "we lose money");
  CHECK_CONTAINS(then.data, "not at all");
  CHECK(number_of(then.data, "items_to_review") == 1);
  scl_text_free(&first);
  scl_text_free(&then);
  scl_checklist_free(list);
}

static void a_plan_tells_what_is_due(void) {
  scl_checklist *list = checklist_of("sales-checklist-92");
  scl_text plan = {0}, by_id = {0}, by_text = {0};
  MUST(scl_stage_plan(&plan, "short-sale", NULL) == SCL_OK);
  MUST(scl_roll_up(&by_id, list, NULL, history,
                   "{\"stage\": \"prospect\", \"plan\": \"short-sale\"}", NULL) == SCL_OK);
  CHECK_CONTAINS(by_id.data, "\"basis\": \"stage_progress\"");
  CHECK_CONTAINS(by_id.data, "\"missing\"");
  string options = {0};
  append_format(&options, "{\"stage\": \"prospect\", \"plan\": ");
  append(&options, plan.data);
  append(&options, "}");
  MUST(scl_roll_up(&by_text, list, NULL, history, options.data, NULL) == SCL_OK);
  CHECK(same_text(&by_id, &by_text));
  string_free(&options);
  scl_text_free(&plan);
  scl_text_free(&by_id);
  scl_text_free(&by_text);
  scl_checklist_free(list);
}

static void faults_are_named(void) {
  scl_checklist *list = checklist_of("ten-point");
  scl_text out = {0};
  CHECK_REFUSED(scl_roll_up(NULL, list, NULL, history, NULL, &error), SCL_INVALID_ARGUMENT, "deal");
  CHECK_REFUSED(scl_roll_up(&out, NULL, NULL, history, NULL, &error), SCL_INVALID_ARGUMENT,
                "checklist");
  CHECK_REFUSED(scl_roll_up(&out, list, NULL, NULL, NULL, &error), SCL_INVALID_ARGUMENT, "history");
  CHECK_REFUSED(scl_roll_up(&out, list, NULL, "{}", NULL, &error), SCL_INVALID_INPUT, NULL);
  CHECK_REFUSED(scl_roll_up(&out, list, "{}", history, NULL, &error), SCL_INVALID_INPUT, NULL);
  CHECK_REFUSED(scl_roll_up(&out, list, NULL, history, "{\"plan\": \"none\"}", &error),
                SCL_INVALID_INPUT, "/plan");
  CHECK_REFUSED(scl_roll_up(&out, list, NULL, history, "{\"plan\": \"short-sale\"}", &error),
                SCL_INVALID_ARGUMENT, "/plan/checklist");
  CHECK_REFUSED(scl_stage_plan(&out, "none", &error), SCL_NOT_FOUND, NULL);
  CHECK_REFUSED(scl_stage_plan(&out, NULL, &error), SCL_INVALID_ARGUMENT, "id");
  CHECK_REFUSED(scl_stage_plan(NULL, "short-sale", &error), SCL_INVALID_ARGUMENT, "plan");
  CHECK(out.data == NULL);
  scl_checklist_free(list);
}

const test deals_tests[] = {
    {"a deal goes on from what was known before", a_deal_goes_on},
    {"a plan tells what is due, by its id or as text", a_plan_tells_what_is_due},
    {"what cannot be rolled up is refused, with the place", faults_are_named},
    {NULL, NULL},
};
