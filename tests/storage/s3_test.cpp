// Blobs in a bucket: what goes over the wire, and what comes of a server that misbehaves.
#include "base/sha256.hpp"
#include "fake_s3.hpp"
#include "support/support.hpp"
#include "support/temporary_folder.hpp"

#include <doctest/doctest.h>

#include <atomic>

using namespace saleschecklist;
using namespace saleschecklist::test;

namespace {

// Replies in turn, the last one again and again.
RawServer::Handler in_turn(std::vector<std::string> replies) {
  auto count = std::make_shared<std::atomic<std::size_t>>(0);
  return [replies, count](Connection &c, const std::string &) {
    c.write(replies[std::min(count->fetch_add(1), replies.size() - 1)]);
  };
}

std::shared_ptr<BlobStore> blobs_at(const RawServer &server,
                                    storage::S3Tuning tuning = small_parts()) {
  return storage::tuned_s3_blobs(s3_options_at(server.url()), std::move(tuning)).value();
}

std::vector<std::string> targets_of(const RawServer &server) {
  std::vector<std::string> out;
  for (const std::string &request : server.requests()) {
    const Asked asked(request);
    out.push_back(asked.method + " " + asked.path + (asked.query.empty() ? "" : "?") + asked.query);
  }
  return out;
}

bool contains(const std::string &text, const std::string &part) {
  return text.find(part) != std::string::npos;
}

using Targets = std::vector<std::string>;

const std::string ok = reply(200, "");
const std::string begun = reply(200,
                                "<InitiateMultipartUploadResult>\n <UploadId>a/b&amp;c</UploadId>"
                                "</InitiateMultipartUploadResult>");
std::string part_reply(const std::string &tag) { return reply(200, "", "ETag: " + tag + "\r\n"); }

// What reading from a server that always replies so ends with.
Error refused_with(const std::string &response) {
  RawServer server(in_turn({response}));
  return read_blob(*blobs_at(server), "s/x").error();
}

// Keeps what is sent, and sends nothing.
struct Recorder final : Transport {
  Result<HttpResponse> send(const HttpRequest &request) override {
    urls.push_back(request.url);
    HttpResponse out;
    out.status = 200;
    return out;
  }
  std::vector<std::string> urls;
};

}  // namespace

TEST_CASE("a blob is put with its type, its digest, its encryption and a signature of all that") {
  RawServer server(in_turn({ok}));
  S3Options options = s3_options_at(server.url());
  options.prefix = "of sales/ż+/";
  options.session_token = Secret(s3_token);
  options.encryption = "aws:kms";
  options.kms_key = "alias/calls";
  const auto blobs = storage::tuned_s3_blobs(options, small_parts()).value();
  Blob blob = blob_of("s/x.wav", "RIFF");
  blob.content_type = "audio/wav";
  REQUIRE(blobs->put(blob));
  REQUIRE(server.requests().size() == 1);
  const Asked asked(server.requests()[0]);
  CHECK(asked.method + " " + asked.path == "PUT /calls/of%20sales/%C5%BC%2B/s/x.wav");
  CHECK(asked.query.empty());
  CHECK(asked.body == "RIFF");
  CHECK(asked.header("Content-Length") == "4");
  CHECK(asked.header("Content-Type") == "audio/wav");
  CHECK(asked.header("x-amz-content-sha256") == base::sha256_hex("RIFF"));
  CHECK(asked.header("x-amz-date") == "20130524T000000Z");
  CHECK(asked.header("x-amz-security-token") == s3_token);
  CHECK(asked.header("x-amz-server-side-encryption") == "aws:kms");
  CHECK(asked.header("x-amz-server-side-encryption-aws-kms-key-id") == "alias/calls");
  CHECK(contains(asked.header("Authorization"),
                 "SignedHeaders=content-type;host;x-amz-content-sha256;x-amz-date;"
                 "x-amz-security-token;x-amz-server-side-encryption;"
                 "x-amz-server-side-encryption-aws-kms-key-id, "));
  CHECK_FALSE(contains(server.requests()[0], s3_secret));
}

