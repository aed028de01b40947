// The port for storing recordings, spoken coaching and reports.
#ifndef SALESCHECKLIST_BLOB_STORE_HPP
#define SALESCHECKLIST_BLOB_STORE_HPP

#include <saleschecklist/result.hpp>

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace saleschecklist {

struct Blob {
  // At most 512 bytes: parts separated by '/', each of at most 255 letters, digits, '-', '_' and
  // '.', not beginning with a dot. If the last part is 64 hexadecimal digits, with or without an
  // extension, it is the SHA-256 of the bytes.
  std::string key;
  std::string content_type = "application/octet-stream";
  std::string bytes{};
  std::string file{};  // if not empty, the path of a file that is streamed instead of `bytes`
};

// Thread-safe. Several processes may use the same blobs.
class SALESCHECKLIST_API BlobStore {
 public:
  virtual ~BlobStore() = default;

  // Stores a blob, replacing what the key had. When it returns, the blob is complete and durable;
  // if it fails, nothing was replaced. Fails with invalid_argument if the key is malformed or is
  // the SHA-256 of other bytes, and with io, network, unauthorized or refused if it cannot be
  // written.
  virtual Result<void> put(const Blob &blob) = 0;

  // Passes the bytes to `piece` in order; if it returns false, the call fails with cancelled. Fails
  // with not_found if there is no such blob, with invalid_input if the key is the SHA-256 of other
  // bytes, and as put() does. The caller must discard what was passed before a failure.
  virtual Result<void> get(const std::string &key,
                           const std::function<bool(std::string_view piece)> &piece) = 0;

  // Removes a blob, if it exists.
  virtual Result<void> erase(const std::string &key) = 0;

  // A URL from which anyone who has it can read the blob for that many seconds, 1 to 604,800:
  // https, or a file URL, which does not expire, if the blob is on this machine. Does not check
  // whether the blob exists. Fails with unsupported if the store has no URLs.
  virtual Result<std::string> link(const std::string &key, std::int64_t seconds) = 0;
};

// Reads a whole blob into memory. Fails as BlobStore::get() does.
SALESCHECKLIST_API Result<std::string> read_blob(BlobStore &blobs, const std::string &key);

}  // namespace saleschecklist

#endif
