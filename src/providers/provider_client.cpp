#include "providers/provider_client.hpp"
#include "base/ascii.hpp"
#include "base/errors.hpp"

#include "base/percent_encoding.hpp"
#include "base/unicode.hpp"
#include "net/secrets.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>

namespace saleschecklist::providers {

ProviderClient::ProviderClient(const Protocol &protocol, ProviderOptions options)
    : protocol_(protocol),
      options_(std::move(options)),
      pool_(fmt::format("{} {:x}", options_.model,
                        std::hash<std::string_view>()(options_.key.reveal()))) {}

std::chrono::steady_clock::time_point ProviderClient::deadline() const {
  return std::chrono::steady_clock::now() + std::chrono::milliseconds(options_.total_ms);
}

std::vector<HttpHeader> key_header(const char *name, std::string_view scheme, const Secret &key) {
  std::vector<HttpHeader> out;
  if (key.empty()) return out;
  constexpr std::size_t usual = 8;
  out.reserve(usual);
  HttpHeader &header = out.emplace_back();
  header.name = name;
  header.value.reserve(scheme.size() + key.reveal().size());
  header.value.append(scheme).append(key.reveal());
  return out;
}

// A header of the host replaces the default of the same name.
std::vector<HttpHeader> ProviderClient::headers(const std::string &content_type) const {
  std::vector<HttpHeader> out = {{"User-Agent", "saleschecklist/" SALESCHECKLIST_VERSION}};
  std::vector<HttpHeader> auth = protocol_.auth(options_);
  out.reserve(2 + auth.size() + options_.headers.size());
  if (!content_type.empty()) out.push_back({"Content-Type", content_type});
  for (HttpHeader &header : auth) out.push_back(std::move(header));
  for (const HttpHeader &own : options_.headers) {
    const auto replaced = [&](const HttpHeader &header) {
      return base::equal_ignoring_case(header.name, own.name);
    };
    for (HttpHeader &header : out) {
      if (replaced(header)) Secret::wipe(header.value);
    }
    out.erase(std::remove_if(out.begin(), out.end(), replaced), out.end());
  }
  out.insert(out.end(), options_.headers.begin(), options_.headers.end());
  return out;
}

Result<HttpResponse> ProviderClient::send(ProviderRequest request, Usage &usage,
                                          ServiceError &refused) const {
  using std::chrono::milliseconds;
  net::Call call;
  call.provider = protocol_.provider;
  call.request.method = request.method;
  call.request.url = request.url;
  call.request.headers = headers(request.content_type);
  call.request.body = std::move(request.body);
  call.request.connect_ms = options_.connect_ms;
  call.request.idle_ms = options_.idle_ms;
  const auto left =
      std::chrono::ceil<milliseconds>(request.deadline - std::chrono::steady_clock::now());
  call.request.total_ms = std::max<std::int64_t>(0, left.count());
  call.request.on_body = std::move(request.on_body);
  call.request.cancel = request.cancel;
  call.retried = request.retried;
  call.pool = pool_;
  call.tokens = request.tokens;
  call.on_wait = std::move(request.on_wait);
  refused = {};
  call.read_failure = [&](const HttpResponse &response) {
    refused = without_secrets(protocol_.errors(response));
    if (refused.request_id.empty()) refused.request_id = request_id(response);
    net::ReplyFailure out = failure_of(refused);
    out.error.where = net::plain_url(request.url);
    return out;
  };
  milliseconds waited{0};
  Result<HttpResponse> reply = options_.network->send(std::move(call), usage, &waited);
  request.deadline += waited;
  // A refusal that was read before the connection broke does not explain this failure.
  if (!reply && reply.error().http_status == 0) refused = {};
  return reply;
}

Result<void> ProviderClient::wait(std::chrono::milliseconds time,
                                  std::chrono::steady_clock::time_point deadline,
                                  const CancelToken &cancel, const std::string &where) const {
  const bool late = std::chrono::steady_clock::now() + time >= deadline;
  if (!late && options_.network->wait(time, cancel)) return {};
  Error out = late ? errors::timeout("the service has not finished in time", net::plain_url(where))
                   : errors::cancelled(net::plain_url(where));
  out.provider = protocol_.provider;
  return out;
}

Error ProviderClient::error_of(ServiceError service_error, const std::string &url) const {
  Error out = failure_of(without_secrets(std::move(service_error))).error;
  out.provider = protocol_.provider;
  out.where = net::plain_url(url);
  return out;
}

Error ProviderClient::unreadable(std::string_view why, const HttpResponse &response,
                                 const std::string &url) const {
  Error out =
      errors::refused(without_secrets("the service's reply cannot be read: " + std::string(why)),
                      net::plain_url(url));
  out.provider = protocol_.provider;
  out.http_status = response.status;
  out.request_id = request_id(response);
  return out;
}

std::string ProviderClient::without_secrets(std::string text) const {
  text = without_secret(std::move(text), options_.key.reveal());
  for (const HttpHeader &header : options_.headers) {
    if (net::is_secret_header(header.name)) text = without_secret(std::move(text), header.value);
  }
  return text;
}

ServiceError ProviderClient::without_secrets(ServiceError service_error) const {
  constexpr std::size_t most = 8'192;  // messages are shorter
  for (std::string *text : {&service_error.message, &service_error.code, &service_error.param,
                            &service_error.request_id}) {
    text->resize(std::min(text->size(), most));
    *text = without_secrets(std::move(*text));
  }
  return service_error;
}

std::string ProviderClient::request_id(const HttpResponse &response) const {
  return net::excerpt(without_secrets(std::string(net::request_id_of(response))), 200);
}

std::string join_url(const std::string &base, std::string_view path) {
  const std::size_t query = std::min(base.find('?'), base.size());
  std::string out = base.substr(0, query);
  while (!out.empty() && out.back() == '/') out.pop_back();
  out += path;
  if (query == base.size()) return out;
  return out + (path.find('?') == std::string_view::npos ? "?" : "&") + base.substr(query + 1);
}

std::string escape_segment(std::string_view segment) { return base::percent_encode(segment, ":@"); }

void require_utf8(std::string_view text, const char *where) {
  if (base::valid_utf8_prefix(text) == text.size()) return;
  throw BadResult(errors::invalid_argument("expected valid UTF-8", where));
}

}  // namespace saleschecklist::providers