TEST_CASE("the bucket is in the host's name, or in the path") {
  struct Row {
    const char *bucket, *region, *endpoint;
    bool path_style;
    const char *url;
  };
  for (const Row &row : std::vector<Row>{
           {"calls", "eu-west-1", "", false, "https://calls.s3.eu-west-1.amazonaws.com/x"},
           {"calls", "cn-north-1", "", false, "https://calls.s3.cn-north-1.amazonaws.com.cn/x"},
           {"calls", "eu-west-1", "", true, "https://s3.eu-west-1.amazonaws.com/calls/x"},
           {"my.calls", "eu-west-1", "", false, "https://s3.eu-west-1.amazonaws.com/my.calls/x"},
           {"calls", "auto", "https://s3.example:9000", false, "https://calls.s3.example:9000/x"},
           {"calls", "auto", "http://[::1]:9000//", true, "http://[::1]:9000/calls/x"},
           {"calls", "auto", "http://127.0.0.1:9000", false, "http://127.0.0.1:9000/calls/x"},
           {"calls", "auto", "https://[2001:db8::1]", false, "https://[2001:db8::1]/calls/x"},
           {"calls", "auto", "https://10.0.0.s3.example", false,
            "https://calls.10.0.0.s3.example/x"},
           {"calls", "x", "https://s3.example/v1/s3/", true, "https://s3.example/v1/s3/calls/x"},
           {"calls", "x", "https://s3.example/v1", false, "https://calls.s3.example/v1/x"},
       }) {
    const auto recorder = std::make_shared<Recorder>();
    NetworkOptions through;
    through.transport = recorder;
    S3Options options = s3_options_at(row.endpoint);
    options.bucket = row.bucket;
    options.region = row.region;
    options.path_style = row.path_style;
    options.network = open_network(through).value();
    const auto blobs = s3_blobs(options).value();
    REQUIRE(blobs->put(blob_of("x", "bytes")));
    CHECK(recorder->urls == Targets{row.url});
    const std::string link = blobs->link("x", 60).value();
    CHECK(link.rfind(row.url + std::string("?X-Amz-Algorithm="), 0) == 0);
    CHECK(contains(link, std::string("%2F") + row.region + "%2Fs3%2Faws4_request&"));
  }
}

