// Ctrl-C asks the library to stop; what is written stays whole.
#ifndef SALESCHECKLIST_CLI_INTERRUPT_HPP
#define SALESCHECKLIST_CLI_INTERRUPT_HPP

#include <saleschecklist/saleschecklist.hpp>

#include <csignal>

namespace cli {

// While it lives, the first SIGINT or SIGTERM cancels; a second one ends the program at once. One
// at a time.
class Interrupt {
 public:
  Interrupt();
  ~Interrupt();
  Interrupt(const Interrupt &) = delete;
  Interrupt &operator=(const Interrupt &) = delete;

  const saleschecklist::CancelToken cancel;

 private:
  struct sigaction interrupt_before_ {};
  struct sigaction terminate_before_ {};
};

}  // namespace cli

#endif
