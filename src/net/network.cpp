#include "net/network.hpp"
#include "base/errors.hpp"

#include "base/guard.hpp"
#include "net/limiter.hpp"
#include "net/rate_limits.hpp"
#include "net/secrets.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <random>
#include <thread>

namespace saleschecklist::net {

using std::chrono::milliseconds;

// The time in which a limit per minute has accepted another request.
constexpr milliseconds patience{75'000};

namespace {

bool is_retried(int status) {
  return status == 408 || status == 409 || status == 429 || status >= 500;
}

// Redirects are not followed: they could send keys to another host.
Error redirected(const HttpResponse &response, const std::string &url) {
  return errors::refused(
      fmt::format("the service redirects to {}, which is not followed; set the base URL to the "
                  "service's final address",
                  excerpt(plain_url(response.header("location")), 200)),
      plain_url(url));
}

// A place among the requests in progress, which the destructor gives back.
struct Place {
  Limiter &limiter;
  const Limiter::Entry &entry;
  Pacer::End end{};

  ~Place() { limiter.leave(entry, end); }
};

ReplyFailure read_failure(const Call &call, const HttpResponse &response) {
  if (response.status >= 400) return call.read_failure(response);
  return {call.reads_redirects ? call.read_failure(response).error
                               : redirected(response, call.request.url),
          true};
}

}  // namespace

std::string_view request_id_of(const HttpResponse &response) {
  for (const char *name : {"x-request-id", "request-id", "apim-request-id", "dg-request-id"}) {
    if (const std::string_view id = response.header(name); !id.empty()) return id;
  }
  return {};
}

Timing real_timing() {
  return {
      [] { return std::chrono::steady_clock::now(); },
      [](milliseconds time, const CancelToken &cancel) {
        const auto until = std::chrono::steady_clock::now() + time;
        for (;;) {
          if (cancel.cancelled()) return false;
          const auto left = until - std::chrono::steady_clock::now();
          if (left <= left.zero()) return true;
          std::this_thread::sleep_for(std::min<std::chrono::nanoseconds>(left, milliseconds(20)));
        }
      },
      [] {
        thread_local std::mt19937_64 engine{std::random_device{}()};
        return std::uniform_real_distribution<double>(0, 1)(engine);
      },
      [] {
        return std::chrono::duration_cast<std::chrono::seconds>(
                   std::chrono::system_clock::now().time_since_epoch())
            .count();
      }};
}

Timing replay_timing() {
  // A sleep that is no longer waits for another thread rather than for a service.
  static constexpr milliseconds longest_real{20};
  // Of each thread, so that a wait of one is not taken from the deadlines of the others.
  static thread_local milliseconds skipped{0};
  Timing out = real_timing();
  out.now = [] { return std::chrono::steady_clock::now() + skipped; };
  out.sleep = [sleep = out.sleep](milliseconds time, const CancelToken &cancel) {
    if (time <= longest_real) return sleep(time, cancel);
    skipped += time;
    return !cancel.cancelled();
  };
  return out;
}

}  // namespace saleschecklist::net

namespace saleschecklist {

using std::chrono::milliseconds;

// The outcome of one exchange, and whether it may be retried.
struct Network::Attempt {
  Result<HttpResponse> result;
  bool retry = false;
  bool limited = false;                    // a rate limit refuses it
  std::optional<std::int64_t> asked_ms{};  // the wait that the service asks for
};

Network::Network(NetworkOptions options, net::Timing timing)
    : options_(std::move(options)),
      timing_(std::move(timing)),
      limiter_(std::make_unique<net::Limiter>(
          options_.parallel, milliseconds(options_.rate_limit_wait_ms), timing_)) {}

Network::~Network() = default;

Network::Attempt Network::refused(const net::Call &call, const HttpResponse &response) const {
  net::ReplyFailure refusal = net::read_failure(call, response);
  std::optional<std::int64_t> asked = net::retry_after_ms(response, timing_.unix_time());
  if (!asked) asked = refusal.retry_after_ms;
  const std::string_view told = response.header("x-should-retry");
  const bool retried = told == "true" || (told != "false" && net::is_retried(response.status));
  Error error = std::move(refusal.error);
  error.http_status = response.status;
  error.retry_after_ms = asked.value_or(0);
  if (error.request_id.empty()) error.request_id = net::excerpt(net::request_id_of(response), 200);
  return {std::move(error), retried && !refusal.final, false, asked};
}

milliseconds Network::wait_before(const Attempt &last, int retry) const {
  if (last.asked_ms) return milliseconds(*last.asked_ms);
  double wait = static_cast<double>(options_.first_wait_ms);
  for (int i = 1; i < retry; ++i)
    wait = std::min(2 * wait, static_cast<double>(options_.longest_wait_ms));
  wait = std::min(wait, static_cast<double>(options_.longest_wait_ms));
  return milliseconds(static_cast<std::int64_t>(wait * timing_.random()));  // full jitter
}

// Whether a request that a rate limit refused is not sent again.
bool Network::gives_up(const Attempt &last, const net::Lane &lane, int refusals,
                       std::chrono::steady_clock::time_point begun) const {
  const milliseconds longest{options_.rate_limit_wait_ms};
  const milliseconds wait = limiter_->wait_left(lane);
  if (wait > longest || milliseconds(last.asked_ms.value_or(0)) > longest) return true;
  const auto since = std::max(begun, limiter_->last_accepted(lane));
  return refusals >= options_.attempts &&
         timing_.now() + wait - since > std::min(longest, net::patience);
}

// One call, with all its attempts.
class Network::Sending {
 public:
  Sending(Network &network, net::Call &call, Usage &usage)
      : network_(network),
        call_(call),
        usage_(usage),
        where_(net::plain_url(call.request.url)),
        lane_{net::origin_of(call.request.url), call.pool, static_cast<double>(call.tokens)},
        begun_(network.timing_.now()) {
    constexpr std::int64_t longest_ms = 86'400'000;  // a day, the maximum; keeps sums in range
    deadline_ = begun_ + milliseconds(std::min(call.request.total_ms, longest_ms));
  }

