#include <saleschecklist/saleschecklist.hpp>

namespace saleschecklist {

const char *version() noexcept { return SALESCHECKLIST_VERSION; }

}  // namespace saleschecklist
