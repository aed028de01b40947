#include "net/limiter.hpp"

#include <algorithm>

namespace saleschecklist::net {

Limiter::Entry Limiter::enter(const std::string &host, const CancelToken &cancel,
                              Clock::time_point deadline) {
  constexpr std::chrono::milliseconds look_again{
      10};  // the interval at which a free place is looked for
  for (;;) {
    std::chrono::milliseconds wait = look_again;
    {
      const std::lock_guard lock(mutex_);
      Host &h = at(host);
      const auto now = timing_.now();
      if (cancel.cancelled()) return Entry::cancelled;
      if (now >= deadline) return Entry::late;
      if (h.not_before >= deadline) return Entry::paused;
      if (now >= h.not_before && h.under_way < h.limit) {
        ++h.under_way;
        return Entry::entered;
      }
      if (now < h.not_before) {
        wait = std::chrono::ceil<std::chrono::milliseconds>(h.not_before - now);
      }
    }
    if (!timing_.sleep(wait, cancel)) return Entry::cancelled;
  }
}

void Limiter::leave(const std::string &host, bool too_many, std::chrono::milliseconds pause) {
  const std::lock_guard lock(mutex_);
  Host &h = at(host);
  --h.under_way;
  h.not_before = std::max(h.not_before, timing_.now() + pause);
  if (too_many) {
    h.limit = std::max<std::size_t>(1, h.limit / 2);
    h.successes = 0;
  } else if (++h.successes >= h.limit && h.limit < most_) {
    ++h.limit;
    h.successes = 0;
  }
}

std::chrono::milliseconds Limiter::pause_left(const std::string &host) {
  const std::lock_guard lock(mutex_);
  const auto left = at(host).not_before - timing_.now();
  return std::max(std::chrono::milliseconds(0), std::chrono::ceil<std::chrono::milliseconds>(left));
}

std::size_t Limiter::limit(const std::string &host) {
  const std::lock_guard lock(mutex_);
  return at(host).limit;
}

}  // namespace saleschecklist::net
