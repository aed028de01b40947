// Amazon's Signature Version 4, which S3-compatible servers accept too.
#ifndef SALESCHECKLIST_NET_AWS_SIGV4_HPP
#define SALESCHECKLIST_NET_AWS_SIGV4_HPP

#include <saleschecklist/secret.hpp>
#include <saleschecklist/transport.hpp>

#include <cstdint>
#include <string>
#include <string_view>

namespace saleschecklist::net {

// The credentials, service and region to sign for.
struct AwsIdentity {
  std::string access_key;
  Secret secret_key;
  Secret session_token{};  // empty for permanent keys
  std::string region;
  std::string service;  // "s3"
};

// Signs all headers of a request. Sets x-amz-date and Authorization, x-amz-security-token if there
// is a session token, and x-amz-content-sha256 for S3. A previous signature is replaced. `payload`
// is the SHA-256 of the body in lower-case hexadecimal; `now` is in seconds since 1970-01-01 UTC. A
// signature is valid for 15 minutes.
void sign_aws(HttpRequest &request, const AwsIdentity &who, std::string_view payload,
              std::int64_t now);

// A URL that is signed for `seconds` seconds, with which anyone may send a request with `method`.
// Its query is kept.
std::string presigned_aws_url(std::string_view method, const std::string &url,
                              const AwsIdentity &who, std::int64_t seconds, std::int64_t now);

}  // namespace saleschecklist::net

#endif
