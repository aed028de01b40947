// memory_blobs().
#include <saleschecklist/storage.hpp>

#include "base/errors.hpp"
#include "base/guard.hpp"
#include "storage/blobs.hpp"

#include <map>
#include <mutex>

namespace saleschecklist {
namespace {

class MemoryBlobs final : public BlobStore {
 public:
  Result<void> put(const Blob &blob) override {
    return base::guard([&]() -> Result<void> {
      storage::require_sound_key(blob.key);
      auto bytes = std::make_shared<const std::string>(all_of(blob));
      const std::lock_guard lock(mutex_);
      blobs_[blob.key] = std::move(bytes);
      return {};
    });
  }

  Result<void> get(const std::string &key,
                   const std::function<bool(std::string_view)> &piece) override {
    return base::guard([&]() -> Result<void> {
      storage::require_sound_key(key);
      const std::shared_ptr<const std::string> bytes = find(key);
      if (!bytes) return storage::blob_not_found(key);
      std::string_view left = *bytes;
      while (!left.empty()) {
        if (!piece(left.substr(0, storage::blob_piece_bytes))) return storage::blob_unwanted(key);
        left.remove_prefix(std::min(storage::blob_piece_bytes, left.size()));
      }
      return {};
    });
  }

  Result<void> erase(const std::string &key) override {
    return base::guard([&]() -> Result<void> {
      storage::require_sound_key(key);
      const std::lock_guard lock(mutex_);
      blobs_.erase(key);
      return {};
    });
  }

  Result<std::string> link(const std::string &key, std::int64_t seconds) override {
    return base::guard([&]() -> Result<std::string> {
      storage::require_sound_key(key);
      storage::require_link_seconds(seconds);
      return errors::unsupported("blobs in memory have no URL", key);
    });
  }

 private:
  static std::string all_of(const Blob &blob) {
    storage::BlobReader reader(blob);
    storage::ContentCheck check(blob.key);
    std::string out;
    for (std::string_view piece; !(piece = reader.next(storage::blob_piece_bytes)).empty();) {
      check.add(piece);
      out.append(piece);
    }
    check.require_to_keep();
    return out;
  }

  // Shared, so that a reader keeps a blob that another thread replaces.
  std::shared_ptr<const std::string> find(const std::string &key) const {
    const std::lock_guard lock(mutex_);
    const auto found = blobs_.find(key);
    return found == blobs_.end() ? nullptr : found->second;
  }

  mutable std::mutex mutex_;
  std::map<std::string, std::shared_ptr<const std::string>> blobs_;
};

}  // namespace

std::shared_ptr<BlobStore> memory_blobs() { return std::make_shared<MemoryBlobs>(); }

}  // namespace saleschecklist
