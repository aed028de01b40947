// The port to where recordings, spoken coaching and reports are kept.
#ifndef SALESCHECKLIST_BLOB_STORE_HPP
#define SALESCHECKLIST_BLOB_STORE_HPP

#include <saleschecklist/result.hpp>

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace saleschecklist {

struct Blob {
  // Parts of letters, digits, '-', '_' and '.', separated by '/'; no part begins with a dot or is
  // longer than 255 bytes. At most 512 bytes. A last part of 64 hexadecimal digits, with or without
  // an extension, is the SHA-256 of the bytes.
  std::string key;
  std::string content_type = "application/octet-stream";
  std::string bytes{};
  std::string file{};  // instead of `bytes`, when not empty; it is read as it goes
};

// Thread-safe, and several processes may use the same blobs.
class SALESCHECKLIST_API BlobStore {
 public:
  virtual ~BlobStore() = default;

  // Keeps a blob, in place of what the key had; whole and durable when it returns, else not there
  // at all. Fails with invalid_argument for an unsound key or one that names other bytes, and with
  // io, network, unauthorized or refused when it cannot be written.
  virtual Result<Done> put(const Blob &blob) = 0;

  // Hands the bytes over, piece by piece and in order; the first `false` ends it as cancelled.
  // Fails with not_found, with invalid_input when they are not those that the key names, and as
  // put() does; what was handed over by then is to be thrown away.
  virtual Result<Done> get(const std::string &key,
                           const std::function<bool(std::string_view piece)> &piece) = 0;

  // What is not there is erased already.
  virtual Result<Done> erase(const std::string &key) = 0;

  // An address at which whoever has it can read the blob for so many seconds, 1 to 604,800: https,
  // or file where it is on this machine, and then without an end. Does not look whether the blob is
  // there. Fails with unsupported where there are no addresses.
  virtual Result<std::string> link(const std::string &key, std::int64_t seconds) = 0;
};

// All of a blob in memory.
SALESCHECKLIST_API Result<std::string> read_blob(BlobStore &blobs, const std::string &key);

}  // namespace saleschecklist

#endif
