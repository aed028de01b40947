/* Runs the tests of the C API: c_api_tests [--small] [PART OF A NAME] */
#include "support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool small_run = false;

static int checks = 0, failures = 0;

void check_true(bool held, const char *expression, const char *file, int line) {
  ++checks;
  if (held) return;
  ++failures;
  printf("%s:%d: failed: %s\n", file, line, expression);
}

void check_text(const char *actual, const char *expected, const char *file, int line) {
  const bool same = actual != NULL && strcmp(actual, expected) == 0;
  check_true(same, "texts are equal", file, line);
  if (!same) printf("  expected \"%s\"\n  got      \"%s\"\n", expected, actual ? actual : "NULL");
}

void check_contains(const char *text, const char *part, const char *file, int line) {
  const bool held = text != NULL && strstr(text, part) != NULL;
  check_true(held, "the text holds the part", file, line);
  if (!held) printf("  expected \"%s\"\n  in       \"%.400s\"\n", part, text ? text : "NULL");
}

void check_refusal(scl_status status, scl_error *error, scl_status expected, const char *where,
                   const char *file, int line) {
  check_text(scl_status_name(status), scl_status_name(expected), file, line);
  check_true(scl_error_code(error) == status, "the error has the returned status", file, line);
  check_true(scl_error_message(error)[0] != '\0', "the error has a message", file, line);
  if (where != NULL) check_text(scl_error_where(error), where, file, line);
  if (status != expected && error != NULL) printf("  %.400s\n", scl_error_message(error));
  scl_error_free(error);
}

void must(bool held, const char *expression, const char *file, int line) {
  if (held) return;
  printf("%s:%d: cannot go on without: %s\n", file, line, expression);
  exit(1);
}

static int run_all(const test *tests, const char *part) {
  int count = 0;
  for (; tests->run != NULL; ++tests) {
    if (strstr(tests->name, part) == NULL) continue;
    const int before = failures;
    printf("%s\n", tests->name);
    fflush(stdout);
    tests->run();
    if (failures > before) printf("  FAILED: %d\n", failures - before);
    ++count;
  }
  return count;
}

int main(int argc, char **argv) {
  const char *part = "";
  for (int i = 1; i < argc; ++i) {
    if (strcmp(argv[i], "--small") == 0)
      small_run = true;
    else
      part = argv[i];
  }
  const test *const lists[] = {argument_tests, basics_tests, checklist_tests, deals_tests, files_tests, huge_tests,
                               input_tests,    log_tests,    score_many_tests, services_tests,
                               sessions_tests, steps_tests,  thread_tests};
  int count = 0;
  for (size_t i = 0; i < sizeof lists / sizeof *lists; ++i) count += run_all(lists[i], part);
  printf("%d tests, %d checks, %d failed\n", count, checks, failures);
  return failures > 0 || checks == 0;
}
