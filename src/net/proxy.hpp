// Proxies: which one a request takes, and how it is shown.
#ifndef SALESCHECKLIST_NET_PROXY_HPP
#define SALESCHECKLIST_NET_PROXY_HPP

#include <saleschecklist/transport.hpp>

#include <string>
#include <string_view>

namespace saleschecklist::net {

// The proxy that a request for this URL takes; empty for none.
std::string proxy_for(const CurlOptions &options, std::string_view url);

// A proxy for people: without user and password.
std::string shown_proxy(const std::string &proxy);

// `text` without the user and password of the proxy, also as they are sent.
std::string without_user_of(const std::string &proxy, std::string text);

}  // namespace saleschecklist::net

#endif
