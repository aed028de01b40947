/* The recorded run of examples/recording, and what services refuse. */
#include "support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define EXAMPLE SALESCHECKLIST_SOURCE_DIR "/examples/recording"

static const char *const recorded =
    "{\"transcriber\": \"openai:gpt-4o-transcribe-diarize\", \"model\": \"openai:gpt-4o-mini\","
    " \"voice\": \"openai:tts-1\", \"replay_folder\": \"" EXAMPLE
    "/cassette\","
    " \"providers\": {\"openai\": {\"base_url\": \"http://127.0.0.1:8765/v1\"}}}";

static scl_services *services_of(const char *options) {
  scl_services *out = NULL;
  scl_error *error = NULL;
  const scl_status status = scl_services_open(&out, options, &error);
  if (status != SCL_OK) printf("  %s\n", scl_error_message(error));
  MUST(status == SCL_OK);
  return out;
}

static string file_text(const char *path) {
  string out = {0};
  char buffer[4096];
  FILE *file = fopen(path, "rb");
  MUST(file != NULL);
  for (size_t size; (size = fread(buffer, 1, sizeof buffer - 1, file)) > 0;) {
    buffer[size] = '\0';
    append(&out, buffer);
  }
  fclose(file);
  return out;
}

struct seen {
  int steps, last_done, last_total;
  char stage[16];
};

static void see(void *context, const char *stage, size_t done, size_t total) {
  struct seen *seen = context;
  ++seen->steps;
  seen->last_done = (int)done;
  seen->last_total = (int)total;
  snprintf(seen->stage, sizeof seen->stage, "%s", stage);
}

/* A report's text up to what was used. */
static size_t judged(const char *report) {
  return (size_t)(strstr(report, "\n  \"usage\"") - report);
}

static void a_recorded_run_gives_its_report_again(void) {
  if (small_run || !with_ffmpeg || !with_curl) return; /* an emulator takes minutes for it */
  struct seen seen = {0};
  const scl_watch watch = {sizeof watch, NULL, see, &seen, NULL};
  scl_services *services = services_of(recorded);
  scl_checklist *list = checklist_of("sales-checklist-92");
  scl_text transcript = {0}, usage = {0}, report = {0}, audio = {0}, speech = {0};
  CHECK_TEXT(scl_services_transcriber(services), "openai:gpt-4o-transcribe-diarize");
  CHECK_TEXT(scl_services_model(services), "openai:gpt-4o-mini");
  CHECK_TEXT(scl_services_voice(services), "openai:tts-1");

  MUST(scl_transcribe(&transcript, &usage, services, EXAMPLE "/call.m4a",
                      "{\"rep_names\": [\"Speaker A\"]}", &watch, NULL) == SCL_OK);
  CHECK(seen.steps > 0 && seen.last_done == seen.last_total);
  CHECK_TEXT(seen.stage, "transcribe");
  CHECK(number_of(usage.data, "audio_ms") == 53000);
  scl_text_free(&usage);

  MUST(scl_analyze_with_services(&report, services, transcript.data, transcript.size, list,
                      "{\"deal\": {\"customer\": \"Cold Chain Ltd\"}}", &watch, NULL) == SCL_OK);
  string expected = file_text(EXAMPLE "/report.json");
  CHECK(judged(report.data) == judged(expected.data));
  CHECK(memcmp(report.data, expected.data, judged(expected.data)) == 0);

  MUST(scl_speak(&audio, &speech, &usage, services, "Not in the cassette.", NULL, NULL) ==
       SCL_NOT_FOUND);
  CHECK(audio.data == NULL && speech.data == NULL);
  CHECK(number_of(usage.data, "requests") == 1);
  string_free(&expected);
  scl_text_free(&usage);
  scl_text_free(&report);
  scl_text_free(&transcript);
  scl_checklist_free(list);
  scl_services_free(services);
}

