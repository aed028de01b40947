// One request to a service with everything that all providers need alike: retry, limits, usage.
#ifndef SALESCHECKLIST_NET_CLIENT_HPP
#define SALESCHECKLIST_NET_CLIENT_HPP

#include <saleschecklist/network.hpp>
#include <saleschecklist/usage.hpp>

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>

namespace saleschecklist {

// What a provider reads out of a reply that is not 2xx.
struct Refusal {
  Error error;         // code, message and request_id; provider and http_status are filled in
  bool final = false;  // no retry can help: quota, a wrong key
  std::optional<std::int64_t> retry_after_ms{};  // where the body tells, as Gemini's does
};

struct Call {
  HttpRequest request;   // total_ms bounds all attempts together; on_body sees 2xx replies only
  std::string provider;  // for errors: "openai"
  std::function<Refusal(const HttpResponse &)> read_refusal;
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

class Network {
 public:
  Network(NetworkOptions options, Timing timing);
  ~Network();

  // The first 2xx reply. Retries connection errors, 408, 409, 429 and 5xx (x-should-retry wins)
  // until the attempts or total_ms are used up; never a final refusal, a cancelled call or a reply
  // whose pieces on_body has seen. Counts requests and retries in `usage`. Errors name the provider
  // and say what to do.
  Result<HttpResponse> send(const Call &call, Usage &usage);

 private:
  class Limiter;
  NetworkOptions options_;
  Timing timing_;
  std::unique_ptr<Limiter> limiter_;
};

}  // namespace saleschecklist

#endif
