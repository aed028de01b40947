// open_blobs() and s3_from_environment().
#include <saleschecklist/storage.hpp>

#include "base/ascii.hpp"
#include "base/errors.hpp"
#include "base/guard.hpp"
#include "base/percent_encoding.hpp"
#include "net/secrets.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <set>

namespace saleschecklist {
namespace {

// The message must not contain the URL, in which someone may have written a key.
[[noreturn]] void refuse(const std::string &why) {
  throw BadResult(errors::invalid_argument(why, "url"));
}

std::string decoded(std::string_view text) {
  std::optional<std::string> out = base::percent_decode(text);
  if (!out) refuse("expected two hexadecimal digits after each '%' in the URL");
  return *std::move(out);
}

bool is_about_keys(std::string_view word) {
  static constexpr std::array<std::string_view, 6> parts = {"key",      "secret",     "token",
                                                            "password", "credential", "signature"};
  const std::string lowered = base::ascii_lower(word);
  return std::any_of(parts.begin(), parts.end(), [&](std::string_view part) {
    return lowered.find(part) != std::string::npos;
  });
}

[[noreturn]] void refuse_keys() {
  refuse("a URL must not contain keys: pass them in S3Options or in the environment");
}

void set_word(S3Options &out, const std::string &word, const std::string &value) {
  if (word == "endpoint") {
    out.endpoint = value;
  } else if (word == "region") {
    out.region = value;
  } else if (word == "path_style") {
    if (value != "true" && value != "false") refuse("expected path_style=true or path_style=false");
    out.path_style = value == "true";
  } else if (word == "encryption") {
    out.encryption = value;
  } else if (word == "kms_key") {
    out.kms_key = value;
  } else if (is_about_keys(word)) {
    refuse_keys();
  } else {
    refuse(fmt::format(
        "the parameter '{}' of the URL is unknown; expected endpoint, region, path_style, "
        "encryption or kms_key",
        net::excerpt(word, 40)));
  }
}

void set_words(S3Options &out, std::string_view query) {
  std::set<std::string> seen;
  while (!query.empty()) {
    const std::size_t end = std::min(query.find('&'), query.size());
    const std::string_view pair = query.substr(0, end);
    const std::size_t equals = std::min(pair.find('='), pair.size());
    const std::string word = decoded(pair.substr(0, equals));
    set_word(out, word, decoded(pair.substr(std::min(equals + 1, pair.size()))));
    if (!seen.insert(word).second)
      refuse("the URL has the parameter '" + word + "' more than once");
    query.remove_prefix(std::min(end + 1, query.size()));
  }
}

// Reads "bucket/prefix?parameters".
S3Options s3_options(std::string_view rest, S3Options out) {
  if (rest.find('#') != std::string_view::npos) refuse("a '#' in a URL must be written as %23");
  const std::size_t query = std::min(rest.find('?'), rest.size());
  const std::string_view place = rest.substr(0, query);
  const std::size_t slash = std::min(place.find('/'), place.size());
  if (place.substr(0, slash).find_first_of("@:") != std::string_view::npos) refuse_keys();
  out.bucket = decoded(place.substr(0, slash));
  if (std::string prefix = decoded(place.substr(std::min(slash + 1, place.size())));
      !prefix.empty()) {
    if (prefix.back() != '/') prefix += '/';
    out.prefix = prefix;
  }
  set_words(out, rest.substr(std::min(query + 1, rest.size())));
  return out;
}

// Reads "blobs/", "/srv/blobs" or "///srv/blobs".
std::string folder_of(std::string_view rest) {
  if (rest.find_first_of("?#") != std::string_view::npos) {
    refuse("a '?' or '#' in the path of a folder must be written as %3F or %23");
  }
  if (rest.rfind("//", 0) == 0) {
    rest.remove_prefix(2);
    if (rest.rfind("localhost/", 0) == 0) rest.remove_prefix(9);
    if (rest.rfind('/', 0) != 0) refuse("expected file:folder, or file:///folder without a host");
  }
  return decoded(rest);
}

// The first of these variables that is set and not empty.
std::string from_environment(std::initializer_list<const char *> names) {
  for (const char *name : names) {
    const char *value = std::getenv(name);
    if (value != nullptr && *value != '\0') return value;
  }
  return {};
}

}  // namespace

S3Options s3_from_environment() {
  S3Options out;
  out.access_key = from_environment({"AWS_ACCESS_KEY_ID"});
  out.secret_key = Secret(from_environment({"AWS_SECRET_ACCESS_KEY"}));
  out.session_token = Secret(from_environment({"AWS_SESSION_TOKEN"}));
  const std::string region = from_environment({"AWS_REGION", "AWS_DEFAULT_REGION"});
  if (!region.empty()) out.region = region;
  out.endpoint = from_environment({"AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL"});
  out.curl = curl_from_environment();
  return out;
}

Result<std::shared_ptr<BlobStore>> open_blobs(const std::string &url, const S3Options &s3) {
  return base::guard([&]() -> Result<std::shared_ptr<BlobStore>> {
    const std::string_view text = url;
    if (text == "memory:") return memory_blobs();
    if (text.rfind("s3://", 0) == 0) return s3_blobs(s3_options(text.substr(5), s3));
    if (text.rfind("file:", 0) == 0) return folder_blobs(folder_of(text.substr(5)));
    refuse("expected a URL such as file:blobs/, s3://bucket/prefix or memory:");
  });
}

}  // namespace saleschecklist
