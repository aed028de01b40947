// System calls that fail on demand: a library for LD_PRELOAD. Only calls about files below the
// folder in TORTURE_FOLDER count, and about sockets of the Internet. In the environment:
//
//   TORTURE_CALL    the kind, as "write"; "any" for all of them
//   TORTURE_NUMBER  which call of that kind fails, counted from 1
//   TORTURE_ERRNO   with which number
//   TORTURE_LATER   if set, all later ones fail, too
//   TORTURE_SHORT   if set, every read and write handles one byte less than asked for, if it can
//   TORTURE_EINTR   if set, half of the calls that may be interrupted are, in no order that a loop
//                   of a few calls could fall in with
//   TORTURE_COUNTS  a file to which the number of calls of each kind is written at the end
#include <dlfcn.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <climits>
#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace {

enum Kind {
  open_call,
  read_call,
  write_call,
  sync_call,
  rename_call,
  unlink_call,
  mkdir_call,
  map_call,
  truncate_call,
  close_call,
  lock_call,
  stat_call,
  socket_call,
  connect_call,
  send_call,
  receive_call,
  poll_call,
  kinds
};
constexpr std::array<const char *, kinds> names = {
    "open",  "read", "write", "sync",   "rename",  "unlink", "mkdir",   "map", "truncate",
    "close", "lock", "stat",  "socket", "connect", "send",   "receive", "poll"};

struct Plan {
  std::array<char, PATH_MAX> folder{};
  int kind = -1;  // kinds: any
  long number = 0;
  int error = 0;
  bool later = false, shorter = false, interrupts = false;
};

long number_in(const char *variable) {
  const char *text = std::getenv(variable);
  return text == nullptr ? 0 : std::atol(text);
}

Plan read_plan() {
  Plan out;
  const char *folder = std::getenv("TORTURE_FOLDER");
  if (folder == nullptr) return out;
  std::snprintf(out.folder.data(), out.folder.size(), "%s", folder);
  const char *kind = std::getenv("TORTURE_CALL");
  for (int i = 0; kind != nullptr && i < kinds; ++i) {
    if (std::strcmp(kind, names[static_cast<std::size_t>(i)]) == 0) out.kind = i;
  }
  if (kind != nullptr && std::strcmp(kind, "any") == 0) out.kind = kinds;
  out.number = number_in("TORTURE_NUMBER");
  out.error = static_cast<int>(number_in("TORTURE_ERRNO"));
  out.later = std::getenv("TORTURE_LATER") != nullptr;
  out.shorter = std::getenv("TORTURE_SHORT") != nullptr;
  out.interrupts = std::getenv("TORTURE_EINTR") != nullptr;
  return out;
}

const Plan &plan() {
  static const Plan made = read_plan();
  return made;
}

std::array<std::atomic<long>, kinds> counts;
std::atomic<long> count_of_all{0}, interruptible{0};

bool is_below(const char *path) {
  const std::size_t size = std::strlen(plan().folder.data());
  return size != 0 && path != nullptr && std::strncmp(path, plan().folder.data(), size) == 0;
}

bool is_about(int file) {
  std::array<char, 64> link{};
  std::array<char, PATH_MAX> path{};
  std::snprintf(link.data(), link.size(), "/proc/self/fd/%d", file);
  return ::readlink(link.data(), path.data(), path.size() - 1) > 0 && is_below(path.data());
}

bool is_about(int folder, const char *path) {
  return path[0] == '/' ? is_below(path) : folder != AT_FDCWD && is_about(folder);
}

bool is_internet(int family) { return family == AF_INET || family == AF_INET6; }

bool is_socket(int file) {
  int family = 0;
  socklen_t size = sizeof family;
  const int error = errno;
  const bool found = ::getsockopt(file, SOL_SOCKET, SO_DOMAIN, &family, &size) == 0;
  errno = error;
  return found && is_internet(family);
}

// Whether this call is to fail, with errno set.
bool fails(Kind kind, bool about) {
  if (!about) return false;
  const long of_kind = ++counts[kind];
  const long number = plan().kind == kinds ? ++count_of_all : of_kind;
  if (plan().kind != kind && plan().kind != kinds) return false;
  if (number != plan().number && !(plan().later && number > plan().number)) return false;
  if (plan().number == 0) return false;
  errno = plan().error;
  return true;
}

// The same for a connection, which is then broken for the other side, too.
bool breaks(Kind kind, int file, bool about) {
  if (!fails(kind, about)) return false;
  const int error = errno;
  ::shutdown(file, SHUT_RDWR);
  errno = error;
  return true;
}

