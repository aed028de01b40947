// Sends a request to a service with what all providers need: retries, limits, usage.
#ifndef SALESCHECKLIST_NET_NETWORK_HPP
#define SALESCHECKLIST_NET_NETWORK_HPP

#include <saleschecklist/network.hpp>
#include <saleschecklist/usage.hpp>

#include "net/pacer.hpp"
#include "net/secrets.hpp"

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
  // total_ms limits all attempts and waits together, except the waits for a rate limit.
  OwnRequest request;
  std::string provider{};                                            // for errors: "openai"
  std::function<ReplyFailure(const HttpResponse &)> read_failure{};  // required; for 4xx and 5xx
  bool reads_redirects = false;  // read_failure also gets 3xx, which are final nevertheless
  bool retried = true;           // false: one attempt
  // Completes the request before every attempt, for signatures that depend on the time.
  std::function<void(HttpRequest &)> sign{};
  // The rate limit of a host that it counts against, such as the model and the key, and how many
  // tokens it is expected to use of it.
  std::string pool{};
  std::int64_t tokens = 0;
  // Called before it waits for a rate limit, with the time at which the wait ends, in ms since
  // 1970-01-01 UTC; again if that changes, and with 0 when the wait is over.
  std::function<void(std::int64_t until_ms)> on_wait{};
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
// Skips what a service asks to wait.
Timing replay_timing();
// Whether it was made by replay_transport().
bool is_replay(const Transport &transport);

// The service's own id of a request, from whichever header it uses; empty if there is none.
std::string_view request_id_of(const HttpResponse &response);

class Limiter;
struct Lane;

}  // namespace saleschecklist::net

namespace saleschecklist {

class Network {
 public:
  Network(NetworkOptions options, net::Timing timing);
  ~Network();

  // Returns the first 2xx reply. Retries broken exchanges (but not timeouts) and the statuses 408,
  // 409 and 5xx until the attempts or total_ms are used up; the header `x-should-retry` overrides
  // this. Waits as long as the service asks for, or else with full jitter; fails at once if
  // total_ms does not allow the wait. A refusal because of a rate limit (429) is retried when the
  // limit allows it: by what the service tells in its headers and messages, or else with growing
  // waits. It fails if the wait is longer than rate_limit_wait_ms, or if the service has accepted
  // no request for long. Never retries a final refusal, a cancelled call, or a request once on_body
  // has received data. Counts requests and retries in `usage`, and adds the time spent waiting for
  // rate limits to `waited`. Errors contain no secret of the request.
  Result<HttpResponse> send(net::Call call, Usage &usage,
                            std::chrono::milliseconds *waited = nullptr);

  // Waits. Returns false if the token was cancelled in the meantime.
  bool wait(std::chrono::milliseconds time, const CancelToken &cancel) const {
    return timing_.sleep(time, cancel);
  }

  net::Limiter &limiter() { return *limiter_; }

 private:
  struct Attempt;
  class Sending;
  Attempt refused(const net::Call &call, const HttpResponse &response) const;
  bool gives_up(const Attempt &last, const net::Lane &lane, int refusals,
                std::chrono::steady_clock::time_point begun) const;
  std::chrono::milliseconds wait_before(const Attempt &last, int retry) const;

  const NetworkOptions options_;
  const net::Timing timing_;
  const std::unique_ptr<net::Limiter> limiter_;
};

}  // namespace saleschecklist

#endif
