#include "providers/service_error.hpp"
#include "base/ascii.hpp"

#include "base/unicode.hpp"
#include "net/rate_limits.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace saleschecklist::providers {
namespace {

constexpr std::size_t most_message = 400;
constexpr std::size_t most_code = 80;
constexpr std::size_t most_read = 8'192;  // of a message, before it is shortened

ServiceError read_object(const Json &error) {
  ServiceError out;
  out.message = first_text(error, {"message", "msg", "err_msg"});
  out.code = first_text(error, {"code", "status", "type", "err_code", "category", "error_code"});
  out.param = text_at(error, "param");
  out.request_id = text_at(error, "request_id");
  return out;
}

// [{"loc":["body","text"],"msg":"field required","type":"missing"}]
ServiceError read_list(const Json &list) {
  ServiceError out = read_object(first(list));
  std::string place;
  const Json &steps = at(first(list), "loc");
  if (!steps.is_array()) return out;
  for (const Json &step : steps) {
    if (!step.is_string()) continue;
    const auto &name = step.get_ref<const std::string &>();
    if (name == "body") continue;
    if (out.param.empty()) out.param = name;
    place += (place.empty() ? "" : ".") + name;
  }
  if (!place.empty()) out.message = place + ": " + out.message;
  return out;
}

std::optional<ServiceError> read_member(const Json &member) {
  if (member.is_object()) return read_object(member);
  if (member.is_array() && !member.empty()) return read_list(member);
  if (!member.is_string()) return std::nullopt;
  ServiceError out;
  out.message = member.get<std::string>();
  return out;
}

std::string title_of(std::string_view page) {
  const std::string text = base::ascii_lower(page);
  std::size_t begin = text.find("<title");
  begin = begin == std::string::npos ? begin : text.find('>', begin);
  const std::size_t end = text.find("</title", begin == std::string::npos ? 0 : begin);
  if (begin == std::string::npos || end == std::string::npos) return {};
  return net::excerpt(page.substr(begin + 1, end - begin - 1), 120);
}

// Whether the message is about an unknown path rather than an unknown model.
bool is_about_path(const ServiceError &service_error) {
  const std::string said = base::ascii_lower(net::excerpt(service_error.message, 80));
  return said == "not found" || said == "resource not found" || said.rfind("invalid url", 0) == 0;
}

// Codes of several services, which gateways and compatible servers pass on.
bool is_out_of_credit(const std::string &code) {
  return mentions(code, {"insufficient_quota", "credit_balance_exhausted", "usage_limit_exceeded",
                         "spend_limit_exceeded", "enforced_spend_limit", "billing_hard_limit",
                         "billing_not_active", "billing_error"});
}

bool is_page(std::string_view body) {
  const std::size_t begin = body.find_first_not_of(" \t\r\n");
  return begin != std::string_view::npos && body[begin] == '<';
}

const char *advice(FailureKind kind) {
  switch (kind) {
    case FailureKind::key:
      return "check that the key is complete and is a key of this service";
    case FailureKind::permission:
      return "the key lacks a permission: check its permissions and the access of the account";
    case FailureKind::credit:
      return "the account has no credit left: top it up or raise its limit";
    case FailureKind::rate:
      return "too many requests: send fewer or raise the limit of the account";
    case FailureKind::overload:
      return "the service is overloaded: try again later";
    case FailureKind::fault:
      return "the service has an internal error: try again later";
    case FailureKind::late:
      return "the service timed out: try again later";
    case FailureKind::model:
      return "check the name of the model, and that the account has access to it";
    case FailureKind::address:
      return "check base_url: the service has no such path (it usually ends with the version, such "
             "as /v1)";
    case FailureKind::context:
      return "the text is too long for the model: shorten it or choose a model with a larger "
             "context";
    case FailureKind::duration:
      return "the recording is too long for the model: send it in shorter windows";
    case FailureKind::size:
      return "the upload is too large: send it in smaller pieces or compress it";
    case FailureKind::format:
      return "the service cannot read the recording: send mp3, m4a, wav, flac, ogg or webm, and "
             "check that the file is complete";
    case FailureKind::filter:
      return "the service's content filter refused it";
    case FailureKind::other:
      break;
  }
  return "";
}

ErrorCode code_of(FailureKind kind) {
  switch (kind) {
    case FailureKind::key:
    case FailureKind::permission:
      return ErrorCode::unauthorized;
    case FailureKind::credit:
      return ErrorCode::quota;
    case FailureKind::rate:
    case FailureKind::overload:
      return ErrorCode::rate_limited;
    case FailureKind::late:
      return ErrorCode::timeout;
    default:
      return ErrorCode::refused;
  }
}

// Whether a retry can succeed, if the status allows one.
bool is_final(FailureKind kind) {
  switch (kind) {
    case FailureKind::other:
    case FailureKind::rate:
    case FailureKind::overload:
    case FailureKind::fault:
    case FailureKind::late:
      return false;
    default:
      return true;
  }
}

}  // namespace