  Result<HttpResponse> run() {
    Error last = errors::timeout(
        "timed out while waiting for other requests to the same host to finish", where_);
    int refusals = 0, broken = 0;
    for (int tried = 1;; ++tried) {
      const net::Limiter::Entry entry = enter();
      if (entry.kind == net::Limiter::Entry::cancelled) return ended(errors::cancelled(where_));
      if (entry.kind == net::Limiter::Entry::late) return ended(last);
      if (entry.kind == net::Limiter::Entry::paused) return ended(paused(entry.left));
      ++usage_.requests;
      if (tried > 1) ++usage_.retries;
      const auto left = std::chrono::ceil<milliseconds>(deadline_ - now());
      Attempt attempt = this->attempt(entry, left);
      if (attempt.result) return std::move(attempt.result);
      last = attempt.result.error();
      if (tried > 1) last.message += fmt::format(" (after {} attempts)", tried);
      if (!attempt.retry || !call_.retried) return ended(last);
      if (attempt.limited) {
        if (network_.gives_up(attempt, lane_, ++refusals, begun_)) return ended(last);
      } else {
        if (++broken >= network_.options_.attempts) return ended(last);
        const milliseconds wait = network_.wait_before(attempt, broken);
        if (now() + wait >= deadline_) return ended(last);
        if (!network_.wait(wait, call_.request.cancel)) return ended(errors::cancelled(where_));
      }
    }
  }

  // The time spent waiting for rate limits.
  milliseconds waited() const { return waited_; }

 private:
  net::Limiter::Clock::time_point now() const { return network_.timing_.now(); }

