// curl_from_environment().
#include <saleschecklist/transport.hpp>

#include <cstdlib>
#include <initializer_list>

namespace saleschecklist {
namespace {

// The first of these variables that is set and not empty.
std::string first_of(std::initializer_list<const char *> names) {
  for (const char *name : names) {
    const char *value = std::getenv(name);
    if (value != nullptr && *value != '\0') return value;
  }
  return {};
}

void read_proxies(CurlOptions &out) {
  out.https_proxy = first_of({"https_proxy", "HTTPS_PROXY"});
  out.http_proxy = first_of({"http_proxy"});
  out.proxy = first_of({"all_proxy", "ALL_PROXY"});
  out.no_proxy = "localhost,127.0.0.0/8,::1," + first_of({"no_proxy", "NO_PROXY"});
}

}  // namespace

CurlOptions curl_from_environment(CurlOptions given) {
  const bool has_proxy = !given.proxy.empty() || !given.https_proxy.empty() ||
                         !given.http_proxy.empty() || !given.no_proxy.empty();
  const bool has_certificates = !given.ca_file.empty() || !given.ca_folder.empty();
  if (!has_proxy) read_proxies(given);
  if (!has_certificates) {
    given.ca_file = first_of({"CURL_CA_BUNDLE", "SSL_CERT_FILE"});
    given.ca_folder = first_of({"SSL_CERT_DIR"});
  }
  return given;
}

}  // namespace saleschecklist
