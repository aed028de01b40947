// Cancels the library's calls on Ctrl-C, so that files stay complete.
#ifndef SALESCHECKLIST_CLI_INTERRUPT_HPP
#define SALESCHECKLIST_CLI_INTERRUPT_HPP

#include <saleschecklist/saleschecklist.hpp>

#include <csignal>

namespace cli {

// During its lifetime, the first SIGINT or SIGTERM cancels, and a second one ends the program at
// once. Only one may exist at a time.
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