TEST_CASE("a link is for so long, with the session's token, and is made without asking") {
  RawServer server(in_turn({ok}));
  S3Options options = s3_options_at(server.url());
  options.session_token = Secret(s3_token);
  const auto blobs = storage::tuned_s3_blobs(options, small_parts()).value();
  const std::string link = blobs->link("s/x.wav", 604'800).value();
  CHECK(contains(link, "/calls/s/x.wav?"));
  CHECK(contains(link, "&X-Amz-Date=20130524T000000Z&X-Amz-Expires=604800&"));
  CHECK(contains(link, "&X-Amz-Security-Token=FwoGZXIvYXdzEXAMPLETOKEN%3D%3D&"));
  CHECK_FALSE(contains(link, s3_secret));
  CHECK(server.requests().empty());
}

TEST_CASE("what is too large for one request goes in parts, out of memory or a file") {
  std::string bytes;
  for (int i = 0; i < 101; ++i) bytes += static_cast<char>('a' + i % 23);
  const TemporaryFolder folder;
  for (const bool from_file : {false, true}) {
    RawServer server(in_turn(
        {begun, part_reply("\"one\""), part_reply("\"two\""), part_reply("\"three\""), ok}));
    S3Options options = s3_options_at(server.url());
    options.encryption = "AES256";
    Blob blob = blob_of("s/x.wav", from_file ? "" : bytes);
    blob.content_type = "audio/wav";
    if (from_file) blob.file = folder.write("x.wav", bytes);
    REQUIRE(storage::tuned_s3_blobs(options, small_parts()).value()->put(blob));
    CHECK(targets_of(server) == Targets{"POST /calls/s/x.wav?uploads=",
                                        "PUT /calls/s/x.wav?partNumber=1&uploadId=a%2Fb%26c",
                                        "PUT /calls/s/x.wav?partNumber=2&uploadId=a%2Fb%26c",
                                        "PUT /calls/s/x.wav?partNumber=3&uploadId=a%2Fb%26c",
                                        "POST /calls/s/x.wav?uploadId=a%2Fb%26c"});
    std::vector<Asked> asked;
    for (const std::string &request : server.requests()) asked.emplace_back(request);
    CHECK(asked[0].header("Content-Type") == "audio/wav");
    CHECK(asked[0].header("x-amz-server-side-encryption") == "AES256");
    CHECK(asked[1].header("x-amz-server-side-encryption").empty());
    CHECK(asked[1].header("x-amz-content-sha256") == base::sha256_hex(bytes.substr(0, 40)));
    CHECK(asked[1].body + asked[2].body + asked[3].body == bytes);
    CHECK(asked[4].body ==
          "<CompleteMultipartUpload>"
          "<Part><PartNumber>1</PartNumber><ETag>&quot;one&quot;</ETag></Part>"
          "<Part><PartNumber>2</PartNumber><ETag>&quot;two&quot;</ETag></Part>"
          "<Part><PartNumber>3</PartNumber><ETag>&quot;three&quot;</ETag></Part>"
          "</CompleteMultipartUpload>");
  }
}

TEST_CASE("parts are as large as 10,000 of them have to be") {
  RawServer server(in_turn({begun, part_reply("\"x\"")}));
  storage::S3Tuning tuning = small_parts();
  tuning.part_bytes = 1;
  const std::string bytes(25'001, 'x');
  CHECK(blobs_at(server, tuning)->put(blob_of("x", bytes)));
  CHECK(server.requests().size() == 1 + (25'001 + 2) / 3 + 1);
}

TEST_CASE("a part that fails gives the upload up, and its error is the one that is told") {
  const std::string bytes(150, 'x');
  const std::string denied = reply(403, error_body("AccessDenied", "Access Denied."));
  {
    RawServer server(in_turn({begun, part_reply("\"x\""), denied, reply(204, "")}));
    const Error error = blobs_at(server)->put(blob_of("x", bytes)).error();
    CHECK(error.code == ErrorCode::unauthorized);
    CHECK_FALSE(contains(error.message, "could not be removed"));
    CHECK(targets_of(server).back() == "DELETE /calls/x?uploadId=a%2Fb%26c");
  }
  {
    RawServer server(in_turn({begun, denied}));
    const Error error = blobs_at(server)->put(blob_of("x", bytes)).error();
    CHECK(contains(error.message, "the parts that were sent could not be removed"));
  }
  {
    RawServer server(in_turn({begun, reply(200, ""), reply(204, "")}));
    const Error error = blobs_at(server)->put(blob_of("x", bytes)).error();
    CHECK(error.code == ErrorCode::refused);
    CHECK(contains(error.message, "ETag"));
    CHECK(targets_of(server).back() == "DELETE /calls/x?uploadId=a%2Fb%26c");
  }
  {
    RawServer server(in_turn({reply(200, "<html>")}));
    CHECK(contains(blobs_at(server)->put(blob_of("x", bytes)).error().message,
                   "without returning its id"));
    CHECK(server.requests().size() == 1);
  }
}

TEST_CASE("bytes that are not those of the key never get its name, in parts or not") {
  RawServer server(in_turn({begun, part_reply("\"x\""), part_reply("\"x\""), part_reply("\"x\""),
                            part_reply("\"x\""), reply(204, "")}));
  const std::string key = "s/" + base::sha256_hex("other bytes");
  CHECK(blobs_at(server)->put(blob_of(key, "x")).error().code == ErrorCode::invalid_argument);
  CHECK(server.requests().empty());
  CHECK(blobs_at(server)->put(blob_of(key, std::string(150, 'x'))).error().code ==
        ErrorCode::invalid_argument);
  CHECK(targets_of(server).back() == "DELETE /calls/" + key + "?uploadId=a%2Fb%26c");
}

TEST_CASE("an error under a 200 is an error: completing is tried again, and then given up") {
  const std::string bytes(101, 'x'), part = part_reply("\"x\"");
  const std::string failed = reply(200, "\n \n" + error_body("InternalError", "Internal error."));
  {
    RawServer server(in_turn({begun, part, part, part, failed, ok}));
    CHECK(blobs_at(server)->put(blob_of("x", bytes)));
    CHECK(server.requests().size() == 6);
  }
  {
    RawServer server(
        in_turn({begun, part, part, part, failed, failed, failed, reply(204, ""), failed}));
    const Error error = blobs_at(server)->put(blob_of("x", bytes)).error();
    CHECK(error.code == ErrorCode::refused);
    CHECK(error.message == "Internal error (InternalError)");
    CHECK(error.provider == "s3");
    CHECK(error.request_id == "REQ1");
    CHECK(server.requests().size() == 8);
    CHECK(targets_of(server).back() == "DELETE /calls/x?uploadId=a%2Fb%26c");
  }
}

TEST_CASE("what is busy is asked again, signed anew with the time that it is then") {
  RawServer server(in_turn({reply(503, error_body("SlowDown", "Please reduce your rate.")),
                            reply(500, error_body("InternalError", "x")), ok}));
  storage::S3Tuning tuning = small_parts();
  std::atomic<std::int64_t> now{1'369'353'600};
  tuning.now = [&] { return now += 60; };
  CHECK(blobs_at(server, tuning)->put(blob_of("x", "bytes")));
  REQUIRE(server.requests().size() == 3);
  CHECK(Asked(server.requests()[0]).header("x-amz-date") == "20130524T000100Z");
  CHECK(Asked(server.requests()[2]).header("x-amz-date") == "20130524T000300Z");
  CHECK(Asked(server.requests()[0]).header("Authorization") !=
        Asked(server.requests()[2]).header("Authorization"));
}

TEST_CASE("refusals have the meaning that S3 gives them") {
  struct Row {
    int status;
    std::string body;
    ErrorCode code;
    const char *message;
    const char *headers = "";
  };
  const std::vector<Row> rows = {
      {404, error_body("NoSuchKey", "The key."), ErrorCode::not_found, "there is no such blob"},
      {404, "", ErrorCode::not_found, "there is no such blob"},
      {404, error_body("NoSuchBucket", "The bucket."), ErrorCode::not_found, "no bucket 'calls'"},
      {403, error_body("AccessDenied", "Access Denied"), ErrorCode::unauthorized,
       "Access Denied (AccessDenied); the key lacks a permission"},
      {403, "", ErrorCode::unauthorized, "HTTP 403 without a message; the key lacks"},
      {403, error_body("InvalidAccessKeyId", "No such key."), ErrorCode::unauthorized, "check"},
      {403, error_body("SignatureDoesNotMatch", "Mismatch."), ErrorCode::unauthorized, "check"},
      {400, error_body("ExpiredToken", "Expired."), ErrorCode::unauthorized, "session token"},
      {403, error_body("RequestTimeTooSkewed", "Too large."), ErrorCode::unauthorized, "clock"},
      {301, error_body("PermanentRedirect", "Elsewhere."), ErrorCode::invalid_argument,
       "set the region to 'eu-west-1'", "x-amz-bucket-region: eu-west-1\r\n"},
      {301, "", ErrorCode::invalid_argument, "set the endpoint"},
      {400, error_body("AuthorizationHeaderMalformed", "Wrong.", "<Region>eu-west-2</Region>"),
       ErrorCode::invalid_argument, "set the region to 'eu-west-2'"},
      {503, error_body("SlowDown", "Reduce."), ErrorCode::rate_limited, "after 3 attempts"},
      {500, "<html>", ErrorCode::refused, "HTTP 500 without a message (after 3 attempts)"},
      {501, error_body("NotImplemented", "No such thing."), ErrorCode::refused, "(NotImplemented)"},
      {400, error_body("Odd&amp;&#x142;", "&lt;said&gt; &#10;&#0;"), ErrorCode::refused,
       "<said> &#0; (Odd&ł)"},
  };
  for (const Row &row : rows) {
    CAPTURE(row.body);
    RawServer server(in_turn({reply(row.status, row.body, row.headers)}));
    const Error error = read_blob(*blobs_at(server), "s/x").error();
    CAPTURE(error.message);
    CHECK(error.code == row.code);
    CHECK(contains(error.message, row.message));
    CHECK(error.http_status == row.status);
    CHECK(error.provider == "s3");
    if (!row.body.empty() && row.body[1] == '?') CHECK(error.request_id == "REQ1");
    const bool repeated = row.code == ErrorCode::rate_limited || row.status == 500;
    CHECK(server.requests().size() == (repeated ? 3 : 1));
  }
  CHECK(refused_with(reply(403, "", "x-amz-request-id: 4442587FB7D0A2F9\r\n")).request_id ==
        "4442587FB7D0A2F9");
}

TEST_CASE("neither keys nor tokens nor signatures are in errors, even when S3 repeats them") {
  RawServer server([](Connection &c, const std::string &request) {
    const Asked asked(request);
    c.write(reply(
        403, error_body("SignatureDoesNotMatch", std::string(s3_secret) + " " + s3_token + " " +
                                                     asked.header("Authorization") + " " +
                                                     asked.header("x-amz-security-token"))));
  });
  S3Options options = s3_options_at(server.url());
  options.session_token = Secret(s3_token);
  const auto blobs = storage::tuned_s3_blobs(options, small_parts()).value();
  for (const Error &error : {read_blob(*blobs, "s/x").error(), blobs->erase("x").error(),
                             blobs->put(blob_of("x", std::string(500, 'x'))).error()}) {
    const std::string shown = to_string(error) + error.request_id;
    CAPTURE(shown);
    CHECK_FALSE(contains(shown, s3_secret));
    CHECK_FALSE(contains(shown, "FwoGZXIvYXdz"));
    const std::string signature = Asked(server.requests()[0]).header("Authorization");
    CHECK_FALSE(contains(shown, signature.substr(signature.find("Signature=") + 10)));
    CHECK_FALSE(contains(shown, "?"));
  }
}

TEST_CASE("bytes that were cut off, damaged or not wanted are no blob") {
  const std::string key = "s/" + base::sha256_hex("the bytes");
  RawServer cut([](Connection &c, const std::string &) {
    c.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nthe bytes");
    c.close();
  });
  CHECK(read_blob(*blobs_at(cut), key).error().code == ErrorCode::network);
  RawServer damaged(in_turn({reply(200, "the bites")}));
  const Error error = read_blob(*blobs_at(damaged), key).error();
  CHECK(error.code == ErrorCode::invalid_input);
  CHECK(contains(error.message, "damaged"));
  RawServer whole(in_turn({reply(200, "the bytes")}));
  CHECK(read_blob(*blobs_at(whole), key).value() == "the bytes");
  const auto unwanted = blobs_at(whole)->get(key, [](std::string_view) { return false; });
  CHECK(unwanted.error().code == ErrorCode::cancelled);
  const auto thrown = blobs_at(whole)->get(
      key, [](std::string_view) -> bool { throw std::runtime_error("the host's own"); });
  CHECK(thrown.error().message == "the host's own");
}

TEST_CASE("a server that says nothing is waited for so long and no longer") {
  RawServer server([](Connection &c, const std::string &) { c.wait_for_close(); });
  storage::S3Tuning tuning = small_parts();
  tuning.idle_ms = 50;
  CHECK(read_blob(*blobs_at(server, tuning), "x").error().code == ErrorCode::timeout);
  CHECK(blobs_at(server, tuning)->put(blob_of("x", "bytes")).error().code == ErrorCode::timeout);
}

TEST_CASE("erasing tells a blob that is not there from a bucket that is not") {
  for (const std::string &said :
       {reply(204, ""), reply(200, ""), reply(404, error_body("NoSuchKey", "x")), reply(404, "")}) {
    RawServer server(in_turn({said}));
    CHECK(blobs_at(server)->erase("x"));
    CHECK(targets_of(server) == Targets{"DELETE /calls/x"});
  }
  RawServer server(in_turn({reply(404, error_body("NoSuchBucket", "x"))}));
  CHECK(blobs_at(server)->erase("x").error().code == ErrorCode::not_found);
}