std::optional<ServiceError> find_service_error(const Json &document) {
  const Json &root = document.is_array() ? first(document) : document;
  std::optional<ServiceError> out = read_member(at(root, "error"));
  if (!out) out = read_member(at(root, "detail"));
  if (!out && !first_text(root, {"message", "err_msg"}).empty()) out = read_object(root);
  if (!out) return out;
  if (out->request_id.empty()) out->request_id = text_at(root, "request_id");
  if (is_out_of_credit(out->code)) out->kind = FailureKind::credit;
  return out;
}

ServiceError read_service_error(const HttpResponse &response) {
  ServiceError out;
  const auto document = read_json(response.body);
  const auto found = document ? find_service_error(*document) : std::nullopt;
  if (found) out = *found;
  out.status = response.status;
  if (out.kind == FailureKind::other) {
    out.kind = kind_of(response.status, found && !is_about_path(out));
  }
  if (!found) {
    const bool text = !document && !is_page(response.body) && !response.body.empty();
    out.message = text ? response.body.substr(0, most_read)
                       : fmt::format("HTTP {} with {}", response.status, shape_of(response.body));
  }
  return out;
}

FailureKind kind_of(int status, bool spoken) {
  switch (status) {
    case 401:
      return FailureKind::key;
    case 402:
      return FailureKind::credit;
    case 403:
      return FailureKind::permission;
    case 404:
      return spoken ? FailureKind::model : FailureKind::address;
    case 405:
      return FailureKind::address;
    case 408:
      return FailureKind::late;
    case 413:
      return FailureKind::size;
    case 415:
      return FailureKind::format;
    case 429:
      return FailureKind::rate;
    case 503:
    case 529:
      return FailureKind::overload;
    default:
      return status >= 500 ? FailureKind::fault : FailureKind::other;
  }
}

bool mentions(std::string_view text, std::initializer_list<std::string_view> words) {
  const std::string lowered = base::ascii_lower(text.substr(0, most_read));
  return std::any_of(words.begin(), words.end(), [&](std::string_view word) {
    return lowered.find(word) != std::string::npos;
  });
}

net::ReplyFailure failure_of(const ServiceError &service_error) {
  std::string message = net::excerpt(service_error.message, most_message);
  while (!message.empty() && message.back() == '.') message.pop_back();
  const std::string code = net::excerpt(service_error.code, most_code);
  if (message.empty()) message = fmt::format("HTTP {} without a message", service_error.status);
  if (!code.empty() && message.find(code) == std::string::npos) message += " (" + code + ")";
  if (const char *todo = advice(service_error.kind); *todo != '\0') {
    message += std::string("; ") + todo;
  }
  net::ReplyFailure out;
  out.error = {code_of(service_error.kind), message, {}};
  out.error.http_status = service_error.status;
  out.error.request_id = net::excerpt(service_error.request_id, most_code);
  out.final = is_final(service_error.kind);
  out.retry_after_ms = service_error.retry_after_ms;
  if (!out.retry_after_ms && !out.final) {
    out.retry_after_ms =
        net::wait_told_by(std::string_view(service_error.message).substr(0, most_read));
  }
  out.error.retry_after_ms = out.retry_after_ms.value_or(0);
  return out;
}

std::string shape_of(std::string_view body) {
  if (body.find_first_not_of(" \t\r\n") == std::string_view::npos) return "an empty body";
  if (is_page(body)) {
    const std::string title = title_of(body.substr(0, most_read));
    return title.empty() ? "a web page" : "a web page (" + title + ")";
  }
  if (base::valid_utf8_prefix(body) != body.size()) return "bytes that are not valid UTF-8";
  return read_json(body) ? "JSON of another format" : "text that is not JSON";
}

std::string without_secret(std::string text, std::string_view secret) {
  constexpr std::size_t shortest = 4, telling = 12;
  if (secret.size() < shortest) return text;
  const std::size_t least = std::min(secret.size(), telling);
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    std::size_t run = 0;
    if (i + least <= text.size()) {
      const std::string_view rest = std::string_view(text).substr(i);
      for (std::size_t from = 0; (from = secret.find(rest.substr(0, least), from)) != secret.npos;
           ++from) {
        const std::string_view tail = secret.substr(from);
        const auto end = std::mismatch(rest.begin(), rest.end(), tail.begin(), tail.end()).first;
        run = std::max(run, static_cast<std::size_t>(end - rest.begin()));
      }
    }
    if (run == 0) {
      out += text[i++];
    } else {
      out += "***";
      i += run;
    }
  }
  return out;
}

}  // namespace saleschecklist::providers
