#include "engine/recording.hpp"
#include "base/errors.hpp"

#include "base/percent_encoding.hpp"
#include "base/sha256.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <map>
#include <optional>
#include <utility>

namespace saleschecklist::engine {
namespace {

constexpr std::size_t longest_extension = 8;
constexpr std::string_view file_scheme = "file://";

Error cannot(const char *what, const std::string &file) {
  return errors::io(std::string("cannot ") + what, errno, file);
}

// The path in a "file://" address; empty for other addresses.
std::string path_of(const std::string &link) {
  if (link.rfind(file_scheme, 0) != 0) return {};
  return base::percent_decode(std::string_view(link).substr(file_scheme.size())).value_or("");
}

// Opens an unnamed file in the folder for temporary files; -1 if that is not possible.
int nameless_file(std::string &path) {
#ifdef O_TMPFILE
  const int file = ::open(P_tmpdir, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
  if (file >= 0) {
    path = "/proc/self/fd/" + std::to_string(file);
    return file;
  }
#endif
  path = P_tmpdir "/saleschecklist-XXXXXX";
  const int named = ::mkstemp(path.data());
#ifdef __linux__
  if (named >= 0) {
    ::unlink(path.c_str());
    path = "/proc/self/fd/" + std::to_string(named);
  }
#endif
  return named;
}

bool write_all(int file, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t size = ::write(file, bytes.data(), bytes.size());
    if (size < 0 && errno == EINTR) continue;
    if (size < 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(size));
  }
  return true;
}

}  // namespace

LocalFile::LocalFile(LocalFile &&other) noexcept
    : path_(std::move(other.path_)), descriptor_(std::exchange(other.descriptor_, -1)) {}

LocalFile::~LocalFile() {
  if (descriptor_ < 0) return;
  ::close(descriptor_);
  if (path_.rfind("/proc/", 0) != 0) ::unlink(path_.c_str());
}

Result<LocalFile> LocalFile::of(BlobStore &blobs, const std::string &key) {
  LocalFile out;
  if (const auto link = blobs.link(key, 1); link) out.path_ = path_of(*link);
  if (!out.path_.empty()) return out;
  out.descriptor_ = nameless_file(out.path_);
  if (out.descriptor_ < 0) return cannot("create a temporary file", P_tmpdir);
  std::optional<Error> fault;
  const auto got = blobs.get(key, [&](std::string_view piece) {
    if (write_all(out.descriptor_, piece)) return true;
    fault = cannot("write a copy of the recording", P_tmpdir);
    return false;
  });
  if (fault) return *std::move(fault);
  if (!got) return got.error();
  return out;
}

Result<FileFacts> facts_of(const std::string &file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) return cannot("open", file);
  base::Sha256 hash;
  FileFacts out;
  std::array<char, 1 << 16> piece;
  while (in.read(piece.data(), piece.size()), in.gcount() > 0) {
    const auto size = static_cast<std::size_t>(in.gcount());
    hash.add({piece.data(), size});
    out.bytes += static_cast<std::int64_t>(size);
  }
  if (in.bad()) return cannot("read", file);
  out.hash = hash.hex();
  return out;
}

std::string extension_of(const std::string &file) {
  const std::size_t dot = file.rfind('.');
  if (dot == std::string::npos || file.size() - dot - 1 > longest_extension) return {};
  std::string out = file.substr(dot + 1);
  for (char &c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))) return {};
  }
  return out;
}

std::string content_type_of(const std::string &extension) {
  static const std::map<std::string, std::string> types = {
      {"wav", "audio/wav"},      {"mp3", "audio/mpeg"},  {"m4a", "audio/mp4"},
      {"mp4", "video/mp4"},      {"ogg", "audio/ogg"},   {"opus", "audio/ogg"},
      {"flac", "audio/flac"},    {"webm", "video/webm"}, {"mkv", "video/x-matroska"},
      {"mov", "video/quicktime"}};
  const auto found = types.find(extension);
  return found == types.end() ? "application/octet-stream" : found->second;
}

}  // namespace saleschecklist::engine
