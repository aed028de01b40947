// record_transport() and replay_transport().
#include "net/network.hpp"
#include "raw_server.hpp"
#include "support/support.hpp"
#include "support/temporary_folder.hpp"

#include <doctest/doctest.h>

#include <sys/stat.h>

using namespace saleschecklist;
using namespace saleschecklist::test;
using std::chrono::milliseconds;

namespace {

HttpRequest post(const std::string &url, const std::string &body) {
  HttpRequest request;
  request.method = "POST";
  request.url = url;
  request.body = body;
  request.headers = {{"Authorization", "Bearer sk-very-secret"}};
  return request;
}

std::string all_files(const TemporaryFolder &folder) {
  std::string out;
  for (const auto &entry : std::filesystem::directory_iterator(folder.path())) {
    out += entry.path().filename().string() + "\n" + read_file(entry.path());
  }
  return out;
}

// Every kind of body that a service may get or give.
const std::vector<std::string> bodies = {
    "",
    "{\"model\":\"m\",\"n\":1.5,\"list\":[1,2]}",
    "{ \"spaced\": 1 }",
    "{\"b\":1,\"a\":2,\"b\":3}",
    "data: {\"x\":1}\n\ndata: [DONE]\n\n",
    "one line\r\nanother\n",
    std::string("\0\xff\x80 audio", 9),
    "{\"cut",
    "--b0\r\nContent-Disposition: form-data; name=\"file\"; "
    "filename=\"a.ogg\"\r\n\r\n\xff\xfe\r\n\r\n"
    "x\r\n--b0\r\nContent-Disposition: form-data; name=\"model\"\r\n\r\nwhisper-1\r\n--b0--\r\n",
    "--b0\r\nno end",
    "--b0\r\n\r\nx\r\n--b0--\r\nbehind",
    "\xc5\xbb\xc3\xb3\xc5\x82w \xf0\x9f\x90\xa2",
};

}  // namespace

TEST_CASE("bodies of every kind come back from a cassette byte by byte") {
  RawServer server([](Connection &c, const std::string &request) {
    c.write(reply(201, request.substr(request.find("\r\n\r\n") + 4), "X-Kind: echo\r\n"));
  });
  const TemporaryFolder folder;
  const auto recorder = record_transport(curl_transport().value(), folder.path("new/deep")).value();
  for (const std::string &body : bodies) {
    REQUIRE(recorder->send(post(server.url("/v1/echo?key=s3cret"), body)).value().body == body);
  }
  const auto player = replay_transport(folder.path("new/deep")).value();
  for (const std::string &body : bodies) {
    const HttpResponse response =
        player->send(post(server.url("/v1/echo?key=other"), body)).value();
    CHECK(response.status == 201);
    CHECK(response.body == body);
    CHECK(response.header("x-kind") == "echo");
  }
  CHECK(server.requests().size() == bodies.size());
}

TEST_CASE("a stream is played back in the pieces in which it came") {
  RawServer server([](Connection &c, const std::string &) {
    c.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\n\xc5\xbb\xc3\r\n");
    std::this_thread::sleep_for(std::chrono::milliseconds(30));
    c.write("3\r\n\xb3x\n\r\n0\r\n\r\n");
  });
  const TemporaryFolder folder;
  HttpRequest request = post(server.url(), "{}");
  std::vector<std::string> live, played;
  request.on_body = [&](std::string_view piece) { return live.emplace_back(piece), true; };
  const auto recorder = record_transport(curl_transport().value(), folder.path()).value();
  REQUIRE(recorder->send(request).value().body.empty());
  request.on_body = [&](std::string_view piece) { return played.emplace_back(piece), true; };
  REQUIRE(replay_transport(folder.path()).value()->send(request).value().body.empty());
  CHECK(live.size() >= 2);
  CHECK(played == live);
}

TEST_CASE("a recording is readable by its owner alone") {
  RawServer server([](Connection &c, const std::string &) { c.write(reply(200, "{}")); });
  const TemporaryFolder folder;
  const auto recorder = record_transport(curl_transport().value(), folder.path()).value();
  REQUIRE(recorder->send(post(server.url(), "{}")));
  std::size_t files = 0;
  for (const auto &entry : std::filesystem::directory_iterator(folder.path())) {
    using std::filesystem::perms;
    CHECK(entry.status().permissions() == (perms::owner_read | perms::owner_write));
    ++files;
  }
  CHECK(files == 1);
}

