#include "net/exchange_json.hpp"
#include "base/errors.hpp"

#include "base/base64.hpp"
#include "base/guard.hpp"
#include "base/unicode.hpp"
#include "json/documents.hpp"
#include "json/parse.hpp"
#include "json/schema.hpp"

#include <optional>

namespace saleschecklist::net {
namespace {

using Json = nlohmann::json;

constexpr std::string_view line_end = "\r\n";

// Converts a body to a document that converts back to exactly the same bytes.
std::optional<json::OrderedJson> exact_json(const std::string &bytes) {
  if (bytes.empty() || (bytes[0] != '{' && bytes[0] != '[')) return std::nullopt;
  if (json::nests_too_deeply(bytes) || json::has_large_objects(bytes)) return std::nullopt;
  json::OrderedJson document = json::OrderedJson::parse(bytes, nullptr, false);
  if (document.is_discarded() || document.dump() != bytes) return std::nullopt;
  return document;
}

json::OrderedJson content_of(const std::string &bytes) {
  json::OrderedJson out = json::OrderedJson::object();
  if (auto document = exact_json(bytes)) {
    out["json"] = *std::move(document);
  } else if (base::valid_utf8_prefix(bytes) != bytes.size()) {
    out["base64"] = base::base64_encode(bytes);
  } else {
    json::OrderedJson &lines = out["lines"] = json::OrderedJson::array();
    for (std::size_t at = 0; at <= bytes.size();) {
      const std::size_t end = std::min(bytes.find('\n', at), bytes.size());
      lines.push_back(bytes.substr(at, end - at));
      at = end + 1;
    }
  }
  return out;
}

std::optional<std::string> bytes_of(const json::OrderedJson &content) {
  if (const auto found = content.find("json"); found != content.end()) return found->dump();
  if (const auto found = content.find("base64"); found != content.end()) {
    return base::base64_decode(found->get<std::string>());
  }
  std::string out;
  for (const json::OrderedJson &line : content.at("lines")) {
    if (&line != &content.at("lines").front()) out += '\n';
    out += line.get<std::string>();
  }
  return out;
}

// Restores a multipart/form-data body (RFC 7578) from its parts; see parts_of().
std::optional<std::string> multipart_bytes(const json::OrderedJson &body) {
  const std::string mark = "--" + body.at("boundary").get<std::string>();
  std::string out;
  for (const json::OrderedJson &part : body.at("parts")) {
    out.append(mark).append(line_end);
    for (const json::OrderedJson &header : part.at("headers")) {
      out.append(header.get<std::string>()).append(line_end);
    }
    const auto content = bytes_of(part.at("content"));
    if (!content) return std::nullopt;
    out.append(line_end).append(*content).append(line_end);
  }
  return out.append(mark).append("--").append(line_end);
}

// The parts of a body that begins with "--boundary"; std::nullopt if it has another form.
std::optional<json::OrderedJson> parts_of(const std::string &bytes) {
  const std::size_t first_end = bytes.find(line_end);
  if (bytes.substr(0, 2) != "--" || first_end == std::string::npos) return std::nullopt;
  const std::string mark = bytes.substr(0, first_end);
  json::OrderedJson out = json::OrderedJson::object();
  out["boundary"] = mark.substr(2);
  out["parts"] = json::OrderedJson::array();
  for (std::size_t at = 0; bytes.compare(at, mark.size() + 4, mark + "--\r\n") != 0;) {
    json::OrderedJson headers = json::OrderedJson::array();
    at += mark.size() + line_end.size();
    for (;;) {
      const std::size_t end = bytes.find(line_end, at);
      if (end == std::string::npos) return std::nullopt;
      const std::string header = bytes.substr(at, end - at);
      at = end + line_end.size();
      if (header.empty()) break;
      if (base::valid_utf8_prefix(header) != header.size()) return std::nullopt;
      headers.push_back(header);
    }
    const std::size_t end = bytes.find(std::string(line_end) + mark, at);
    if (end == std::string::npos) return std::nullopt;
    json::OrderedJson part = json::OrderedJson::object();
    part["headers"] = std::move(headers);
    part["content"] = content_of(bytes.substr(at, end - at));
    out["parts"].push_back(std::move(part));
    at = end + line_end.size();
  }
  if (out["parts"].empty() || multipart_bytes(out) != bytes) return std::nullopt;
  return out;
}

json::OrderedJson body_of(const std::string &bytes) {
  if (auto parts = parts_of(bytes)) return *std::move(parts);
  return content_of(bytes);
}

json::OrderedJson headers_of(const std::vector<HttpHeader> &headers) {
  json::OrderedJson out = json::OrderedJson::array();
  for (const HttpHeader &header : headers) {
    json::OrderedJson row = json::OrderedJson::object();
    row["name"] = header.name;
    row["value"] = header.value;
    out.push_back(std::move(row));
  }
  return out;
}

std::vector<HttpHeader> headers_from(const json::OrderedJson &list) {
  std::vector<HttpHeader> out;
  for (const json::OrderedJson &row : list) out.push_back({row.at("name"), row.at("value")});
  return out;
}

std::string body_from(const json::OrderedJson &body, const char *where) {
  auto bytes = body.contains("parts") ? multipart_bytes(body) : bytes_of(body);
  if (!bytes) throw BadResult(errors::invalid_input("expected Base64", where));
  return *std::move(bytes);
}

// Whether a part is a file of sound, or sound in the text of a data URL.
bool is_sound(const json::OrderedJson &part) {
  const auto lines = part.at("content").find("lines");
  if (lines != part.at("content").end() &&
      lines->front().get_ref<const std::string &>().rfind("data:audio/", 0) == 0) {
    return true;
  }
  for (const json::OrderedJson &header : part.at("headers")) {
    if (header.get_ref<const std::string &>().rfind("Content-Type: audio/", 0) == 0) return true;
  }
  return false;
}

}  // namespace

std::string comparable_body(const std::string &body) {
  auto document = parts_of(body);
  if (!document) return body;
  (*document)["boundary"] = "boundary";
  for (json::OrderedJson &part : (*document)["parts"]) {
    if (is_sound(part)) part["content"] = content_of("sound");
  }
  return multipart_bytes(*document).value();
}

std::string exchange_to_json(const RecordedExchange &exchange) {
  json::OrderedJson out = json::OrderedJson::object();
  out["schema"] = "saleschecklist/exchange/1";
  json::OrderedJson &request = out["request"] = json::OrderedJson::object();
  request["method"] = exchange.method;
  request["url"] = exchange.url;
  request["headers"] = headers_of(exchange.request_headers);
  request["body"] = body_of(exchange.request_body);
  json::OrderedJson &response = out["response"] = json::OrderedJson::object();
  response["status"] = exchange.response.status;
  response["headers"] = headers_of(exchange.response.headers);
  response["body"] = body_of(exchange.response.body);
  response["pieces"] = exchange.pieces;
  return json::pretty_json(out);
}

Result<RecordedExchange> exchange_from_json(std::string_view text) {
  return base::guard([&]() -> Result<RecordedExchange> {
    const auto decoded = base::decode_text(text);
    if (!decoded) return decoded.error();
    const auto checked = json::checked_document(*decoded, "exchange.schema.json");
    if (!checked) return checked.error();
    if (json::has_large_objects(*decoded)) {
      return errors::invalid_input("an object has too many members: expected at most 5,000");
    }
    // Parsed again with the order of keys, which JSON bodies must keep.
    const json::OrderedJson document = json::OrderedJson::parse(*decoded);
    const json::OrderedJson &request = document.at("request"), &response = document.at("response");
    RecordedExchange out;
    out.method = request.at("method");
    out.url = request.at("url");
    out.request_headers = headers_from(request.at("headers"));
    out.request_body = body_from(request.at("body"), "/request/body");
    out.response = {response.at("status"), headers_from(response.at("headers")),
                    body_from(response.at("body"), "/response/body")};
    std::size_t left = out.response.body.size();
    bool fits = true;
    for (const json::OrderedJson &piece : response.at("pieces")) {
      fits = fits && piece.is_number_unsigned() && piece.get<std::size_t>() <= left;
      if (!fits) break;
      out.pieces.push_back(piece);
      left -= out.pieces.back();
    }
    if (!fits || (!out.pieces.empty() && left != 0)) {
      return errors::invalid_input("expected pieces whose sizes add up to the size of the body",
                                   "/response/pieces");
    }
    return out;
  });
}

}  // namespace saleschecklist::net
