#include "base/files.hpp"

#include <fmt/format.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>

namespace saleschecklist::base {
namespace {

struct Close {
  void operator()(std::FILE *file) const { std::fclose(file); }
};

Error unreadable(const std::string &path) {
  return {ErrorCode::io, fmt::format("the file cannot be read: {}", std::strerror(errno)), path};
}

}  // namespace

Result<std::string> read_file(const std::string &path, std::size_t most_bytes) {
  const std::unique_ptr<std::FILE, Close> file(std::fopen(path.c_str(), "rb"));
  if (!file) return unreadable(path);
  std::string out;
  std::array<char, 1 << 16> buffer;
  while (const std::size_t size = std::fread(buffer.data(), 1, buffer.size(), file.get())) {
    if (size > most_bytes - out.size()) {
      return Error{ErrorCode::invalid_input,
                   fmt::format("the file is larger than {} MiB", most_bytes >> 20), path};
    }
    out.append(buffer.data(), size);
  }
  if (std::ferror(file.get()) != 0) return unreadable(path);
  return out;
}

}  // namespace saleschecklist::base
