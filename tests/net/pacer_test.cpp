// Rate limits of services, simulated second by second: how long it takes, and how many are refused.
#include "net/pacer.hpp"
#include "net/rate_limits.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <deque>
#include <random>
#include <string>
#include <vector>

using namespace saleschecklist;
using net::Bucket;
using net::Pacer;
using std::chrono::milliseconds;

namespace {

using Time = Bucket::Time;

// How a service restores what was used.
enum class Kind { steadily, by_window };

// What a service says when it refuses, and otherwise.
enum class Tells { headers, headers_and_wait, wait, static_wait, nothing };

// An account that may use `limit` in each minute.
class Account {
 public:
  Account(Kind kind, double limit, Time begin)
      : kind_(kind), limit_(limit), left_(limit), at_(begin), window_end_(begin + minute) {}

  bool allows(Time now, double amount) {
    restore(now);
    return left_ >= std::min(amount, limit_);
  }
  void use(double amount) { left_ -= amount; }
  milliseconds whole_in(Time now) {
    restore(now);
    if (kind_ == Kind::by_window) return ceil(window_end_ - now);
    return milliseconds(static_cast<std::int64_t>((limit_ - left_) / limit_ * 60'000));
  }
  milliseconds allowed_in(Time now, double amount) {
    restore(now);
    const double missing = std::min(amount, limit_) - left_;
    if (missing <= 0) return milliseconds(0);
    if (kind_ == Kind::by_window) return whole_in(now);
    return milliseconds(static_cast<std::int64_t>(missing / limit_ * 60'000) + 1);
  }
  net::Allowance told(Time now) {
    const auto reset = whole_in(now);
    return {static_cast<std::int64_t>(limit_), static_cast<std::int64_t>(left_), reset.count()};
  }
  // The least time for requests of these amounts, which one after the other take no time.
  double least_ms(const std::vector<double> &amounts) const {
    double ms = 0, left = limit_;
    for (const double wanted : amounts) {
      const double amount = std::min(wanted, limit_);
      if (left < amount && kind_ == Kind::by_window) {
        ms += 60'000;
        left = limit_;
      } else if (left < amount) {
        ms += (amount - left) / limit_ * 60'000;
        left = amount;
      }
      left -= amount;
    }
    return ms;
  }

 private:
  static constexpr milliseconds minute{60'000};
  static milliseconds ceil(Time::duration time) { return std::chrono::ceil<milliseconds>(time); }

  void restore(Time now) {
    if (kind_ == Kind::by_window) {
      for (; window_end_ <= now; window_end_ += minute) left_ = limit_;
    } else {
      const double ms = std::chrono::duration<double, std::milli>(now - at_).count();
      left_ = std::min(limit_, left_ + ms / 60'000 * limit_);
    }
    at_ = now;
  }

  Kind kind_;
  double limit_, left_;
  Time at_, window_end_;
};

struct Limits {
  Kind kind = Kind::steadily;
  double tokens = 1e9, requests = 1e9;  // per minute
  Tells tells = Tells::headers;
};

struct Job {
  double expected = 0, counted = 0;  // tokens
};

struct Outcome {
  double ms = 0;        // until the last request started that was accepted
  double least_ms = 0;  // of the limits themselves
  int refused = 0;
};

// Sends the jobs as eight threads do, in steps of 10 ms.
class Simulation {
 public:
  Simulation(const Limits &limits, std::vector<Job> jobs)
      : tells_(limits.tells),
        tokens_(limits.kind, limits.tokens, begin),
        requests_(limits.kind, limits.requests, begin) {
    std::vector<double> counted, ones;
    for (const Job &job : jobs) {
      waiting_.push_back(job);
      counted.push_back(job.counted);
      ones.push_back(1);
    }
    out_.least_ms = std::max(tokens_.least_ms(counted), requests_.least_ms(ones));
  }

  Outcome run() {
    constexpr milliseconds step{10};
    for (Time now = begin; !waiting_.empty() || !sent_.empty(); now += step) {
      REQUIRE(now < begin + std::chrono::hours(12));
      receive(now);
      while (!waiting_.empty() && sent_.size() < most_ &&
             pacer_.free_at(now, waiting_.front().expected) <= now) {
        send(now);
      }
    }
    return out_;
  }

 private:
  struct Sent {
    Job job;
    Pacer::Ticket ticket;
    Pacer::End end;
    Time arrives;  // the reply
  };

  void send(Time now) {
    const Job job = waiting_.front();
    waiting_.pop_front();
    Sent sent{job, pacer_.start(now, job.expected), {}, {}};
    sent.end.backoff = milliseconds(500);
    sent.end.accepted = tokens_.allows(now, job.counted) && requests_.allows(now, 1);
    sent.end.refused = !sent.end.accepted;
    const auto wait = std::max(tokens_.allowed_in(now, job.counted), requests_.allowed_in(now, 1));
    if (sent.end.accepted) {
      tokens_.use(job.counted);
      requests_.use(1);
      out_.ms = std::chrono::duration<double, std::milli>(now - begin).count();
    }
    if (tells_ == Tells::headers || tells_ == Tells::headers_and_wait) {
      sent.end.limits = {requests_.told(now), tokens_.told(now)};
    }
    if (sent.end.refused) {
      ++out_.refused;
      if (tells_ == Tells::headers_and_wait || tells_ == Tells::wait) sent.end.told = wait;
      if (tells_ == Tells::static_wait) sent.end.told = milliseconds(60'000);
    }
    sent.arrives = now + (sent.end.accepted ? milliseconds(4'000) : milliseconds(100));
    sent_.push_back(sent);
  }

  void receive(Time now) {
    for (auto it = sent_.begin(); it != sent_.end();) {
      if (it->arrives > now) {
        ++it;
        continue;
      }
      pacer_.end(now, it->ticket, it->end);
      if (it->end.refused && !it->end.is_informed()) most_ = std::max<std::size_t>(1, most_ / 2);
      if (it->end.refused) waiting_.push_back(it->job);
      it = sent_.erase(it);
    }
  }

  static constexpr Time begin{std::chrono::hours(1)};
  Tells tells_;
  Account tokens_, requests_;
  Pacer pacer_;
  std::deque<Job> waiting_;
  std::vector<Sent> sent_;
  std::size_t most_ = 8;  // in progress at a time
  Outcome out_;
};

// An hour's call: ten categories about two passages, of which a service counts all that it may
// write, what it writes, or less than was expected.
std::vector<Job> hour(double counted) { return std::vector<Job>(20, Job{9'000, counted}); }

void check(const Limits &limits, const std::vector<Job> &jobs, double most_ratio,
           int most_refused) {
  CAPTURE(static_cast<int>(limits.kind));
  CAPTURE(static_cast<int>(limits.tells));
  CAPTURE(jobs.front().counted);
  const Outcome out = Simulation(limits, jobs).run();
  CAPTURE(out.refused);
  const double replies_ms =
      4'000 * (1 + static_cast<double>(jobs.size()) / 8);  // without any limit
  CHECK(out.ms <= most_ratio * out.least_ms + replies_ms);
  CHECK(out.refused <= most_refused);
}

}  // namespace

TEST_CASE("30,000 tokens a minute take no longer than the limit itself needs") {
  for (const Tells tells : {Tells::headers, Tells::headers_and_wait, Tells::wait}) {
    for (const Kind kind : {Kind::steadily, Kind::by_window}) {
      for (const double counted : {4'500.0, 9'000.0, 14'000.0, 21'000.0, 29'000.0}) {
        check({kind, 30'000, 1e9, tells}, hour(counted), 1.2, tells == Tells::wait ? 150 : 20);
      }
    }
  }
}

TEST_CASE("five requests a minute take no longer than the limit itself needs") {
  for (const Tells tells : {Tells::headers, Tells::headers_and_wait, Tells::wait}) {
    for (const Kind kind : {Kind::steadily, Kind::by_window}) {
      check({kind, 1e9, 5, tells}, hour(9'000), 1.2, tells == Tells::wait ? 60 : 12);
    }
  }
  check({Kind::by_window, 1e9, 5, Tells::static_wait}, hour(9'000), 1.2, 30);
}

TEST_CASE("a service that tells nothing is still used up to its limit, if more slowly") {
  check({Kind::by_window, 1e9, 5, Tells::nothing}, hour(9'000), 1.6, 60);
  check({Kind::by_window, 30'000, 1e9, Tells::nothing}, hour(9'000), 1.6, 60);
  check({Kind::steadily, 1e9, 5, Tells::nothing}, hour(9'000), 2.5, 80);
}

TEST_CASE("calls of all lengths at limits of all sizes") {
  std::mt19937 random(20261201);
  const auto between = [&](double least, double most) {
    return std::uniform_real_distribution<double>(least, most)(random);
  };
  for (int round = 0; round < 60; ++round) {
    const double limit = between(20'000, 200'000), counted = between(0.4, 2);
    std::vector<Job> jobs(static_cast<std::size_t>(between(8, 60)));
    const double size = between(2'000, 15'000);
    for (Job &job : jobs) {
      job.expected = size * between(0.8, 1.2);
      job.counted = std::min(limit, job.expected * counted);
    }
    CAPTURE(round);
    CAPTURE(limit);
    CAPTURE(counted);
    for (const Tells tells : {Tells::headers, Tells::headers_and_wait, Tells::wait}) {
      for (const Kind kind : {Kind::steadily, Kind::by_window}) {
        const double requests = std::floor(between(3, 100));
        const int each = static_cast<int>(jobs.size());
        check({kind, limit, requests, tells}, jobs, 1.2,
              tells == Tells::wait ? 3 * each : each + 10);
      }
    }
  }
}

TEST_CASE("both limits at once") {
  for (const Kind kind : {Kind::steadily, Kind::by_window}) {
    check({kind, 30'000, 5, Tells::headers}, hour(9'000), 1.2, 20);
    check({kind, 100'000, 3, Tells::headers}, hour(9'000), 1.2, 20);
  }
}

TEST_CASE("what is not limited does not wait") {
  const Outcome out = Simulation({Kind::steadily, 1e9, 1e9, Tells::headers}, hour(9'000)).run();
  CHECK(out.refused == 0);
  CHECK(out.ms <= 8'000 + 100);  // three rounds of eight
}

TEST_CASE("limits are read from the headers of each kind of service") {
  constexpr std::int64_t now = 1'796'103'000;  // 2026-12-01T05:30:00Z
  const auto read = [](const std::vector<HttpHeader> &headers) {
    return net::read_rate_limits({200, headers, {}}, now);
  };
  net::RateLimits out = read({{"x-ratelimit-limit-requests", "500"},
                              {"x-ratelimit-remaining-requests", "499"},
                              {"x-ratelimit-reset-requests", "120ms"},
                              {"x-ratelimit-limit-tokens", "30000"},
                              {"x-ratelimit-remaining-tokens", "12345"},
                              {"x-ratelimit-reset-tokens", "35.31s"}});
  REQUIRE((out.requests && out.tokens));
  CHECK(out.requests->limit == 500);
  CHECK(out.requests->remaining == 499);
  CHECK(out.requests->reset_ms == 120);
  CHECK(out.tokens->limit == 30'000);
  CHECK(out.tokens->remaining == 12'345);
  CHECK(out.tokens->reset_ms == 35'310);

  out = read({{"anthropic-ratelimit-requests-limit", "50"},
              {"anthropic-ratelimit-requests-remaining", "49"},
              {"anthropic-ratelimit-requests-reset", "2026-12-01T05:30:01Z"},
              {"anthropic-ratelimit-input-tokens-limit", "30000"},
              {"anthropic-ratelimit-input-tokens-remaining", "29000"},
              {"anthropic-ratelimit-input-tokens-reset", "2026-12-01T05:29:58.5Z"}});
  REQUIRE((out.requests && out.tokens));
  CHECK(out.requests->reset_ms == 1'000);
  CHECK(out.tokens->remaining == 29'000);
  CHECK(out.tokens->reset_ms == 0);

  const auto generic_reset = [&](const char *reset) {
    const auto limits = read({{"X-RateLimit-Remaining", "3"}, {"X-RateLimit-Reset", reset}});
    return limits.requests ? limits.requests->reset_ms : -1;
  };
  CHECK(generic_reset("30") == 30'000);
  CHECK(generic_reset("1796103010") == 10'000);
  CHECK(generic_reset("1796103010500") == 10'500);
  CHECK(generic_reset("1m30s") == 90'000);
  CHECK(generic_reset("9999999999999999") == 24 * 3'600'000);
  for (const char *odd : {"", "soon", "-4", "1e3", "2026-13-01T00:00:00Z", "2026-12-01"}) {
    CHECK_MESSAGE(generic_reset(odd) == -1, odd);
  }
  CHECK_FALSE(read({{"x-ratelimit-remaining-tokens", "0"}}).tokens);  // until when is not told
  CHECK_FALSE(
      read({{"x-ratelimit-remaining-tokens", "many"}, {"x-ratelimit-reset-tokens", "1s"}}).tokens);
}

TEST_CASE("the wait is read from the words of a refusal") {
  const auto told = [](const char *message) { return net::wait_told_by(message).value_or(-1); };
  CHECK(told("Rate limit reached for gpt-4o on tokens per min (TPM): Limit 30000, Used 28000, "
             "Requested 5000. Please try again in 6s. Visit the account page.") == 6'000);
  CHECK(told("Please try again in 1m12.5s.") == 72'500);
  CHECK(told("please try again in 345ms") == 345);
  CHECK(told("Requests have exceeded the call rate limit. Please retry after 20 seconds.") ==
        20'000);
  CHECK(told("Quota exceeded. Please retry in 37.508s.") == 37'508);
  CHECK(told("Too many requests, wait for 2 minutes and 5 seconds") == 125'000);
  CHECK(told("Slow down! Wait 1 minute, then go on") == 60'000);
  CHECK(told("You can try again in 1 hour") == 3'600'000);
  CHECK(told("Try again in 90000 days") == 24 * 3'600'000);
  for (const char *none : {"", "try again in a while", "try again in 60", "wait", "retry after -5s",
                           "try again later", "60 seconds"}) {
    CHECK_MESSAGE(told(none) == -1, none);
  }
}
