#include "interrupt.hpp"

namespace cli {
namespace {

const saleschecklist::CancelToken *token = nullptr;

// A signal that is ignored, as for background jobs of a shell script, stays ignored.
void watch(int signal, const struct sigaction &action, struct sigaction &before) {
  ::sigaction(signal, nullptr, &before);
  if (before.sa_handler != SIG_IGN) ::sigaction(signal, &action, nullptr);
}

}  // namespace

Interrupt::Interrupt() {
  token = &cancel;
  struct sigaction action {};
  action.sa_handler = [](int) { token->cancel(); };
  action.sa_flags = static_cast<int>(SA_RESETHAND);
  watch(SIGINT, action, interrupt_before_);
  watch(SIGTERM, action, terminate_before_);
}

Interrupt::~Interrupt() {
  ::sigaction(SIGINT, &interrupt_before_, nullptr);
  ::sigaction(SIGTERM, &terminate_before_, nullptr);
}

}  // namespace cli
