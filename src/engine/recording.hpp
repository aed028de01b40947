// A recording in the blob store, as a file with a path.
#ifndef SALESCHECKLIST_ENGINE_RECORDING_HPP
#define SALESCHECKLIST_ENGINE_RECORDING_HPP

#include <saleschecklist/blob_store.hpp>

#include <cstdint>
#include <string>

namespace saleschecklist::engine {

// The blob's own file if the blob store keeps files, else a temporary copy that exists as long as
// this object (and, on Linux, no longer than the process).
class LocalFile {
 public:
  // Fails as BlobStore::get() does, and with io if the copy cannot be written.
  static Result<LocalFile> of(BlobStore &blobs, const std::string &key);
  ~LocalFile();
  LocalFile(LocalFile &&other) noexcept;
  LocalFile &operator=(LocalFile &&) = delete;

  const std::string &path() const { return path_; }

 private:
  LocalFile() = default;
  std::string path_;
  int descriptor_ = -1;
};

// Reads the size and the hash of a file. Fails with io if it cannot be read.
struct FileFacts {
  std::string hash;  // SHA-256
  std::int64_t bytes = 0;
};
Result<FileFacts> facts_of(const std::string &file);

// "mp3" for "call.MP3"; empty if there is no extension or if it does not fit into a key.
std::string extension_of(const std::string &file);
// The media type of an extension; "application/octet-stream" if it is unknown.
std::string content_type_of(const std::string &extension);

}  // namespace saleschecklist::engine

#endif
