// What servers that speak like S3 say when they refuse.
#ifndef SALESCHECKLIST_STORAGE_S3_ERRORS_HPP
#define SALESCHECKLIST_STORAGE_S3_ERRORS_HPP

#include "net/client.hpp"

#include <string>
#include <string_view>

namespace saleschecklist::storage {

// The text of the first element of that name, empty when there is none. Enough for S3's replies,
// which nest little.
std::string xml_text(std::string_view xml, std::string_view element);

// Text as it stands in an element.
std::string xml_escaped(std::string_view text);

// S3's own service_error, whatever the status it came under.
struct S3Complaint {
  int status = 0;
  std::string code;  // "NoSuchKey"; empty when there is none
  std::string message;
  std::string region;  // where the bucket is, when it is told
  std::string request_id;
};

S3Complaint read_s3_complaint(const HttpResponse &response);

// Whether a reply of 200 is an error all the same, which happens once S3 has begun to reply.
bool is_s3_error(const HttpResponse &response);

// Its meaning: `bucket` and `region` are those that were asked for.
net::ReplyFailure s3_refusal(const S3Complaint &service_error, const std::string &bucket,
                             const std::string &region);

// Whether it is the blob that is not there, not the bucket.
bool is_missing_blob(const Error &error);

}  // namespace saleschecklist::storage

#endif
