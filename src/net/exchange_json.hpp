// Recorded exchanges to and from JSON text.
#ifndef SALESCHECKLIST_NET_EXCHANGE_JSON_HPP
#define SALESCHECKLIST_NET_EXCHANGE_JSON_HPP

#include <saleschecklist/transport.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace saleschecklist::net {

struct RecordedExchange {
  std::string method;
  std::string url;  // redacted, like everything else
  std::vector<HttpHeader> request_headers;
  std::string request_body;
  HttpResponse response;
  std::vector<std::size_t> pieces;  // sizes of the pieces of a streamed body
};

std::string exchange_to_json(const RecordedExchange &exchange);

// The form in which bodies are compared: multipart/form-data without its boundary and without the
// bytes of audio, which differ between versions of encoders; other bodies unchanged.
std::string comparable_body(const std::string &body);

// Fails with invalid_input if the text is not valid by schemas/exchange.schema.json.
Result<RecordedExchange> exchange_from_json(std::string_view text);

}  // namespace saleschecklist::net

#endif
