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
  int attempts = 3;                        // per request, including the first
  std::int64_t first_wait_ms = 500;        // doubled by each retry; a random part of it is waited
  std::int64_t longest_wait_ms = 8'000;    // the upper limit, unless a service asks for more
  std::size_t parallel = 8;                // concurrent requests to one host
};

// Thread-safe. Providers that share one also share its limits and connections.
class Network;

// Fails with invalid_argument if `attempts` or `parallel` is below 1.
SALESCHECKLIST_API Result<std::shared_ptr<Network>> open_network(
    const NetworkOptions &options = {});

}  // namespace saleschecklist

#endif