static void assessing_and_coaching_step_by_step_give_the_same(void) {
  if (small_run || !with_ffmpeg || !with_curl) return;
  scl_services *services = services_of(recorded);
  scl_checklist *list = checklist_of("sales-checklist-92");
  scl_text transcript = {0}, assessment = {0}, score = {0}, coaching = {0}, usage = {0};
  string report = file_text(EXAMPLE "/report.json");
  MUST(scl_transcribe(&transcript, NULL, services, EXAMPLE "/call.m4a",
                      "{\"rep_names\": [\"Speaker A\"]}", NULL, NULL) == SCL_OK);
  MUST(scl_assess(&assessment, &usage, services, transcript.data, list, "{\"votes\": 1}", NULL,
                  NULL) == SCL_OK);
  CHECK(number_of(usage.data, "requests") == 10);
  CHECK_CONTAINS(assessment.data, "\"assessor\": \"openai:gpt-4o-mini/assess-");
  scl_text_free(&usage);
  scl_text separated = {0}; /* who speaks is known, so nothing is asked */
  MUST(scl_separate_turns(&separated, &usage, services, transcript.data,
                          "{\"rep_names\": [\"Dana\"]}", NULL, NULL) == SCL_OK);
  CHECK_TEXT(separated.data, transcript.data);
  CHECK(usage.data == NULL);
  scl_text_free(&separated);
  MUST(scl_score(&score, list, assessment.data, NULL, NULL) == SCL_OK);
  CHECK(number_of(score.data, "total_score") == 19);
  MUST(scl_coach(&coaching, &usage, services, transcript.data, list, assessment.data, score.data,
                 NULL, NULL, NULL) == SCL_OK);
  CHECK_CONTAINS(coaching.data, "Before you fix the next meeting");
  CHECK(number_of(usage.data, "requests") == 1);
  string_free(&report);
  scl_text_free(&usage);
  scl_text_free(&coaching);
  scl_text_free(&score);
  scl_text_free(&assessment);
  scl_text_free(&transcript);
  scl_checklist_free(list);
  scl_services_free(services);
}

static void services_that_were_not_opened_are_refused_by_name(void) {
  scl_services *none = services_of("{}");
  scl_checklist *list = checklist_of("ten-point");
  scl_text out = {0}, transcript = transcript_of_small_call(), answers = {0}, score = {0};
  MUST(scl_assess_offline(&answers, transcript.data, list, NULL) == SCL_OK);
  MUST(scl_score(&score, list, answers.data, NULL, NULL) == SCL_OK);
  CHECK_TEXT(scl_services_model(none), "");
  CHECK_REFUSED(scl_transcribe(&out, NULL, none, "x.wav", NULL, NULL, &error), SCL_INVALID_ARGUMENT,
                "services");
  CHECK_REFUSED(scl_separate_turns(&out, NULL, none, transcript.data, NULL, NULL, &error),
                SCL_INVALID_ARGUMENT, "services");
  CHECK_REFUSED(scl_assess(&out, NULL, none, transcript.data, list, NULL, NULL, &error),
                SCL_INVALID_ARGUMENT, "services");
  CHECK_REFUSED(scl_coach(&out, NULL, none, transcript.data, list, answers.data, score.data, NULL,
                          NULL, &error),
                SCL_INVALID_ARGUMENT, "services");
  CHECK_REFUSED(scl_speak(&out, NULL, NULL, none, "Hello.", NULL, &error), SCL_INVALID_ARGUMENT,
                "services");
  CHECK(out.data == NULL);
  MUST(scl_analyze_with_services(&out, none, small_call, strlen(small_call), list, small_options, NULL,
                      NULL) == SCL_OK);
  CHECK_CONTAINS(out.data, "offline-cues/3:");
  scl_text_free(&out);
  scl_text_free(&transcript);
  scl_text_free(&answers);
  scl_text_free(&score);
  scl_checklist_free(list);
  scl_services_free(none);
}

