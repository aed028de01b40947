// The targets of what is sent and recorded.
#include "support.hpp"

#include "base/percent_encoding.hpp"
#include "base/unicode.hpp"
#include "net/exchange_json.hpp"
#include "net/multipart.hpp"

#include <array>

namespace saleschecklist::fuzz {
namespace {

// Up to four parts from lines of name, file name and content type, and the rest as their value.
void check_form(std::string_view bytes) {
  std::array<std::string, 6> words;
  for (std::string &word : words) word = take_line(bytes);
  const std::vector<net::FormPart> parts = {{words[0], words[1]},
                                            {words[2], bytes, words[3], words[4]},
                                            {words[5], bytes.substr(bytes.size() / 2)}};
  const net::FormBody form = net::encode_form(parts);
  const std::string start = "multipart/form-data; boundary=";
  require(form.content_type.rfind(start, 0) == 0, "a form names its boundary");
  const std::string mark = "--" + form.content_type.substr(start.size());
  std::size_t marks = 0;
  for (std::size_t at = 0; (at = form.body.find(mark, at)) != std::string::npos;
       at += mark.size()) {
    ++marks;
  }
  require(marks == parts.size() + 1, "a boundary occurs between parts only");
  require(net::encode_form(parts).body == form.body, "equal parts give equal bytes");
  const std::string compared = net::comparable_body(form.body);
  require(net::comparable_body(compared) == compared, "a comparable body stays as it is");
}

// Both bodies come back as they were, whatever they are.
void check_recording(std::string_view bytes) {
  net::RecordedExchange exchange;
  exchange.method = "POST";
  exchange.url = "https://127.0.0.1/v1";
  exchange.request_body = bytes.substr(0, bytes.size() / 3);
  exchange.response = {200, {{"Content-Type", "text/plain"}}, std::string(bytes)};
  if (bytes.size() > 1) exchange.pieces = {bytes.size() / 2, bytes.size() - bytes.size() / 2};
  const std::string json = net::exchange_to_json(exchange);
  const auto read = net::exchange_from_json(json);
  require(read.has_value(), "an exchange that was written can be read");
  require(read->request_body == exchange.request_body, "a request keeps its body");
  require(read->response.body == exchange.response.body, "a reply keeps its body");
  require(read->pieces == exchange.pieces, "a reply keeps its pieces");
  require(net::exchange_to_json(*read) == json, "an exchange keeps its bytes");
}

void check_file(std::string_view bytes) {
  const auto read = net::exchange_from_json(bytes);
  if (!read) return require_documented(read.error(), {ErrorCode::invalid_input});
  const auto again = net::exchange_from_json(net::exchange_to_json(*read));
  require(again.has_value(), "an exchange that was read can be written and read");
  require(again->response.body == read->response.body && again->request_body == read->request_body,
          "an exchange keeps its bodies");
}

// Replies with headers and a body of somebody else.
class Stranger final : public Transport {
 public:
  explicit Stranger(std::string_view bytes) {
    response_.status = 200;
    for (int i = 0; i < 2; ++i) {
      std::string name = take_line(bytes), value = take_line(bytes);
      response_.headers.push_back({std::move(name), std::move(value)});
    }
    response_.body = bytes;
  }
  Result<HttpResponse> send(const HttpRequest &) override { return response_; }
  const std::string &body() const { return response_.body; }

 private:
  HttpResponse response_;
};

// What is recorded is replayed, also if a service sends headers that are no text.
void check_cassette(std::string_view bytes) {
  const Folder folder;
  const auto stranger = std::make_shared<Stranger>(bytes);
  HttpRequest request;
  request.method = "POST";
  request.url = "https://127.0.0.1/v1?q=" + base::percent_encode(bytes.substr(0, 40));
  request.body = bytes;
  request.headers = {{"Authorization", "Bearer a-secret-key"}};
  const auto recorder = record_transport(stranger, folder.path()).value();
  const auto sent = recorder->send(request);
  if (!sent) return require_documented(sent.error());
  const auto replay = replay_transport(folder.path());
  require(replay.has_value(), "what was recorded can be opened");
  const auto replayed = (*replay)->send(request);
  require(replayed.has_value(), "a recorded request is found");
  if (base::valid_utf8_prefix(bytes) == bytes.size()) {
    require(replayed->body == stranger->body(), "a recorded reply is replayed");
  }
}

}  // namespace

void exchanges(std::string_view bytes) {
  check_form(bytes);
  check_recording(bytes);
  check_file(bytes);
  check_cassette(bytes);
}

}  // namespace saleschecklist::fuzz
