#include "media/file_stamp.hpp"

#include <saleschecklist/result.hpp>

#include <filesystem>
#include <system_error>

namespace saleschecklist::media {
namespace {

[[noreturn]] void fail(ErrorCode code, std::string message, const std::string &file) {
  throw BadResult({code, std::move(message), file});
}

}  // namespace

FileStamp stamp_of(const std::string &file) {
  namespace fs = std::filesystem;
  std::error_code error;
  const fs::path path(std::u8string(file.begin(), file.end()));
  const fs::file_status status = fs::status(path, error);
  if (status.type() == fs::file_type::not_found)
    fail(ErrorCode::io, "the file does not exist", file);
  if (error) fail(ErrorCode::io, "cannot read the file: " + error.message(), file);
  if (fs::is_directory(status)) {
    fail(ErrorCode::io, std::string(expected) + ", found a folder", file);
  }
  if (!fs::is_regular_file(status)) {
    fail(ErrorCode::io, std::string(expected) + ", found something that is not a regular file",
         file);
  }
  FileStamp out;
  out.size = fs::file_size(path, error);
  if (error) fail(ErrorCode::io, "cannot read the file: " + error.message(), file);
  if (out.size == 0) {
    fail(ErrorCode::invalid_input, std::string("the file is empty; ") + expected, file);
  }
  out.changed = fs::last_write_time(path, error).time_since_epoch().count();
  if (error) fail(ErrorCode::io, "cannot read the file: " + error.message(), file);
  return out;
}

}  // namespace saleschecklist::media
