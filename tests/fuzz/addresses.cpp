// The targets of addresses, signatures and headers.
#include "support.hpp"

#include "base/percent_encoding.hpp"
#include "base/unicode.hpp"
#include "net/aws_sigv4.hpp"
#include "net/proxy.hpp"
#include "net/rate_limits.hpp"
#include "net/secrets.hpp"

#include <cmath>

namespace saleschecklist::fuzz {
namespace {

constexpr const char *secret = "wJalrXUtnFEMI-K7MDENG";
constexpr const char *user = "quentin:hunter2-hunter2";  // of a proxy
constexpr std::int64_t now = 1'800'000'000;

bool contains(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

void check_urls(const std::string &url) {
  const std::string plain = net::plain_url(url), shown = net::redacted_url(url);
  require(plain.find_first_of("?#") == std::string::npos, "a plain URL has no query");
  require(net::plain_url(plain) == plain, "a plain URL stays as it is");
  require(net::redacted_url(shown) == shown, "a redacted URL stays as it is");
  require(plain.rfind(net::origin_of(url), 0) == 0, "a URL begins with its origin");
  const auto decoded = base::percent_decode(base::percent_encode(url));
  require(decoded == url, "what was percent-encoded can be decoded");
  const std::string line = net::excerpt(url, 40);
  require(line.size() <= 43 && base::valid_utf8_prefix(line) == line.size(),
          "an excerpt is short and valid UTF-8");
  require(line.find_first_of("\r\n\x1b") == std::string::npos, "an excerpt has no controls");
}

void check_proxy(const std::string &url, const std::string &proxy, const std::string &list) {
  CurlOptions options;
  options.proxy = proxy;
  options.no_proxy = list;
  const std::string taken = net::proxy_for(options, url);
  require(taken.empty() || taken == proxy, "a request takes the proxy or none");
  options.no_proxy = list + ",*";
  require(net::proxy_for(options, url).empty(), "* names every host");
  const std::string shown = net::shown_proxy(proxy);
  require(net::shown_proxy(shown).size() <= shown.size(), "what is shown does not grow");
  const std::string signed_in = "http://" + std::string(user) + "@";
  require(!contains(net::shown_proxy(signed_in + url), user), "a shown proxy has no password");
  const std::string told = net::without_user_of(signed_in + "proxy", url + signed_in + url);
  require(!contains(told, user), "an error has no password of a proxy");
}

std::string signature_in(const HttpRequest &request) {
  for (const HttpHeader &header : request.headers) {
    if (header.name == "Authorization") return header.value;
  }
  return {};
}

void check_signature(const std::string &url, const std::string &header, const std::string &value,
                     const std::string &service) {
  const net::AwsIdentity who = {"AKID", Secret(secret), Secret("a-session"), "eu-west-1", service};
  HttpRequest request;
  request.url = url;
  request.headers = {{header, value}};
  net::sign_aws(request, who, std::string(64, '0'), now);
  const std::string signature = signature_in(request);
  require(signature.size() > 64 &&
              signature.find_first_not_of("0123456789abcdef", signature.size() - 64) ==
                  std::string::npos,
          "a signature ends with 64 digits");
  require(!contains(signature, secret), "a signature has no key");
  net::sign_aws(request, who, std::string(64, '0'), now);
  require(signature_in(request) == signature, "a request may be signed again");
  const std::string link = net::presigned_aws_url("GET", url, who, 60, now);
  require(!contains(link, secret), "a signed URL has no key");
  require(contains(link, "X-Amz-Signature="), "a signed URL has a signature");
}

// The client of a bucket; its requests are not sent.
void check_bucket(const std::string &url, const std::string &endpoint, const std::string &key) {
  static const std::shared_ptr<Network> network = open_network().value();
  S3Options options;
  options.access_key = "AKID";
  options.secret_key = Secret(secret);
  options.network = network;
  const auto check = [&](const Result<std::shared_ptr<BlobStore>> &blobs) {
    if (!blobs) return require_documented(blobs.error(), {ErrorCode::invalid_argument});
    const auto link = (*blobs)->link(key, 60);
    if (!link) return require_documented(link.error(), {ErrorCode::invalid_argument});
    require(link->rfind("http", 0) == 0 && !contains(*link, secret), "a link is a URL without key");
    require(link->find_first_of(" \r\n") == std::string::npos, "a link is one word");
  };
  check(open_blobs("s3://" + url, options));
  options.bucket = "a-bucket";
  options.prefix = url;
  options.endpoint = endpoint;
  check(s3_blobs(options));
}

// Notes where a request goes.
class Listener final : public Transport {
 public:
  Result<HttpResponse> send(const HttpRequest &request) override {
    url = request.url;
    return Error{ErrorCode::network, "nobody is there", {}};
  }
  std::string url;
};

void check_base_url(const std::string &provider, const std::string &base,
                    const std::string &model) {
  const auto listener = std::make_shared<Listener>();
  NetworkOptions network;
  network.transport = listener;
  network.attempts = 1;
  ProviderOptions options;
  options.key = Secret(secret);
  options.base_url = base;
  options.model = model;
  options.network = open_network(network).value();
  const auto opened = open_model(provider, options);
  if (!opened) {
    return require_documented(opened.error(), {ErrorCode::invalid_argument, ErrorCode::not_found});
  }
  Usage usage;
  ModelRequest request;
  request.question = "What?";
  const auto reply = (*opened)->complete(request, usage);
  require(!reply, "nobody answers");
  require_documented(reply.error());
  require(!contains(to_string(reply.error()), secret), "an error has no key");
  require(!contains(listener->url, secret), "a URL has no key");
  if (!base.empty() && !listener->url.empty()) {
    require(net::origin_of(listener->url) == net::origin_of(base), "a request goes to its server");
  }
}

void check_wait(const std::optional<std::int64_t> &ms) {
  require(!ms || (*ms >= 0 && *ms <= 86'400'000), "a wait is not negative and at most a day");
}

void check_allowance(const std::optional<net::Allowance> &allowance) {
  if (!allowance) return;
  require(allowance->limit >= 0 && allowance->remaining >= 0, "an allowance is not negative");
  check_wait(allowance->reset_ms);
}

}  // namespace

void addresses(std::string_view bytes) {
  if (contains(bytes, secret) || contains(bytes, user))
    return;  // a fuzzer guesses what is compared
  const std::string first = take_line(bytes), second = take_line(bytes), third = take_line(bytes);
  const std::string fourth(bytes);
  // No other URL is sent.
  const bool has_scheme = first.rfind("http://", 0) == 0 || first.rfind("https://", 0) == 0;
  const std::string url = has_scheme ? first : "https://" + first;
  check_urls(url);
  check_proxy(url, second, third);
  check_signature(url, second, third, fourth.empty() ? "s3" : fourth);
  check_bucket(first, second, third);
  for (const char *provider : {"openai", "azure", "anthropic", "gemini"}) {
    check_base_url(provider, first, second);
  }
}

void rate_limits(std::string_view bytes) {
  static const std::vector<std::string> names = {"retry-after",
                                                 "retry-after-ms",
                                                 "x-ratelimit-remaining-requests",
                                                 "x-ratelimit-reset-requests",
                                                 "x-ratelimit-limit-requests",
                                                 "anthropic-ratelimit-tokens-remaining",
                                                 "anthropic-ratelimit-tokens-reset",
                                                 "anthropic-ratelimit-tokens-limit"};
  HttpResponse response;
  for (const std::string &line : lines_of(bytes)) {
    const std::size_t colon = line.find(": ");
    if (colon != std::string::npos) {
      response.headers.push_back({line.substr(0, colon), line.substr(colon + 2)});
    } else if (response.headers.size() < names.size()) {
      response.headers.push_back({names[response.headers.size()], line});
    }
    check_wait(net::parse_duration(line));
    check_wait(net::wait_told_by(line));
    // A number of seconds is what it says, in all the places where one may stand.
    if (!line.empty() && line.size() < 5 &&
        line.find_first_not_of("0123456789") == std::string::npos) {
      const std::int64_t ms = std::stoll(line) * 1'000;
      require(net::parse_duration(line + "s") == ms, "seconds are read");
      require(net::wait_told_by("Try again in " + line + " seconds.") == ms, "words are read");
      require(net::retry_after_ms({429, {{"Retry-After", line}}, {}}, now) == ms,
              "a header in seconds is read");
    }
  }
  check_wait(net::retry_after_ms(response, now));
  const net::RateLimits limits = net::read_rate_limits(response, now);
  check_allowance(limits.requests);
  check_allowance(limits.tokens);
}

}  // namespace saleschecklist::fuzz
