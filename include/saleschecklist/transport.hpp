// The port through which everything on the network passes.
#ifndef SALESCHECKLIST_TRANSPORT_HPP
#define SALESCHECKLIST_TRANSPORT_HPP

#include <saleschecklist/cancel.hpp>
#include <saleschecklist/result.hpp>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace saleschecklist {

struct HttpHeader {
  std::string name;
  std::string value;
};

// One exchange. Times are milliseconds; 0 or less means at once, never for ever.
struct HttpRequest {
  std::string method = "GET";
  std::string url;  // http or https
  std::vector<HttpHeader> headers;
  std::string body;
  std::string body_file;  // sent instead of `body`, read as it goes, when not empty
  std::int64_t connect_ms = 5'000;
  std::int64_t idle_ms = 60'000;                   // without a byte in either direction
  std::int64_t total_ms = 600'000;                 // from send() to the last byte
  std::size_t most_bytes = std::size_t{64} << 20;  // of the response's body
  // Receives the body of a 2xx reply piece by piece, in order, in a thread of the transport, before
  // send() returns; HttpResponse::body then stays empty. Other replies are kept there as ever.
  // Returning false ends the exchange as cancelled. Must not throw.
  std::function<bool(std::string_view piece)> on_body{};
  CancelToken cancel{};
};

struct HttpResponse {
  int status = 0;
  std::vector<HttpHeader> headers;  // as received, in order
  std::string body;

  // The first header of that name, compared without case; empty when there is none.
  SALESCHECKLIST_API std::string_view header(std::string_view name) const noexcept;
};

// Thread-safe.
class SALESCHECKLIST_API Transport {
 public:
  virtual ~Transport() = default;

  // Does exactly one exchange: no retry, no redirect. Any HTTP status is a success. Fails with
  // network when the exchange broke off, with timeout or cancelled, with refused when the reply is
  // larger than most_bytes, with io when body_file cannot be read, and with invalid_argument for a
  // URL or header that cannot be sent. Errors hold neither the query of the
  // URL nor any header.
  virtual Result<HttpResponse> send(const HttpRequest &request) = 0;
};

struct CurlOptions {
  std::string proxy{};    // "http://host:port"; empty: none, the environment is not asked
  std::string ca_file{};  // PEM; empty: the system's
};

// Over libcurl: verifies TLS, keeps connections alive and shares them between all calls, speaks
// HTTP/2 where the server does. It has one thread of its own, which a fork() does not take along:
// in the child, send() fails with invalid_argument until a new one is opened there. A connection
// that is not made within connect_ms is a network error. Fails with unsupported in a build without
// libcurl.
SALESCHECKLIST_API Result<std::shared_ptr<Transport>> curl_transport(
    const CurlOptions &options = {});

}  // namespace saleschecklist

#endif
