// What all providers share: retries, rate limits and one pool of connections.
#ifndef SALESCHECKLIST_NETWORK_HPP
#define SALESCHECKLIST_NETWORK_HPP

#include <saleschecklist/transport.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>

namespace saleschecklist {

struct NetworkOptions {
  std::shared_ptr<Transport> transport{};  // null: curl_transport()
  int attempts =
      3;  // per request, including the first, not counting those that a rate limit refuses
  std::int64_t first_wait_ms = 500;      // doubled by each retry; a random part of it is waited
  std::int64_t longest_wait_ms = 8'000;  // the upper limit, unless a service asks for more
  std::size_t parallel = 8;              // concurrent requests to one host
  // The longest wait for a service's rate limit; 0: none. A request that would have to wait longer
  // fails at once with rate_limited, and so does one that was refused again and again for this
  // time, or for 75 s, in which the service accepted no other. If a service asks for a longer wait,
  // one request a minute tries all the same.
  std::int64_t rate_limit_wait_ms = 600'000;
};

// Thread-safe. Providers that share one also share its connections, and what it learns of the rate
// limits of a host, a model and a key.
class Network;

// Fails with invalid_argument if `attempts` or `parallel` is below 1, or a time is negative.
SALESCHECKLIST_API Result<std::shared_ptr<Network>> open_network(
    const NetworkOptions &options = {});

}  // namespace saleschecklist

#endif
