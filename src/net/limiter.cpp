#include "net/limiter.hpp"

#include <algorithm>
#include <optional>

namespace saleschecklist::net {

using std::chrono::milliseconds;

namespace {

// The interval at which a free place is looked for, and the shortest wait that is told.
constexpr milliseconds look_again{10};
constexpr milliseconds telling{1'000};
// The longest sleep: what other requests learn meanwhile may shorten a wait.
constexpr milliseconds longest_sleep{1'000};
// A limit may be raised at any time, so a long wait is put to the test this often.
constexpr milliseconds between_trials{60'000};

}  // namespace

Limiter::Entry Limiter::enter(const Lane &lane, const CancelToken &cancel,
                              Clock::time_point &deadline,
                              const std::function<void(milliseconds)> &waits, bool patient) {
  // A place in the queue, which the destructor gives up.
  struct Queued {
    Limiter &limiter;
    Host &host;
    Pool &pool;
    const std::uint64_t id;
    ~Queued() {
      const std::lock_guard lock(limiter.mutex_);
      std::erase(pool.queue, id);
    }
  };
  const auto join = [&] {
    const std::lock_guard lock(mutex_);
    Host &host = at(lane.host);
    Pool &pool = at(lane);
    pool.queue.push_back(++arrived_);
    return Queued{*this, host, pool, arrived_};
  };
  const Queued queued = join();
  Host &h = queued.host;
  Pool &pool = queued.pool;
  const milliseconds longest = patient ? longest_wait_ : milliseconds(0);
  Clock::time_point told{};
  const auto entered = [&](Clock::time_point now) {
    ++h.under_way;
    return Entry{Entry::entered, pool.pacer.start(now, lane.tokens), {}, &h, &pool};
  };
  std::optional<Entry> out;
  for (;;) {
    milliseconds wait{0};  // that a rate limit asks for
    bool limited = true;   // by a rate limit rather than by `most_`
    {
      const std::lock_guard lock(mutex_);
      const auto now = timing_.now();
      if (cancel.cancelled()) return {Entry::cancelled};
      if (now >= deadline) return {Entry::late};
      const auto free_at = pool.pacer.free_at(now, lane.tokens);
      const bool first = pool.queue.front() == queued.id && h.under_way < h.limit;
      if (free_at <= now && first) out = entered(now);
      limited = free_at > now || h.under_way < most_;
      if (free_at > now && free_at != Clock::time_point::max()) {
        wait = std::chrono::ceil<milliseconds>(free_at - now);
      }
      if (wait > longest) {
        if (!patient || !first || now < pool.next_trial) return {Entry::paused, {}, wait};
        out = entered(now);
      }
    }
    if (out) {
      if (waits && told != Clock::time_point()) waits(milliseconds(0));
      return *out;
    }
    const auto begun = timing_.now();
    if (waits && wait >= telling && begun + wait > told + telling) {
      told = begun + wait;
      waits(wait);
    }
    const milliseconds sleep = wait.count() == 0 ? look_again : std::min(wait, longest_sleep);
    if (!timing_.sleep(sleep, cancel)) return {Entry::cancelled};
    if (limited && longest.count() > 0) deadline += timing_.now() - begun;
  }
}

void Limiter::leave(const Entry &entry, const Pacer::End &end) noexcept {
  const std::lock_guard lock(mutex_);
  Host &h = *entry.host;
  --h.under_way;
  const auto now = timing_.now();
  entry.pool->pacer.end(now, entry.ticket, end);
  if (end.refused) entry.pool->next_trial = now + between_trials;
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