TEST_CASE("a link in the folder of a recording is replaced, not written through") {
  RawServer server([](Connection &c, const std::string &) { c.write(reply(200, "{}")); });
  const TemporaryFolder folder, outside;
  const std::string kept = outside.write("kept", "as it was");
  const std::string path = folder.path("cassette");
  const auto record = [&] {
    const auto recorder = record_transport(curl_transport().value(), path).value();
    REQUIRE(recorder->send(post(server.url(), "{}")));
    std::vector<std::filesystem::path> files;
    for (const auto &entry : std::filesystem::directory_iterator(path)) files.push_back(entry);
    REQUIRE(files.size() == 1);
    CHECK(std::filesystem::symlink_status(files[0]).type() == std::filesystem::file_type::regular);
    return files[0];
  };
  const std::filesystem::path file = record();
  std::filesystem::remove(file);
  std::filesystem::create_symlink(kept, file);
  std::filesystem::create_symlink(kept, file.string() + ".part");
  CHECK(record() == file);
  std::ifstream in(kept);
  CHECK(std::string(std::istreambuf_iterator<char>(in), {}) == "as it was");
}

TEST_CASE("no file holds a key, wherever the key stood") {
  RawServer server([](Connection &c, const std::string &) {
    c.write(reply(401, "{\"error\":\"bad key sk-very-secret\"}",
                  "Set-Cookie: session=abc\r\nX-Echo: sk-very-secret\r\n"));
  });
  const TemporaryFolder folder;
  const auto recorder = record_transport(curl_transport().value(), folder.path()).value();
  HttpRequest request =
      post(server.url("/x?api_key=q-secret&ok=1"), "{\"key\":\"sk-very-secret\"}");
  request.headers.push_back({"X-Also", "sk-very-secret"});
  REQUIRE(recorder->send(request));
  const std::string text = all_files(folder);
  CHECK(text.find("sk-very") == std::string::npos);
  CHECK(text.find("q-secret") == std::string::npos);
  CHECK(text.find("session=abc") == std::string::npos);
  CHECK(text.find("ok=1") != std::string::npos);
  // The replay asks with another key, and is understood.
  HttpRequest again = request;
  again.headers = {{"Authorization", "Bearer another-key"}};
  again.body = "{\"key\":\"another-key\"}";
  CHECK(replay_transport(folder.path()).value()->send(again).value().status == 401);
}

TEST_CASE("equal requests get their replies in the order of recording, each once") {
  std::atomic<int> count{0};
  RawServer server([&](Connection &c, const std::string &) {
    const int n = ++count;
    c.write(reply(n < 12 ? 500 : 200, std::to_string(n)));
  });
  const TemporaryFolder folder;
  const auto recorder = record_transport(curl_transport().value(), folder.path()).value();
  for (int i = 0; i < 12; ++i) REQUIRE(recorder->send(post(server.url(), "{}")));
  const auto player = replay_transport(folder.path()).value();
  for (int i = 1; i <= 12; ++i) {
    CHECK(player->send(post(server.url(), "{}")).value().body == std::to_string(i));
  }
  const Error error = player->send(post(server.url(), "{}")).error();
  CHECK(error.code == ErrorCode::not_found);
  CHECK(error.message.find("more often than it was recorded") != std::string::npos);
}

TEST_CASE("sound that was encoded otherwise is known by its file name, the same bytes first") {
  std::atomic<int> count{0};
  RawServer server(
      [&](Connection &c, const std::string &) { c.write(reply(200, std::to_string(++count))); });
  const auto upload = [](const std::string &boundary, const std::string &name,
                         const std::string &sound, const std::string &model) {
    return "--" + boundary + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" +
           name + "\"\r\nContent-Type: audio/flac\r\n\r\n" + sound + "\r\n--" + boundary +
           "\r\nContent-Disposition: form-data; name=\"model\"\r\n\r\n" + model + "\r\n--" +
           boundary + "--\r\n";
  };
  const TemporaryFolder folder;
  const auto recorder = record_transport(curl_transport().value(), folder.path()).value();
  for (const char *sound : {"\xff one", "\xfe two", "\xfd three"}) {
    REQUIRE(recorder->send(post(server.url(), upload("b1", "w.flac", sound, "m"))));
  }
  const auto player = replay_transport(folder.path()).value();
  const auto played = [&](const std::string &body) {
    const auto result = player->send(post(server.url(), body));
    return result ? result->body : "";
  };
  CHECK(played(upload("b1", "w.flac", "\xfe two", "m")) == "2");
  CHECK(played(upload("b2", "w.flac", "otherwise", "m")) == "1");
  CHECK(played(upload("b2", "other.flac", "otherwise", "m")).empty());
  CHECK(played(upload("b2", "w.flac", "otherwise", "n")).empty());
  CHECK(played(upload("b3", "w.flac", "again", "m")) == "3");
}

