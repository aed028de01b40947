// Errors of S3-compatible servers.
#ifndef SALESCHECKLIST_STORAGE_S3_ERRORS_HPP
#define SALESCHECKLIST_STORAGE_S3_ERRORS_HPP

#include "net/network.hpp"

#include <string>
#include <string_view>

namespace saleschecklist::storage {

// The text of the first element of that name; empty if there is none. Sufficient for S3's replies,
// which are barely nested.
std::string xml_text(std::string_view xml, std::string_view element);

// Escapes text for use in an element.
std::string xml_escaped(std::string_view text);

// The error in a reply of S3, whatever its status.
struct S3Complaint {
  int status = 0;
  std::string code;  // "NoSuchKey"; empty if there is none
  std::string message;
  std::string region;  // the region of the bucket, if the reply states it
  std::string request_id;
};

S3Complaint read_s3_complaint(const HttpResponse &response);

// Whether a reply with status 200 is an error, which happens once S3 has begun to reply.
bool is_s3_error(const HttpResponse &response);

// The error to return. `bucket` and `region` are those of the request.
net::ReplyFailure s3_refusal(const S3Complaint &service_error, const std::string &bucket,
                             const std::string &region);

// Whether the blob does not exist, rather than the bucket.
bool is_missing_blob(const Error &error);

}  // namespace saleschecklist::storage

#endif
