#include "freed_blocks.hpp"

#include <execinfo.h>
#include <malloc.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cstdlib>
#include <cstring>
#include <new>

namespace {

constexpr const char *bystander = "bystander";  // threads inherit the name of their creator

std::atomic<const std::vector<std::string> *> wanted{nullptr};
std::atomic<int> count{0};

bool is_bystander() {
  std::array<char, 16> name{};
  ::prctl(PR_GET_NAME, name.data());
  return std::strcmp(name.data(), bystander) == 0;
}

// Must not allocate.
void search(void *block) {
  const auto *words = wanted.load();
  if (words == nullptr || block == nullptr) return;
  const std::size_t size = ::malloc_usable_size(block);
  for (const std::string &word : *words) {
    if (::memmem(block, size, word.data(), word.size()) == nullptr || is_bystander()) continue;
    ++count;
    if (std::getenv("SALESCHECKLIST_TEST_TRACE") == nullptr) return;
    std::array<void *, 32> calls{};  // for addr2line(1)
    ::backtrace_symbols_fd(calls.data(), ::backtrace(calls.data(), 32), STDERR_FILENO);
    return;
  }
}

}  // namespace

void *operator new(std::size_t size) {
  void *out = std::malloc(size == 0 ? 1 : size);
  if (out == nullptr) throw std::bad_alloc();
  if (wanted.load() != nullptr) std::memset(out, 0, size);
  return out;
}

void operator delete(void *block) noexcept {
  search(block);
  std::free(block);
}

void operator delete(void *block, std::size_t) noexcept { operator delete(block); }

namespace saleschecklist::test {

FreedBlocks::FreedBlocks(const std::vector<std::string> &words) {
  std::array<void *, 1> first{};
  ::backtrace(first.data(), 1);  // loads what it needs
  count = 0;
  wanted = &words;
}

FreedBlocks::~FreedBlocks() { wanted = nullptr; }

int FreedBlocks::found() const { return count; }

Bystander::Bystander() { ::prctl(PR_SET_NAME, bystander); }
Bystander::~Bystander() { ::prctl(PR_SET_NAME, "test"); }

}  // namespace saleschecklist::test