bool is_interrupted(bool about) {
  if (!about || !plan().interrupts) return false;
  const auto number = static_cast<unsigned>(++interruptible);
  if ((number * 2'654'435'769U >> 31) == 0) return false;  // Knuth's multiplicative hashing
  errno = EINTR;
  return true;
}

std::size_t shortened(std::size_t size, bool about) {
  return about && plan().shorter && size > 1 ? size - 1 : size;
}

template <class Function>
Function real(Function, const char *name) {
  return reinterpret_cast<Function>(::dlsym(RTLD_NEXT, name));
}
#define REAL(name) static const auto next = real(&::name, #name)

struct Counts {
  ~Counts() {
    const char *file = std::getenv("TORTURE_COUNTS");
    if (file == nullptr) return;
    const int out = static_cast<int>(::openat(AT_FDCWD, file, O_WRONLY | O_CREAT | O_TRUNC, 0600));
    for (int i = 0; i < kinds; ++i) {
      ::dprintf(out, "%s %ld\n", names[static_cast<std::size_t>(i)],
                counts[static_cast<std::size_t>(i)].load());
    }
    ::close(out);
  }
} at_end;

mode_t mode_in(int flags, std::va_list list) {
  return (flags & (O_CREAT | O_TMPFILE)) != 0 ? va_arg(list, mode_t) : 0;
}

}  // namespace

#define WITH_MODE(flags)                    \
  std::va_list list;                        \
  va_start(list, flags);                    \
  const mode_t mode = mode_in(flags, list); \
  va_end(list)

extern "C" {

#define OPEN(name)                                                   \
  int name(const char *path, int flags, ...) {                       \
    REAL(name);                                                      \
    WITH_MODE(flags);                                                \
    const bool about = is_below(path);                               \
    if (is_interrupted(about) || fails(open_call, about)) return -1; \
    return next(path, flags, mode);                                  \
  }
OPEN(open)
OPEN(open64)

#define OPENAT(name)                                                 \
  int name(int folder, const char *path, int flags, ...) {           \
    REAL(name);                                                      \
    WITH_MODE(flags);                                                \
    const bool about = is_about(folder, path);                       \
    if (is_interrupted(about) || fails(open_call, about)) return -1; \
    return next(folder, path, flags, mode);                          \
  }
OPENAT(openat)
OPENAT(openat64)

#define FOPEN(name)                                       \
  FILE *name(const char *path, const char *mode) {        \
    REAL(name);                                           \
    if (fails(open_call, is_below(path))) return nullptr; \
    return next(path, mode);                              \
  }
FOPEN(fopen)
FOPEN(fopen64)

#define MKSTEMP(name)                                \
  int name(char *path) {                             \
    REAL(name);                                      \
    if (fails(open_call, is_below(path))) return -1; \
    return next(path);                               \
  }
MKSTEMP(mkstemp)
MKSTEMP(mkstemp64)

ssize_t read(int file, void *bytes, size_t size) {
  REAL(read);
  const bool about = is_about(file);
  if (is_interrupted(about) || fails(read_call, about)) return -1;
  return next(file, bytes, shortened(size, about));
}

ssize_t write(int file, const void *bytes, size_t size) {
  REAL(write);
  const bool about = is_about(file);
  if (is_interrupted(about) || fails(write_call, about)) return -1;
  return next(file, bytes, shortened(size, about));
}

#define PREAD(name, offset_type)                                     \
  ssize_t name(int file, void *bytes, size_t size, offset_type at) { \
    REAL(name);                                                      \
    const bool about = is_about(file);                               \
    if (is_interrupted(about) || fails(read_call, about)) return -1; \
    return next(file, bytes, shortened(size, about), at);            \
  }
PREAD(pread, off_t)
PREAD(pread64, off64_t)

#define PWRITE(name, offset_type)                                          \
  ssize_t name(int file, const void *bytes, size_t size, offset_type at) { \
    REAL(name);                                                            \
    const bool about = is_about(file);                                     \
    if (is_interrupted(about) || fails(write_call, about)) return -1;      \
    return next(file, bytes, shortened(size, about), at);                  \
  }
PWRITE(pwrite, off_t)
PWRITE(pwrite64, off64_t)

#define SYNC(name)                                   \
  int name(int file) {                               \
    REAL(name);                                      \
    if (fails(sync_call, is_about(file))) return -1; \
    return next(file);                               \
  }
SYNC(fsync)
SYNC(fdatasync)

int close(int file) {
  REAL(close);
  const bool failed = fails(close_call, is_about(file));
  const int error = errno;
  const int done = next(file);  // the file is closed in any case, as on Linux
  if (!failed) return done;
  errno = error;
  return -1;
}

int rename(const char *from, const char *to) noexcept {
  REAL(rename);
  return fails(rename_call, is_below(from)) ? -1 : next(from, to);
}

int renameat(int from_folder, const char *from, int to_folder, const char *to) noexcept {
  REAL(renameat);
  return fails(rename_call, is_about(from_folder, from)) ? -1
                                                         : next(from_folder, from, to_folder, to);
}

int unlink(const char *path) noexcept {
  REAL(unlink);
  return fails(unlink_call, is_below(path)) ? -1 : next(path);
}

int unlinkat(int folder, const char *path, int flags) noexcept {
  REAL(unlinkat);
  return fails(unlink_call, is_about(folder, path)) ? -1 : next(folder, path, flags);
}

int mkdir(const char *path, mode_t mode) noexcept {
  REAL(mkdir);
  return fails(mkdir_call, is_below(path)) ? -1 : next(path, mode);
}

int mkdirat(int folder, const char *path, mode_t mode) noexcept {
  REAL(mkdirat);
  return fails(mkdir_call, is_about(folder, path)) ? -1 : next(folder, path, mode);
}

#define MMAP(name, offset_type)                                          \
  void *name(void *at, size_t size, int protection, int flags, int file, \
             offset_type offset) noexcept {                              \
    REAL(name);                                                          \
    if (file >= 0 && fails(map_call, is_about(file))) return MAP_FAILED; \
    return next(at, size, protection, flags, file, offset);              \
  }
MMAP(mmap, off_t)
MMAP(mmap64, off64_t)

#define FTRUNCATE(name, offset_type)                                     \
  int name(int file, offset_type size) noexcept {                        \
    REAL(name);                                                          \
    const bool about = is_about(file);                                   \
    if (is_interrupted(about) || fails(truncate_call, about)) return -1; \
    return next(file, size);                                             \
  }
FTRUNCATE(ftruncate, off_t)
FTRUNCATE(ftruncate64, off64_t)

#define FCNTL(name)                                                                     \
  int name(int file, int command, ...) {                                                \
    REAL(name);                                                                         \
    std::va_list list;                                                                  \
    va_start(list, command);                                                            \
    void *argument = va_arg(list, void *);                                              \
    va_end(list);                                                                       \
    const bool locks = command == F_SETLK || command == F_SETLKW || command == F_GETLK; \
    if (locks && fails(lock_call, is_about(file))) return -1;                           \
    return next(file, command, argument);                                               \
  }
FCNTL(fcntl)
FCNTL(fcntl64)

int flock(int file, int operation) noexcept {
  REAL(flock);
  const bool about = is_about(file);
  if (is_interrupted(about) || fails(lock_call, about)) return -1;
  return next(file, operation);
}

#define FSTAT(name, type)                            \
  int name(int file, struct type *about) noexcept {  \
    REAL(name);                                      \
    if (fails(stat_call, is_about(file))) return -1; \
    return next(file, about);                        \
  }
FSTAT(fstat, stat)
FSTAT(fstat64, stat64)

int socket(int family, int type, int protocol) noexcept {
  REAL(socket);
  return fails(socket_call, is_internet(family)) ? -1 : next(family, type, protocol);
}

int connect(int file, const sockaddr *address, socklen_t size) {
  REAL(connect);
  return fails(connect_call, is_socket(file)) ? -1 : next(file, address, size);
}

ssize_t send(int file, const void *bytes, size_t size, int flags) {
  REAL(send);
  const bool about = is_socket(file);
  if (breaks(send_call, file, about)) return -1;  // does not wait, hence is not interrupted
  return next(file, bytes, shortened(size, about), flags);
}

ssize_t recv(int file, void *bytes, size_t size, int flags) {
  REAL(recv);
  const bool about = is_socket(file);
  if (breaks(receive_call, file, about)) return -1;
  return next(file, bytes, shortened(size, about), flags);
}

int poll(pollfd *files, nfds_t count, int timeout) {
  REAL(poll);
  bool about = false;
  for (nfds_t i = 0; i < count; ++i) about = about || is_socket(files[i].fd);
  if (is_interrupted(about) || fails(poll_call, about)) return -1;
  return next(files, count, timeout);
}

}  // extern "C"
