#include "storage/blobs.hpp"
#include "base/errors.hpp"

#include "base/guard.hpp"
#include "net/secrets.hpp"

#include <saleschecklist/limits.hpp>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace saleschecklist::storage {
namespace {

constexpr std::size_t longest_part = 255;
constexpr std::int64_t longest_link_seconds = 604'800;

// Accepts ASCII letters and digits only, whatever the locale.
bool is_letter_or_digit(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool is_sound_part(std::string_view part) {
  constexpr std::string_view others = "-_.";
  return !part.empty() && part.size() <= longest_part && part.front() != '.' &&
         std::all_of(part.begin(), part.end(), [&](char c) {
           return is_letter_or_digit(c) || others.find(c) != std::string_view::npos;
         });
}

bool is_sound(std::string_view key) {
  if (key.size() > limits::blob_key_bytes) return false;
  for (;;) {
    const std::size_t slash = std::min(key.find('/'), key.size());
    if (!is_sound_part(key.substr(0, slash))) return false;
    if (slash == key.size()) return true;
    key.remove_prefix(slash + 1);
  }
}

// The digest that a key names, in lower case; empty if it names none.
std::string named_digest(std::string_view key) {
  const std::size_t slash = key.rfind('/');
  if (slash != std::string_view::npos) key.remove_prefix(slash + 1);
  std::string stem(key.substr(0, key.find('.')));
  for (char &c : stem) {
    if (c >= 'A' && c <= 'F') c = static_cast<char>(c - 'A' + 'a');
  }
  const bool is_digest =
      stem.size() == 64 && stem.find_first_not_of("0123456789abcdef") == std::string::npos;
  return is_digest ? stem : std::string();
}

}  // namespace

void require_sound_key(const std::string &key) {
  if (is_sound(key)) return;
  throw BadResult(errors::invalid_argument(
      fmt::format("expected a key of 1 to {1} bytes, whose parts, separated by '/', have 1 to {2} "
                  "letters, digits, '-', '_' and '.' and do not begin with '.'; got '{0}'",
                  net::excerpt(key, 100), limits::blob_key_bytes, longest_part),
      "key"));
}

void require_link_seconds(std::int64_t seconds) {
  if (seconds >= 1 && seconds <= longest_link_seconds) return;
  throw BadResult(errors::invalid_argument(
      fmt::format("expected 1 to {} seconds, got {}", longest_link_seconds, seconds), "seconds"));
}

Error blob_not_found(const std::string &key) {
  return errors::not_found("there is no such blob", key);
}

Error blob_unwanted(const std::string &key) { return errors::cancelled(key); }

ContentCheck::ContentCheck(const std::string &key) : key_(key), named_(named_digest(key)) {
  if (!named_.empty()) digest_.emplace();
}

void ContentCheck::add(std::string_view piece) {
  if (digest_) digest_->add(piece);
}

bool ContentCheck::is_met() { return !digest_ || digest_->hex() == named_; }

void ContentCheck::require_to_keep() {
  if (is_met()) return;
  throw BadResult(
      errors::invalid_argument("the SHA-256 of the bytes is not the one in the key", key_));
}

void ContentCheck::require_kept() {
  if (is_met()) return;
  throw BadResult(errors::invalid_input(
      "the stored blob is damaged: the SHA-256 of its bytes is not the one in its key", key_));
}

BlobReader::BlobReader(const Blob &blob) : blob_(blob), size_(blob.bytes.size()) {
  if (!blob.file.empty()) open_file();
}

BlobReader::~BlobReader() {
  if (file_ >= 0) ::close(file_);
}

// Opens without blocking, in case the file is a pipe without a writer.
void BlobReader::open_file() {
  struct stat about {};
  const int file = ::open(blob_.file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  const bool known = file >= 0 && ::fstat(file, &about) == 0;
  if (known && S_ISREG(about.st_mode)) {
    file_ = file;
    size_ = static_cast<std::uint64_t>(about.st_size);
    return;
  }
  const Error why = known ? errors::io("cannot read: it is not a regular file", blob_.file)
                          : errors::io("cannot read", errno, blob_.file);
  if (file >= 0) ::close(file);
  throw BadResult(why);
}

void BlobReader::read_file(char *to, std::size_t size) {
  while (size > 0) {
    const ssize_t done = ::read(file_, to, size);
    if (done < 0 && errno == EINTR) continue;
    if (done <= 0) {
      throw BadResult(done < 0
                          ? errors::io("cannot read", errno, blob_.file)
                          : errors::io("cannot read: the file has become shorter", blob_.file));
    }
    to += done;
    size -= static_cast<std::size_t>(done);
  }
}

std::string_view BlobReader::next(std::size_t most) {
  const auto size = static_cast<std::size_t>(std::min<std::uint64_t>(most, size_ - done_));
  const std::uint64_t begin = done_;
  done_ += size;
  if (file_ < 0) return std::string_view(blob_.bytes).substr(begin, size);
  buffer_.resize(size);
  read_file(buffer_.data(), size);
  return buffer_;
}

}  // namespace saleschecklist::storage

namespace saleschecklist {

Result<std::string> read_blob(BlobStore &blobs, const std::string &key) {
  return base::guard([&]() -> Result<std::string> {
    std::string out;
    const Result<void> done = blobs.get(key, [&](std::string_view piece) {
      out.append(piece);
      return true;
    });
    if (!done) return done.error();
    return out;
  });
}

}  // namespace saleschecklist
