// The port for HTTP: everything on the network passes through it.
#ifndef SALESCHECKLIST_TRANSPORT_HPP
#define SALESCHECKLIST_TRANSPORT_HPP

#include <saleschecklist/cancel.hpp>
#include <saleschecklist/limits.hpp>
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

// One exchange. Times are in milliseconds; 0 or less expires immediately and never means "forever".
struct HttpRequest {
  std::string method = "GET";
  std::string url;  // http or https
  std::vector<HttpHeader> headers;
  std::string body;
  std::string body_file;  // if not empty, the path of a file that is streamed instead of `body`
  std::int64_t connect_ms = 5'000;
  std::int64_t idle_ms = 60'000;                    // without a byte in either direction
  std::int64_t total_ms = 600'000;                  // from send() to the last byte
  std::size_t most_bytes = limits::response_bytes;  // the largest body of a response
  // If set, receives the body of a 2xx response piece by piece, in order, on a thread of the
  // transport and before send() returns; HttpResponse::body then stays empty. The body of any other
  // response is in HttpResponse::body. Returning false cancels the exchange. Must not throw.
  std::function<bool(std::string_view piece)> on_body{};
  CancelToken cancel{};
};

struct HttpResponse {
  int status = 0;
  std::vector<HttpHeader> headers;  // as received, in order
  std::string body;                 // decompressed, whatever Content-Encoding says

  // The first header of that name, ignoring case; empty if there is none.
  SALESCHECKLIST_API std::string_view header(std::string_view name) const noexcept;
};

// Thread-safe.
class SALESCHECKLIST_API Transport {
 public:
  virtual ~Transport() = default;

  // Performs exactly one exchange, without retries or redirects. Any HTTP status is a success.
  // Fails with network if the exchange broke off, with timeout or cancelled, with refused if the
  // response is larger than most_bytes, with io if body_file cannot be read, and with
  // invalid_argument if the URL or a header cannot be sent. Errors contain neither the query of the
  // URL nor any header.
  virtual Result<HttpResponse> send(const HttpRequest &request) = 0;
};

struct CurlOptions {
  std::string proxy{};    // "http://host:port"; empty: none (the environment is not read)
  std::string ca_file{};  // PEM; empty: the system's
  std::string https_proxy{}, http_proxy{};  // for such URLs; if empty, `proxy`
  // The hosts that are reached without a proxy, separated by commas: "localhost" and
  // "example.com" with all hosts below them, "example.com:8443", "10.0.0.0/8", "[::1]:8080"; "*"
  // are all hosts.
  std::string no_proxy{};
  std::string ca_folder{};  // PEM files under the names of openssl-rehash(1), in addition
};

// Proxies and trusted certificates from the environment of the process: https_proxy or HTTPS_PROXY,
// http_proxy, all_proxy or ALL_PROXY, no_proxy or NO_PROXY; CURL_CA_BUNDLE or SSL_CERT_FILE, and
// SSL_CERT_DIR. HTTP_PROXY in capitals is ignored, because a web server sets it from the header
// "Proxy" of a request for the programs that it runs (CVE-2016-5385). The machine itself
// (localhost, 127.0.0.0/8, ::1) is always reached without those proxies. What `given` says is kept:
// if it has a proxy or no_proxy, none of the proxy variables is read, NO_PROXY included; if it has
// a ca_file or ca_folder, none of the certificate variables is. Must not be called while another
// thread changes the environment.
SALESCHECKLIST_API CurlOptions curl_from_environment(CurlOptions given = {});

// A transport over libcurl. It asks for no compression, and decompresses what is compressed all the
// same (gzip, deflate, and what else libcurl knows); most_bytes is then the size decompressed, and
// send() fails with refused if a reply cannot be decompressed. It verifies TLS certificates, keeps
// connections alive, shares them between all calls, and uses HTTP/2 if the server does. It runs one
// thread, which does not exist in the child after a fork(): there, send() fails with
// invalid_argument until a new transport is opened. If no connection is made within connect_ms, the
// error is network. Fails with unsupported in a build without libcurl.
SALESCHECKLIST_API Result<std::shared_ptr<Transport>> curl_transport(
    const CurlOptions &options = {});

}  // namespace saleschecklist

#endif
