#include "net/secrets.hpp"
#include "base/ascii.hpp"

#include "base/unicode.hpp"

#include <algorithm>
#include <array>

namespace saleschecklist::net {
namespace {

constexpr std::string_view hidden = "***";

template <std::size_t n>
bool contains_any(const std::string &text, const std::array<std::string_view, n> &words) {
  return std::any_of(words.begin(), words.end(),
                     [&](std::string_view word) { return text.find(word) != std::string::npos; });
}

// The offset of the host in a URL, after "https://" and "user:password@".
std::size_t host_begin(std::string_view url) {
  const std::size_t scheme = url.find("://");
  const std::size_t begin = scheme == std::string_view::npos ? 0 : scheme + 3;
  const std::size_t end = url.find_first_of("/?#", begin);
  const std::size_t at = url.substr(0, end).rfind('@');
  return at == std::string_view::npos || at < begin ? begin : at + 1;
}

std::string without_user(std::string_view url) {
  const std::size_t scheme = url.find("://");
  const std::size_t begin = scheme == std::string_view::npos ? 0 : scheme + 3;
  return std::string(url.substr(0, begin)) + std::string(url.substr(host_begin(url)));
}

// Whether a parameter "?name=value" or "&name=value" is a signature or a credential.
bool is_secret_pair(std::string_view pair) {
  static constexpr std::array<std::string_view, 7> words = {
      "key", "token", "secret", "signature", "password", "credential", "sig"};
  const std::size_t equals = pair.find('=');
  return equals != std::string_view::npos &&
         contains_any(base::ascii_lower(pair.substr(0, equals)), words);
}

// The words of a secret that could reveal it, such as those of "Bearer sk-..." or "a=1; b=2".
void add_words(std::string_view value, std::vector<Secret> &out) {
  constexpr std::size_t shortest = 8;  // replacing shorter words would hide innocent text
  constexpr std::string_view between = " ;,&";
  while (!value.empty()) {
    const std::size_t end = std::min(value.find_first_of(between), value.size());
    std::string_view word = value.substr(0, end);
    value.remove_prefix(std::min(end + 1, value.size()));
    if (base::equal_ignoring_case(word, "bearer") || base::equal_ignoring_case(word, "basic")) {
      continue;
    }
    if (word.size() >= shortest) out.emplace_back(std::string(word));
    word.remove_prefix(std::min(word.find('=') + 1, word.size()));  // npos + 1 is 0
    if (word.size() >= shortest) out.emplace_back(std::string(word));
  }
}

}  // namespace

bool is_secret_header(std::string_view name) {
  static constexpr std::array<std::string_view, 7> words = {
      "auth", "key", "cookie", "token", "secret", "password", "signature"};
  static constexpr std::array<std::string_view, 4> accounts = {
      "openai-organization", "openai-project", "organization-id", "project-id"};
  const std::string lowered = base::ascii_lower(name);
  // Token counts are not secrets: x-ratelimit-remaining-tokens.
  if (lowered.find("ratelimit") != std::string::npos) return false;
  return contains_any(lowered, words) || contains_any(lowered, accounts);
}

std::vector<Secret> secrets_of(const HttpRequest &request) {
  std::vector<Secret> out;
  for (const HttpHeader &header : request.headers) {
    if (is_secret_header(header.name)) add_words(header.value, out);
  }
  const std::size_t query = request.url.find('?');
  std::string_view left =
      query == std::string::npos ? std::string_view() : std::string_view(request.url).substr(query);
  while (!left.empty()) {
    const std::size_t end = std::min(left.find('&', 1), left.size());
    const std::string_view pair = left.substr(0, end);
    if (is_secret_pair(pair)) add_words(pair.substr(pair.find('=') + 1), out);
    left.remove_prefix(end);
  }
  return out;
}

std::string without(std::string text, const std::vector<Secret> &secrets) {
  for (const Secret &one : secrets) {
    const std::string &secret = one.reveal();
    for (std::size_t at = 0; (at = text.find(secret, at)) != std::string::npos;) {
      text.replace(at, secret.size(), hidden);
      at += hidden.size();
    }
  }
  return text;
}

void wipe(std::vector<HttpHeader> &headers) noexcept {
  for (HttpHeader &header : headers) Secret::wipe(header.value);
}

std::string excerpt(std::string_view bytes, std::size_t most) {
  constexpr std::size_t most_read = 8'192;  // before it is shortened
  bytes = bytes.substr(0, most_read);
  std::string valid;
  while (!bytes.empty()) {
    const std::size_t size = base::valid_utf8_prefix(bytes);
    valid.append(bytes.substr(0, size));
    bytes.remove_prefix(size);
    if (bytes.empty()) break;
    base::append_utf8(valid, 0xFFFD);
    bytes.remove_prefix(1);
  }
  std::string out = base::collapse_spaces(valid);
  if (out.size() <= most) return out;
  out.resize(base::valid_utf8_prefix(std::string_view(out).substr(0, most)));
  return out + "...";
}

std::string redacted_url(std::string url) {
  url = without_user(url);
  const std::size_t query = url.find('?');
  if (query == std::string::npos) return url;
  std::string out = url.substr(0, query);
  for (std::size_t at = query; at < url.size();) {
    const std::size_t end = std::min(url.find('&', at + 1), url.size());
    const std::string pair = url.substr(at, end - at);
    out += is_secret_pair(pair) ? pair.substr(0, pair.find('=') + 1) + std::string(hidden) : pair;
    at = end;
  }
  return out;
}

std::string plain_url(std::string_view url) {
  return without_user(url.substr(0, url.find_first_of("?#")));
}

std::string origin_of(std::string_view url) {
  const std::string plain = plain_url(url);
  const std::size_t scheme = plain.find("://");
  return plain.substr(0, plain.find('/', scheme == std::string::npos ? 0 : scheme + 3));
}

}  // namespace saleschecklist::net
