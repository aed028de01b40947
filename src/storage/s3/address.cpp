#include "storage/s3/address.hpp"
#include "base/errors.hpp"

#include "base/percent_encoding.hpp"
#include "base/unicode.hpp"
#include "net/secrets.hpp"

#include <algorithm>

namespace saleschecklist::storage {
namespace {

constexpr std::size_t longest_prefix = 500;  // with a key, within S3's 1,024 bytes

[[noreturn]] void refuse(const char *where, const std::string &expected) {
  throw BadResult(errors::invalid_argument("expected " + expected, where));
}

bool is_small_letter_or_digit(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }

bool consists_of(std::string_view text, std::string_view others) {
  return std::all_of(text.begin(), text.end(), [&](char c) {
    return is_small_letter_or_digit(c) || others.find(c) != std::string_view::npos;
  });
}

bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }

bool is_word(std::string_view text) {
  return std::none_of(text.begin(), text.end(), [](char c) { return is_control(c) || c == ' '; });
}

// By the rules of S3, which also make it valid as part of a host name.
bool is_bucket(const std::string &name) {
  return name.size() >= 3 && name.size() <= 63 && consists_of(name, "-.") &&
         is_small_letter_or_digit(name.front()) && is_small_letter_or_digit(name.back()) &&
         name.find("..") == std::string::npos;
}

bool is_prefix(std::string_view prefix) {
  if (prefix.size() > longest_prefix || base::valid_utf8_prefix(prefix) != prefix.size())
    return false;
  if (std::any_of(prefix.begin(), prefix.end(), is_control)) return false;
  while (!prefix.empty()) {
    const std::size_t slash = std::min(prefix.find('/'), prefix.size());
    const std::string_view part = prefix.substr(0, slash);
    if (part.empty() || part == "." || part == "..") return false;
    prefix.remove_prefix(std::min(slash + 1, prefix.size()));
  }
  return true;
}

// "https://host:port", optionally with a path.
bool is_endpoint(const std::string &url) {
  const std::size_t host = url.rfind("https://", 0) == 0 ? 8 : url.rfind("http://", 0) == 0 ? 7 : 0;
  return host != 0 && url.size() > host && url[host] != '/' && url[host] != ':' && is_word(url) &&
         url.find_first_of("?#@", host) == std::string::npos;
}

void require_sound_keys(const S3Options &options) {
  if (options.access_key.empty()) refuse("access_key", "an access key, got none");
  if (options.secret_key.empty()) refuse("secret_key", "a secret key, got none");
  if (!is_word(options.access_key))
    refuse("access_key", "an access key without spaces and line breaks");
  if (!is_word(options.secret_key.reveal()))
    refuse("secret_key", "a secret key without spaces and line breaks");
  if (!is_word(options.session_token.reveal())) {
    refuse("session_token", "a session token without spaces and line breaks");
  }
}

void require_sound_encryption(const S3Options &options) {
  const std::string &kind = options.encryption;
  if (!kind.empty() && kind != "AES256" && kind != "aws:kms") {
    refuse("encryption", "\"AES256\", \"aws:kms\" or an empty text");
  }
  if (!options.kms_key.empty() && kind != "aws:kms") {
    refuse("kms_key", "no key unless the encryption is \"aws:kms\"");
  }
  if (!is_word(options.kms_key)) refuse("kms_key", "the id of a key");
}

// Whether the host of an endpoint is an IP address, before which no bucket can be named.
bool is_ip_address(std::string_view endpoint) {
  std::string_view host = endpoint.substr(std::min(endpoint.find("://") + 3, endpoint.size()));
  if (!host.empty() && host.front() == '[') return true;
  host = host.substr(0, host.find_first_of(":/"));
  return !host.empty() && host.find_first_not_of("0123456789.") == std::string_view::npos;
}

// A name with dots does not match the certificate of Amazon's hosts.
bool is_in_path(const S3Options &options) {
  return options.path_style || is_ip_address(options.endpoint) ||
         (options.endpoint.empty() && options.bucket.find('.') != std::string::npos);
}

std::string endpoint_of(const S3Options &options) {
  if (!options.endpoint.empty()) return options.endpoint;
  const bool china = options.region.rfind("cn-", 0) == 0;
  return "https://s3." + options.region + ".amazonaws.com" + (china ? ".cn" : "");
}

}  // namespace

void require_sound(const S3Options &options) {
  if (!is_bucket(options.bucket)) {
    refuse("bucket", "a name of 3 to 63 lower-case letters, digits, '-' and '.', got '" +
                         net::excerpt(options.bucket, 100) + "'");
  }
  if (!is_prefix(options.prefix)) {
    refuse("prefix",
           "at most 500 bytes of UTF-8 in parts that each end with '/', none of which is "
           "empty, '.' or '..'");
  }
  if (options.region.empty() || !consists_of(options.region, "-_")) {
    refuse("region", "a region such as \"eu-central-1\"");
  }
  if (!options.endpoint.empty() && !is_endpoint(options.endpoint)) {
    refuse("endpoint", "a URL such as \"https://host:port\" without user, query and fragment");
  }
  require_sound_keys(options);
  require_sound_encryption(options);
}

std::string s3_url(const S3Options &options, const std::string &key) {
  std::string base = endpoint_of(options);
  while (base.back() == '/') base.pop_back();
  if (is_in_path(options)) {
    base += "/" + options.bucket;
  } else {
    base.insert(base.find("://") + 3, options.bucket + ".");
  }
  return base + "/" + base::percent_encode(options.prefix + key, "/");
}

}  // namespace saleschecklist::storage
