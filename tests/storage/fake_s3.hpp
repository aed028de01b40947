// As much of an S3 as the stores of blobs use, in memory; it believes every signature.
#ifndef SALESCHECKLIST_TESTS_FAKE_S3_HPP
#define SALESCHECKLIST_TESTS_FAKE_S3_HPP

#include "net/raw_server.hpp"
#include "storage/s3/client.hpp"

#include <map>
#include <memory>
#include <string>

namespace saleschecklist::test {

// The parts of a request that came.
struct Asked {
  std::string method, path, query, headers, body;

  explicit Asked(const std::string &request) {
    const std::size_t target = request.find(' ') + 1, end = request.find(' ', target);
    const std::size_t head = request.find("\r\n\r\n");
    const std::string url = request.substr(target, end - target);
    const std::size_t mark = std::min(url.find('?'), url.size());
    method = request.substr(0, target - 1);
    path = url.substr(0, mark);
    query = url.substr(std::min(mark + 1, url.size()));
    headers = request.substr(0, head + 2);
    body = request.substr(head + 4);
  }

  // The value of a header; empty when there is none.
  std::string header(const std::string &name) const {
    const std::size_t at = headers.find("\r\n" + name + ": ");
    if (at == std::string::npos) return {};
    const std::size_t begin = at + name.size() + 4;
    return headers.substr(begin, headers.find("\r\n", begin) - begin);
  }
};

inline std::string error_body(const std::string &code, const std::string &message,
                              const std::string &more = "") {
  return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>" + code + "</Code><Message>" +
         message + "</Message>" + more + "<RequestId>REQ1</RequestId></Error>";
}

class FakeS3 {
 public:
  FakeS3() : server_([this](Connection &c, const std::string &r) { c.write(answer(Asked(r))); }) {}

  std::string url() const { return "http://" + server_.url("").substr(7); }
  std::vector<std::string> requests() const { return server_.requests(); }

 private:
  std::string answer(const Asked &asked) {
    const std::lock_guard lock(mutex_);
    const std::string upload = asked.query.rfind("uploads", 0) == 0 ? "" : asked.query;
    if (asked.method == "POST" && upload.empty()) {
      return reply(200, "<R><UploadId>u&amp;" + std::to_string(++uploads_) + "</UploadId></R>");
    }
    if (asked.method == "POST") {
      objects_[asked.path] = std::move(parts_[asked.path]);
      parts_.erase(asked.path);
      return reply(200, "\n\n<CompleteMultipartUploadResult/>");
    }
    if (asked.method == "PUT" && !asked.query.empty()) {
      parts_[asked.path] += asked.body;
      return reply(200, "", "ETag: \"e" + std::to_string(asked.body.size()) + "\"\r\n");
    }
    if (asked.method == "PUT") {
      objects_[asked.path] = asked.body;
      return reply(200, "");
    }
    if (asked.method == "DELETE") {
      (asked.query.empty() ? objects_ : parts_).erase(asked.path);
      return "HTTP/1.1 204 No Content\r\n\r\n";
    }
    const auto found = objects_.find(asked.path);
    if (found == objects_.end()) return reply(404, error_body("NoSuchKey", "No such key."));
    return reply(200, found->second);
  }

  std::mutex mutex_;
  std::map<std::string, std::string> objects_, parts_;
  int uploads_ = 0;
  RawServer server_;
};

constexpr const char *s3_secret = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
constexpr const char *s3_token = "FwoGZXIvYXdzEXAMPLETOKEN==";

inline S3Options s3_options_at(const std::string &endpoint) {
  NetworkOptions quick;
  quick.first_wait_ms = 1;
  quick.longest_wait_ms = 2;
  S3Options out;
  out.bucket = "calls";
  out.endpoint = endpoint;
  out.path_style = true;
  out.access_key = "AKIAIOSFODNN7EXAMPLE";
  out.secret_key = Secret(s3_secret);
  out.network = open_network(quick).value();
  return out;
}

// Small parts, and a clock that stands still.
inline storage::S3Tuning small_parts() {
  storage::S3Tuning out;
  out.most_at_once = 100;
  out.part_bytes = 40;
  out.now = [] { return std::int64_t{1'369'353'600}; };
  return out;
}

inline Blob blob_of(const std::string &key, const std::string &bytes) {
  Blob out;
  out.key = key;
  out.bytes = bytes;
  return out;
}

}  // namespace saleschecklist::test

#endif