TEST_CASE("sound in a data URL that was encoded otherwise is the same request") {
  RawServer server([](Connection &c, const std::string &) { c.write(reply(200, "heard")); });
  const auto form = [](const std::string &content) {
    return "--b\r\nContent-Disposition: form-data; name=\"known_speaker_references[]\"\r\n\r\n" +
           content + "\r\n--b--\r\n";
  };
  const TemporaryFolder folder;
  const auto recorder = record_transport(curl_transport().value(), folder.path()).value();
  REQUIRE(recorder->send(post(server.url(), form("data:audio/flac;base64,AAAA"))));
  const auto player = replay_transport(folder.path()).value();
  CHECK_FALSE(player->send(post(server.url(), form("known_1"))));
  CHECK(player->send(post(server.url(), form("data:audio/flac;base64,BBBB"))).value().body ==
        "heard");
}

TEST_CASE("a body that is sound as a whole is known whatever its bytes, the same bytes first") {
  RawServer server([](Connection &c, const std::string &request) {
    c.write(reply(200, "heard " + request.substr(request.find("\r\n\r\n") + 4)));
  });
  for (const char *type : {"audio/ogg", "application/octet-stream"}) {
    CAPTURE(type);
    const TemporaryFolder folder;
    const auto recorder = record_transport(curl_transport().value(), folder.path()).value();
    const auto sound = [&](const std::string &bytes) {
      HttpRequest request = post(server.url("/upload"), bytes);
      request.headers = {{"Content-Type", type}};
      return request;
    };
    REQUIRE(recorder->send(sound("one")));
    REQUIRE(recorder->send(sound("two")));
    const auto player = replay_transport(folder.path()).value();
    CHECK(player->send(sound("two")).value().body == "heard two");
    CHECK(player->send(sound("encoded otherwise")).value().body == "heard one");
  }
}

