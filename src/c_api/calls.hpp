// The edge between C++ and C: errors, ownership, NULL.
#ifndef SALESCHECKLIST_C_API_CALLS_HPP
#define SALESCHECKLIST_C_API_CALLS_HPP

#include <saleschecklist/saleschecklist.h>
#include <saleschecklist/result.hpp>

#include <new>
#include <string>

namespace saleschecklist::c_api {

// Stores an owned error where the caller wants one, and returns its code.
scl_status fail(scl_error **error, const Error &why) noexcept;
scl_status fail_by_memory(scl_error **error) noexcept;

// Runs `body`; what it throws becomes the status and the error. Memory that is missing for the
// error itself makes it an error of memory.
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

// The pointer itself. Throws BadResult (invalid_argument at `parameter`) for NULL.
template <class T>
T *required(T *pointer, const char *parameter) {
  if (pointer == nullptr) {
    throw BadResult({ErrorCode::invalid_argument, "must not be NULL", parameter});
  }
  return pointer;
}

// Hands bytes over to the caller. Throws std::bad_alloc.
void give(scl_text &out, const std::string &bytes);

}  // namespace saleschecklist::c_api

#endif
