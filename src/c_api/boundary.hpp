// The boundary between C++ and C: errors, ownership, NULL.
#ifndef SALESCHECKLIST_C_API_BOUNDARY_HPP
#define SALESCHECKLIST_C_API_BOUNDARY_HPP

#include <saleschecklist/saleschecklist.h>
#include <saleschecklist/result.hpp>

#include <new>
#include <string>
#include <utility>

namespace saleschecklist::c_api {

// Stores an error that the caller owns in `error` unless it is null, and returns the error's code.
scl_status fail(scl_error **error, const Error &why) noexcept;
scl_status fail_by_memory(scl_error **error) noexcept;

// Runs `body`. An exception that it throws becomes the status and the error. If there is no memory
// for the error, it becomes SCL_OUT_OF_MEMORY.
template <class Body>
scl_status call(scl_error **error, Body &&body) noexcept {
  try {
    try {
      body();
      return SCL_OK;
    } catch (const BadResult &failure) {
      return fail(error, failure.error());
    } catch (const std::bad_alloc &) {
      throw;
    } catch (const std::exception &failure) {
      return fail(error, {ErrorCode::internal, failure.what(), {}});
    } catch (...) {
      return fail(error, {ErrorCode::internal, {}, {}});
    }
  } catch (const std::bad_alloc &) {
    return fail_by_memory(error);
  }
}

// Throws BadResult (invalid_argument, at `parameter`).
[[noreturn]] inline void refuse(std::string message, const char *parameter) {
  throw BadResult({ErrorCode::invalid_argument, std::move(message), parameter});
}

// Returns the pointer. Throws BadResult (invalid_argument, at `parameter`) if it is NULL.
template <class T>
T *required(T *pointer, const char *parameter) {
  if (pointer == nullptr) refuse("must not be NULL", parameter);
  return pointer;
}

// Copies bytes to a text that the caller owns. Throws std::bad_alloc.
void give(scl_text &out, const std::string &bytes);

}  // namespace saleschecklist::c_api

#endif
