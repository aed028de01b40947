#include "storage/s3/errors.hpp"

#include "base/unicode.hpp"
#include "net/secrets.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

namespace saleschecklist::storage {
namespace {

constexpr std::size_t most_read = 64 << 10;  // of a body that is searched
constexpr std::size_t most_message = 300, most_code = 100;
constexpr const char *in_bucket = "bucket";

// The character for "amp" or "#x41"; std::nullopt if there is none.
std::string entity(std::string_view name) {
  static constexpr std::array<std::pair<std::string_view, char>, 5> named = {
      {{"lt", '<'}, {"gt", '>'}, {"amp", '&'}, {"quot", '"'}, {"apos", '\''}}};
  for (const auto &[word, character] : named) {
    if (name == word) return std::string(1, character);
  }
  if (name.size() < 2 || name[0] != '#') return {};
  const bool hex = name[1] == 'x';
  name.remove_prefix(hex ? 2 : 1);
  std::uint32_t point = 0;
  const auto [end, error] =
      std::from_chars(name.data(), name.data() + name.size(), point, hex ? 16 : 10);
  const bool whole = error == std::errc() && end == name.data() + name.size();
  if (!whole || point == 0 || point > 0x10FFFF || (point >= 0xD800 && point < 0xE000)) return {};
  std::string out;
  base::append_utf8(out, point);
  return out;
}

std::string unescaped(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const std::size_t end = text[0] == '&' ? text.find(';') : std::string_view::npos;
    const std::string meant =
        end == std::string_view::npos ? std::string() : entity(text.substr(1, end - 1));
    out += meant.empty() ? std::string(1, text[0]) : meant;
    text.remove_prefix(meant.empty() ? 1 : end + 1);
  }
  return out;
}

enum class Kind { other, key, bucket, upload, denied, keys, clock, region, busy, never };

// Codes that are more specific than their status.
Kind kind_of(const S3Complaint &service_error) {
  struct Row {
    std::string_view code;
    Kind kind;
  };
  static constexpr std::array<Row, 23> rows = {{
      {"NoSuchKey", Kind::key},
      {"NoSuchBucket", Kind::bucket},
      {"NoSuchUpload", Kind::upload},
      {"AccessDenied", Kind::denied},
      {"AllAccessDisabled", Kind::denied},
      {"InvalidAccessKeyId", Kind::keys},
      {"XAdminUserNotFound", Kind::keys},  // Versity's gateway
      {"SignatureDoesNotMatch", Kind::keys},
      {"ExpiredToken", Kind::keys},
      {"InvalidToken", Kind::keys},
      {"TokenRefreshRequired", Kind::keys},
      {"RequestTimeTooSkewed", Kind::clock},
      {"RequestExpired", Kind::clock},
      {"AuthorizationHeaderMalformed", Kind::region},
      {"PermanentRedirect", Kind::region},
      {"TemporaryRedirect", Kind::region},
      {"Redirect", Kind::region},
      {"IllegalLocationConstraintException", Kind::region},
      {"SlowDown", Kind::busy},
      {"SlowDownWrite", Kind::busy},
      {"SlowDownRead", Kind::busy},
      {"NotImplemented", Kind::never},
      {"MethodNotAllowed", Kind::never},
  }};
  const auto *const row = std::find_if(rows.begin(), rows.end(),
                                       [&](const Row &r) { return r.code == service_error.code; });
  if (row != rows.end()) return row->kind;
  const int status = service_error.status;
  if (status >= 300 && status < 400) return Kind::region;
  if (status == 401 || status == 403) return Kind::denied;
  if (status == 404 && service_error.code.empty()) return Kind::key;
  return status == 503 || status == 429 ? Kind::busy : Kind::other;
}

std::string advice(Kind kind, const S3Complaint &service_error, const std::string &asked) {
  switch (kind) {
    case Kind::denied:
      return "the key lacks a permission, or the blob does not exist: without the permission to "
             "list the bucket, S3 does not distinguish the two";
    case Kind::keys:
      return "check the access key, the secret key and the session token";
    case Kind::clock:
      return "the clock of this machine is wrong: correct it";
    case Kind::region:
      if (service_error.region.empty() || service_error.region == asked) {
        return "set the endpoint to the URL of the bucket's region";
      }
      return "set the region to '" + net::excerpt(service_error.region, most_code) + "'";
    case Kind::upload:
      return "the upload was completed or aborted meanwhile; put the blob again";
    default:
      return {};
  }
}

ErrorCode code_of(Kind kind) {
  switch (kind) {
    case Kind::key:
    case Kind::bucket:
      return ErrorCode::not_found;
    case Kind::denied:
    case Kind::keys:
    case Kind::clock:
      return ErrorCode::unauthorized;
    case Kind::region:
      return ErrorCode::invalid_argument;
    case Kind::busy:
      return ErrorCode::rate_limited;
    default:
      return ErrorCode::refused;
  }
}

// S3's message with its code, without the full stop.
std::string said(const S3Complaint &service_error) {
  std::string out = net::excerpt(service_error.message, most_message);
  while (!out.empty() && out.back() == '.') out.pop_back();
  std::string code = net::excerpt(service_error.code, most_code);
  if (out.empty() && code.empty())
    return fmt::format("HTTP {} without a message", service_error.status);
  if (out.empty()) return code;
  return code.empty() ? out : out + " (" + code + ")";
}

}  // namespace

