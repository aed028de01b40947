// Overwrites memory that held a secret; for strings, see Secret::wipe().
#ifndef SALESCHECKLIST_BASE_WIPE_HPP
#define SALESCHECKLIST_BASE_WIPE_HPP

#include <cstddef>

namespace saleschecklist::base {

// Sets the bytes to zero, which the compiler does not leave out.
void wipe(void *bytes, std::size_t size) noexcept;

}  // namespace saleschecklist::base

#endif
