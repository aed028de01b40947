// Replies that arrive compressed although none was asked for.
#include "raw_server.hpp"
#include "support/support.hpp"
#include "support/temporary_folder.hpp"

#include <saleschecklist/cassette.hpp>

#include <doctest/doctest.h>

#include <utility>

using namespace saleschecklist;
using namespace saleschecklist::test;

namespace {

const std::string text = "{\"answer\":\"yes, yes, yes, yes, yes, yes, yes, yes, yes, yes\"}";

// What a program makes of bytes.
std::string piped(const std::string &program, const std::string &bytes) {
  const TemporaryFolder folder;
  const std::string in = folder.write("in", bytes), out = folder.path("out");
  REQUIRE(std::system((program + " < " + in + " > " + out).c_str()) == 0);
  return read_file(out);
}

std::string gzipped(const std::string &bytes) { return piped("gzip -c", bytes); }

// One stored block (RFC 1951), and the same with the frame of zlib (RFC 1950).
std::string raw_deflated(const std::string &bytes) {
  const auto size = static_cast<unsigned>(bytes.size());
  std::string out = "\x01";
  for (const unsigned word : {size, ~size}) {
    out += static_cast<char>(word & 0xff);
    out += static_cast<char>(word >> 8 & 0xff);
  }
  return out + bytes;
}
std::string deflated(const std::string &bytes) {
  unsigned a = 1, b = 0;
  for (const char c : bytes) {
    a = (a + static_cast<unsigned char>(c)) % 65'521;
    b = (b + a) % 65'521;
  }
  std::string out = "\x78\x01" + raw_deflated(bytes);
  for (const unsigned word : {b, a}) {
    out += static_cast<char>(word >> 8);
    out += static_cast<char>(word & 0xff);
  }
  return out;
}

std::string encoded_reply(const std::string &encoding, const std::string &body, int status = 200) {
  return reply(status, body, "Content-Encoding: " + encoding + "\r\n");
}

RawServer::Handler always(const std::string &bytes) {
  return [bytes](Connection &c, const std::string &) { c.write(bytes); };
}

HttpRequest get(const std::string &url) {
  HttpRequest request;
  request.url = url;
  return request;
}

Result<HttpResponse> sent(const std::string &reply_bytes, std::size_t most_bytes = 1 << 20) {
  RawServer server(always(reply_bytes));
  HttpRequest request = get(server.url("/v1?key=secret"));
  request.most_bytes = most_bytes;
  return curl_transport().value()->send(request);
}

// The pieces that a stream arrives in, joined.
std::pair<Result<HttpResponse>, std::string> streamed(const std::string &reply_bytes,
                                                      std::size_t most_bytes = 1 << 20) {
  RawServer server(always(reply_bytes));
  HttpRequest request = get(server.url());
  request.most_bytes = most_bytes;
  std::string body;
  request.on_body = [&](std::string_view piece) {
    body += piece;
    return true;
  };
  return {curl_transport().value()->send(request), body};
}

}  // namespace

TEST_CASE("no compression is asked for, unless the host does it itself") {
  RawServer server(always(reply(200, "ok")));
  const auto transport = curl_transport().value();
  REQUIRE(transport->send(get(server.url())));
  CHECK(server.requests().at(0).find("Accept-Encoding") == std::string::npos);
  HttpRequest asking = get(server.url());
  asking.headers = {{"Accept-Encoding", "gzip"}};
  REQUIRE(transport->send(asking));
  CHECK(server.requests().at(1).find("Accept-Encoding: gzip\r\n") != std::string::npos);
}

TEST_CASE("a reply that is compressed all the same is decompressed") {
  const std::pair<const char *, std::string> replies[] = {
      {"gzip", gzipped(text)},
      {"GZIP", gzipped(text)},
      {"x-gzip", gzipped(text)},
      {"deflate", deflated(text)},
      {"deflate", raw_deflated(text)},
      {"gzip", deflated(text)},
      {"identity", text},
      {"gzip, identity", gzipped(text)},
      {"deflate, gzip", gzipped(deflated(text))},
  };
  for (const auto &[encoding, body] : replies) {
    CAPTURE(std::string(encoding) + " " + body.substr(0, 8));
    for (const int status : {200, 429}) {
      const auto got = sent(encoded_reply(encoding, body, status));
      REQUIRE(got);
      CHECK(got->status == status);
      CHECK(got->body == text);
    }
    const auto [result, stream] = streamed(encoded_reply(encoding, body));
    REQUIRE(result);
    CHECK(stream == text);
  }
  if (std::filesystem::exists("/usr/bin/zstd")) {
    const auto got = sent(encoded_reply("zstd", piped("zstd -qc", text)));
    if (got) CHECK(got->body == text);  // if this libcurl knows it
  }
}

