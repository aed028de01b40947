// Sends signed requests to one bucket.
#ifndef SALESCHECKLIST_STORAGE_S3_CLIENT_HPP
#define SALESCHECKLIST_STORAGE_S3_CLIENT_HPP

#include <saleschecklist/storage.hpp>

#include "net/network.hpp"

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace saleschecklist::storage {

// Parameters that tests change.
struct S3Tuning {
  std::uint64_t most_at_once = std::uint64_t{16} << 20;  // larger blobs are uploaded in parts
  std::uint64_t part_bytes = std::uint64_t{8} << 20;     // the minimum; S3 allows 10,000 parts
  std::int64_t idle_ms = 60'000;
  std::function<std::int64_t()> now = net::real_timing().unix_time;  // seconds since 1970 UTC
};

// s3_blobs() with other parameters.
Result<std::shared_ptr<BlobStore>> tuned_s3_blobs(const S3Options &options, S3Tuning tuning);

struct S3Request {
  std::string method;
  std::string key;
  std::string query{};  // encoded
  std::vector<HttpHeader> headers{};
  std::string body{};
  std::function<bool(std::string_view)> on_body{};
  std::int64_t more_ms = 0;  // additional time that the server may take
};

// Thread-safe.
class S3Client {
 public:
  // `options` must be valid and contain a network.
  S3Client(S3Options options, S3Tuning tuning);

  const S3Options &options() const { return options_; }
  const S3Tuning &tuning() const { return tuning_; }

  // Returns the 2xx reply. Throws BadResult for errors of the network or of S3, including those in
  // a reply with status 200.
  HttpResponse send(S3Request request) const;

  // Throws BadResult (refused): a 2xx reply is not as expected.
  [[noreturn]] void refuse(const HttpResponse &response, const std::string &key,
                           const std::string &why) const;

  std::string link(const std::string &key, std::int64_t seconds) const;

 private:
  net::ReplyFailure failure_of(const HttpResponse &response, const std::string &url) const;

  const S3Options options_;
  const S3Tuning tuning_;
};

}  // namespace saleschecklist::storage

#endif
