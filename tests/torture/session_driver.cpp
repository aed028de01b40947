// session_driver FOLDER: keeps a session in the folder. session_driver FOLDER check: tells what
// must not be there. Prints what was made, or the code and the message of the error.
#include <cstdio>

#include "flows.hpp"

int main(int argc, char **argv) {
  using namespace saleschecklist::test;
  if (argc == 3) {
    const std::string fault = fault_of_session(argv[1]);
    std::printf("%s", fault.c_str());
    return fault.empty() ? 0 : 1;
  }
  const Outcome out = keep_session(argv[1], {});
  if (out.done) {
    std::fwrite(out.product.data(), 1, out.product.size(), stdout);
    return 0;
  }
  std::printf("%s: %s", name(out.code), out.message.c_str());
  return 1;
}
