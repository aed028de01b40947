/* Calls far larger than any real one. */
#include "support.h"

#include <stdlib.h>
#include <string.h>

static void a_hundred_thousand_utterances_are_scored(void) {
  const unsigned count = small_run ? 300 : 100000;
  string call = {0};
  append(&call, "WEBVTT\n\n");
  for (unsigned i = 0; i < count; ++i) {
    const unsigned begin = 2 * i;
    append_format(&call, "%02u:%02u:%02u.000 --> %02u:%02u:%02u.900\n<v %s>", begin / 3600,
                  begin / 60 % 60, begin % 60, begin / 3600, begin / 60 % 60, begin % 60,
                  i % 2 == 0 ? "Dana" : "Ravi");
    append_format(&call, "We lose %u hours every week.\n\n", i);
  }
  scl_checklist *list = checklist_of("ten-point");
  scl_text report = {0};
  CHECK(scl_analyze(&report, call.data, call.size, list, small_options, NULL, NULL) == SCL_OK);
  CHECK(number_of(strstr(report.data, "\"metrics\""), "utterances") == count);
  scl_text_free(&report);
  scl_checklist_free(list);
  string_free(&call);
}

static void a_line_of_five_megabytes_is_scored(void) {
  string call = {0};
  append(&call, "WEBVTT\n\n00:00:01.000 --> 00:59:59.000\n<v Ravi>");
  append_times(&call, "we lose eight hours every week, ", small_run ? 200 : 5000000 / 32 + 1);
  append(&call, "and that is all.\n");
  scl_checklist *list = checklist_of("ten-point");
  scl_text report = {0};
  CHECK(scl_analyze(&report, call.data, call.size, list, NULL, NULL, NULL) == SCL_OK);
  CHECK(report.size > call.size);
  scl_text_free(&report);
  scl_checklist_free(list);
  string_free(&call);
}

static void a_word_of_megabytes_is_read(void) {
  string call = {0};
  append(&call, "Ravi: ");
  append_times(&call, "eightxxx", small_run ? 500 : 500000);
  scl_text transcript = {0};
  CHECK(scl_transcript_read(&transcript, call.data, call.size, NULL, NULL) == SCL_OK);
  CHECK(transcript.size > call.size);
  scl_text_free(&transcript);
  string_free(&call);
}

static void ten_thousand_claims_are_verified(void) {
  const size_t count = small_run ? 100 : 10000;
  scl_text transcript = transcript_of_small_call(), verdicts = {0};
  string claims = {0};
  append(&claims, "[{\"quote\": \"nobody said these words at all\"}");
  for (size_t i = 1; i < count; ++i)
    append_format(&claims, ",{\"quote\":\"%s\"}", small_call_answer);
  append(&claims, "]");
  CHECK(scl_verify(&verdicts, transcript.data, claims.data, NULL) == SCL_OK);
  size_t verified = 0;
  for (const char *at = verdicts.data; (at = strstr(at, "\"verified\"")) != NULL; ++at) ++verified;
  CHECK(verified == count - 1);
  string_free(&claims);
  scl_text_free(&verdicts);
  scl_text_free(&transcript);
}

const test huge_tests[] = {
    {"a hundred thousand utterances are scored", a_hundred_thousand_utterances_are_scored},
    {"a line of five megabytes is scored", a_line_of_five_megabytes_is_scored},
    {"a word of four megabytes is read", a_word_of_megabytes_is_read},
    {"ten thousand claims are verified", ten_thousand_claims_are_verified},
    {NULL, NULL}};
