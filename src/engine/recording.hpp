// A recording that is kept as a blob, as a file that can be opened by its path.
#ifndef SALESCHECKLIST_ENGINE_RECORDING_HPP
#define SALESCHECKLIST_ENGINE_RECORDING_HPP

#include <saleschecklist/blob_store.hpp>

#include <cstdint>
#include <string>

namespace saleschecklist::engine {

// The file where the blobs already are files, else a copy without a name, which is gone when this
// is, and on Linux when the process is.
class LocalFile {
 public:
  // Fails as BlobStore::get() does, and with io when there is no room for the copy.
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

// What is to be known of a file before it is kept. Fails with io when it cannot be read.
struct FileFacts {
  std::string hash;  // SHA-256
  std::int64_t bytes = 0;
};
Result<FileFacts> facts_of(const std::string &file);

// "call.MP3" is "mp3"; empty where there is none that is fit for a key.
std::string extension_of(const std::string &file);
// By the extension; "application/octet-stream" for unknown ones.
std::string content_type_of(const std::string &extension);

}  // namespace saleschecklist::engine

#endif