TEST_CASE("a replay does not wait for what a service asked to wait") {
  std::atomic<int> count{0};
  RawServer server([&](Connection &c, const std::string &) {
    c.write(++count == 1 ? reply(429, "x", "retry-after: 300\r\n") : reply(200, "ok"));
  });
  const TemporaryFolder folder;
  const auto recorder = record_transport(curl_transport().value(), folder.path()).value();
  for (int times = 0; times < 2; ++times) REQUIRE(recorder->send(post(server.url(), "{}")));
  NetworkOptions options;
  options.transport = replay_transport(folder.path()).value();
  const auto network = open_network(options).value();
  net::Call call;
  call.request = post(server.url(), "{}");
  call.read_failure = [](const HttpResponse &) -> net::ReplyFailure {
    return {{ErrorCode::rate_limited, "slow down", {}}};
  };
  Usage usage;
  milliseconds waited{0};
  const auto begun = std::chrono::steady_clock::now();
  CHECK(network->send(call, usage, &waited).value().body == "ok");
  CHECK(waited >= milliseconds(299'000));  // but for what is rounded
  CHECK(std::chrono::steady_clock::now() - begun < milliseconds(300'000));
}

TEST_CASE("pieces that cannot add up to the body are refused, whatever their sum") {
  for (const char *pieces : {"9223372036854775807, 9223372036854775807, 7", "6", "4", "5, 1",
                             "-1, 6", "18446744073709551615, 6", "5.0", "1e300", "2, 2"}) {
    const TemporaryFolder folder;
    folder.write("x.json", std::string(R"({"schema": "saleschecklist/exchange/1",
        "request": {"method": "POST", "url": "http://x/y", "headers": [], "body": {"lines": ["a"]}},
        "response": {"status": 200, "headers": [], "body": {"lines": ["hello"]}, "pieces": [)") +
                               pieces + "]}}");
    CAPTURE(pieces);
    const auto player = replay_transport(folder.path());
    REQUIRE_FALSE(player);
    CHECK(player.error().code == ErrorCode::invalid_input);
    CHECK(player.error().where.find("/response/pieces") != std::string::npos);
  }
}

TEST_CASE("a body with very many members is kept as text, and a cassette with them is refused") {
  std::string many = "{";
  for (int i = 0; i < 200'000; ++i) {
    many += (i == 0 ? "\"" : ",\"") + std::to_string(i) + "\":1";
  }
  many += "}";
  RawServer server([&](Connection &c, const std::string &) { c.write(reply(200, many)); });
  const TemporaryFolder folder;
  const auto recorder = record_transport(curl_transport().value(), folder.path()).value();
  REQUIRE(recorder->send(post(server.url(), "{}")));
  const auto player = replay_transport(folder.path()).value();
  CHECK(player->send(post(server.url(), "{}")).value().body == many);
  const TemporaryFolder other;
  other.write("x.json", R"({"schema": "saleschecklist/exchange/1",
      "request": {"method": "POST", "url": "http://x/y", "headers": [], "body": {"lines": ["a"]}},
      "response": {"status": 200, "headers": [], "body": {"json": )" +
                            many + R"(}, "pieces": []}})");
  CHECK(replay_transport(other.path()).error().message.find("too many members") !=
        std::string::npos);
}

TEST_CASE("a cassette in UTF-16 is read like one in UTF-8") {
  const TemporaryFolder folder;
  const std::string text = R"({"schema": "saleschecklist/exchange/1",
      "request": {"method": "POST", "url": "http://x/y", "headers": [], "body": {"lines": ["a"]}},
      "response": {"status": 200, "headers": [], "body": {"lines": ["hello"]}, "pieces": []}})";
  std::string wide = "\xff\xfe";
  for (const char c : text) wide += std::string{c, '\0'};
  folder.write("x.json", wide);
  CHECK(replay_transport(folder.path()).value()->send(post("http://x/y", "a")).value().body ==
        "hello");
}

TEST_CASE("an unknown request fails with the nearest one and what differs") {
  RawServer server([](Connection &c, const std::string &) { c.write(reply(200, "ok")); });
  const TemporaryFolder folder;
  const auto recorder = record_transport(curl_transport().value(), folder.path()).value();
  REQUIRE(recorder->send(post(server.url("/a"), "{\"model\":\"m1\",\"say\":[\"hello there\"]}")));
  REQUIRE(recorder->send(post(server.url("/b"), "plain words")));
  const auto player = replay_transport(folder.path()).value();
  const auto message = [&](const std::string &path, const std::string &body) {
    return player->send(post(server.url(path), body)).error().message;
  };
  const std::string other = message("/a", "{\"model\":\"m1\",\"say\":[\"hello world\"]}");
  CHECK(other.find("nearest recording is a-") != std::string::npos);
  CHECK(
      other.find("in its body at /say/0, at byte 6, recorded 'hello there', sent 'hello world'") !=
      std::string::npos);
  CHECK(message("/b", "plain birds").find("recorded 'plain words', sent 'plain birds'") !=
        std::string::npos);
  CHECK(message("/c", "plain words").find("its URL is " + server.url("/b")) != std::string::npos);
  HttpRequest get = post(server.url("/b"), "plain words");
  get.method = "PUT";
  CHECK(player->send(get).error().message.find("its method is POST") != std::string::npos);
}

TEST_CASE("what is no cassette is refused with its file's name") {
  const TemporaryFolder folder;
  CHECK(replay_transport(folder.path("absent")).error().code == ErrorCode::io);
  const auto empty = replay_transport(folder.path()).value();
  CHECK(empty->send(post("http://h/", "")).error().message.find("contains no exchange") !=
        std::string::npos);
  folder.write("odd.json", "{\"schema\":\"saleschecklist/exchange/1\"}");
  const Error error = replay_transport(folder.path()).error();
  CHECK(error.code == ErrorCode::invalid_input);
  CHECK(error.where.find("odd.json") != std::string::npos);
}

TEST_CASE("a folder that cannot be written is said before and after") {
  RawServer server([](Connection &c, const std::string &) { c.write(reply(200, "ok")); });
  const TemporaryFolder folder;
  folder.write("file", "");
  CHECK(record_transport(curl_transport().value(), folder.path("file/x")).error().code ==
        ErrorCode::io);
  const auto recorder = record_transport(curl_transport().value(), folder.path("gone")).value();
  std::filesystem::remove(folder.path("gone"));
  CHECK(recorder->send(post(server.url(), "")).error().code == ErrorCode::io);
}
