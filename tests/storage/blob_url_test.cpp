// Addresses of stores of blobs, and the options of buckets.
#include "support/support.hpp"
#include "support/temporary_folder.hpp"

#include <saleschecklist/storage.hpp>

#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>

using namespace saleschecklist;
using namespace saleschecklist::test;

namespace {

// A network that tells where it was asked to go.
struct Recorder final : Transport {
  Result<HttpResponse> send(const HttpRequest &request) override {
    requests.push_back(request);
    HttpResponse out;
    out.status = 200;
    return out;
  }
  std::vector<HttpRequest> requests;
};

S3Options keys(const std::shared_ptr<Transport> &transport = std::make_shared<Recorder>()) {
  NetworkOptions through;
  through.transport = transport;
  S3Options out;
  out.access_key = "AKIAIOSFODNN7EXAMPLE";
  out.secret_key = Secret("secret-0123456789");
  out.network = open_network(through).value();
  return out;
}

// Sets a variable for as long as it lives.
struct Variable {
  Variable(const char *name, const char *value) : name_(name) { ::setenv(name, value, 1); }
  ~Variable() { ::unsetenv(name_); }
  const char *name_;
};

}  // namespace

TEST_CASE("an address names a folder, memory or a bucket") {
  const TemporaryFolder folder;
  const std::string encoded = folder.path("a%20b");
  for (const std::string &url :
       {"file:" + encoded, "file://" + encoded + "/", "file://localhost" + encoded}) {
    Blob blob;
    blob.key = "x";
    REQUIRE(open_blobs(url).value()->put(blob));
    CHECK(std::filesystem::exists(folder.path("a b/x")));
    std::filesystem::remove_all(folder.path("a b"));
  }
  CHECK(open_blobs("memory:").value()->link("x", 1).error().code == ErrorCode::unsupported);
}

TEST_CASE("the words of a bucket's address take the place of the options") {
  const auto recorder = std::make_shared<Recorder>();
  S3Options options = keys(recorder);
  options.prefix = "from-options/";
  options.region = "eu-west-1";
  Blob blob;
  blob.key = "x";
  const auto url_of = [&](const std::string &url) {
    recorder->requests.clear();
    REQUIRE(open_blobs(url, options).value()->put(blob));
    return recorder->requests.at(0).url;
  };
  CHECK(url_of("s3://calls") == "https://calls.s3.eu-west-1.amazonaws.com/from-options/x");
  CHECK(url_of("s3://calls/a%20b/c") == "https://calls.s3.eu-west-1.amazonaws.com/a%20b/c/x");
  CHECK(url_of("s3://calls/a/?region=us-west-2") == "https://calls.s3.us-west-2.amazonaws.com/a/x");
  CHECK(url_of("s3://calls/a?endpoint=https%3A%2F%2Fhost:9000&path_style=true") ==
        "https://host:9000/calls/a/x");
  url_of("s3://calls?encryption=aws:kms&kms_key=arn:aws:kms:eu:1:key/2");
  const auto &headers = recorder->requests.at(0).headers;
  CHECK(std::any_of(headers.begin(), headers.end(), [](const HttpHeader &header) {
    return header.name == "x-amz-server-side-encryption-aws-kms-key-id" &&
           header.value == "arn:aws:kms:eu:1:key/2";
  }));
}

TEST_CASE("addresses that cannot be understood are refused, without showing what may be a key") {
  struct Row {
    const char *url, *message;
  };
  for (const Row &row : std::vector<Row>{
           {"", "expected a URL such as"},
           {"blobs/", "expected a URL such as"},
           {"memory:x", "expected a URL such as"},
           {"https://user:hunter2@host/", "expected a URL such as"},
           {"file:", "path of a folder"},
           {"file://host/x", "without a host"},
           {"file:a?b=hunter2", "%3F"},
           {"file:a%2", "hexadecimal"},
           {"s3://", "bucket"},
           {"s3://Calls", "lower-case"},
           {"s3://calls/../x", "prefix"},
           {"s3://calls//x", "prefix"},
           {"s3://AKIA1:hunter2@calls/x", "a URL must not contain keys"},
           {"s3://calls?access_key=hunter2", "a URL must not contain keys"},
           {"s3://calls?Secret=hunter2", "a URL must not contain keys"},
           {"s3://calls?session_token=hunter2", "a URL must not contain keys"},
           {"s3://calls?pathstyle=true", "the parameter 'pathstyle' of the URL is unknown"},
           {"s3://calls?path_style=yes", "path_style=true"},
           {"s3://calls?region=a&region=b", "more than once"},
           {"s3://calls?endpoint=host:9000", "endpoint"},
           {"s3://calls?endpoint=https://user:hunter2@host", "endpoint"},
           {"s3://calls?endpoint=https://host%3Fx=1", "endpoint"},
           {"s3://calls?region=a.b", "region"},
           {"s3://calls?encryption=aes", "encryption"},
           {"s3://calls?kms_key=1", "kms_key"},
           {"s3://calls/x#y", "%23"},
       }) {
    CAPTURE(row.url);
    const auto result = open_blobs(row.url, keys());
    REQUIRE_FALSE(result);
    CHECK(result.error().code == ErrorCode::invalid_argument);
    CHECK(to_string(result.error()).find(row.message) != std::string::npos);
    CHECK(to_string(result.error()).find("hunter2") == std::string::npos);
  }
}

TEST_CASE("a bucket without keys, or with keys that cannot be sent, is refused") {
  const auto refused_at = [](void (*spoil)(S3Options &)) {
    S3Options options = keys();
    options.bucket = "calls";
    spoil(options);
    const Error error = s3_blobs(options).error();
    CHECK(error.code == ErrorCode::invalid_argument);
    CHECK(to_string(error).find("hunter2") == std::string::npos);
    return error.where;
  };
  CHECK(refused_at([](S3Options &o) { o.access_key = ""; }) == "access_key");
  CHECK(refused_at([](S3Options &o) { o.access_key = "hunter2\r\nx: y"; }) == "access_key");
  CHECK(refused_at([](S3Options &o) { o.secret_key = Secret(); }) == "secret_key");
  CHECK(refused_at([](S3Options &o) { o.secret_key = Secret("hunter2\n"); }) == "secret_key");
  CHECK(refused_at([](S3Options &o) { o.session_token = Secret("hunter2 "); }) == "session_token");
  CHECK(refused_at([](S3Options &o) { o.bucket = ""; }) == "bucket");
  CHECK(refused_at([](S3Options &o) { o.region = ""; }) == "region");
}

TEST_CASE("the environment tells keys, region and endpoint, as they are") {
  const Variable key("AWS_ACCESS_KEY_ID", " AKIA "), secret("AWS_SECRET_ACCESS_KEY", "s e"),
      token("AWS_SESSION_TOKEN", "t"), region("AWS_DEFAULT_REGION", "eu-west-1"),
      endpoint("AWS_ENDPOINT_URL", "https://host");
  S3Options options = s3_from_environment();
  CHECK(options.access_key == " AKIA ");
  CHECK(options.secret_key.reveal() == "s e");
  CHECK(options.session_token.reveal() == "t");
  CHECK(options.region == "eu-west-1");
  CHECK(options.endpoint == "https://host");
  const Variable own_region("AWS_REGION", "us-west-2"), own("AWS_ENDPOINT_URL_S3", "https://s3");
  options = s3_from_environment();
  CHECK(options.region == "us-west-2");
  CHECK(options.endpoint == "https://s3");
}
