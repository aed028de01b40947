#include "net/aws_sigv4.hpp"
#include "base/ascii.hpp"

#include "base/percent_encoding.hpp"
#include "base/sha256.hpp"
#include "net/secrets.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <map>
#include <utility>
#include <vector>

namespace saleschecklist::net {
namespace {

constexpr std::string_view algorithm = "AWS4-HMAC-SHA256";

// The parts of a URL that are signed, as they are sent.
struct Target {
  std::string host;  // with the port, unless it is the default of the scheme
  std::string path;
  std::string query;
};

using Pairs = std::vector<std::pair<std::string, std::string>>;

Target target_of(const std::string &url) {
  const std::string origin = origin_of(url);
  Target out;
  out.host = origin.substr(origin.find("://") + 3);
  const std::string own_port = origin.rfind("https:", 0) == 0 ? ":443" : ":80";
  if (out.host.size() > own_port.size() &&
      out.host.compare(out.host.size() - own_port.size(), own_port.size(), own_port) == 0) {
    out.host.resize(out.host.size() - own_port.size());
  }
  const std::string plain = plain_url(url);
  out.path = plain.size() > origin.size() ? plain.substr(origin.size()) : "/";
  const std::size_t query = url.find('?');
  if (query != std::string::npos) out.query = url.substr(query + 1);
  return out;
}

// Removes leading and trailing spaces, and replaces each run of spaces with one.
std::string trimmed(std::string_view value) {
  std::string out;
  out.reserve(value.size());  // no copy of a token stays behind in a block that was too small
  for (const char c : value) {
    if (c != ' ' || (!out.empty() && out.back() != ' ')) out += c;
  }
  if (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

// "20130524T000000Z"
std::string stamp_of(std::int64_t now) {
  using namespace std::chrono;
  const sys_seconds time{seconds(now)};
  const auto day = floor<days>(time);
  const year_month_day date(day);
  const hh_mm_ss clock(time - day);
  return fmt::format("{:04}{:02}{:02}T{:02}{:02}{:02}Z", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                     clock.hours().count(), clock.minutes().count(), clock.seconds().count());
}

std::string scope_of(const AwsIdentity &who, const std::string &stamp) {
  return fmt::format("{}/{}/{}/aws4_request", stamp.substr(0, 8), who.region, who.service);
}

// The encoded path. S3 signs it as it is sent; all other services encode it a second time.
std::string canonical_path(const std::string &path, const AwsIdentity &who) {
  if (who.service != "s3") return base::percent_encode(path, "/");
  return base::percent_encode(base::percent_decode(path).value_or(path), "/");
}

Pairs pairs_of(std::string_view query) {
  Pairs out;
  while (!query.empty()) {
    const std::size_t end = std::min(query.find('&'), query.size());
    const std::string_view pair = query.substr(0, end);
    const std::size_t equals = std::min(pair.find('='), pair.size());
    const auto plain = [](std::string_view text) {
      return base::percent_encode(base::percent_decode(text).value_or(std::string(text)));
    };
    if (!pair.empty()) {
      out.emplace_back(plain(pair.substr(0, equals)),
                       plain(pair.substr(std::min(equals + 1, pair.size()))));
    }
    query.remove_prefix(std::min(end + 1, query.size()));
  }
  return out;
}

// `pairs` must be encoded already.
std::string canonical_query(Pairs pairs) {
  std::sort(pairs.begin(), pairs.end());
  std::string out;
  for (const auto &[name, value] : pairs) {
    out.append(out.empty() ? "" : "&").append(name).append("=").append(value);
  }
  return out;
}

// Each name once, in order, with its values in the order in which they are sent.
std::map<std::string, std::string> signed_headers(const std::vector<HttpHeader> &headers,
                                                  const std::string &host) {
  std::map<std::string, std::string> out = {{"host", host}};
  for (const HttpHeader &header : headers) {
    const auto [at, is_new] =
        out.try_emplace(base::ascii_lower(header.name), trimmed(header.value));
    if (!is_new) at->second += "," + trimmed(header.value);
  }
  return out;
}

std::string names_of(const std::map<std::string, std::string> &headers) {
  std::string out;
  for (const auto &[name, value] : headers) out += (out.empty() ? "" : ";") + name;
  return out;
}

std::string canonical_request(std::string_view method, const std::string &path,
                              const std::string &query,
                              const std::map<std::string, std::string> &headers,
                              std::string_view payload) {
  const std::string names = names_of(headers);
  std::size_t size = method.size() + path.size() + query.size() + names.size() + payload.size() + 5;
  for (const auto &[name, value] : headers) size += name.size() + value.size() + 2;
  std::string out;
  out.reserve(size);  // as in trimmed()
  out.append(method).append("\n").append(path).append("\n").append(query).append("\n");
  for (const auto &[name, value] : headers) {
    out.append(name).append(":").append(value).append("\n");
  }
  out.append("\n").append(names).append("\n").append(payload);
  return out;
}

std::string signature_of(const Secret &request, const AwsIdentity &who, const std::string &stamp) {
  const std::string text = fmt::format("{}\n{}\n{}\n{}", algorithm, stamp, scope_of(who, stamp),
                                       base::sha256_hex(request.reveal()));
  Secret key("AWS4" + who.secret_key.reveal());
  key = Secret(base::hmac_sha256(key.reveal(), stamp.substr(0, 8)));
  for (const std::string_view part : {std::string_view(who.region), std::string_view(who.service),
                                      std::string_view("aws4_request")}) {
    key = Secret(base::hmac_sha256(key.reveal(), part));
  }
  return base::hex_of(base::hmac_sha256(key.reveal(), text));
}

void remove_header(std::vector<HttpHeader> &headers, std::string_view name) {
  const auto is_it = [&](const HttpHeader &header) {
    return base::equal_ignoring_case(header.name, name);
  };
  for (HttpHeader &header : headers) {
    if (is_it(header)) Secret::wipe(header.value);
  }
  headers.erase(std::remove_if(headers.begin(), headers.end(), is_it), headers.end());
}

void set_header(std::vector<HttpHeader> &headers, const char *name, std::string value) {
  remove_header(headers, name);
  headers.push_back({name, std::move(value)});
}

}  // namespace

void sign_aws(HttpRequest &request, const AwsIdentity &who, std::string_view payload,
              std::int64_t now) {
  const std::string stamp = stamp_of(now);
  remove_header(request.headers, "authorization");
  set_header(request.headers, "x-amz-date", stamp);
  if (who.service == "s3") {
    set_header(request.headers, "x-amz-content-sha256", std::string(payload));
  }
  if (!who.session_token.empty()) {
    set_header(request.headers, "x-amz-security-token", who.session_token.reveal());
  }
  const Target target = target_of(request.url);
  auto headers = signed_headers(request.headers, target.host);
  const std::string names = names_of(headers);
  const Secret canonical(canonical_request(request.method, canonical_path(target.path, who),
                                           canonical_query(pairs_of(target.query)), headers,
                                           payload));
  for (auto &[name, value] : headers) Secret::wipe(value);
  request.headers.push_back(
      {"Authorization",
       fmt::format("{} Credential={}/{}, SignedHeaders={}, Signature={}", algorithm, who.access_key,
                   scope_of(who, stamp), names, signature_of(canonical, who, stamp))});
}

std::string presigned_aws_url(std::string_view method, const std::string &url,
                              const AwsIdentity &who, std::int64_t seconds, std::int64_t now) {
  const std::string stamp = stamp_of(now);
  const Target target = target_of(url);
  Pairs pairs = pairs_of(target.query);
  const auto add = [&](const char *name, const std::string &value) {
    pairs.emplace_back(name, base::percent_encode(value));
  };
  add("X-Amz-Algorithm", std::string(algorithm));
  add("X-Amz-Credential", who.access_key + "/" + scope_of(who, stamp));
  add("X-Amz-Date", stamp);
  add("X-Amz-Expires", std::to_string(seconds));
  add("X-Amz-SignedHeaders", "host");
  if (!who.session_token.empty()) add("X-Amz-Security-Token", who.session_token.reveal());
  const std::string query = canonical_query(std::move(pairs));
  const std::string payload = who.service == "s3" ? "UNSIGNED-PAYLOAD" : base::sha256_hex("");
  const Secret canonical(canonical_request(method, canonical_path(target.path, who), query,
                                           signed_headers({}, target.host), payload));
  return url.substr(0, url.find('?')) + "?" + query +
         "&X-Amz-Signature=" + signature_of(canonical, who, stamp);
}

}  // namespace saleschecklist::net
