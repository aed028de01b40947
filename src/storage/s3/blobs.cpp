// s3_blobs().
#include <saleschecklist/storage.hpp>

#include "base/guard.hpp"
#include "base/percent_encoding.hpp"
#include "storage/blobs.hpp"
#include "storage/s3/address.hpp"
#include "storage/s3/client.hpp"
#include "storage/s3/errors.hpp"

#include <algorithm>
#include <exception>

namespace saleschecklist::storage {
namespace {

constexpr std::uint64_t most_parts = 10'000;
constexpr std::int64_t completing_ms = 300'000;  // S3 may take minutes to join a large blob
constexpr int completing_tries = 3;

// The properties that the blob is stored with, which are sent first.
std::vector<HttpHeader> headers_of(const Blob &blob, const S3Options &options) {
  const std::string &type = blob.content_type;
  std::vector<HttpHeader> out = {
      {"Content-Type", type.empty() ? "application/octet-stream" : type}};
  if (!options.encryption.empty()) {
    out.push_back({"x-amz-server-side-encryption", options.encryption});
  }
  if (!options.kms_key.empty()) {
    out.push_back({"x-amz-server-side-encryption-aws-kms-key-id", options.kms_key});
  }
  return out;
}

// A blob that is uploaded in parts, one after the other; one part is in memory at a time. The blob
// becomes visible in finish(), or not at all if the upload is aborted.
class Upload {
 public:
  Upload(const S3Client &client, const Blob &blob) : client_(client), key_(blob.key) {
    S3Request request{"POST", key_, "uploads=", headers_of(blob, client.options())};
    const HttpResponse reply = client_.send(std::move(request));
    id_ = xml_text(reply.body, "UploadId");
    if (id_.empty())
      client_.refuse(reply, key_, "the server began an upload without returning its id");
  }

  void send_part(std::string bytes) {
    const std::string number = std::to_string(++parts_);
    S3Request request{"PUT", key_, "partNumber=" + number + "&" + query()};
    request.body = std::move(bytes);
    const HttpResponse reply = client_.send(std::move(request));
    const std::string tag(reply.header("etag"));
    if (tag.empty())
      client_.refuse(reply, key_, "the server accepted a part without returning an ETag");
    list_ +=
        "<Part><PartNumber>" + number + "</PartNumber><ETag>" + xml_escaped(tag) + "</ETag></Part>";
  }

  // An error in a reply with status 200 is usually an internal error of the server, so it is
  // retried.
  void finish() const {
    for (int tried = 1;; ++tried) {
      S3Request request{"POST", key_, query(), {{"Content-Type", "application/xml"}}};
      request.body = "<CompleteMultipartUpload>" + list_ + "</CompleteMultipartUpload>";
      request.more_ms = completing_ms;
      try {
        client_.send(std::move(request));
        return;
      } catch (const BadResult &failure) {
        if (failure.error().http_status != 200 || tried == completing_tries) throw;
      }
    }
  }

  // Adds to the error `why` what could not be cleaned up.
  Error give_up(Error why) const {
    const Result<void> done = base::guard([&]() -> Result<void> {
      client_.send({"DELETE", key_, query()});
      return {};
    });
    if (!done && done.error().http_status != 404) {
      why.message += "; the parts that were sent could not be removed: " + done.error().message;
    }
    return why;
  }

 private:
  std::string query() const { return "uploadId=" + base::percent_encode(id_); }

  const S3Client &client_;
  const std::string key_;
  std::string id_;
  std::string list_;
  std::uint64_t parts_ = 0;
};

class S3Blobs final : public BlobStore {
 public:
  explicit S3Blobs(S3Client client) : client_(std::move(client)) {}

  Result<void> put(const Blob &blob) override {
    return base::guard([&]() -> Result<void> {
      require_sound_key(blob.key);
      BlobReader reader(blob);
      if (reader.size() > client_.tuning().most_at_once) return put_in_parts(blob, reader);
      S3Request request{"PUT", blob.key, {}, headers_of(blob, client_.options())};
      request.body = reader.next(static_cast<std::size_t>(reader.size()));
      ContentCheck check(blob.key);
      check.add(request.body);
      check.require_to_keep();
      client_.send(std::move(request));
      return {};
    });
  }

  Result<void> get(const std::string &key,
                   const std::function<bool(std::string_view)> &piece) override {
    return base::guard([&]() -> Result<void> {
      require_sound_key(key);
      ContentCheck check(key);
      bool wanted = true;
      std::exception_ptr thrown;  // must not propagate through the transport
      S3Request request{"GET", key};
      request.on_body = [&](std::string_view bytes) {
        try {
          check.add(bytes);
          wanted = piece(bytes);
        } catch (...) {
          thrown = std::current_exception();
        }
        return wanted && !thrown;
      };
      try {
        client_.send(std::move(request));
      } catch (const BadResult &) {
        if (thrown) std::rethrow_exception(thrown);
        if (!wanted) return blob_unwanted(key);
        throw;
      }
      check.require_kept();
      return {};
    });
  }

  // Amazon's S3 does not report that a blob did not exist; other servers do.
  Result<void> erase(const std::string &key) override {
    return base::guard([&]() -> Result<void> {
      require_sound_key(key);
      try {
        client_.send({"DELETE", key});
      } catch (const BadResult &failure) {
        if (!is_missing_blob(failure.error())) throw;
      }
      return {};
    });
  }

  Result<std::string> link(const std::string &key, std::int64_t seconds) override {
    return base::guard([&]() -> Result<std::string> {
      require_sound_key(key);
      require_link_seconds(seconds);
      return client_.link(key, seconds);
    });
  }

 private:
  Result<void> put_in_parts(const Blob &blob, BlobReader &reader) const {
    const std::uint64_t enough = (reader.size() + most_parts - 1) / most_parts;
    const auto part = static_cast<std::size_t>(std::max(client_.tuning().part_bytes, enough));
    Upload upload(client_, blob);
    Result<void> done = base::guard([&]() -> Result<void> {
      ContentCheck check(blob.key);
      for (std::string_view bytes; !(bytes = reader.next(part)).empty();) {
        check.add(bytes);
        upload.send_part(std::string(bytes));
      }
      check.require_to_keep();
      upload.finish();
      return {};
    });
    if (done) return done;
    return upload.give_up(done.error());
  }

  const S3Client client_;
};

}  // namespace

Result<std::shared_ptr<BlobStore>> tuned_s3_blobs(const S3Options &options, S3Tuning tuning) {
  return base::guard([&]() -> Result<std::shared_ptr<BlobStore>> {
    require_sound(options);
    S3Options complete = options;
    if (!complete.network) {
      NetworkOptions through;
      through.transport = curl_transport(complete.curl).value();
      auto network = open_network(through);
      if (!network) return network.error();
      complete.network = *std::move(network);
    }
    return std::shared_ptr<BlobStore>(
        std::make_shared<S3Blobs>(S3Client(std::move(complete), std::move(tuning))));
  });
}

}  // namespace saleschecklist::storage

namespace saleschecklist {

Result<std::shared_ptr<BlobStore>> s3_blobs(const S3Options &options) {
  return storage::tuned_s3_blobs(options, {});
}

}  // namespace saleschecklist
