// How many requests may be under way to one host, and when the next may start.
#ifndef SALESCHECKLIST_NET_LIMITER_HPP
#define SALESCHECKLIST_NET_LIMITER_HPP

#include "net/client.hpp"

namespace saleschecklist::net {

// Additive increase, multiplicative decrease, as TCP has it (RFC 5681): a refusal for too many
// requests halves what may be under way, and each full round of successes adds one again.
// Thread-safe.
class Limiter {
 public:
  Limiter(std::size_t most, Timing timing) : most_(most), timing_(std::move(timing)) {}

  using Clock = std::chrono::steady_clock;
  enum class Entry { entered, cancelled, late, paused };  // paused: beyond the deadline

  // Waits for a place; the holder of one calls leave() when its exchange is over.
  Entry enter(const std::string &host, const CancelToken &cancel, Clock::time_point deadline);

  // `too_many`: it was refused for that; `pause`: nobody is to start for so long.
  void leave(const std::string &host, bool too_many, std::chrono::milliseconds pause);

  // What is left of a pause at a host; 0 for none.
  std::chrono::milliseconds pause_left(const std::string &host);

  // How many may be under way to a host now.
  std::size_t limit(const std::string &host);

 private:
  struct Host {
    std::size_t limit;
    std::size_t under_way = 0;
    std::size_t successes = 0;  // since the limit last changed
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
