#include "net/network.hpp"
#include "base/errors.hpp"

#include "base/guard.hpp"
#include "net/limiter.hpp"
#include "net/retry_after.hpp"
#include "net/secrets.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <random>
#include <thread>

namespace saleschecklist::net {

using std::chrono::milliseconds;

// The longest time for which a refusal of one request holds back all others at its host: rate
// limits often apply to one model only.
constexpr milliseconds longest_pause{60'000};

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
  const std::string host;
  bool too_many = false;
  milliseconds pause{0};

  ~Place() { limiter.leave(host, too_many, pause); }
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

}  // namespace saleschecklist::net

namespace saleschecklist {

using std::chrono::milliseconds;

// The outcome of one exchange, and whether it may be retried.
struct Network::Attempt {
  Result<HttpResponse> result;
  bool retry = false;
  std::optional<std::int64_t> asked_ms{};  // the wait that the service asks for
};

Network::Network(NetworkOptions options, net::Timing timing)
    : options_(std::move(options)),
      timing_(std::move(timing)),
      limiter_(std::make_unique<net::Limiter>(options_.parallel, timing_)) {}

Network::~Network() = default;

Network::Attempt Network::attempt(net::Call &call, milliseconds left) {
  HttpRequest &request = call.request;
  net::Place place{*limiter_, net::origin_of(request.url)};
  request.total_ms = left.count();
  if (call.sign) call.sign(request);
  bool seen = false;  // by on_body; such a reply cannot be retried
  const auto on_body = request.on_body;
  if (on_body) {
    request.on_body = [&](std::string_view piece) {
      seen = true;
      return on_body(piece);
    };
  }
  Result<HttpResponse> result = options_.transport->send(request);
  request.on_body = on_body;
  if (!result) {
    // A request that timed out may have been processed and billed, and would time out again.
    const bool retry = result.error().code == ErrorCode::network && !seen;
    return {std::move(result), retry};
  }
  place.pause = milliseconds(net::reset_after_ms(*result));
  if (result->status / 100 == 2) return {std::move(result)};
  Attempt out = refused(call, *result);
  place.too_many = result->status == 429 && out.retry;
  if (!out.retry) place.pause = milliseconds(0);
  if (place.too_many && out.asked_ms) place.pause = milliseconds(*out.asked_ms);
  place.pause = std::min(place.pause, net::longest_pause);
  return out;
}

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
  return {std::move(error), retried && !refusal.final, asked};
}

milliseconds Network::wait_before(const Attempt &last, int retry) const {
  if (last.asked_ms) return milliseconds(*last.asked_ms);
  double wait = static_cast<double>(options_.first_wait_ms);
  for (int i = 1; i < retry; ++i)
    wait = std::min(2 * wait, static_cast<double>(options_.longest_wait_ms));
  wait = std::min(wait, static_cast<double>(options_.longest_wait_ms));
  return milliseconds(static_cast<std::int64_t>(wait * timing_.random()));  // full jitter
}

Error Network::paused(const std::string &host, const std::string &where) const {
  const std::int64_t left = limiter_->pause_left(host).count();
  Error out =
      errors::rate_limited(fmt::format("the service asked to wait; {} ms remain", left), where);
  out.retry_after_ms = left;
  return out;
}

Result<HttpResponse> Network::send(net::Call call, Usage &usage) {
  return base::guard([&]() -> Result<HttpResponse> {
    constexpr std::int64_t longest_ms = 24 * 3'600'000;  // keeps sums in range
    const auto deadline = timing_.now() + milliseconds(std::min(call.request.total_ms, longest_ms));
    const CancelToken &cancel = call.request.cancel;
    const std::string where = net::plain_url(call.request.url);
    const std::string host = net::origin_of(call.request.url);
    const auto ended = [&](Error error) {
      error.provider = call.provider;
      error.message = net::without(std::move(error.message), net::secrets_of(call.request));
      return error;
    };
    const Error cancelled = errors::cancelled(where);
    Error last = errors::timeout(
        "timed out while waiting for other requests to the same host to finish", where);
    for (int tried = 1;; ++tried) {
      const net::Limiter::Entry entry = limiter_->enter(host, cancel, deadline);
      if (entry == net::Limiter::Entry::cancelled) return ended(cancelled);
      if (entry == net::Limiter::Entry::late) return ended(last);
      if (entry == net::Limiter::Entry::paused) return ended(paused(host, where));
      ++usage.requests;
      if (tried > 1) ++usage.retries;
      Attempt attempt =
          this->attempt(call, std::chrono::ceil<milliseconds>(deadline - timing_.now()));
      if (attempt.result) return std::move(attempt.result);
      last = attempt.result.error();
      if (tried > 1) last.message += fmt::format(" (after {} attempts)", tried);
      if (!attempt.retry || !call.retried || tried >= options_.attempts) return ended(last);
      const milliseconds wait = wait_before(attempt, tried);
      if (timing_.now() + wait >= deadline) return ended(last);
      if (!timing_.sleep(wait, cancel)) return ended(cancelled);
    }
  });
}

Result<std::shared_ptr<Network>> open_network(const NetworkOptions &options) {
  return base::guard([&]() -> Result<std::shared_ptr<Network>> {
    if (options.attempts < 1 || options.parallel < 1) {
      return errors::invalid_argument("expected a value of at least 1",
                                      options.attempts < 1 ? "attempts" : "parallel");
    }
    if (options.first_wait_ms < 0 || options.longest_wait_ms < 0) {
      return errors::invalid_argument("expected a time of 0 ms or more", options.first_wait_ms < 0
                                                                             ? "first_wait_ms"
                                                                             : "longest_wait_ms");
    }
    NetworkOptions complete = options;
    if (!complete.transport) {
      auto transport = curl_transport();
      if (!transport) return transport.error();
      complete.transport = *std::move(transport);
    }
    return std::make_shared<Network>(std::move(complete), net::real_timing());
  });
}

}  // namespace saleschecklist