static void a_build_without_the_network_says_so(void) {
  if (with_curl) return;
  scl_services *services = NULL;
  CHECK_REFUSED(scl_services_open(&services,
                                  "{\"model\": \"openai:m\","
                                  " \"providers\": {\"openai\": {\"key\": \"k\"}}}",
                                  &error),
                SCL_UNSUPPORTED, NULL);
  CHECK(services == NULL);
}

static void bad_options_and_null_are_refused(void) {
  scl_services *services = NULL;
  scl_text out = {0};
  CHECK_REFUSED(scl_services_open(&services, NULL, &error), SCL_INVALID_ARGUMENT, "options");
  CHECK_REFUSED(scl_services_open(NULL, "{}", &error), SCL_INVALID_ARGUMENT, "services");
  CHECK_REFUSED(scl_services_open(&services, "{\"model\": 3}", &error), SCL_INVALID_INPUT,
                "/model");
  CHECK_REFUSED(scl_services_open(&services, "{\"model\": \"openai\"}", &error),
                with_curl ? SCL_INVALID_ARGUMENT : SCL_UNSUPPORTED, NULL);
  CHECK_REFUSED(scl_services_open(&services, "{\"model\": \"nobody\"}", &error),
                with_curl ? SCL_NOT_FOUND : SCL_UNSUPPORTED, NULL);
  CHECK(services == NULL);
  CHECK_REFUSED(scl_transcribe(&out, NULL, NULL, "x", NULL, NULL, &error), SCL_INVALID_ARGUMENT,
                "services");
  CHECK_REFUSED(scl_analyze_with_services(&out, NULL, "", 0, NULL, NULL, NULL, &error), SCL_INVALID_ARGUMENT,
                "services");
  services = services_of("{}");
  const scl_watch old = {1, NULL, NULL, NULL, NULL};
  scl_checklist *list = checklist_of("ten-point");
  CHECK_REFUSED(
      scl_analyze_with_services(&out, services, small_call, strlen(small_call), list, NULL, &old, &error),
      SCL_INVALID_ARGUMENT, "watch");
  scl_checklist_free(list);
  scl_services_free(services);
  scl_services_free(NULL);
  CHECK_TEXT(scl_services_voice(NULL), "");
}

static void a_cancelled_call_says_so(void) {
  if (!with_ffmpeg || !with_curl) return;
  scl_services *services = services_of(recorded);
  scl_cancel *cancel = NULL;
  scl_text out = {0}, transcript = transcript_of_small_call();
  scl_checklist *list = checklist_of("ten-point");
  MUST(scl_cancel_new(&cancel, NULL) == SCL_OK);
  scl_cancel_now(cancel);
  const scl_watch watch = {sizeof watch, NULL, NULL, NULL, cancel};
  CHECK_REFUSED(scl_assess(&out, NULL, services, transcript.data, list, NULL, &watch, &error),
                SCL_CANCELLED, NULL);
  CHECK_REFUSED(scl_transcribe(&out, NULL, services, EXAMPLE "/call.m4a", NULL, &watch, &error),
                SCL_CANCELLED, NULL);
  CHECK_REFUSED(scl_cancel_new(NULL, &error), SCL_INVALID_ARGUMENT, "cancel");
  scl_cancel_now(NULL);
  scl_cancel_free(cancel);
  scl_cancel_free(NULL);
  scl_text_free(&transcript);
  scl_checklist_free(list);
  scl_services_free(services);
}

const test services_tests[] = {
    {"a recorded run gives its report again", a_recorded_run_gives_its_report_again},
    {"assessing and coaching step by step give the same",
     assessing_and_coaching_step_by_step_give_the_same},
    {"services that were not opened are refused by name",
     services_that_were_not_opened_are_refused_by_name},
    {"a build without the network says so", a_build_without_the_network_says_so},
    {"bad options and NULL are refused", bad_options_and_null_are_refused},
    {"a cancelled call says so", a_cancelled_call_says_so},
    {NULL, NULL}};
