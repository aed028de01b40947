// Lets a host stop work in progress.
#ifndef SALESCHECKLIST_CANCEL_HPP
#define SALESCHECKLIST_CANCEL_HPP

#include <atomic>
#include <memory>

namespace saleschecklist {

// Copies share one flag, which is never cleared. Thread-safe.
class CancelToken {
 public:
  CancelToken() : flag_(std::make_shared<std::atomic<bool>>(false)) {}

  void cancel() const noexcept { flag_->store(true); }
  bool cancelled() const noexcept { return flag_->load(); }

 private:
  std::shared_ptr<std::atomic<bool>> flag_;
};

}  // namespace saleschecklist

#endif
