// Mail (RFC 5322) that carries a transcript as its text.
#include "base/ascii.hpp"
#include "base/base64.hpp"
#include "base/unicode.hpp"
#include "transcript/readers/charsets.hpp"
#include "transcript/readers/readers.hpp"

#include <saleschecklist/limits.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <map>
#include <set>

namespace saleschecklist::transcript {
namespace {

bool is_mail_field(std::string_view name) {
  static const std::set<std::string> names = {"from",
                                              "to",
                                              "cc",
                                              "bcc",
                                              "subject",
                                              "date",
                                              "sent",
                                              "reply-to",
                                              "received",
                                              "return-path",
                                              "message-id",
                                              "in-reply-to",
                                              "mime-version",
                                              "references",
                                              "content-type",
                                              "content-transfer-encoding",
                                              "delivered-to",
                                              "sender",
                                              "importance",
                                              "content-language",
                                              "thread-topic",
                                              "dkim-signature",
                                              "content-disposition",
                                              "list-id",
                                              "user-agent",
                                              "authentication-results"};
  const std::string key = base::ascii_lower(name);
  return names.count(key) > 0 || key.rfind("x-", 0) == 0 || key.rfind("arc-", 0) == 0;
}

constexpr std::size_t fewest_fields = 2;  // of the header of a mail

using Fields = std::map<std::string, std::string>;  // values by names in lower case

struct Head {
  std::size_t end = 0;  // the offset of the body
  Fields fields;
};

// The header fields at the beginning; std::nullopt if there are other lines, or fields of others
// than mail where `mail_only`.
std::optional<Head> read_head(std::string_view text, bool mail_only) {
  Head out;
  std::string *last = nullptr;
  while (out.end < text.size()) {
    const std::size_t end = std::min(text.find('\n', out.end), text.size());
    const std::string_view line = text.substr(out.end, end - out.end);
    out.end = std::min(end + 1, text.size());
    if (base::trim(line).empty()) return out;
    if (line[0] == ' ' || line[0] == '\t') {
      if (last != nullptr) *last += ' ' + std::string(base::trim(line));
      continue;
    }
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos) return std::nullopt;
    const std::string_view name = base::trim(line.substr(0, colon));
    if (mail_only && !is_mail_field(name)) return std::nullopt;
    last = &out.fields[base::ascii_lower(name)];
    *last = std::string(base::trim(line.substr(colon + 1)));
  }
  return std::nullopt;
}

std::string field_of(const Head &head, const std::string &name) {
  const auto found = head.fields.find(name);
  return found == head.fields.end() ? std::string() : found->second;
}

// The value of "boundary" in 'multipart/mixed; boundary="==1=="'.
std::string parameter(std::string_view field, std::string_view name) {
  const std::size_t at = base::ascii_lower(field).find(std::string(name) + "=");
  if (at == std::string::npos) return {};
  std::string_view value = field.substr(at + name.size() + 1);
  if (!value.empty() && value[0] == '"') {
    return std::string(value.substr(1, value.find('"', 1) - 1));
  }
  return std::string(value.substr(0, value.find_first_of("; \r\n\t")));
}

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return -1;
}

// Quoted-printable (RFC 2045).
std::string quoted_printable(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const std::string_view code = text[at] == '=' ? text.substr(at + 1, 2) : std::string_view();
    if (!code.empty() && code[0] == '\n') {
      ++at;
    } else if (code.size() == 2 && hex_value(code[0]) >= 0 && hex_value(code[1]) >= 0) {
      out += static_cast<char>(hex_value(code[0]) * 16 + hex_value(code[1]));
      at += 2;
    } else {
      out += text[at];
    }
  }
  return out;
}

struct Body {
  std::string text;
  bool html = false;
  std::size_t at = 0;  // the offset in the mail where it begins
};

