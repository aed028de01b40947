// Signature Version 4 by the published vectors: the examples in the documentation of S3, and
// Amazon's test suite for all services.
#include "net/aws_sigv4.hpp"
#include "base/sha256.hpp"
#include "support/support.hpp"

#include <doctest/doctest.h>

using namespace saleschecklist;

namespace {

constexpr std::int64_t day_2013 = 1'369'353'600;   // 20130524T000000Z
constexpr std::int64_t time_2015 = 1'440'938'160;  // 20150830T123600Z

const net::AwsIdentity s3_user{"AKIAIOSFODNN7EXAMPLE",
                               Secret("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"),
                               {},
                               "us-east-1",
                               "s3"};
const net::AwsIdentity suite_user{
    "AKIDEXAMPLE", Secret("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"), {}, "us-east-1", "service"};

struct Vector {
  const char *name;
  const char *method;
  const char *target;
  std::vector<HttpHeader> headers;
  const char *body;
  const char *signed_headers;
  const char *signature;
};

void check(const Vector &vector, const std::string &origin, const net::AwsIdentity &who,
           std::int64_t now, const std::string &credential) {
  CAPTURE(vector.name);
  HttpRequest request;
  request.method = vector.method;
  request.url = origin + vector.target;
  request.headers = vector.headers;
  request.body = vector.body;
  for (int time = 0; time < 2; ++time) {  // what is signed anew is signed alike
    net::sign_aws(request, who, base::sha256_hex(request.body), now);
    HttpResponse sent;
    sent.headers = request.headers;
    CHECK(sent.header("authorization") ==
          "AWS4-HMAC-SHA256 Credential=" + credential + "/aws4_request, SignedHeaders=" +
              vector.signed_headers + ", Signature=" + vector.signature);
  }
}

}  // namespace

TEST_CASE("requests are signed as the examples of S3 are") {
  const std::vector<Vector> vectors = {
      {"GET Object",
       "GET",
       "/test.txt",
       {{"Range", "bytes=0-9"}},
       "",
       "host;range;x-amz-content-sha256;x-amz-date",
       "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41"},
      {"PUT Object",
       "PUT",
       "/test%24file.text",
       {{"Date", "Fri, 24 May 2013 00:00:00 GMT"}, {"x-amz-storage-class", "REDUCED_REDUNDANCY"}},
       "Welcome to Amazon S3.",
       "date;host;x-amz-content-sha256;x-amz-date;x-amz-storage-class",
       "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd"},
      {"GET Bucket Lifecycle",
       "GET",
       "?lifecycle",
       {},
       "",
       "host;x-amz-content-sha256;x-amz-date",
       "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543"},
      {"GET Bucket (List Objects)",
       "GET",
       "/?prefix=J&max-keys=2",
       {},
       "",
       "host;x-amz-content-sha256;x-amz-date",
       "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7"},
  };
  for (const std::string port : {"", ":443"}) {
    for (const Vector &vector : vectors) {
      check(vector, "https://examplebucket.s3.amazonaws.com" + port, s3_user, day_2013,
            "AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3");
    }
  }
}

