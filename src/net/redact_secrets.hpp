// Keeps keys out of everything that people or files see.
#ifndef SALESCHECKLIST_NET_REDACT_SECRETS_HPP
#define SALESCHECKLIST_NET_REDACT_SECRETS_HPP

#include <saleschecklist/transport.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace saleschecklist::net {

// Whether a header of a request or reply carries a secret or names an account.
bool is_secret_header(std::string_view name);

// The secrets of a request: the words of 8 bytes or more in the values of such headers, and of
// queries that sign or authenticate.
std::vector<std::string> secrets_of(const HttpRequest &request);

// `text` with every occurrence of a secret as "***".
std::string without(std::string text, const std::vector<std::string> &secrets);

// One line of at most `most` bytes (and "...") of valid UTF-8 without control characters, of what a
// service says.
std::string one_line(std::string_view bytes, std::size_t most);

// A URL as files may show it: without user, and with the values of queries that sign or
// authenticate as "***".
std::string redacted_url(std::string url);

// A URL as errors show it: without user, query and fragment.
std::string plain_url(std::string_view url);

// "https://host:port" of a URL.
std::string origin_of(std::string_view url);

}  // namespace saleschecklist::net

#endif
