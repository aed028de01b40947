// folder_blobs()
//
// A blob is a file whose path is its key. It is written under a temporary name in the same folder,
// ".put-...", and renamed once all of it is on the disk. What a killed process leaves behind is
// never read; the next put() of the same key takes it over, and the next erase() of any key in that
// folder removes it.
#include <saleschecklist/storage.hpp>

#include "base/errors.hpp"
#include "base/guard.hpp"
#include "base/percent_encoding.hpp"
#include "storage/blobs.hpp"
#include "storage/folder/files.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>

namespace saleschecklist {
namespace {

constexpr int most_tries = 1'000;  // if others erase the folder meanwhile

void write_all(int file, std::string_view bytes, const std::string &where) {
  while (!bytes.empty()) {
    const ssize_t done =
        storage::uninterrupted([&] { return ::write(file, bytes.data(), bytes.size()); });
    if (done < 0) storage::fail_io("cannot write", errno, where);
    bytes.remove_prefix(static_cast<std::size_t>(done));
  }
}

// Writes all of a blob to the disk.
void write_blob(const Blob &blob, int file, const std::string &where) {
  storage::BlobReader reader(blob);
  storage::ContentCheck check(blob.key);
  for (std::string_view piece; !(piece = reader.next(storage::blob_piece_bytes)).empty();) {
    check.add(piece);
    write_all(file, piece, where);
  }
  check.require_to_keep();
  if (storage::uninterrupted([&] { return ::fsync(file); }) != 0)
    storage::fail_io("cannot write", errno, where);
}

// Renames a complete temporary file to its final name.
void publish(const storage::Place &place, const std::string &temporary) {
  if (::renameat(place.folder(), temporary.c_str(), place.folder(), place.name.c_str()) != 0) {
    storage::fail_io("cannot write", errno, place.path);
  }
}

// Returns false if the folder was erased meanwhile.
bool put_at(const storage::Place &place, const Blob &blob) {
  const std::string temporary = storage::temporary_name(place.name);  // known before it is needed
  const std::optional<storage::Handle> file = storage::lock_temporary(place);
  if (!file) return false;
  try {
    write_blob(blob, file->get(), place.path);
    publish(place, temporary);
  } catch (...) {
    ::unlinkat(place.folder(), temporary.c_str(), 0);
    throw;
  }
  for (const storage::Handle &folder : place.folders)
    storage::sync_folder(folder.get(), place.path);
  return true;
}

bool try_put(const std::string &top, const Blob &blob) {
  const std::optional<storage::Place> place = storage::open_place(top, blob.key, true);
  if (!place) return false;
  try {
    return put_at(*place, blob);
  } catch (...) {
    storage::remove_empty(*place);
    throw;
  }
}

// Opens the file of a key. The handle is not open if there is no such file.
storage::Handle open_blob(const storage::Place &place) {
  storage::Handle file(storage::uninterrupted([&] {
    return ::openat(place.folder(), place.name.c_str(),
                    O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
  }));
  if (!file.is_open()) {
    if (errno == ENOENT) return file;
    storage::fail_io(errno == ELOOP ? "the path contains a symbolic link" : "cannot read", errno,
                     place.path);
  }
  struct stat about {};
  if (::fstat(file.get(), &about) != 0) storage::fail_io("cannot read", errno, place.path);
  return S_ISREG(about.st_mode) ? std::move(file) : storage::Handle();
}

std::size_t read_some(int file, std::string &buffer, const std::string &where) {
  const ssize_t size =
      storage::uninterrupted([&] { return ::read(file, buffer.data(), buffer.size()); });
  if (size < 0) storage::fail_io("cannot read", errno, where);
  return static_cast<std::size_t>(size);
}

class FolderBlobs final : public BlobStore {
 public:
  explicit FolderBlobs(std::string top) : top_(std::move(top)) {}

  Result<void> put(const Blob &blob) override {
    return base::guard([&]() -> Result<void> {
      storage::require_sound_key(blob.key);
      for (int tried = 0; tried < most_tries; ++tried) {
        if (try_put(top_, blob)) return {};
      }
      return errors::io("cannot write: the folder is repeatedly erased by others", blob.key);
    });
  }

  Result<void> get(const std::string &key,
                   const std::function<bool(std::string_view)> &piece) override {
    return base::guard([&]() -> Result<void> {
      storage::require_sound_key(key);
      const std::optional<storage::Place> place = storage::open_place(top_, key, false);
      const storage::Handle file = place ? open_blob(*place) : storage::Handle();
      if (!file.is_open()) return storage::blob_not_found(key);
      storage::ContentCheck check(key);
      std::string buffer(storage::blob_piece_bytes, '\0');
      while (const std::size_t size = read_some(file.get(), buffer, place->path)) {
        const std::string_view bytes(buffer.data(), size);
        check.add(bytes);
        if (!piece(bytes)) return storage::blob_unwanted(key);
      }
      check.require_kept();
      return {};
    });
  }

  Result<void> erase(const std::string &key) override {
    return base::guard([&]() -> Result<void> {
      storage::require_sound_key(key);
      const std::optional<storage::Place> place = storage::open_place(top_, key, false);
      if (!place) return {};
      const int done = ::unlinkat(place->folder(), place->name.c_str(), 0);
      if (done != 0 && errno != ENOENT && errno != EISDIR) {
        storage::fail_io("cannot erase", errno, place->path);
      }
      storage::remove_leftovers(*place);
      storage::sync_folder(place->folder(), place->path);
      storage::remove_empty(*place);
      return {};
    });
  }

  Result<std::string> link(const std::string &key, std::int64_t seconds) override {
    return base::guard([&]() -> Result<std::string> {
      storage::require_sound_key(key);
      storage::require_link_seconds(seconds);
      return "file://" + base::percent_encode(top_ + "/" + key, "/");
    });
  }

 private:
  const std::string top_;  // absolute, so that it does not depend on the working folder
};

bool is_folder(const std::filesystem::path &path) {
  std::error_code ignored;
  return std::filesystem::is_directory(path, ignored);
}

// Creates a folder and its missing parents, accessible to their owner only.
void create_folders(const std::filesystem::path &path) {
  if (is_folder(path) || !path.has_relative_path()) return;
  const std::filesystem::path above = path.parent_path();
  create_folders(above);
  if (::mkdir(path.c_str(), 0700) != 0 && (errno != EEXIST || !is_folder(path))) {
    storage::fail_io("cannot create", errno == EEXIST ? ENOTDIR : errno, path.string());
  }
  const storage::Handle folder(::open(above.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (folder.is_open()) storage::sync_folder(folder.get(), path.string());
}

}  // namespace

Result<std::shared_ptr<BlobStore>> folder_blobs(const std::string &folder) {
  return base::guard([&]() -> Result<std::shared_ptr<BlobStore>> {
    if (folder.empty() || folder.find('\0') != std::string::npos) {
      return errors::invalid_argument("expected the path of a folder, got an empty one", "folder");
    }
    const std::filesystem::path path = std::filesystem::absolute(folder);
    create_folders(path);
    std::error_code wrong;
    const std::filesystem::path top = std::filesystem::canonical(path, wrong);
    if (wrong) storage::fail_io("cannot open", wrong.value(), path.string());
    return std::shared_ptr<BlobStore>(std::make_shared<FolderBlobs>(top.string()));
  });
}

}  // namespace saleschecklist
