// The edge of the public API: what a body throws becomes an Error.
#ifndef SALESCHECKLIST_BASE_GUARD_HPP
#define SALESCHECKLIST_BASE_GUARD_HPP

#include <saleschecklist/result.hpp>

#include <new>

namespace saleschecklist::base {

// Runs `body`, which returns a Result; an exception out of it becomes out_of_memory or internal.
// Memory that is missing for the error itself makes it an out_of_memory.
template <class Body>
auto guard(Body &&body) noexcept -> decltype(body()) {
  try {
    try {
      return body();
    } catch (const BadResult &failure) {
      return failure.error();
    } catch (const std::bad_alloc &) {
      throw;
    } catch (const std::exception &failure) {
      return Error{ErrorCode::internal, failure.what(), {}};
    } catch (...) {
      return Error{ErrorCode::internal, "an exception that is no std::exception", {}};
    }
  } catch (const std::bad_alloc &) {
    return Error{ErrorCode::out_of_memory, {}, {}};
  }
}

}  // namespace saleschecklist::base

#endif
