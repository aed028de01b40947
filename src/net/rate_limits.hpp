// What a service says of the rate limits of an account.
#ifndef SALESCHECKLIST_NET_RATE_LIMITS_HPP
#define SALESCHECKLIST_NET_RATE_LIMITS_HPP

#include <saleschecklist/transport.hpp>

#include <cstdint>
#include <optional>
#include <string_view>

namespace saleschecklist::net {

// How many requests, or tokens, may still be used.
struct Allowance {
  std::int64_t limit = 0;  // 0: not told
  std::int64_t remaining = 0;
  std::int64_t reset_ms = 0;  // until all of `limit` may be used again
};

// Absent: not told.
struct RateLimits {
  std::optional<Allowance> requests{};
  std::optional<Allowance> tokens{};
};

// Reads the headers x-ratelimit-* of OpenAI and compatible services, anthropic-ratelimit-*, and
// ratelimit-* (the draft of the IETF), whose reset is a duration, a number of seconds, or a time.
// `now` is in seconds since 1970-01-01 UTC.
RateLimits read_rate_limits(const HttpResponse &response, std::int64_t now);

// The wait that a reply asks for in `retry-after-ms`, or in `retry-after` as seconds, a fraction of
// a second or an HTTP date (RFC 9110, 10.2.3); 0 for a date in the past. std::nullopt if there is
// none or it is malformed. `now` is in seconds since 1970-01-01 UTC.
std::optional<std::int64_t> retry_after_ms(const HttpResponse &response, std::int64_t now);

// The wait that a message asks for in words, such as "Please try again in 1m12.5s" or "retry after
// 20 seconds", in milliseconds; std::nullopt if there is none.
std::optional<std::int64_t> wait_told_by(std::string_view message);

// "1s", "6m0s", "120ms" or "1h2m3.5s" in milliseconds; std::nullopt if `text` is not a duration.
std::optional<std::int64_t> parse_duration(std::string_view text);

}  // namespace saleschecklist::net

#endif
