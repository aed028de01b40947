// What services say when they refuse, in whatever shape, and what a host has to do about it.
#ifndef SALESCHECKLIST_PROVIDERS_SERVICE_ERROR_HPP
#define SALESCHECKLIST_PROVIDERS_SERVICE_ERROR_HPP

#include "net/client.hpp"
#include "net/redact_secrets.hpp"
#include "providers/json_read.hpp"

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

namespace saleschecklist::providers {

// Why a service refused.
enum class FailureKind {
  other,
  key,         // it does not know the key
  permission,  // the key may not do this
  credit,      // no money is left
  rate,        // too many requests at a time
  overload,    // of the service
  fault,       // of the service
  late,        // it gave up waiting
  model,       // it does not know the model, voice or deployment
  address,     // nothing of the kind is there
  context,     // the text is too long for the model
  duration,    // the recording is too long
  size,        // the upload is too large
  format,      // of the recording
  filter,      // its content filter
};

struct ServiceError {
  int status = 0;  // of HTTP; 0: none was received
  FailureKind kind = FailureKind::other;
  std::string message{};  // the service's own words
  std::string code{};     // its own code, or the type of the error
  std::string param{};    // what of the request it is about
  std::string request_id{};
  std::optional<std::int64_t> retry_after_ms{};
};

// The error in a document, of any of the shapes that the services and those compatible with them
// use; nothing when there is none: {"error":{…}}, a list of that, {"error":"…"}, {"detail":…} with
// an object, a list or a text, {"message":…}. `kind` is credit when the code says so, else
// other.
std::optional<ServiceError> find_service_error(const Json &document);

// The same of a reply that is not 2xx; pages of HTML and other text make the message. `kind` is
// else what the status means.
ServiceError read_service_error(const HttpResponse &response);

// The meaning of a status on its own. `spoken`: the service gave a reason of its own.
FailureKind kind_of(int status, bool spoken);

// Whether the text has one of the words, in any case of ASCII.
bool mentions(std::string_view text, std::initializer_list<std::string_view> words);

// The error of it: its own words, its code and what to do.
net::ReplyFailure failure_of(const ServiceError &service_error);

// What a body is instead of JSON: "an empty body", "a web page (502 Bad Gateway)", ….
std::string shape_of(std::string_view body);

// `text` without the secret, and without any part of it long enough to be of use.
std::string without_secret(std::string text, std::string_view secret);

}  // namespace saleschecklist::providers

#endif
