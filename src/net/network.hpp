// Sends a request to a service with what all providers need: retries, limits, usage.
#ifndef SALESCHECKLIST_NET_NETWORK_HPP
#define SALESCHECKLIST_NET_NETWORK_HPP

#include <saleschecklist/network.hpp>
#include <saleschecklist/usage.hpp>

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

namespace saleschecklist::net {

// What a provider reads from a reply whose status is not 2xx.
struct ReplyFailure {
  Error error;         // code, message and request_id; the network adds provider and http_status
  bool final = false;  // no retry can succeed: no credit, a wrong key
  std::optional<std::int64_t> retry_after_ms{};  // if the body contains it, as Gemini's does
};

struct Call {
  HttpRequest request;     // total_ms limits all attempts and waits together
  std::string provider{};  // for errors: "openai"
  std::function<ReplyFailure(const HttpResponse &)> read_failure{};  // required; for 4xx and 5xx
  bool reads_redirects = false;  // read_failure also gets 3xx, which are final nevertheless
  bool retried = true;           // false: one attempt
  // Completes the request before every attempt, for signatures that depend on the time.
  std::function<void(HttpRequest &)> sign{};
};

// The clock and the random source.
struct Timing {
  std::function<std::chrono::steady_clock::time_point()> now;
  // Sleeps. Returns false if the token was cancelled in the meantime.
  std::function<bool(std::chrono::milliseconds, const CancelToken &)> sleep;
  std::function<double()> random;           // in [0, 1); thread-safe
  std::function<std::int64_t()> unix_time;  // in seconds, for dates in Retry-After
};
Timing real_timing();

// The service's own id of a request, from whichever header it uses; empty if there is none.
std::string_view request_id_of(const HttpResponse &response);

class Limiter;

}  // namespace saleschecklist::net

namespace saleschecklist {

class Network {
 public:
  Network(NetworkOptions options, net::Timing timing);
  ~Network();

  // Returns the first 2xx reply. Retries broken exchanges (but not timeouts) and the statuses 408,
  // 409, 429 and 5xx until the attempts or total_ms are used up; the header `x-should-retry`
  // overrides this. Never retries a final refusal, a cancelled call, or a request once on_body has
  // received data. Waits as long as the service asks for, or else with full jitter; fails at once
  // if total_ms does not allow the wait. Counts requests and retries in `usage`. Errors contain no
  // secret of the request.
  Result<HttpResponse> send(net::Call call, Usage &usage);

  // Waits. Returns false if the token was cancelled in the meantime.
  bool wait(std::chrono::milliseconds time, const CancelToken &cancel) const {
    return timing_.sleep(time, cancel);
  }

  net::Limiter &limiter() { return *limiter_; }

 private:
  struct Attempt;
  Attempt attempt(net::Call &call, std::chrono::milliseconds left);
  Attempt refused(const net::Call &call, const HttpResponse &response) const;
  Error paused(const std::string &host, const std::string &where) const;
  std::chrono::milliseconds wait_before(const Attempt &last, int retry) const;

  const NetworkOptions options_;
  const net::Timing timing_;
  const std::unique_ptr<net::Limiter> limiter_;
};

}  // namespace saleschecklist

#endif
