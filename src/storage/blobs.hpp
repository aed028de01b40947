// What all stores of blobs have in common: sound keys, reading what is to be kept, and contents
// that are what their key names.
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

// Throws invalid_argument when a key breaks the rules of Blob::key.
void require_sound_key(const std::string &key);

// Throws invalid_argument unless it is a time that link() takes.
void require_link_seconds(std::int64_t seconds);

Error blob_not_found(const std::string &key);

// What get() gives when the host wants no more.
Error blob_unwanted(const std::string &key);

// Compares bytes that go by with the SHA-256 that their key names; does nothing where it names
// none.
class ContentCheck {
 public:
  // `key` is sound.
  explicit ContentCheck(const std::string &key);

  void add(std::string_view piece);

  // After the last piece: throws when the bytes are other ones, of a blob that is being kept
  // (invalid_argument) or was kept (invalid_input).
  void require_to_keep();
  void require_kept();

 private:
  bool is_met();

  const std::string key_;
  std::string named_;  // the digest in lower case, or empty
  std::optional<base::Sha256> digest_;
};

// The content of a blob in order, from memory or from its file. What it is made of has to outlive
// it. Throws io when the file cannot be read, is no regular file or becomes shorter.
class BlobReader {
 public:
  explicit BlobReader(const Blob &blob);
  ~BlobReader();
  BlobReader(const BlobReader &) = delete;
  BlobReader &operator=(const BlobReader &) = delete;

  std::uint64_t size() const { return size_; }

  // The next bytes, `most` of them unless the end is nearer; empty at the end. They are gone with
  // the next call.
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
