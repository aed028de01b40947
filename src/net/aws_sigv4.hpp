// Signature Version 4 of Amazon's services, which servers that speak like S3 know, too.
#ifndef SALESCHECKLIST_NET_AWS_SIGV4_HPP
#define SALESCHECKLIST_NET_AWS_SIGV4_HPP

#include <saleschecklist/secret.hpp>
#include <saleschecklist/transport.hpp>

#include <cstdint>
#include <string>
#include <string_view>

namespace saleschecklist::net {

// Who signs, for which service in which region.
struct AwsIdentity {
  std::string access_key;
  Secret secret_key;
  Secret session_token{};  // empty for keys that last
  std::string region;
  std::string service;  // "s3"
};

// Signs all headers of a request as it stands, at a time in seconds since 1970 UTC: sets
// x-amz-date, Authorization, with a session token x-amz-security-token, and for S3
// x-amz-content-sha256. What was signed before is signed anew. `payload` is the lower-case hex
// SHA-256 of the body. A signature is good for 15 minutes.
void sign_aws(HttpRequest &request, const AwsIdentity &who, std::string_view payload,
              std::int64_t now);

// A URL that carries its own signature for so many seconds, with which anybody may ask by `method`.
// What is in its query stays.
std::string presigned_aws_url(std::string_view method, const std::string &url,
                              const AwsIdentity &who, std::int64_t seconds, std::int64_t now);

}  // namespace saleschecklist::net

#endif
