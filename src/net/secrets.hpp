// Keeps secrets out of everything that people or files see.
#ifndef SALESCHECKLIST_NET_SECRETS_HPP
#define SALESCHECKLIST_NET_SECRETS_HPP

#include <saleschecklist/secret.hpp>
#include <saleschecklist/transport.hpp>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace saleschecklist::net {

// Whether a header of a request or reply contains a secret or identifies an account.
bool is_secret_header(std::string_view name);

// The secrets of a request: the words of at least 8 bytes in the values of such headers and of
// query parameters that are signatures or credentials.
std::vector<Secret> secrets_of(const HttpRequest &request);

// `text` with every occurrence of a secret replaced with "***".
std::string without(std::string text, const std::vector<Secret> &secrets);

// Overwrites the values of headers, and empties them.
void wipe(std::vector<HttpHeader> &headers) noexcept;

// A request whose headers are overwritten when it is released.
struct OwnRequest : HttpRequest {
  OwnRequest() = default;
  OwnRequest(HttpRequest request) : HttpRequest(std::move(request)) {}
  OwnRequest(const OwnRequest &) = default;
  OwnRequest(OwnRequest &&) = default;
  OwnRequest &operator=(const OwnRequest &) = default;
  OwnRequest &operator=(OwnRequest &&) = default;
  ~OwnRequest() { wipe(headers); }
};

// The text of a service for a message: one line of at most `most` bytes, followed by "..." if it
// was shortened. Valid UTF-8 without control characters.
std::string excerpt(std::string_view bytes, std::size_t most);

// A URL for files: without user, and with "***" for the values of query parameters that are
// signatures or credentials.
std::string redacted_url(std::string url);

// A URL for errors: without user, query and fragment.
std::string plain_url(std::string_view url);

// "https://host:port" of a URL.
std::string origin_of(std::string_view url);

}  // namespace saleschecklist::net

#endif
