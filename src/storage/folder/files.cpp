#include "storage/folder/files.hpp"

#include <saleschecklist/result.hpp>

#include "base/errors.hpp"
#include "base/sha256.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <memory>

namespace saleschecklist::storage {
namespace {

constexpr std::string_view temporary_prefix = ".put-";
constexpr int plain = O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK;

bool is_link(int folder, const std::string &name) {
  struct stat about {};
  return ::fstatat(folder, name.c_str(), &about, AT_SYMLINK_NOFOLLOW) == 0 &&
         S_ISLNK(about.st_mode);
}

// Whether the name still refers to the open file.
bool is_still(int file, int folder, const std::string &name) {
  struct stat open {
  }, named{};
  return ::fstat(file, &open) == 0 &&
         ::fstatat(folder, name.c_str(), &named, AT_SYMLINK_NOFOLLOW) == 0 &&
         open.st_dev == named.st_dev && open.st_ino == named.st_ino;
}

bool lock(int file, int how) {
  return uninterrupted([&] { return ::flock(file, how); }) == 0;
}

// Removes a temporary file unless another process is writing it.
void remove_leftover(int folder, const std::string &name) {
  const Handle file(uninterrupted([&] { return ::openat(folder, name.c_str(), O_RDWR | plain); }));
  if (!file.is_open() || !lock(file.get(), LOCK_EX | LOCK_NB)) return;
  if (is_still(file.get(), folder, name)) ::unlinkat(folder, name.c_str(), 0);
}

// Opens a folder within another one. The handle is not open if there is no such folder.
Handle open_below(int folder, const std::string &name, bool create, const std::string &path) {
  if (create && ::mkdirat(folder, name.c_str(), 0700) != 0 && errno != EEXIST) {
    if (errno == ENOENT) return Handle();
    fail_io("cannot write", errno, path);
  }
  Handle out(uninterrupted(
      [&] { return ::openat(folder, name.c_str(), O_RDONLY | O_DIRECTORY | plain); }));
  if (out.is_open() || errno == ENOENT) return out;
  const int number = errno;
  if (is_link(folder, name)) fail_io("the path contains a symbolic link", ELOOP, path);
  if (number == ENOTDIR && !create) return out;
  fail_io(create ? "cannot write" : "cannot open", number, path);
}

struct CloseFolder {
  void operator()(DIR *folder) const { ::closedir(folder); }
};

}  // namespace

Handle::~Handle() {
  if (number_ >= 0) ::close(number_);
}

void fail_io(const char *doing, int number, const std::string &where) {
  throw BadResult(errors::io(doing, number, where));
}

std::optional<Place> open_place(const std::string &top, const std::string &key, bool create) {
  Place out;
  out.path = top + "/" + key;
  out.folders.emplace_back(
      uninterrupted([&] { return ::open(top.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC); }));
  if (!out.folders.back().is_open()) fail_io("cannot open", errno, top);
  std::size_t begin = 0;
  for (std::size_t slash; (slash = key.find('/', begin)) != std::string::npos; begin = slash + 1) {
    out.names.push_back(key.substr(begin, slash - begin));
    out.folders.push_back(open_below(out.folder(), out.names.back(), create, out.path));
    if (!out.folders.back().is_open()) return std::nullopt;
  }
  out.name = key.substr(begin);
  return out;
}

void remove_empty(const Place &place) {
  for (std::size_t i = place.names.size(); i > 0; --i) {
    const int above = place.folders[i - 1].get();
    if (::unlinkat(above, place.names[i - 1].c_str(), AT_REMOVEDIR) != 0) return;
  }
}

void sync_folder(int folder, const std::string &where) {
  // EINVAL: the file system does not support this.
  if (uninterrupted([&] { return ::fsync(folder); }) != 0 && errno != EINVAL)
    fail_io("cannot write", errno, where);
}

std::string temporary_name(std::string_view name) {
  return std::string(temporary_prefix) + base::sha256_hex(name).substr(0, 32);
}

std::optional<Handle> lock_temporary(const Place &place) {
  const std::string name = temporary_name(place.name);
  for (;;) {
    Handle file(uninterrupted(
        [&] { return ::openat(place.folder(), name.c_str(), O_RDWR | O_CREAT | plain, 0600); }));
    if (!file.is_open() && errno == ENOENT) return std::nullopt;
    if (!file.is_open() || !lock(file.get(), LOCK_EX)) fail_io("cannot write", errno, place.path);
    if (!is_still(file.get(), place.folder(), name)) continue;  // renamed meanwhile
    if (uninterrupted([&] { return ::ftruncate(file.get(), 0); }) != 0)
      fail_io("cannot write", errno, place.path);
    return file;
  }
}

void remove_leftovers(const Place &place) {
  // A separate handle, because reading changes its position.
  Handle again(uninterrupted(
      [&] { return ::openat(place.folder(), ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC); }));
  if (!again.is_open()) return;
  const std::unique_ptr<DIR, CloseFolder> folder(::fdopendir(again.get()));
  if (!folder) return;
  again.release();
  while (const dirent *entry = ::readdir(folder.get())) {
    const std::string name = entry->d_name;
    if (name.substr(0, temporary_prefix.size()) == temporary_prefix) {
      remove_leftover(place.folder(), name);
    }
  }
}

}  // namespace saleschecklist::storage
