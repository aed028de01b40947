#include "input.hpp"

#include "services.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <utility>

namespace cli {
namespace {

constexpr std::size_t head_bytes = std::size_t{1} << 12;          // enough to tell a text
constexpr std::size_t telling_bytes = std::size_t{1} << 20;       // enough to tell most recordings
constexpr std::size_t largest_recording = std::size_t{16} << 30;  // two days of PCM in mono

std::string temporary_folder() {
  const char *named = std::getenv("TMPDIR");
  return named == nullptr || *named == '\0' ? P_tmpdir : named;
}

[[noreturn]] void cannot_copy() {
  throw Failure{failed, fmt::format("the recording cannot be copied to {}: {}; TMPDIR can name "
                                    "another folder",
                                    temporary_folder(), std::strerror(errno))};
}

// Whether a path names a pipe or a device, which can be read only once.
bool names_stream(const std::string &path) {
  struct stat info {};
  if (path == "-") return true;
  return ::stat(path.c_str(), &info) == 0 && !S_ISREG(info.st_mode) && !S_ISDIR(info.st_mode);
}

void require_size(const std::string &name, std::size_t size, bool recording) {
  const std::size_t most = recording ? largest_recording : largest_input;
  if (size <= most) return;
  throw Failure{wrong_input,
                fmt::format("{}: the {} is too large: expected at most {} MiB", shown(name),
                            recording ? "recording" : "file", most >> 20)};
}

// Standard input, a pipe or a device, open for reading.
class Stream {
 public:
  explicit Stream(const std::string &name)
      : name_(name),
        file_(name == "-" ? STDIN_FILENO : ::open(name.c_str(), O_RDONLY | O_CLOEXEC)) {
    if (file_ < 0) fail("cannot open");
  }
  ~Stream() {
    if (file_ != STDIN_FILENO) ::close(file_);
  }
  Stream(const Stream &) = delete;
  Stream &operator=(const Stream &) = delete;

  // The next bytes; none at the end.
  std::string next(const saleschecklist::CancelToken &cancel) const {
    std::array<char, 1 << 16> piece;
    for (;;) {
      if (cancel.cancelled()) throw Failure{failed, shown(name_) + ": cancelled while it was read"};
      const ssize_t size = ::read(file_, piece.data(), piece.size());
      if (size >= 0) return {piece.data(), static_cast<std::size_t>(size)};
      if (errno != EINTR) fail("cannot read");
    }
  }

 private:
  [[noreturn]] void fail(const char *what) const {
    throw Failure{wrong_input, fmt::format("{}: {}: {}", shown(name_), what, std::strerror(errno))};
  }

  const std::string name_;
  const int file_;
};

}  // namespace

TemporaryFile::TemporaryFile() : path_(temporary_folder() + "/saleschecklist-XXXXXX") {
  file_ = ::mkostemp(path_.data(), O_CLOEXEC);
  if (file_ < 0) cannot_copy();
#ifdef __linux__
  ::unlink(path_.c_str());
  path_ = fmt::format("/proc/self/fd/{}", file_);
#endif
}

TemporaryFile::~TemporaryFile() {
  ::close(file_);
#ifndef __linux__
  ::unlink(path_.c_str());
#endif
}

void TemporaryFile::write(const std::string &bytes) {
  for (std::size_t done = 0; done < bytes.size();) {
    const ssize_t size = ::write(file_, bytes.data() + done, bytes.size() - done);
    if (size < 0 && errno == EINTR) continue;
    if (size < 0) cannot_copy();
    done += static_cast<std::size_t>(size);
  }
}

Input::Input(std::string name, const saleschecklist::CancelToken &cancel) : name_(std::move(name)) {
  if (!names_stream(name_)) {
    recording_ = cli::is_recording(name_);
    return;
  }
  const Stream stream(name_);
  read([&] { return stream.next(cancel); });
}

void Input::read(const Next &next) {
  std::string bytes, piece;
  while (bytes.size() < head_bytes && !(piece = next()).empty()) bytes += piece;
  if (may_be_recording(bytes)) return copy(std::move(bytes), next);
  while (!(piece = next()).empty()) {
    bytes += piece;
    require_size(name_, bytes.size(), false);
  }
  text_ = std::move(bytes);
}

void Input::copy(std::string bytes, const Next &next) {
  copy_ = std::make_unique<TemporaryFile>();
  std::size_t size = 0;
  for (; !bytes.empty(); bytes = next()) {
    copy_->write(bytes);
    const bool told = size < telling_bytes && size + bytes.size() >= telling_bytes;
    size += bytes.size();
    if (told) recording_ = cli::is_recording(copy_->path());
    require_size(name_, size, recording_);
  }
  recording_ = cli::is_recording(copy_->path());
  if (recording_) return;
  text_ = read_input(copy_->path());
  copy_.reset();
}

}  // namespace cli
