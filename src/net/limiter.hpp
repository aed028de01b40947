// Limits how many requests may be in progress to one host, and when the next one may start.
#ifndef SALESCHECKLIST_NET_LIMITER_HPP
#define SALESCHECKLIST_NET_LIMITER_HPP

#include "net/network.hpp"

namespace saleschecklist::net {

// Additive increase, multiplicative decrease, as in TCP (RFC 5681): a refusal for too many requests
// halves the number of requests that may be in progress, and each full round of successes adds one.
// Thread-safe.
class Limiter {
 public:
  Limiter(std::size_t most, Timing timing) : most_(most), timing_(std::move(timing)) {}

  using Clock = std::chrono::steady_clock;
  enum class Entry { entered, cancelled, late, paused };  // paused: the pause exceeds the deadline

  // Waits for a place. After `entered`, the caller must call leave() when the exchange is over.
  Entry enter(const std::string &host, const CancelToken &cancel, Clock::time_point deadline);

  // `too_many`: the request was refused because of too many requests. No request starts for the
  // time `pause`.
  void leave(const std::string &host, bool too_many, std::chrono::milliseconds pause);

  // The time that remains of a pause at a host; 0 if there is none.
  std::chrono::milliseconds pause_left(const std::string &host);

  // How many requests may be in progress to a host now.
  std::size_t limit(const std::string &host);

 private:
  struct Host {
    std::size_t limit;
    std::size_t under_way = 0;
    std::size_t successes = 0;  // since the last change of the limit
    Clock::time_point not_before{};
  };
  Host &at(const std::string &host) { return hosts_.try_emplace(host, Host{most_}).first->second; }

  const std::size_t most_;
  const Timing timing_;
  std::mutex mutex_;
  std::map<std::string, Host> hosts_;
};

}  // namespace saleschecklist::net

#endif
