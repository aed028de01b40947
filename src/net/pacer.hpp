// Decides when the next request may start, so that a service's rate limits are kept.
#ifndef SALESCHECKLIST_NET_PACER_HPP
#define SALESCHECKLIST_NET_PACER_HPP

#include "net/rate_limits.hpp"

#include <chrono>
#include <cstddef>
#include <limits>
#include <optional>

namespace saleschecklist::net {

// What is left of one allowance, by the last reply that told it and by what was used since. A
// service restores an allowance either steadily (a token bucket) or all at once at the end of a
// window. The first is assumed until two replies agree on the end of the window but not on how fast
// the allowance would be restored steadily.
class Bucket {
 public:
  using Time = std::chrono::steady_clock::time_point;

  // The time from which so much may be used, or all of the limit if that is less.
  Time free_at(Time now, double amount) const;
  void use(Time now, double amount);
  // Takes over what a service told at the time `at`.
  void read(Time at, const Allowance &told);

  bool known() const { return known_; }
  bool in_use(Time now) const { return known_ && now < whole_at_; }
  double left(Time now) const;

 private:
  void learn_kind(Time at, Time whole_at, double per_ms);

  bool known_ = false;
  bool windowed_ = false;
  double limit_ = 0;
  double left_ = 0;  // at the time at_
  Time at_{};
  double per_ms_ = 0;                    // how fast it is restored, if steadily; 0: unknown
  Time whole_at_{};                      // when all of the limit may be used again
  Time told_whole_at_{};                 // the same, as the service told last
  std::chrono::milliseconds window_{0};  // the longest time to a reset that the service told
};

// The requests that share one limit. A service tells its limits in the headers of every reply, in a
// refusal as a time to wait, or not at all; whatever it tells is used. One thread at a time.
class Pacer {
 public:
  using Time = Bucket::Time;

  // A request in progress.
  struct Ticket {
    Time begun{};
    double tokens = 0;        // expected
    std::size_t opening = 0;  // see opening_
    double total_tokens = 0;  // expected of all requests so far, with this one
    std::size_t total = 0;    // all requests so far, with this one
    // Tokens expected of the requests since the last time at which it was known how many were left,
    // with this one, and what should be left after them; absent if that is not known.
    std::optional<double> since_told{};
    double tokens_left = 0;
  };
  // How a request ended.
  struct End {
    bool accepted = false;
    bool refused = false;                             // because of a rate limit
    std::optional<std::chrono::milliseconds> told{};  // the wait that the service asks for
    RateLimits limits{};
    // The wait if nothing is known; doubled by each refusal, up to the longest.
    std::chrono::milliseconds backoff{0};
    std::chrono::milliseconds longest_backoff{60'000};  // rate limits are mostly per minute

    // Whether the service says when it accepts more.
    bool is_informed() const { return told || limits.requests || limits.tokens; }
  };

  // The earliest time at which a request that uses so many tokens may start. Time::max() while it
  // has to wait for the end of another request.
  Time free_at(Time now, double tokens) const;
  Ticket start(Time now, double tokens);
  void end(Time now, const Ticket &ticket, const End &end);

  // When the service last accepted a request; Time::min() if it has not.
  Time last_accepted() const { return last_accepted_; }

 private:
  void read_limits(Time now, const Ticket &ticket, const End &end);
  void learn_cost(const Ticket &ticket, const Allowance &told);
  // After a refusal, the first one or a further one of an opening.
  void close(Time now, double tokens, const End &end, bool first);
  std::chrono::milliseconds backoff(const End &end) const;

  Bucket requests_, tokens_;
  double cost_ = 1;             // tokens that the service counts for each that was expected
  Time read_at_ = Time::min();  // when the request began whose reply told the limits last
  double read_tokens_ = 0;      // its total_tokens, or that of the last one before all was left
  double total_tokens_ = 0;     // expected of all requests so far
  std::size_t total_ = 0;       // requests so far
  std::size_t in_progress_ = 0;
  std::size_t most_ = std::numeric_limits<std::size_t>::max();  // requests in progress
  std::size_t accepted_ = 0;                                    // in this opening
  std::size_t opening_ = 0;   // the times between two of which requests were held back, counted
  std::size_t refusals_ = 0;  // openings since the last accepted request
  bool closed_ = false;       // since the last refusal no request has started
  Time closed_until_ = Time::min();
  Time last_accepted_ = Time::min();
};

}  // namespace saleschecklist::net

#endif
