// When a service wants to be asked again.
#ifndef SALESCHECKLIST_NET_RETRY_AFTER_HPP
#define SALESCHECKLIST_NET_RETRY_AFTER_HPP

#include <saleschecklist/transport.hpp>

#include <cstdint>
#include <optional>
#include <string_view>

namespace saleschecklist::net {

// The wait that a reply asks for in `retry-after-ms`, or in `retry-after` as seconds, a fraction of
// them or an HTTP date (RFC 9110, 10.2.3); a date that is past is 0. Nothing when there is none or
// it cannot be read. `now` is in seconds since 1970 UTC.
std::optional<std::int64_t> retry_after_ms(const HttpResponse &response, std::int64_t now);

// The wait until a limit of requests that is used up lets one more pass: by x-ratelimit-* it fills
// up steadily, and `reset` is when it is full again. 0 when it is not used up or not told.
std::int64_t reset_after_ms(const HttpResponse &response);

// "1s", "6m0s", "120ms", "1h2m3.5s" in milliseconds; nothing when it is not a duration.
std::optional<std::int64_t> parse_duration(std::string_view text);

}  // namespace saleschecklist::net

#endif
