#include "failing_allocations.hpp"

#include <dlfcn.h>
#include <execinfo.h>
#include <sys/mman.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <mutex>

// The allocator of the C library under the names that it keeps for those who replace it.
extern "C" {
void *__libc_malloc(std::size_t size);
void *__libc_calloc(std::size_t count, std::size_t size);
void *__libc_realloc(void *block, std::size_t size);
void *__libc_memalign(std::size_t alignment, std::size_t size);
void __libc_free(void *block);
}

namespace saleschecklist::test::allocations {
namespace {

// Nothing here may allocate.
constexpr std::size_t table_size = std::size_t{1} << 20;
constexpr int path_depth = 12;

std::atomic<bool> counting{false}, tracing{false}, noting{false};
std::atomic<long> count{0}, live_blocks{0};
Failure planned;
std::array<void *, 64> failed_path;
std::atomic<int> failed_depth{0};

std::mutex tables;
std::array<std::uint64_t, table_size> known_paths;
std::array<long, table_size> first_numbers;
std::size_t known_count = 0;

struct Noted {
  void *block;
  std::array<void *, 16> path;
};
Noted *noted = nullptr;            // a table of table_size
thread_local bool inside = false;  // backtrace() may allocate

std::uint64_t path_hash() {
  std::array<void *, path_depth> path{};
  const int depth = ::backtrace(path.data(), path_depth);
  std::uint64_t hash = 1469598103934665603U;
  for (int i = 0; i < depth; ++i) {
    hash = (hash ^ reinterpret_cast<std::uintptr_t>(path[static_cast<std::size_t>(i)])) *
           1099511628211U;
  }
  return hash | 1;
}

void trace(long number) {
  const std::uint64_t hash = path_hash();
  const std::lock_guard lock(tables);
  for (std::size_t at = hash % table_size;; at = (at + 1) % table_size) {
    if (known_paths[at] == hash || known_count >= table_size / 2) return;
    if (known_paths[at] != 0) continue;
    known_paths[at] = hash;
    first_numbers[known_count++] = number;
    return;
  }
}

Noted *slot_of(void *block, bool add) {
  auto at = (reinterpret_cast<std::uintptr_t>(block) >> 4) % table_size;
  for (std::size_t tried = 0; tried < table_size; ++tried, at = (at + 1) % table_size) {
    if (noted[at].block == block) return &noted[at];
    if (add && (noted[at].block == nullptr || noted[at].block == &noted)) return &noted[at];
    if (!add && noted[at].block == nullptr) return nullptr;
  }
  return nullptr;
}

void note(void *block) {
  const std::lock_guard lock(tables);
  Noted *slot = slot_of(block, true);
  if (slot == nullptr) return;
  slot->block = block;
  slot->path.fill(nullptr);
  ::backtrace(slot->path.data(), static_cast<int>(slot->path.size()));
}

void forget(void *block) {
  const std::lock_guard lock(tables);
  if (Noted *slot = slot_of(block, false)) slot->block = &noted;  // erased
}

// Whether the next allocation is to fail.
bool fails() {
  if (inside || !counting) return false;
  const long number = ++count;
  if (tracing) {
    inside = true;
    trace(number);
    inside = false;
  }
  if (planned.number == 0 || number < planned.number) return false;
  if (planned.which == Which::only_that && number != planned.number) return false;
  if (number == planned.number) {
    inside = true;
    failed_depth = ::backtrace(failed_path.data(), static_cast<int>(failed_path.size()));
    inside = false;
  }
  errno = ENOMEM;
  return true;
}

void *given(void *block) {
  if (block == nullptr || inside) return block;
  ++live_blocks;
  if (noting) {
    inside = true;
    note(block);
    inside = false;
  }
  return block;
}

void taken(void *block) {
  if (block == nullptr || inside) return;
  --live_blocks;
  if (noting) forget(block);
}

}  // namespace

Failing::Failing(const Failure &failure) {
  planned = failure;
  count = 0;
  if (failure.number != 0) failed_depth = 0;  // what failed last is asked for later
  counting = true;
}
Failing::~Failing() {
  counting = false;
  planned = {};
}

long counted() { return count; }
long live() { return live_blocks; }

Tracing::Tracing() {
  known_paths.fill(0);
  known_count = 0;
  path_hash();  // loads what backtrace() needs
  tracing = true;
}
Tracing::~Tracing() { tracing = false; }

std::vector<long> Tracing::firsts() {
  return {first_numbers.begin(), first_numbers.begin() + static_cast<std::ptrdiff_t>(known_count)};
}

void note_blocks() {
  void *table = ::mmap(nullptr, table_size * sizeof(Noted), PROT_READ | PROT_WRITE,
                       MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (table == MAP_FAILED) return;
  noted = static_cast<Noted *>(table);
  noting = true;
}

bool failed_within(const char *library) {
  for (int i = 0; i < failed_depth; ++i) {
    Dl_info info{};
    if (::dladdr(failed_path[static_cast<std::size_t>(i)], &info) != 0 &&
        std::strstr(info.dli_fname, library) != nullptr) {
      return true;
    }
  }
  return false;
}

void print_failed() { ::backtrace_symbols_fd(failed_path.data(), failed_depth, STDERR_FILENO); }

void print_noted_blocks() {
  noting = false;
  for (std::size_t at = 0; at < table_size; ++at) {
    if (noted[at].block == nullptr || noted[at].block == &noted) continue;
    std::fprintf(stderr, "not freed: %p, allocated by\n", noted[at].block);
    ::backtrace_symbols_fd(noted[at].path.data(), static_cast<int>(noted[at].path.size()),
                           STDERR_FILENO);
  }
}

}  // namespace saleschecklist::test::allocations

using namespace saleschecklist::test::allocations;

extern "C" {

void *malloc(std::size_t size) noexcept { return fails() ? nullptr : given(__libc_malloc(size)); }

void *calloc(std::size_t number, std::size_t size) noexcept {
  return fails() ? nullptr : given(__libc_calloc(number, size));
}

void *realloc(void *block, std::size_t size) noexcept {
  if (fails()) return nullptr;
  taken(block);
  void *moved = __libc_realloc(block, size);
  if (moved == nullptr && size != 0) {
    given(block);
    return nullptr;
  }
  return given(moved);
}

void *memalign(std::size_t alignment, std::size_t size) noexcept {
  return fails() ? nullptr : given(__libc_memalign(alignment, size));
}

void *aligned_alloc(std::size_t alignment, std::size_t size) noexcept {
  return memalign(alignment, size);
}

int posix_memalign(void **block, std::size_t alignment, std::size_t size) noexcept {
  void *made = memalign(alignment, size);
  if (made == nullptr) return ENOMEM;
  *block = made;
  return 0;
}

void free(void *block) noexcept {
  taken(block);
  __libc_free(block);
}

}  // extern "C"