TEST_CASE("a link is signed as the example of S3 is") {
  CHECK(net::presigned_aws_url("GET", "https://examplebucket.s3.amazonaws.com/test.txt", s3_user,
                               86'400, day_2013) ==
        "https://examplebucket.s3.amazonaws.com/test.txt?X-Amz-Algorithm=AWS4-HMAC-SHA256&"
        "X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request&"
        "X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host&"
        "X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404");
}

TEST_CASE("requests are signed as in Amazon's test suite") {
  const char *const plain = "host;x-amz-date", *const mine = "host;my-header1;x-amz-date";
  const char *const typed = "content-type;host;x-amz-date";
  const char *const form = "application/x-www-form-urlencoded";
  const char *const all =
      "/?-._~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz="
      "-._~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  const std::vector<Vector> vectors = {
      {"get-vanilla",
       "GET",
       "/",
       {},
       "",
       plain,
       "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31"},
      {"get-vanilla-empty-query-key",
       "GET",
       "/?Param1=value1",
       {},
       "",
       plain,
       "a67d582fa61cc504c4bae71f336f98b97f1ea3c7a6bfe1b6e45aec72011b9aeb"},
      {"get-vanilla-query-order-key-case",
       "GET",
       "/?Param2=value2&Param1=value1",
       {},
       "",
       plain,
       "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500"},
      {"get-vanilla-query-order-key",
       "GET",
       "/?Param1=value2&Param1=Value1",
       {},
       "",
       plain,
       "eedbc4e291e521cf13422ffca22be7d2eb8146eecf653089df300a15b2382bd1"},
      {"get-vanilla-query-order-value",
       "GET",
       "/?Param1=value2&Param1=value1",
       {},
       "",
       plain,
       "5772eed61e12b33fae39ee5e7012498b51d56abc0abb7c60486157bd471c4694"},
      {"get-vanilla-query-order-encoded",
       "GET",
       "/?Param-3=Value3&Param=Value2&%E1%88%B4=Value1",
       {},
       "",
       plain,
       "371d3713e185cc334048618a97f809c9ffe339c62934c032af5a0e595648fcac"},
      {"get-vanilla-query-unreserved",
       "GET",
       all,
       {},
       "",
       plain,
       "9c3e54bfcdf0b19771a7f523ee5669cdf59bc7cc0884027167c21bb143a40197"},
      {"get-vanilla-utf8-query",
       "GET",
       "/?ሴ=bar",
       {},
       "",
       plain,
       "2cdec8eed098649ff3a119c94853b13c643bcf08f8b0a1d91e12c9027818dd04"},
      {"get-unreserved",
       "GET",
       "/-._~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz",
       {},
       "",
       plain,
       "07ef7494c76fa4850883e2b006601f940f8a34d404d0cfa977f52a65bbf5f24f"},
      {"get-utf8",
       "GET",
       "/ሴ",
       {},
       "",
       plain,
       "8318018e0b0f223aa2bbf98705b62bb787dc9c0e678f255a891fd03141be5d85"},
      {"get-space",
       "GET",
       "/example space/",
       {},
       "",
       plain,
       "652487583200325589f1fba4c7e578f72c47cb61beeca81406b39ddec1366741"},
      {"get-special-character",
       "GET",
       "/example/$delete",
       {},
       "",
       plain,
       "a853c9b21b528b19643d00910d35b83a10c366a10833ceefb45edd6c80e40f27"},
      {"get-slash-unnormalized",
       "GET",
       "//",
       {},
       "",
       plain,
       "c88bcd3d312d75078c0cd961d6deae3f4c754924b01669efcfcb439fd5e5b76e"},
      {"get-header-key-duplicate",
       "GET",
       "/",
       {{"My-Header1", "value2"}, {"My-Header1", "value2"}, {"My-Header1", "value1"}},
       "",
       mine,
       "c9d5ea9f3f72853aea855b47ea873832890dbdd183b4468f858259531a5138ea"},
      {"get-header-value-order",
       "GET",
       "/",
       {{"My-Header1", "value4"},
        {"My-Header1", "value1"},
        {"My-Header1", "value3"},
        {"My-Header1", "value2"}},
       "",
       mine,
       "08c7e5a9acfcfeb3ab6b2185e75ce8b1deb5e634ec47601a50643f830c755c01"},
      {"get-header-value-trim",
       "GET",
       "/",
       {{"My-Header1", " value1"}, {"My-Header2", " \"a   b   c\""}},
       "",
       "host;my-header1;my-header2;x-amz-date",
       "acc3ed3afb60bb290fc8d2dd0098b9911fcaa05412b367055dee359757a9c736"},
      {"post-vanilla",
       "POST",
       "/",
       {},
       "",
       plain,
       "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b"},
      {"post-vanilla-query",
       "POST",
       "/?Param1=value1",
       {},
       "",
       plain,
       "28038455d6de14eafc1f9222cf5aa6f1a96197d7deb8263271d420d138af7f11"},
      {"post-header-key-sort",
       "POST",
       "/",
       {{"My-Header1", "value1"}},
       "",
       mine,
       "c5410059b04c1ee005303aed430f6e6645f61f4dc9e1461ec8f8916fdf18852c"},
      {"post-header-value-case",
       "POST",
       "/",
       {{"My-Header1", "VALUE1"}},
       "",
       mine,
       "cdbc9802e29d2942e5e10b5bccfdd67c5f22c7c4e8ae67b53629efa58b974b7d"},
      {"post-x-www-form-urlencoded",
       "POST",
       "/",
       {{"Content-Type", form}},
       "Param1=value1",
       typed,
       "ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a"},
  };
  for (const Vector &vector : vectors) {
    check(vector, "https://example.amazonaws.com", suite_user, time_2015,
          "AKIDEXAMPLE/20150830/us-east-1/service");
  }
}

TEST_CASE("a session token is signed, in a header and in a link") {
  net::AwsIdentity who = suite_user;
  who.session_token = Secret("6e86291e8372ff2a2260956d9b8aae1d763fbf315fa00fa31553b73ebf194267");
  check({"get-vanilla-with-session-token",
         "GET",
         "/",
         {},
         "",
         "host;x-amz-date;x-amz-security-token",
         "07ec1639c89043aa0e3e2de82b96708f198cceab042d4a97044c66dd9f74e7f8"},
        "https://example.amazonaws.com", who, time_2015, "AKIDEXAMPLE/20150830/us-east-1/service");
  const std::string url =
      net::presigned_aws_url("GET", "https://example.amazonaws.com/", who, 3600, time_2015);
  CHECK(url.find("&X-Amz-Security-Token=" + who.session_token.reveal() + "&") != std::string::npos);
  CHECK(url.substr(url.size() - 64) ==
        "7ff2b50b376cb4d151970630573d6291dc128cc5c2a12ffb237f73cc53f67b6c");
  const std::string without =
      net::presigned_aws_url("GET", "https://example.amazonaws.com/", suite_user, 3600, time_2015);
  CHECK(without.substr(without.size() - 64) ==
        "e93c787ed7f371d5c6b165c1b38ede9550f4dce4144713e844b25b7192d3865d");
}

TEST_CASE("HMAC-SHA-256 gives the vectors of RFC 4231") {
  CHECK(base::hex_of(base::hmac_sha256("Jefe", "what do ya want for nothing?")) ==
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  CHECK(base::hex_of(base::hmac_sha256(std::string(131, '\xaa'),
                                       "Test Using Larger Than Block-Size Key - Hash Key First")) ==
        "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
}