// The text of a part by its transfer encoding and its charset; as it is written if the bytes are no
// text in these.
std::string decoded(std::string_view body, const std::string &encoding,
                    const std::string &charset) {
  const std::string key = base::ascii_lower(encoding);
  std::string bytes(body);
  if (key == "quoted-printable") bytes = quoted_printable(body);
  if (key == "base64") {
    std::erase_if(bytes, [](char c) { return c == '\n' || c == '\r' || c == ' '; });
    const auto binary = base::base64_decode(bytes);
    if (!binary) return std::string(body);
    bytes = *binary;
  }
  auto text = base::decode_text(bytes);
  // These charsets write all characters with the bytes of ASCII.
  const bool shifts = base::ascii_lower(charset).starts_with("iso-2022-");
  if (const auto other = shifts || !text ? decode_charset(bytes, charset) : std::nullopt) {
    text = base::decode_text(*other);
  }
  return text ? *text : std::string(body);
}

// The first plain text among the parts of a body, or else the first page; an attachment only if
// there is no other.
std::optional<Body> find_text(std::string_view mail, std::size_t begin, std::size_t end,
                              const Head &head, int depth) {
  const std::string type = field_of(head, "content-type"), kind = base::ascii_lower(type);
  const std::string_view body = mail.substr(begin, end - begin);
  if (!kind.starts_with("multipart/")) {
    if (!kind.empty() && !kind.starts_with("text/")) return std::nullopt;
    return Body{
        decoded(body, field_of(head, "content-transfer-encoding"), parameter(type, "charset")),
        kind.starts_with("text/html"), begin};
  }
  const std::string boundary = "--" + parameter(type, "boundary");
  std::optional<Body> best;
  std::size_t at = mail.find(boundary, begin);
  while (depth < limits::mail_levels && boundary.size() > 2 && at < end) {
    const std::size_t first = mail.find('\n', at);
    const std::size_t next = std::min(mail.find('\n' + boundary, at + boundary.size()), end);
    if (first == std::string_view::npos || first >= next) break;
    const auto inner = read_head(mail.substr(first + 1, next - first), false);
    if (inner) {
      auto found = find_text(mail, std::min(first + 1 + inner->end, next), next, *inner, depth + 1);
      if (found && (!best || (best->html && !found->html))) best = std::move(found);
    }
    at = next + 1;
  }
  return best;
}

Result<RawTranscript> read_body(const Body &body, std::size_t skipped) {
  if (body.html || looks_like_html(body.text)) return read_html(body.text);
  // Empty lines stand for what was skipped, so that messages name the lines of the file.
  std::string plain(skipped, '\n');
  plain += body.text;
  for (const std::string_view mark : {"\n-- \n", "\n--\n"}) {  // the signature
    const std::size_t at = plain.rfind(mark);
    if (at != std::string::npos && at > skipped + (plain.size() - skipped) / 2) plain.resize(at);
  }
  return read_plain_text(split_lines(plain));
}

}  // namespace

std::optional<std::string> decode_mail(std::string_view bytes) {
  const std::size_t blank = std::min(bytes.find_first_not_of("\r\n \t"), bytes.size());
  const auto head = read_head(bytes.substr(blank), true);
  if (!head || head->fields.size() < fewest_fields) return std::nullopt;
  // A mail of several parts names the charset in the heads of these.
  std::string charset = parameter(field_of(*head, "content-type"), "charset");
  if (charset.empty()) charset = parameter(bytes.substr(blank + head->end), "charset");
  return decode_charset(bytes, base::trim(charset));
}

std::optional<Result<Transcript>> read_mail(std::string_view text, const ReadOptions &options) {
  const std::size_t blank = std::min(text.find_first_not_of("\n \t"), text.size());
  const auto head = read_head(text.substr(blank), true);
  if (!head || head->fields.size() < fewest_fields) return std::nullopt;
  const auto body = find_text(text, blank + head->end, text.size(), *head, 0);
  if (!body || base::trim(body->text).empty()) return std::nullopt;
  const auto skipped = static_cast<std::size_t>(
      std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(body->at), '\n'));
  auto raw = read_body(*body, skipped);
  if (raw) {
    raw->format = "mail";
    raw->warnings.insert(raw->warnings.begin(),
                         fmt::format("lines 1 to {}: the header of the mail was skipped", skipped));
  }
  return finish(std::move(raw), options);
}

}  // namespace saleschecklist::transcript
