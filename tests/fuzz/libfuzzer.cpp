// One target under libFuzzer; FUZZ_TARGET is its name. See scripts/fuzz.sh.
#include "targets.hpp"

#include <cstddef>
#include <cstdint>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
  saleschecklist::fuzz::FUZZ_TARGET({reinterpret_cast<const char *>(data), size});
  return 0;
}
