#include "support.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *const small_call =
    "WEBVTT\n\n"
    "00:00:01.000 --> 00:00:05.000\n<v Dana>Ravi, what goes wrong with it today?</v>\n\n"
    "00:00:06.000 --> 00:00:15.000\n<v Ravi>We lose eight hours every week, and that costs us "
    "9,000 euros a month. It cannot go on like this.</v>\n\n"
    "00:00:16.000 --> 00:00:19.000\n<v Dana>By when must it be solved?</v>\n\n"
    "00:00:20.000 --> 00:00:30.000\n<v Ravi>It must be solved by the end of March. I decide, and "
    "Petra signs the order.</v>\n";
const char *const small_options = "{\"rep_names\": [\"Dana\"], \"deal\": {\"customer\": \"Acme\"}, \"sales_call\": \"yes\"}";
const char *const small_call_answer = "We lose eight hours every week";

void append(string *text, const char *part) {
  const size_t size = strlen(part);
  if (text->size + size + 1 > text->room) {
    text->room = 2 * (text->size + size + 1);
    text->data = realloc(text->data, text->room);
    MUST(text->data != NULL);
  }
  memcpy(text->data + text->size, part, size + 1);
  text->size += size;
}

void append_times(string *text, const char *part, size_t times) {
  for (size_t i = 0; i < times; ++i) append(text, part);
}

void append_format(string *text, const char *format, ...) {
  char part[1024];
  va_list arguments;
  va_start(arguments, format);
  const int size = vsnprintf(part, sizeof part, format, arguments);
  va_end(arguments);
  MUST(size >= 0 && (size_t)size < sizeof part);
  append(text, part);
}

void string_free(string *text) {
  free(text->data);
  *text = (string){0};
}

#ifdef SALESCHECKLIST_WITH_PDF
const scl_status pdf_status = SCL_OK;
#else
const scl_status pdf_status = SCL_UNSUPPORTED;
#endif
#ifdef SALESCHECKLIST_WITH_FFMPEG
const bool with_ffmpeg = true;
#else
const bool with_ffmpeg = false;
#endif
#ifdef SALESCHECKLIST_WITH_CURL
const bool with_curl = true;
#else
const bool with_curl = false;
#endif

bool same_text(const scl_text *left, const scl_text *right) {
  return left->size == right->size &&
         (left->size == 0 || memcmp(left->data, right->data, left->size) == 0);
}

double number_of(const char *json, const char *key) {
  string quoted = {0};
  append_format(&quoted, "\"%s\": ", key);
  const char *found = strstr(json, quoted.data);
  MUST(found != NULL);
  const double out = strtod(found + quoted.size, NULL);
  string_free(&quoted);
  return out;
}

string replaced(const char *json, const char *old, const char *new_part) {
  const char *found = strstr(json, old);
  MUST(found != NULL);
  string out = {0};
  append(&out, json);
  out.size = (size_t)(found - json);
  append(&out, new_part);
  append(&out, found + strlen(old));
  return out;
}

scl_checklist *checklist_of(const char *id) {
  scl_checklist *out = NULL;
  MUST(scl_checklist_find(&out, id, NULL) == SCL_OK);
  return out;
}

scl_text transcript_of_small_call(void) {
  scl_text out = {0};
  MUST(scl_transcript_read(&out, small_call, strlen(small_call), "{\"rep_names\": [\"Dana\"]}",
                           NULL) == SCL_OK);
  return out;
}

scl_text report_of_small_call(const scl_checklist *checklist) {
  scl_text out = {0};
  MUST(scl_analyze(&out, small_call, strlen(small_call), checklist, small_options, NULL, NULL) ==
       SCL_OK);
  return out;
}

string checklist_json(size_t items, size_t categories) {
  string out = {0};
  append(&out, "{\"id\": \"own\", \"name\": \"Our own\", \"categories\": [");
  size_t item = 0;
  for (size_t category = 1; category <= categories; ++category) {
    append_format(&out, "%s{\"id\": \"c%zu\", \"name\": \"Part %zu\", \"default_weight\": %zu.5,",
                  category == 1 ? "" : ", ", category, category, category);
    append_format(&out, " \"max_score\": %zu, \"items\": [", 10 + category);
    const char *comma = "";
    for (; item < items * category / categories; ++item, comma = ", ") {
      append_format(&out, "%s{\"id\": \"c%zu.%zu\", \"title\": \"Item %zu\",", comma, category,
                    item + 1, item + 1);
      append_format(&out, " \"definition\": \"They say so.\", \"weight\": %zu.125}", item % 3);
    }
    append(&out, "]}");
  }
  append(&out, "]}");
  return out;
}

string cues_json(const scl_checklist *checklist) {
  const size_t items = scl_checklist_items(checklist);
  item_id *ids = item_ids(checklist);
  string out = {0};
  append(&out, "{\"checklist\": \"own\", \"items\": {");
  for (size_t i = 0; i < items; ++i) {
    append_format(&out, "%s\"%s\": {\"statement\": [\"lose eight hours\"]}", i == 0 ? "" : ", ",
                  ids[i]);
  }
  append(&out, "}}");
  free(ids);
  return out;
}

item_id *item_ids(const scl_checklist *checklist) {
  scl_text transcript = transcript_of_small_call(), responses = {0};
  MUST(scl_assess_offline(&responses, transcript.data, checklist, NULL) == SCL_OK);
  const size_t count = scl_checklist_items(checklist);
  item_id *out = malloc(count * sizeof *out);
  MUST(out != NULL);
  const char *at = responses.data;
  for (size_t i = 0; i < count; ++i) {
    at = strstr(at, "\"item_id\": \"");
    MUST(at != NULL && sscanf(at, "\"item_id\": \"%63[^\"]", out[i]) == 1);
    ++at;
  }
  scl_text_free(&responses);
  scl_text_free(&transcript);
  return out;
}

unsigned some_number(unsigned long long *state, unsigned limit) {
  *state ^= *state << 13; /* Marsaglia's xorshift64 */
  *state ^= *state >> 7;
  *state ^= *state << 17;
  return (unsigned)(*state >> 33) % limit;
}
