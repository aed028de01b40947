// Finds words in memory that this process frees.
#ifndef SALESCHECKLIST_TESTS_FREED_BLOCKS_HPP
#define SALESCHECKLIST_TESTS_FREED_BLOCKS_HPP

#include <string>
#include <vector>

namespace saleschecklist::test {

// From its construction to its end, each block that operator delete frees is searched for the
// words, and each new block is zeros, so that what others left behind is not found. Memory of
// malloc(), such as libcurl's and libpq's, is not searched, nor are blocks that a thread of a
// Bystander frees. One at a time; the words must outlive it.
class FreedBlocks {
 public:
  explicit FreedBlocks(const std::vector<std::string> &words);
  ~FreedBlocks();
  FreedBlocks(const FreedBlocks &) = delete;
  FreedBlocks &operator=(const FreedBlocks &) = delete;

  // How many blocks contained a word.
  int found() const;
};

// Threads that are started while it lives, by this thread or by those, are not searched: servers of
// a test have the key, too.
class Bystander {
 public:
  Bystander();
  ~Bystander();
  Bystander(const Bystander &) = delete;
  Bystander &operator=(const Bystander &) = delete;
};

}  // namespace saleschecklist::test

#endif
