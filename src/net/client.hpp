// One request to a service with everything that all providers need alike: retry, limits, usage.
#ifndef SALESCHECKLIST_NET_CLIENT_HPP
#define SALESCHECKLIST_NET_CLIENT_HPP

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

// What a provider reads out of a reply that is not 2xx.
struct ReplyFailure {
  Error error;         // code, message and request_id; provider and http_status are filled in
  bool final = false;  // no retry can help: quota, a wrong key
  std::optional<std::int64_t> retry_after_ms{};  // where the body tells, as Gemini's does
};

struct Call {
  HttpRequest request;     // total_ms bounds all attempts and waits together
  std::string provider{};  // for errors: "openai"
  std::function<ReplyFailure(const HttpResponse &)> read_failure{};  // of 4xx and 5xx
  bool reads_redirects = false;  // read_failure is for 3xx, too; they are final all the same
  // Completes the request before every attempt, where a signature has the time in it.
  std::function<void(HttpRequest &)> sign{};
};

// Where time and chance come from.
struct Timing {
  std::function<std::chrono::steady_clock::time_point()> now;
  // Sleeps; false when the token was cancelled meanwhile.
  std::function<bool(std::chrono::milliseconds, const CancelToken &)> sleep;
  std::function<double()> random;       // 0..1, thread-safe
  std::function<std::int64_t()> today;  // seconds since 1970 UTC, for Retry-After dates
};
Timing real_timing();

class Limiter;

}  // namespace saleschecklist::net

namespace saleschecklist {

class Network {
 public:
  Network(NetworkOptions options, net::Timing timing);
  ~Network();

  // The first 2xx reply. Retries broken exchanges (not those that took too long), 408, 409, 429 and
  // 5xx until the attempts or total_ms are used up; `x-should-retry` decides otherwise where it is
  // sent. Never retries a final refusal, a cancelled call, or a reply of which on_body has seen a
  // piece. Waits as long as the service asks for, else full jitter; a wait that total_ms does not
  // allow is not begun. Counts requests and retries in `usage`. Errors hold no secret of the
  // request.
  Result<HttpResponse> send(net::Call call, Usage &usage);

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
