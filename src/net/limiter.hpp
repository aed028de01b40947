// Limits how many requests may be in progress to one host, and when the next one may start.
#ifndef SALESCHECKLIST_NET_LIMITER_HPP
#define SALESCHECKLIST_NET_LIMITER_HPP

#include "net/network.hpp"
#include "net/pacer.hpp"

#include <deque>

namespace saleschecklist::net {

// The requests to one host that share its rate limits, and one request of them.
struct Lane {
  std::string host;
  std::string pool{};  // a rate limit is that of a model and a key
  double tokens = 0;   // that the request is expected to use
};

// Additive increase, multiplicative decrease, as in TCP (RFC 5681): a refusal for too many requests
// for which the service gives no reason halves the number of requests that may be in progress, and
// each full round of successes adds one. Rate limits that the service tells are kept by a Pacer.
// Requests start in the order in which they came. Thread-safe.
class Limiter {
  struct Host;
  struct Pool;

 public:
  using Clock = std::chrono::steady_clock;

  Limiter(std::size_t most, std::chrono::milliseconds longest_wait, Timing timing)
      : most_(most), longest_wait_(longest_wait), timing_(std::move(timing)) {}

  struct Entry {
    enum Kind { entered, cancelled, late, paused } kind;  // paused: the wait would be too long
    Pacer::Ticket ticket{};                               // of `entered`, for leave()
    std::chrono::milliseconds left{0};                    // of `paused`: the wait
    Host *host = nullptr;                                 // of `entered`
    Pool *pool = nullptr;
  };

  // Waits for a place until the deadline, which is moved on by the time spent waiting for a rate
  // limit. `waits` is called with the time to wait, before each longer wait, and with 0 when such a
  // wait is over. A request that may not wait is not `patient`: it does not wait for rate limits,
  // and its deadline stays.
  Entry enter(const Lane &lane, const CancelToken &cancel, Clock::time_point &deadline,
              const std::function<void(std::chrono::milliseconds)> &waits = {},
              bool patient = true);

  // A request that has entered is over.
  void leave(const Entry &entry, const Pacer::End &end) noexcept;

  // The wait until the rate limit allows the next request; 0 if it allows one now, or if that
  // depends on requests in progress.
  std::chrono::milliseconds wait_left(const Lane &lane);

  // When the service last accepted a request; Time::min() if it has not.
  Clock::time_point last_accepted(const Lane &lane);

  // How many requests may be in progress to a host now.
  std::size_t limit(const std::string &host);

 private:
  struct Host {
    std::size_t limit;
    std::size_t under_way = 0;
    std::size_t successes = 0;  // since the last change of the limit
  };
  struct Pool {
    Pacer pacer;
    std::deque<std::uint64_t> queue;  // those who wait, the first one first
    // While the service asks for a longer wait than is allowed, when a request tries all the same.
    Clock::time_point next_trial = Clock::time_point::min();
  };
  Host &at(const std::string &host) { return hosts_.try_emplace(host, Host{most_}).first->second; }
  Pool &at(const Lane &lane) { return pools_[{lane.host, lane.pool}]; }

  const std::size_t most_;
  const std::chrono::milliseconds longest_wait_;
  const Timing timing_;
  std::mutex mutex_;
  std::map<std::string, Host> hosts_;
  std::map<std::pair<std::string, std::string>, Pool> pools_;
  std::uint64_t arrived_ = 0;
};

}  // namespace saleschecklist::net

#endif
