#include "net/proxy.hpp"

#include "base/ascii.hpp"
#include "base/base64.hpp"
#include "base/percent_encoding.hpp"
#include "net/secrets.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <vector>

namespace saleschecklist::net {
namespace {

constexpr std::size_t shortest_secret = 4;  // a shorter one is found in ordinary words

// A host and its port as text, without the brackets of IPv6; the port may be empty.
struct Place {
  std::string_view host, port;
};

Place place_of(std::string_view text) {
  if (!text.empty() && text[0] == '[') {
    const std::size_t close = std::min(text.find(']'), text.size());
    const std::string_view rest = text.substr(std::min(close + 1, text.size()));
    return {text.substr(1, close - 1), rest.substr(rest.empty() ? 0 : 1)};
  }
  const std::size_t colon = text.find(':');
  const bool has_port = colon != std::string_view::npos && text.rfind(':') == colon;
  if (!has_port) return {text, {}};
  return {text.substr(0, colon), text.substr(colon + 1)};
}

// The bytes of an IPv4 or IPv6 address; empty if the text is none.
std::string address_of(std::string_view text) {
  std::array<char, 16> bytes{};
  const std::string whole(text);
  if (inet_pton(AF_INET, whole.c_str(), bytes.data()) == 1) return {bytes.data(), 4};
  if (inet_pton(AF_INET6, whole.c_str(), bytes.data()) == 1) return {bytes.data(), 16};
  return {};
}

std::optional<std::size_t> number_of(std::string_view text) {
  std::size_t out = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
  if (text.empty() || error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return out;
}

// Whether two addresses agree in their first bits.
bool agree(const std::string &left, const std::string &right, std::size_t bits) {
  if (left.size() != right.size() || bits > 8 * left.size()) return false;
  for (std::size_t i = 0; i < bits; ++i) {
    const int mask = 0x80 >> (i % 8);
    if (((left[i / 8] ^ right[i / 8]) & mask) != 0) return false;
  }
  return true;
}

// A network such as 10.0.0.0/8.
bool is_in(const std::string &address, std::string_view network) {
  const std::size_t slash = network.find('/');
  const auto bits = number_of(network.substr(slash + 1));
  return bits && agree(address_of(network.substr(0, slash)), address, *bits);
}

// A host, or all hosts below it: example.com is also .example.com and *.example.com.
bool is_of(std::string host, std::string_view entry) {
  if (entry.substr(0, 1) == "*") entry.remove_prefix(1);
  if (entry.substr(0, 1) == ".") entry.remove_prefix(1);
  std::string name = base::ascii_lower(entry);
  for (std::string *text : {&host, &name}) {
    if (!text->empty() && text->back() == '.') text->pop_back();
  }
  if (name.empty() || host.size() < name.size()) return false;
  const std::size_t at = host.size() - name.size();
  return host.compare(at, name.size(), name) == 0 && (at == 0 || host[at - 1] == '.');
}

bool names(std::string_view entry, const std::string &host, std::string_view port) {
  if (entry == "*") return true;
  const std::string address = address_of(host);
  if (entry.find('/') != std::string_view::npos) return !address.empty() && is_in(address, entry);
  const Place named = place_of(entry);
  if (!named.port.empty() && named.port != port) return false;
  if (!address.empty()) return address_of(named.host) == address;
  return is_of(host, named.host);
}

// Whether a list such as "localhost,.example.com:8080,10.0.0.0/8" names the host of a URL.
bool is_named(std::string_view list, std::string_view url) {
  const bool plain = url.substr(0, 5) == "http:";
  const std::string origin = origin_of(url);
  const Place place = place_of(std::string_view(origin).substr(origin.find("://") + 3));
  const std::string host = base::ascii_lower(place.host);
  const std::string_view port = !place.port.empty() ? place.port : plain ? "80" : "443";
  while (!list.empty()) {
    const std::size_t end = std::min(list.find_first_of(", \t"), list.size());
    if (end > 0 && names(list.substr(0, end), host, port)) return true;
    list.remove_prefix(std::min(end + 1, list.size()));
  }
  return false;
}

// "user:password" of a proxy's URL, also if it lacks the scheme; empty if there is none.
std::string_view user_of(std::string_view proxy) {
  const std::size_t scheme = proxy.find("://");
  if (scheme != std::string_view::npos) proxy.remove_prefix(scheme + 3);
  const std::size_t at = proxy.rfind('@');
  return at == std::string_view::npos ? std::string_view() : proxy.substr(0, at);
}

}  // namespace

std::string proxy_for(const CurlOptions &options, std::string_view url) {
  const std::string &own = url.substr(0, 5) == "http:" ? options.http_proxy : options.https_proxy;
  const std::string &proxy = own.empty() ? options.proxy : own;
  return proxy.empty() || is_named(options.no_proxy, url) ? std::string() : proxy;
}

std::string shown_proxy(const std::string &proxy) {
  const std::string_view user = user_of(proxy);
  if (user.empty()) return proxy;
  const auto at = static_cast<std::size_t>(user.data() - proxy.data());
  return proxy.substr(0, at) + proxy.substr(at + user.size() + 1);
}

std::string without_user_of(const std::string &proxy, std::string text) {
  const std::string_view user = user_of(proxy);
  if (user.empty()) return text;
  const std::string_view password = user.substr(std::min(user.find(':'), user.size() - 1) + 1);
  const auto decoded = [](std::string_view word) {
    std::optional<std::string> out = base::percent_decode(word);
    return Secret(out ? *std::move(out) : std::string(word));
  };
  std::vector<Secret> secrets;
  const auto add = [&](Secret word) {
    if (word.reveal().size() >= shortest_secret) secrets.push_back(std::move(word));
  };
  add(Secret(std::string(user)));
  add(decoded(user));
  add(Secret(base::base64_encode(decoded(user).reveal())));
  add(Secret(std::string(password)));
  add(decoded(password));
  std::string before_host;
  before_host.reserve(user.size() + 1);  // no copy stays behind in a block that was too small
  before_host.append(user).append("@");
  return without(without(std::move(text), {Secret(std::move(before_host))}), secrets);
}

}  // namespace saleschecklist::net