std::string xml_text(std::string_view xml, std::string_view element) {
  xml = xml.substr(0, most_read);
  const std::string open = "<" + std::string(element);
  for (std::size_t at = 0; (at = xml.find(open, at)) != std::string_view::npos;) {
    at += open.size();
    if (at >= xml.size() || std::string_view("> \t\r\n").find(xml[at]) == std::string_view::npos) {
      continue;  // a longer name, or an empty element
    }
    const std::size_t begin = xml.find('>', at);
    const std::size_t end = xml.find('<', std::min(begin, xml.size()));
    if (end == std::string_view::npos) return {};
    return unescaped(xml.substr(begin + 1, end - begin - 1));
  }
  return {};
}

std::string xml_escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '&':
        out += "&amp;";
        break;
      case '"':
        out += "&quot;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

S3Complaint read_s3_complaint(const HttpResponse &response) {
  S3Complaint out;
  out.status = response.status;
  out.code = xml_text(response.body, "Code");
  out.message = xml_text(response.body, "Message");
  out.region = response.header("x-amz-bucket-region");
  if (out.region.empty()) out.region = xml_text(response.body, "Region");
  out.request_id = response.header("x-amz-request-id");
  if (out.request_id.empty()) out.request_id = xml_text(response.body, "RequestId");
  return out;
}

bool is_s3_error(const HttpResponse &response) {
  const std::string_view body = std::string_view(response.body).substr(0, most_read);
  return body.find("<Error>") != std::string_view::npos;
}

net::ReplyFailure s3_refusal(const S3Complaint &service_error, const std::string &bucket,
                             const std::string &region) {
  const Kind kind = kind_of(service_error);
  net::ReplyFailure out;
  out.error.code = code_of(kind);
  out.error.message = kind == Kind::key      ? "there is no such blob"
                      : kind == Kind::bucket ? "there is no bucket '" + bucket + "'"
                                             : said(service_error);
  if (kind == Kind::bucket) out.error.where = in_bucket;
  const std::string todo = advice(kind, service_error, region);
  if (!todo.empty()) out.error.message += "; " + todo;
  out.error.http_status = service_error.status;
  out.error.request_id = net::excerpt(service_error.request_id, most_code);
  out.final = kind != Kind::other && kind != Kind::busy;
  return out;
}

bool is_missing_blob(const Error &error) {
  return error.code == ErrorCode::not_found && error.where != in_bucket;
}

}  // namespace saleschecklist::storage
