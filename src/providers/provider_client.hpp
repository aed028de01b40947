// How every provider reaches its service.
#ifndef SALESCHECKLIST_PROVIDERS_PROVIDER_CLIENT_HPP
#define SALESCHECKLIST_PROVIDERS_PROVIDER_CLIENT_HPP

#include <saleschecklist/providers.hpp>

#include "net/client.hpp"
#include "providers/service_error.hpp"

#include <chrono>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace saleschecklist::providers {

// What all ports of one provider have in common.
struct Protocol {
  const char *provider;
  std::vector<HttpHeader> (*auth)(const ProviderOptions &options);
  ServiceError (*errors)(const HttpResponse &response);  // of a reply that is not 2xx
};

// One request. The deadline is that of the call it belongs to, which may need several.
struct Post {
  std::string url;
  std::string content_type;
  std::string body;
  std::chrono::steady_clock::time_point deadline;
  CancelToken cancel{};
  std::function<bool(std::string_view piece)> on_body{};
};

// Thread-safe.
class ProviderClient {
 public:
  // `options` are complete, with a network among them.
  ProviderClient(const Protocol &protocol, ProviderOptions options)
      : protocol_(protocol), options_(std::move(options)) {}

  const ProviderOptions &options() const { return options_; }
  std::string id() const { return protocol_.provider + (":" + options_.model); }
  std::chrono::steady_clock::time_point deadline() const;

  // The 2xx reply; else `refused` is what the service said, if it said anything.
  Result<HttpResponse> post(Post post, Usage &usage, ServiceError &refused) const;

  // What a service says under a 200 is an error all the same.
  Error error_of(ServiceError service_error, const std::string &url) const;

  // "answered what cannot be read: …"
  Error unreadable(std::string_view why, const HttpResponse &response,
                   const std::string &url) const;

  // The service's own name of a request, from the reply's headers.
  std::string request_id(const HttpResponse &response) const;

  // Without the key and the secrets among the extra headers.
  std::string without_secrets(std::string text) const;

 private:
  ServiceError without_secrets(ServiceError service_error) const;
  std::vector<HttpHeader> headers(const std::string &content_type) const;

  const Protocol protocol_;
  const ProviderOptions options_;
};

// `path` behind the base URL, and before its query if it has one.
std::string join_url(const std::string &base, std::string_view path);

// One segment of a path.
std::string escape_segment(std::string_view segment);

// Fails with invalid_argument at `where` when a text is not UTF-8.
void require_utf8(std::string_view text, const char *where);

}  // namespace saleschecklist::providers

#endif
