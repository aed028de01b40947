// Turns exceptions into errors at the boundary of the public API.
#ifndef SALESCHECKLIST_BASE_GUARD_HPP
#define SALESCHECKLIST_BASE_GUARD_HPP

#include <saleschecklist/result.hpp>

#include "base/errors.hpp"

#include <new>

namespace saleschecklist::base {

// Runs `body`, which returns a Result. A BadResult that it throws becomes its Error, std::bad_alloc
// becomes out_of_memory, and any other exception becomes internal. If there is no memory for the
// error, the result is out_of_memory.
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
      return errors::internal(failure.what());
    } catch (...) {
      return errors::internal("an exception of unknown type was thrown");
    }
  } catch (const std::bad_alloc &) {
    return errors::out_of_memory();
  }
}

}  // namespace saleschecklist::base

#endif
