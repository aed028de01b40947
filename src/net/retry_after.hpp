// When a service accepts the next request.
#ifndef SALESCHECKLIST_NET_RETRY_AFTER_HPP
#define SALESCHECKLIST_NET_RETRY_AFTER_HPP

#include <saleschecklist/transport.hpp>

#include <cstdint>
#include <optional>
#include <string_view>

namespace saleschecklist::net {

// The wait that a reply asks for in `retry-after-ms`, or in `retry-after` as seconds, a fraction of
// a second or an HTTP date (RFC 9110, 10.2.3); 0 for a date in the past. std::nullopt if there is
// none or it is malformed. `now` is in seconds since 1970-01-01 UTC.
std::optional<std::int64_t> retry_after_ms(const HttpResponse &response, std::int64_t now);

// The wait until an exhausted request limit admits one more request: the limit recovers steadily
// and is restored at the time in x-ratelimit-reset-*. 0 if the limit is not exhausted or the
// headers are missing.
std::int64_t reset_after_ms(const HttpResponse &response);

// "1s", "6m0s", "120ms" or "1h2m3.5s" in milliseconds; std::nullopt if `text` is not a duration.
std::optional<std::int64_t> parse_duration(std::string_view text);

}  // namespace saleschecklist::net

#endif
