#include "net/limiter.hpp"

#include <algorithm>

namespace saleschecklist::net {

using std::chrono::milliseconds;

namespace {

// The interval at which a free place is looked for, and the shortest wait that is told.
constexpr milliseconds look_again{10};
constexpr milliseconds telling{1'000};
// The longest sleep: what other requests learn meanwhile may shorten a wait.
constexpr milliseconds longest_sleep{1'000};

}  // namespace

Limiter::Entry Limiter::enter(const Lane &lane, const CancelToken &cancel,
                              Clock::time_point &deadline,
                              const std::function<void(milliseconds)> &waits) {
  std::uint64_t id = 0;
  // Removes the request from the queue, however it leaves it.
  struct Queued {
    Limiter &limiter;
    const Lane &lane;
    const std::uint64_t &id;
    ~Queued() {
      const std::lock_guard lock(limiter.mutex_);
      auto &queue = limiter.at(lane).queue;
      queue.erase(std::remove(queue.begin(), queue.end(), id), queue.end());
    }
  };
  {
    const std::lock_guard lock(mutex_);
    id = ++arrived_;
    at(lane).queue.push_back(id);
  }
  const Queued queued{*this, lane, id};
  Clock::time_point told{};
  for (;;) {
    milliseconds wait{0};  // that a rate limit asks for
    bool limited = true;   // by a rate limit rather than by `most_`
    {
      const std::lock_guard lock(mutex_);
      Host &h = at(lane.host);
      Pool &pool = at(lane);
      const auto now = timing_.now();
      if (cancel.cancelled()) return {Entry::cancelled};
      if (now >= deadline) return {Entry::late};
      const auto free_at = pool.pacer.free_at(now, lane.tokens);
      const bool first = pool.queue.front() == id;
      if (free_at <= now && first && h.under_way < h.limit) {
        ++h.under_way;
        return {Entry::entered, pool.pacer.start(now, lane.tokens)};
      }
      limited = free_at > now || h.under_way < most_;
      if (free_at > now && free_at != Clock::time_point::max()) {
        wait = std::chrono::ceil<milliseconds>(free_at - now);
      }
    }
    if (wait > longest_wait_) return {Entry::paused, {}, wait};
    const auto begun = timing_.now();
    if (waits && wait >= telling && begun + wait > told + telling) {
      told = begun + wait;
      waits(wait);
    }
    const milliseconds sleep = wait.count() == 0 ? look_again : std::min(wait, longest_sleep);
    if (!timing_.sleep(sleep, cancel)) return {Entry::cancelled};
    if (limited) deadline += timing_.now() - begun;
  }
}

void Limiter::leave(const Lane &lane, const Pacer::Ticket &ticket, const Pacer::End &end) {
  const std::lock_guard lock(mutex_);
  Host &h = at(lane.host);
  --h.under_way;
  at(lane).pacer.end(timing_.now(), ticket, end);
  if (end.refused && !end.is_informed()) {
    h.limit = std::max<std::size_t>(1, h.limit / 2);
    h.successes = 0;
  } else if (!end.refused && ++h.successes >= h.limit && h.limit < most_) {
    ++h.limit;
    h.successes = 0;
  }
}

milliseconds Limiter::wait_left(const Lane &lane) {
  const std::lock_guard lock(mutex_);
  const auto now = timing_.now();
  const auto free_at = at(lane).pacer.free_at(now, lane.tokens);
  if (free_at == Clock::time_point::max()) return milliseconds(0);
  return std::chrono::ceil<milliseconds>(free_at - now);
}

Limiter::Clock::time_point Limiter::last_accepted(const Lane &lane) {
  const std::lock_guard lock(mutex_);
  return at(lane).pacer.last_accepted();
}

std::size_t Limiter::limit(const std::string &host) {
  const std::lock_guard lock(mutex_);
  return at(host).limit;
}

}  // namespace saleschecklist::net