  net::Limiter::Entry enter() {
    const auto before = deadline_;
    const auto waits = [&](milliseconds wait) {
      if (!call_.on_wait) return;
      const bool over = wait.count() == 0;
      call_.on_wait(over ? 0 : network_.timing_.unix_time() * 1'000 + wait.count());
    };
    const net::Limiter::Entry out =
        network_.limiter_->enter(lane_, call_.request.cancel, deadline_, waits, call_.retried);
    waited_ += std::chrono::ceil<milliseconds>(deadline_ - before);
    return out;
  }

  Attempt attempt(const net::Limiter::Entry &entry, milliseconds left) {
    HttpRequest &request = call_.request;
    net::Place place{*network_.limiter_, entry};
    request.total_ms = left.count();
    if (call_.sign) call_.sign(request);
    bool seen = false;  // by on_body; such a reply cannot be retried
    const auto on_body = request.on_body;
    if (on_body) {
      request.on_body = [&](std::string_view piece) {
        seen = true;
        return on_body(piece);
      };
    }
    Result<HttpResponse> result = network_.options_.transport->send(request);
    request.on_body = on_body;
    if (!result) {
      // A request that timed out may have been processed and billed, and would time out again.
      const bool retry = result.error().code == ErrorCode::network && !seen;
      return {std::move(result), retry};
    }
    net::RateLimits limits = net::read_rate_limits(*result, network_.timing_.unix_time());
    place.end.accepted = result->status / 100 == 2;
    if (place.end.accepted) {
      place.end.limits = std::move(limits);
      return {std::move(result)};
    }
    Attempt out = network_.refused(call_, *result);
    out.limited = result->status == 429 && out.retry;
    place.end.refused = out.limited;
    if (out.limited) place.end.limits = std::move(limits);  // other refusals are no matter of pace
    if (out.asked_ms) place.end.told = milliseconds(*out.asked_ms);
    place.end.backoff = milliseconds(
        static_cast<std::int64_t>(static_cast<double>(network_.options_.first_wait_ms) *
                                  (1 + network_.timing_.random()) / 2));
    place.end.longest_backoff =
        std::min(place.end.longest_backoff, milliseconds(network_.options_.rate_limit_wait_ms));
    return out;
  }

  Error paused(milliseconds left) const {
    Error out = errors::rate_limited(
        fmt::format("the rate limit of the service allows the next request in {} ms", left.count()),
        where_);
    out.retry_after_ms = left.count();
    return out;
  }

  Error ended(Error error) const {
    error.provider = call_.provider;
    error.message = net::without(std::move(error.message), net::secrets_of(call_.request));
    return error;
  }

  Network &network_;
  net::Call &call_;
  Usage &usage_;
  const std::string where_;
  const net::Lane lane_;
  const net::Limiter::Clock::time_point begun_;
  net::Limiter::Clock::time_point deadline_;
  milliseconds waited_{0};
};

Result<HttpResponse> Network::send(net::Call call, Usage &usage, milliseconds *waited) {
  return base::guard([&]() -> Result<HttpResponse> {
    Sending sending(*this, call, usage);
    Result<HttpResponse> out = sending.run();
    if (waited != nullptr) *waited += sending.waited();
    return out;
  });
}

Result<std::shared_ptr<Network>> open_network(const NetworkOptions &options) {
  return base::guard([&]() -> Result<std::shared_ptr<Network>> {
    if (options.attempts < 1 || options.parallel < 1) {
      return errors::invalid_argument("expected a value of at least 1",
                                      options.attempts < 1 ? "attempts" : "parallel");
    }
    for (const auto &[ms, where] : {std::pair{options.first_wait_ms, "first_wait_ms"},
                                    std::pair{options.longest_wait_ms, "longest_wait_ms"},
                                    std::pair{options.rate_limit_wait_ms, "rate_limit_wait_ms"}}) {
      if (ms < 0) return errors::invalid_argument("expected a time of 0 ms or more", where);
    }
    NetworkOptions complete = options;
    if (!complete.transport) {
      auto transport = curl_transport();
      if (!transport) return transport.error();
      complete.transport = *std::move(transport);
    }
    net::Timing timing =
        net::is_replay(*complete.transport) ? net::replay_timing() : net::real_timing();
    return std::make_shared<Network>(std::move(complete), std::move(timing));
  });
}

}  // namespace saleschecklist
