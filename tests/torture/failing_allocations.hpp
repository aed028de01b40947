// Allocations of this process that fail on demand: those of the library, of what it links to, and
// of the C library.
#ifndef SALESCHECKLIST_TESTS_TORTURE_FAILING_ALLOCATIONS_HPP
#define SALESCHECKLIST_TESTS_TORTURE_FAILING_ALLOCATIONS_HPP

#include <vector>

namespace saleschecklist::test::allocations {

enum class Which { only_that, that_and_all_later };

struct Failure {
  long number = 0;  // counted from 1; 0: none fails
  Which which = Which::only_that;
};

// From its construction to its end, allocations of all threads are counted, and fail as planned.
class Failing {
 public:
  explicit Failing(const Failure &failure);
  ~Failing();
  Failing(const Failing &) = delete;
  Failing &operator=(const Failing &) = delete;
};

long counted();  // under the latest Failing
long live();     // blocks that are allocated now

// The same, and for each distinct path of calls that leads to an allocation the number of its
// first.
class Tracing {
 public:
  Tracing();
  ~Tracing();
  Tracing(const Tracing &) = delete;
  Tracing &operator=(const Tracing &) = delete;
  static std::vector<long> firsts();
};

// Notes from now on where blocks were allocated that are not freed; slow.
void note_blocks();
// Whether the first failed allocation was made within a library, such as "libcld2".
bool failed_within(const char *library);
// Prints to standard error what failed first, and what of the noted blocks was not freed.
void print_failed();
void print_noted_blocks();

}  // namespace saleschecklist::test::allocations

#endif
