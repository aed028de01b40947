// What several targets need.
#ifndef SALESCHECKLIST_TESTS_FUZZ_SUPPORT_HPP
#define SALESCHECKLIST_TESTS_FUZZ_SUPPORT_HPP

#include "targets.hpp"

#include <saleschecklist/saleschecklist.hpp>

#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <fstream>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace saleschecklist::fuzz {

// The lines of a text, without their ends.
inline std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> out;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    out.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out;
}

// Takes the first line from `bytes`.
inline std::string take_line(std::string_view &bytes) {
  const std::size_t end = std::min(bytes.find('\n'), bytes.size());
  std::string out(bytes.substr(0, end));
  bytes.remove_prefix(std::min(end + 1, bytes.size()));
  return out;
}

// Whether options in JSON surely name no store outside the memory: no file may be made, and no
// escape or wider encoding may hide the name of one.
inline bool names_no_store(std::string_view json) {
  using namespace std::string_view_literals;
  std::string lower(json);
  for (char &c : lower) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  for (const auto hidden :
       {"\\"sv, "\0"sv, "sqlite"sv, "postgres"sv, "file"sv, "s3"sv, "folder"sv}) {
    if (lower.find(hidden) != std::string::npos) return false;
  }
  return true;
}

// An error has a message of one line, and is no bug of the library. `codes` are those that the
// function documents; none given: any.
inline void require_documented(const Error &error, std::initializer_list<ErrorCode> codes = {}) {
  if (error.code == ErrorCode::internal) std::fprintf(stderr, "%s\n", to_string(error).c_str());
  require(error.code != ErrorCode::internal, "no input leads to an internal error");
  require(!error.message.empty(), "an error has a message");
  require(error.message.find('\n') == std::string::npos, "a message is one line");
  require(codes.size() == 0 || std::find(codes.begin(), codes.end(), error.code) != codes.end(),
          "an error has a code that is documented");
}

template <class T>
void require_documented(const Result<T> &result, std::initializer_list<ErrorCode> codes = {}) {
  if (!result) require_documented(result.error(), codes);
}

// Whether two calls of one function gave the same.
inline bool equal(const Error &a, const Error &b) {
  return a.code == b.code && a.message == b.message && a.where == b.where;
}

// A folder of this process, in memory where the system has such a place.
class Folder {
 public:
  Folder() {
    namespace fs = std::filesystem;
    static int made = 0;
    const fs::path base = fs::exists("/dev/shm") ? "/dev/shm" : fs::temp_directory_path();
    path_ =
        base / ("saleschecklist-fuzz-" + std::to_string(::getpid()) + "-" + std::to_string(++made));
    fs::create_directories(path_);
  }
  ~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  Folder(const Folder &) = delete;
  Folder &operator=(const Folder &) = delete;

  std::string write(const char *name, std::string_view bytes) const {
    std::ofstream(path_ / name, std::ios::binary) << bytes;
    return (path_ / name).string();
  }
  std::string path() const { return path_.string(); }

 private:
  std::filesystem::path path_;
};

}  // namespace saleschecklist::fuzz

#endif
