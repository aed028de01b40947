// What all stores of blobs have in common: validation of keys, reading of content, and comparison
// of content with the digest in its key.
#ifndef SALESCHECKLIST_STORAGE_BLOBS_HPP
#define SALESCHECKLIST_STORAGE_BLOBS_HPP

#include <saleschecklist/blob_store.hpp>

#include "base/sha256.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace saleschecklist::storage {

constexpr std::size_t blob_piece_bytes = std::size_t{256} << 10;

// Throws BadResult (invalid_argument) if a key breaks the rules of Blob::key.
void require_sound_key(const std::string &key);

// Throws BadResult (invalid_argument) unless link() accepts the time.
void require_link_seconds(std::int64_t seconds);

Error blob_not_found(const std::string &key);

// The error of get() if the host stops reading.
Error blob_unwanted(const std::string &key);

// Compares the bytes that it is given with the SHA-256 that their key names. Does nothing if the
// key names none.
class ContentCheck {
 public:
  // `key` must be valid.
  explicit ContentCheck(const std::string &key);

  void add(std::string_view piece);

  // Must be called after the last piece. Throws BadResult if the bytes do not match:
  // invalid_argument if the blob is being stored, invalid_input if it was read from the store.
  void require_to_keep();
  void require_kept();

 private:
  bool is_met();

  const std::string key_;
  std::string named_;  // the digest in lower case; or empty
  std::optional<base::Sha256> digest_;
};

// Reads the content of a blob in order, from memory or from its file. The blob must outlive it.
// Throws BadResult (io) if the file cannot be read, is not a regular file, or becomes shorter.
class BlobReader {
 public:
  explicit BlobReader(const Blob &blob);
  ~BlobReader();
  BlobReader(const BlobReader &) = delete;
  BlobReader &operator=(const BlobReader &) = delete;

  std::uint64_t size() const { return size_; }

  // The next bytes: `most` of them, or fewer before the end; empty at the end. Valid until the next
  // call.
  std::string_view next(std::size_t most);

 private:
  void open_file();
  void read_file(char *to, std::size_t size);

  const Blob &blob_;
  int file_ = -1;
  std::uint64_t size_ = 0;
  std::uint64_t done_ = 0;
  std::string buffer_;
};

}  // namespace saleschecklist::storage

#endif
