// What all providers share on the way to their services: retry, limits, one pool of connections.
#ifndef SALESCHECKLIST_NETWORK_HPP
#define SALESCHECKLIST_NETWORK_HPP

#include <saleschecklist/transport.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>

namespace saleschecklist {

struct NetworkOptions {
  std::shared_ptr<Transport> transport{};  // none: curl_transport()
  int attempts = 3;                        // of one request, the first among them
  std::int64_t first_wait_ms = 500;        // doubles with each retry, drawn from 0 to its value
  std::int64_t longest_wait_ms = 8'000;    // of our own; a service may ask for more
  std::size_t parallel = 8;                // requests under way to one host at a time
};

// Thread-safe; shared by the providers of a process so that limits and connections are, too.
class Network;

// Fails with invalid_argument when attempts or parallel is below 1.
SALESCHECKLIST_API Result<std::shared_ptr<Network>> open_network(
    const NetworkOptions &options = {});

}  // namespace saleschecklist

#endif