TEST_CASE("a compressed stream is handed on as it arrives") {
  const std::string events = "data: {\"x\":1}\n\ndata: [DONE]\n\n";
  const std::string all = gzipped(events);
  RawServer server([&](Connection &c, const std::string &) {
    c.write(
        "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Encoding: gzip\r\n"
        "Transfer-Encoding: chunked\r\n\r\n");
    for (const char byte : all) c.write(std::string("1\r\n") + byte + "\r\n");
    c.write("0\r\n\r\n");
  });
  HttpRequest request = get(server.url());
  std::string body;
  request.on_body = [&](std::string_view piece) {
    body += piece;
    return true;
  };
  REQUIRE(curl_transport().value()->send(request));
  CHECK(body == events);
}

TEST_CASE("a little that decompresses to too much is refused at the limit of plain replies") {
  const std::string bomb = gzipped(std::string(50'000'000, '\0'));
  REQUIRE(bomb.size() < 100'000);
  const auto got = sent(encoded_reply("gzip", bomb), 1'000'000);
  REQUIRE_FALSE(got);
  CHECK(got.error().code == ErrorCode::refused);
  CHECK(got.error().message == "the reply is larger than 1000000 bytes once it is decompressed");
  CHECK(got.error().where.find("secret") == std::string::npos);
  const auto twice = sent(encoded_reply("gzip, gzip", gzipped(bomb)), 1'000'000);
  REQUIRE_FALSE(twice);
  CHECK(twice.error().code == ErrorCode::refused);
  const auto [result, stream] = streamed(encoded_reply("gzip", bomb), 1'000'000);
  REQUIRE_FALSE(result);
  CHECK(result.error().code == ErrorCode::refused);
  CHECK(stream.size() <= 1'000'000);
  CHECK(sent(encoded_reply("gzip", gzipped(std::string(1'000, 'x'))), 1'000));
  CHECK(sent(reply(200, std::string(1'001, 'x')), 1'000).error().message ==
        "the reply is larger than 1000 bytes");
}

TEST_CASE("a reply that is not what its Content-Encoding says is refused, and the error says so") {
  std::string torn = gzipped(text);
  torn[torn.size() / 2] ^= 0x55;
  const std::pair<const char *, std::string> replies[] = {
      {"gzip", text},
      {"gzip", "\x1f\x8b junk"},
      {"gzip", torn},
      {"deflate", text},
      {"gzip, gzip", gzipped(text)},
      {"rot13", text},
      {"gzip", std::string(100, '\0')},
  };
  for (const auto &[encoding, body] : replies) {
    CAPTURE(std::string(encoding) + " " + body.substr(0, 8));
    for (const auto &got :
         {sent(encoded_reply(encoding, body)), streamed(encoded_reply(encoding, body)).first}) {
      REQUIRE_FALSE(got);
      CHECK(got.error().code == ErrorCode::refused);
      CHECK(got.error().message.find("cannot be decompressed") != std::string::npos);
      CHECK(got.error().message.find("'" + std::string(encoding) + "'") != std::string::npos);
      CHECK(got.error().where.find("secret") == std::string::npos);
    }
  }
}

TEST_CASE("an empty reply needs no decompressing") {
  for (const int status : {200, 204, 304}) {
    const auto got = sent(encoded_reply("gzip", "", status));
    REQUIRE(got);
    CHECK(got->body.empty());
  }
}

TEST_CASE("a cassette has the text, not its compression, and replays it") {
  RawServer server(always(encoded_reply("gzip", gzipped(text))));
  const TemporaryFolder folder;
  const std::string cassette = folder.path("cassette");
  const auto recorder = record_transport(curl_transport().value(), cassette).value();
  HttpRequest request = get(server.url("/v1/chat"));
  REQUIRE(recorder->send(request));
  std::string files;
  for (const auto &entry : std::filesystem::directory_iterator(cassette)) {
    files += read_file(entry.path());
  }
  CHECK(files.find("yes, yes") != std::string::npos);
  CHECK(files.find("base64") == std::string::npos);
  CHECK(replay_transport(cassette).value()->send(request).value().body == text);
}
