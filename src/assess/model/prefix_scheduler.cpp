#include "assess/model/prefix_scheduler.hpp"

#include <algorithm>
#include <system_error>
#include <thread>
#include <utility>

namespace saleschecklist::assessing {

PrefixScheduler::PrefixScheduler(std::size_t per_prefix, std::size_t questions, CancelToken cancel)
    : per_prefix_(std::max<std::size_t>(1, per_prefix)),
      cancel_(std::move(cancel)),
      begun_(questions, false),
      prefixes_((questions + per_prefix_ - 1) / per_prefix_) {}

void PrefixScheduler::run(std::size_t threads, const Ask &ask, const Ended &ended) {
  {
    std::vector<std::jthread> pool;
    const std::size_t size = std::min(threads, begun_.size());
    pool.reserve(size);
    for (std::size_t i = 0; i < size; ++i) {
      try {
        pool.emplace_back([&] { work(ask, ended); });
      } catch (const std::system_error &) {
        if (pool.empty()) throw;
        break;  // the threads that exist do the work
      }
    }
  }
  if (thrown_) std::rethrow_exception(thrown_);
  for (std::size_t i = 0; i < begun_.size(); ++i) {
    if (!begun_[i]) ended(i);
  }
}

void PrefixScheduler::work(const Ask &ask, const Ended &ended) {
  std::unique_lock lock(mutex_);
  while (true) {
    std::size_t index = none;
    changed_.wait(lock, [&] { return over() || (index = next()) != none; });
    if (index == none) return;
    begun_[index] = true;
    ++begun_count_;
    Prefix &prefix = prefixes_[index / per_prefix_];
    if (!prefix.warm) prefix.leading = true;
    lock.unlock();
    Ending ending = Ending::last;
    std::exception_ptr thrown;
    try {
      ending = ask(index, [this, &prefix] {
        {
          const std::lock_guard warming(mutex_);
          prefix.warm = true;
        }
        changed_.notify_all();
      });
    } catch (...) {
      thrown = std::current_exception();
    }
    lock.lock();
    if (thrown) thrown_ = thrown;
    finish(index, ending);
    if (!thrown) {
      try {
        ended(index);
      } catch (...) {
        thrown_ = std::current_exception();
        stopped_ = true;
      }
    }
    changed_.notify_all();
  }
}

std::size_t PrefixScheduler::next() {
  for (std::size_t i = 0; i < begun_.size(); ++i) {
    const Prefix &prefix = prefixes_[i / per_prefix_];
    if (!begun_[i] && (prefix.warm || !prefix.leading)) return i;
  }
  return none;
}

void PrefixScheduler::finish(std::size_t index, Ending ending) {
  Prefix &prefix = prefixes_[index / per_prefix_];
  prefix.leading = false;
  if (ending == Ending::answered) {
    prefix.warm = replied_ = true;
  } else if (ending == Ending::last || (!replied_ && ++failures_ == most_failures)) {
    stopped_ = true;
  }
}

}  // namespace saleschecklist::assessing
