// A recorded exchange to and from JSON text.
#ifndef SALESCHECKLIST_NET_EXCHANGE_JSON_HPP
#define SALESCHECKLIST_NET_EXCHANGE_JSON_HPP

#include <saleschecklist/transport.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace saleschecklist::net {

struct RecordedExchange {
  std::string method;
  std::string url;  // redacted, as all of it
  std::vector<HttpHeader> request_headers;
  std::string request_body;
  HttpResponse response;
  std::vector<std::size_t> pieces;  // of a streamed body
};

std::string exchange_to_json(const RecordedExchange &exchange);

// A body as it is compared: of multipart/form-data without its boundary and without the bytes of
// sound, which encoders write differently from version to version; other bodies as they are.
std::string comparable_body(const std::string &body);

// Fails with invalid_input when it is not by schemas/exchange.schema.json.
Result<RecordedExchange> exchange_from_json(std::string_view text);

}  // namespace saleschecklist::net

#endif
