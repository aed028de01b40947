// Errors of services in any format, and what a host should do about them.
#ifndef SALESCHECKLIST_PROVIDERS_SERVICE_ERROR_HPP
#define SALESCHECKLIST_PROVIDERS_SERVICE_ERROR_HPP

#include "net/network.hpp"
#include "net/secrets.hpp"
#include "providers/json_read.hpp"

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

namespace saleschecklist::providers {

// Why a service refused a request.
enum class FailureKind {
  other,
  key,         // the key is not known
  permission,  // the key lacks a permission
  credit,      // the account has no credit left
  rate,        // too many requests
  overload,    // the service is overloaded
  fault,       // the service has an internal error
  late,        // the service timed out
  model,       // the model, voice or deployment is not known
  address,     // the path does not exist
  context,     // the text is too long for the model
  duration,    // the recording is too long
  size,        // the upload is too large
  format,      // the recording cannot be read
  filter,      // the content filter refused it
};

struct ServiceError {
  int status = 0;  // the HTTP status; 0 if none was received
  FailureKind kind = FailureKind::other;
  std::string message{};  // the service's own text
  std::string code{};     // its own code, or the type of the error
  std::string param{};    // the part of the request that it is about
  std::string request_id{};
  std::optional<std::int64_t> retry_after_ms{};
};

// The error in a document, in any of the formats that the services and compatible servers use;
// std::nullopt if there is none: {"error":{…}}, a list of those, {"error":"…"}, {"detail":…} with
// an object, a list or a string, {"message":…}, {"err_msg":…}. `kind` is credit if the code says
// so, else other.
std::optional<ServiceError> find_service_error(const Json &document);

// The error in a reply whose status is not 2xx. The text of an HTML page or of another format
// becomes the message. If the body does not determine `kind`, the status does.
ServiceError read_service_error(const HttpResponse &response);

// The meaning of a status alone. `spoken`: the service sent a message of its own.
FailureKind kind_of(int status, bool spoken);

// Whether the text contains one of the words, ignoring the case of ASCII letters.
bool mentions(std::string_view text, std::initializer_list<std::string_view> words);

// The error to return: the service's message, its code, and what to do.
net::ReplyFailure failure_of(const ServiceError &service_error);

// What a body is instead of JSON: "an empty body", "a web page (502 Bad Gateway)", and so on.
std::string shape_of(std::string_view body);

// `text` without the secret, and without any part of it that is long enough to be useful.
std::string without_secret(std::string text, std::string_view secret);

}  // namespace saleschecklist::providers

#endif
