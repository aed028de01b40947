#include "base/files.hpp"
#include "base/errors.hpp"

#include <fmt/format.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <memory>

namespace saleschecklist::base {
namespace {

struct Close {
  void operator()(std::FILE *file) const { std::fclose(file); }
};

Error unreadable(const std::string &path) { return errors::io("cannot read", errno, path); }

}  // namespace

Result<std::string> read_file(const std::string &path, std::size_t most_bytes) {
  const std::unique_ptr<std::FILE, Close> file(std::fopen(path.c_str(), "rb"));
  if (!file) return unreadable(path);
  std::string out;
  std::array<char, 1 << 16> buffer;
  while (const std::size_t size = std::fread(buffer.data(), 1, buffer.size(), file.get())) {
    if (size > most_bytes - out.size()) {
      return errors::invalid_input(
          fmt::format("the file is too large: expected at most {} bytes", most_bytes), path);
    }
    out.append(buffer.data(), size);
  }
  if (std::ferror(file.get()) != 0) return unreadable(path);
  return out;
}

}  // namespace saleschecklist::base
