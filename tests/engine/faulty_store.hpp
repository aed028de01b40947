// A store in front of another, that fails when it is told to.
#ifndef SALESCHECKLIST_TESTS_FAULTY_STORE_HPP
#define SALESCHECKLIST_TESTS_FAULTY_STORE_HPP

#include <saleschecklist/store.hpp>

#include <memory>
#include <mutex>
#include <optional>

namespace saleschecklist::test {

class FaultyStore : public Store {
 public:
  explicit FaultyStore(std::shared_ptr<Store> real) : real_(std::move(real)) {}

  // Every commit but the next `n` fails.
  void fail_after(std::size_t n, ErrorCode code) {
    const std::lock_guard lock(mutex_);
    left_ = n;
    code_ = code;
  }
  void heal() {
    const std::lock_guard lock(mutex_);
    left_.reset();
    every_ = 0;
  }
  // Every n-th commit fails, and is written nevertheless where `written`.
  void flicker(std::size_t n, ErrorCode code, bool written) {
    const std::lock_guard lock(mutex_);
    every_ = n;
    code_ = code;
    written_ = written;
  }
  std::size_t commits() const {
    const std::lock_guard lock(mutex_);
    return commits_;
  }

  Result<std::vector<std::int64_t>> commit(const std::vector<Write> &writes) override {
    bool fails = false, written = false;
    {
      const std::lock_guard lock(mutex_);
      ++commits_;
      if (left_) fails = *left_ == 0 || (--*left_, false);
      if (every_ > 0 && commits_ % every_ == 0) {
        fails = true;
        written = written_;
      }
    }
    if (!fails) return real_->commit(writes);
    if (written) (void)real_->commit(writes);
    return Error{code_, "the store is away", {}};
  }
  Result<Record> get(const std::string &kind, const std::string &tenant,
                     const std::string &id) override {
    return real_->get(kind, tenant, id);
  }
  Result<Page> list(const Query &query) override { return real_->list(query); }

 private:
  const std::shared_ptr<Store> real_;
  mutable std::mutex mutex_;
  std::size_t commits_ = 0, every_ = 0;
  std::optional<std::size_t> left_;
  ErrorCode code_ = ErrorCode::io;
  bool written_ = false;
};

}  // namespace saleschecklist::test

#endif
