/* What the tests of the C API share: checks, texts to build inputs with, and a small call. */
#ifndef SALESCHECKLIST_TESTS_C_API_SUPPORT_H
#define SALESCHECKLIST_TESTS_C_API_SUPPORT_H

#include <saleschecklist/saleschecklist.h>

#include <stdbool.h>
#include <stddef.h>

/* A test's name is the sentence that it checks. */
typedef struct test {
  const char *name;
  void (*run)(void);
} test;

/* Lists of tests, each ending in {NULL, NULL}. */
extern const test argument_tests[], basics_tests[], checklist_tests[], deals_tests[], files_tests[], huge_tests[],
    input_tests[], log_tests[], score_many_tests[], services_tests[], sessions_tests[],
    steps_tests[], thread_tests[];

/* What drawing a sound report gives. */
extern const scl_status pdf_status;
/* Whether this build reads recordings, and whether it can use the network. */
extern const bool with_ffmpeg, with_curl;

/* Whether the tests shall be short, for running them in a slow emulator. */
extern bool small_run;

/* ---- Checks: to be called in the main thread only ----------------------------------------------
 */

void check_true(bool held, const char *expression, const char *file, int line);
void check_text(const char *actual, const char *expected, const char *file, int line);
void check_contains(const char *text, const char *part, const char *file, int line);
/* Frees the error, so that a refusal is checked in one line. */
void check_refusal(scl_status status, scl_error *error, scl_status expected, const char *where,
                   const char *file, int line);

#define CHECK(condition) check_true((condition), #condition, __FILE__, __LINE__)
#define CHECK_TEXT(actual, expected) check_text((actual), (expected), __FILE__, __LINE__)
#define CHECK_CONTAINS(text, part) check_contains((text), (part), __FILE__, __LINE__)
/* `call` uses `&error`; it must give the status and, unless `where` is NULL, name that place. */
#define CHECK_REFUSED(call, expected, where)                                       \
  do {                                                                             \
    scl_error *error = NULL;                                                       \
    const scl_status refusal_status = (call);                                      \
    check_refusal(refusal_status, error, (expected), (where), __FILE__, __LINE__); \
  } while (0)
/* As CHECK, for what the rest of a test cannot do without: ends the program. */
#define MUST(condition) must((condition), #condition, __FILE__, __LINE__)
void must(bool held, const char *expression, const char *file, int line);

/* ---- Texts --------------------------------------------------------------------------------------
 */

/* A growing text; {0} is empty. `data` ends in a NUL once something was appended. */
typedef struct string {
  char *data;
  size_t size, room;
} string;

void append(string *text, const char *part);
void append_times(string *text, const char *part, size_t times);
void append_format(string *text, const char *format, ...);
void string_free(string *text);

bool same_text(const scl_text *left, const scl_text *right);
/* The number after the first `"key": ` in `json`. */
double number_of(const char *json, const char *key);
/* A copy of `json` with its first `old` replaced. To be freed by string_free(). */
string replaced(const char *json, const char *old, const char *new_part);

/* ---- Calls and checklists
 * ------------------------------------------------------------------------ */

extern const char *const small_call;        /* WebVTT of four utterances */
extern const char *const small_options;     /* who sells in it */
extern const char *const small_call_answer; /* words of the customer in it */

scl_checklist *checklist_of(const char *id);
scl_text transcript_of_small_call(void);
scl_text report_of_small_call(const scl_checklist *checklist);

/* A checklist of so many items in that many categories of about the same size, with ids such as
 * "c2.7" (category 2, item 7 of all) and different weights. To be freed by string_free(). */
string checklist_json(size_t items, size_t categories);
/* Cues for all items of such a checklist, which hear what the customer says in the small call. */
string cues_json(const scl_checklist *checklist);

/* The ids of all items in order, each of at most 63 bytes. To be freed by free(). */
typedef char item_id[64];
item_id *item_ids(const scl_checklist *checklist);

/* Deterministic pseudo-random numbers below `limit`, from a state that is not 0. */
unsigned some_number(unsigned long long *state, unsigned limit);

#endif
