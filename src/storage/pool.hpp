// A pool of connections that threads share.
#ifndef SALESCHECKLIST_STORAGE_POOL_HPP
#define SALESCHECKLIST_STORAGE_POOL_HPP

#include <saleschecklist/result.hpp>

#include "base/errors.hpp"
#include "base/process.hpp"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <vector>

namespace saleschecklist::storage {

// The time in an option, limited so that sums do not overflow.
inline std::chrono::milliseconds patience_of(std::int64_t busy_ms) {
  constexpr std::int64_t day = std::int64_t{24} * 60 * 60 * 1000;
  return std::chrono::milliseconds(std::clamp<std::int64_t>(busy_ms, 0, day));
}

// `Connection` has `bool usable()`, which tells whether it may be lent again. Thread-safe. After a
// fork(), the child must not touch the connections: SQLite would break the file's locks, and
// PostgreSQL's server would get the words of two processes on one line.
template <class Connection>
class Pool {
 public:
  using Make = std::function<std::unique_ptr<Connection>()>;  // called from any thread

  Pool(std::size_t most, std::chrono::milliseconds patience, Make make)
      : most_(most), patience_(patience), make_(std::move(make)) {
    idle_.reserve(most);
  }

  ~Pool() {
    if (!is_inherited()) return;
    for (auto &connection : idle_) (void)connection.release();  // closing them would touch them
  }

  // A connection, returned to the pool at the end of the scope.
  class Lease {
   public:
    Lease(Pool &pool, std::unique_ptr<Connection> connection)
        : pool_(pool), connection_(std::move(connection)) {}
    ~Lease() { pool_.give_back(std::move(connection_)); }
    Lease(const Lease &) = delete;
    Lease &operator=(const Lease &) = delete;
    Connection &operator*() const { return *connection_; }
    Connection *operator->() const { return connection_.get(); }

   private:
    Pool &pool_;
    std::unique_ptr<Connection> connection_;
  };

  // Throws BadResult (timeout) if all connections stay in use for longer than `patience`,
  // (invalid_argument) in a process forked since the pool was made, and as Make does.
  Lease take() {
    if (is_inherited()) throw BadResult(base::opened_before_fork("store"));
    auto connection = idle_or_place();
    if (connection && connection->usable()) return Lease(*this, std::move(connection));
    connection.reset();
    try {
      return Lease(*this, make_());
    } catch (...) {
      give_back(nullptr);
      throw;
    }
  }

 private:
  // An idle connection; or null, and then there is room for a new one.
  std::unique_ptr<Connection> idle_or_place() {
    std::unique_lock lock(mutex_);
    const auto free = [this] { return !idle_.empty() || lent_ < most_; };
    if (!freed_.wait_for(lock, patience_, free)) {
      throw BadResult(
          errors::timeout("timed out while waiting for a connection to the store: all are in use"));
    }
    ++lent_;
    if (idle_.empty()) return nullptr;
    auto connection = std::move(idle_.back());
    idle_.pop_back();
    return connection;
  }

  void give_back(std::unique_ptr<Connection> connection) noexcept {
    if (connection && !connection->usable()) connection.reset();
    {
      const std::lock_guard lock(mutex_);
      --lent_;
      if (connection) idle_.push_back(std::move(connection));
    }
    freed_.notify_one();
  }

  bool is_inherited() const { return base::process_id() != process_; }

  const std::size_t most_;
  const std::chrono::milliseconds patience_;
  const Make make_;
  const std::int64_t process_ = base::process_id();
  std::mutex mutex_;
  std::condition_variable freed_;
  std::vector<std::unique_ptr<Connection>> idle_;
  std::size_t lent_ = 0;  // idle and lent connections together are at most `most`
};

}  // namespace saleschecklist::storage

#endif
