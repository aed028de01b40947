#include "c_api/boundary.hpp"

#include <cstdlib>
#include <cstring>
#include <new>

struct scl_error {
  saleschecklist::Error value;
};

namespace saleschecklist::c_api {
namespace {

// Returned if there is no memory for an error; never freed.
scl_error no_memory{{ErrorCode::out_of_memory, {}, {}}};

}  // namespace

scl_status fail_by_memory(scl_error **error) noexcept {
  if (error != nullptr) *error = &no_memory;
  return SCL_OUT_OF_MEMORY;
}

scl_status fail(scl_error **error, const Error &why) noexcept {
  if (why.code == ErrorCode::out_of_memory) return fail_by_memory(error);
  if (error == nullptr) return static_cast<scl_status>(why.code);
  try {
    *error = new scl_error{why};
    return static_cast<scl_status>(why.code);
  } catch (const std::bad_alloc &) {
    return fail_by_memory(error);
  }
}

void give(scl_text &out, const std::string &bytes) {
  auto *data = static_cast<char *>(std::malloc(bytes.size() + 1));
  if (data == nullptr) throw std::bad_alloc();
  std::memcpy(data, bytes.c_str(), bytes.size() + 1);
  out = {data, bytes.size()};
}

}  // namespace saleschecklist::c_api

using saleschecklist::c_api::no_memory;

const char *scl_status_name(scl_status status) {
  return status == SCL_OK ? "ok" : name(static_cast<saleschecklist::ErrorCode>(status));
}

scl_status scl_error_code(const scl_error *error) {
  return error == nullptr ? SCL_OK : static_cast<scl_status>(error->value.code);
}

const char *scl_error_message(const scl_error *error) {
  if (error == nullptr) return "";
  return error->value.message.empty() ? name(error->value.code) : error->value.message.c_str();
}

const char *scl_error_where(const scl_error *error) {
  return error == nullptr ? "" : error->value.where.c_str();
}

const char *scl_error_provider(const scl_error *error) {
  return error == nullptr ? "" : error->value.provider.c_str();
}

int scl_error_http_status(const scl_error *error) {
  return error == nullptr ? 0 : error->value.http_status;
}

const char *scl_error_request_id(const scl_error *error) {
  return error == nullptr ? "" : error->value.request_id.c_str();
}

int64_t scl_error_retry_after_ms(const scl_error *error) {
  return error == nullptr ? 0 : error->value.retry_after_ms;
}

void scl_error_free(scl_error *error) {
  if (error != &no_memory) delete error;
}
