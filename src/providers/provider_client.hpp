// How every provider sends requests to its service.
#ifndef SALESCHECKLIST_PROVIDERS_PROVIDER_CLIENT_HPP
#define SALESCHECKLIST_PROVIDERS_PROVIDER_CLIENT_HPP

#include <saleschecklist/providers.hpp>

#include "net/network.hpp"
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
  ServiceError (*errors)(const HttpResponse &response);  // reads a reply whose status is not 2xx
};

// One request. The deadline is that of the call, which may need several requests; it is moved on by
// the time that the request waits for a rate limit.
struct ProviderRequest {
  std::string url;
  std::string content_type;  // empty: none is sent
  std::string body;
  std::chrono::steady_clock::time_point &deadline;
  CancelToken cancel{};
  std::function<void(std::int64_t until_ms)> on_wait{};  // see net::Call
  std::int64_t tokens = 0;                               // expected
  std::function<bool(std::string_view piece)> on_body{};
  const char *method = "POST";
  bool retried = true;  // false: one attempt
};

// The header "name: scheme key" in a list with room for more headers; an empty list without a key.
// No copy of the key stays behind in memory that was released.
std::vector<HttpHeader> key_header(const char *name, std::string_view scheme, const Secret &key);

// Thread-safe.
class ProviderClient {
 public:
  // `options` must be complete, see complete_options().
  ProviderClient(const Protocol &protocol, ProviderOptions options);

  const ProviderOptions &options() const { return options_; }
  std::string id() const { return protocol_.provider + (":" + options_.model); }
  std::chrono::steady_clock::time_point deadline() const;

  // Returns the 2xx reply. On failure, sets `refused` to the service's error, if it sent one.
  Result<HttpResponse> send(ProviderRequest request, Usage &usage, ServiceError &refused) const;

  // Waits, as before asking again for a result that takes time. Fails with cancelled, or at once
  // with timeout if the deadline does not allow the wait; `where` is the URL that is asked.
  Result<void> wait(std::chrono::milliseconds time, std::chrono::steady_clock::time_point deadline,
                    const CancelToken &cancel, const std::string &where) const;

  // The error for a reply that has status 200 but contains an error.
  Error error_of(ServiceError service_error, const std::string &url) const;

  // The error for a reply that cannot be read; `why` says what it is instead.
  Error unreadable(std::string_view why, const HttpResponse &response,
                   const std::string &url) const;

  // The service's own id of a request, from the headers of the reply.
  std::string request_id(const HttpResponse &response) const;

  // Removes the key, and the secrets in the additional headers.
  std::string without_secrets(std::string text) const;

 private:
  ServiceError without_secrets(ServiceError service_error) const;
  std::vector<HttpHeader> headers(const std::string &content_type) const;

  const Protocol protocol_;
  const ProviderOptions options_;
  const std::string pool_;  // the model, and what tells keys apart without containing them
};

// Appends `path` to the path of the base URL; keeps its query, if any.
std::string join_url(const std::string &base, std::string_view path);

// Encodes one segment of a path.
std::string escape_segment(std::string_view segment);

// Throws BadResult (invalid_argument, at `where`) if the text is not valid UTF-8.
void require_utf8(std::string_view text, const char *where);

}  // namespace saleschecklist::providers

#endif
