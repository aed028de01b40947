// Files below a folder, opened one folder at a time so that no symbolic link leads out of it.
#ifndef SALESCHECKLIST_STORAGE_FOLDER_FILES_HPP
#define SALESCHECKLIST_STORAGE_FOLDER_FILES_HPP

#include <cerrno>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace saleschecklist::storage {

// Owns an open file or folder, and closes it on destruction.
class Handle {
 public:
  explicit Handle(int number = -1) : number_(number) {}
  ~Handle();
  Handle(Handle &&other) noexcept : number_(std::exchange(other.number_, -1)) {}
  Handle &operator=(Handle &&other) noexcept {
    std::swap(number_, other.number_);
    return *this;
  }

  int get() const { return number_; }
  int release() { return std::exchange(number_, -1); }
  bool is_open() const { return number_ >= 0; }

 private:
  int number_;
};

// Repeats a system call for as long as signals interrupt it.
template <class Call>
auto uninterrupted(const Call &call) {
  for (;;) {
    const auto done = call();
    if (done >= 0 || errno != EINTR) return done;
  }
}

// Throws BadResult (io), for example "cannot write: No space left on device". `number` is the value
// of errno.
[[noreturn]] void fail_io(const char *doing, int number, const std::string &where);

// The place of a key's file: its folders, opened from the top, and its name in the last one.
struct Place {
  std::vector<Handle> folders;
  std::vector<std::string> names;  // of the folders below the top
  std::string name;                // of the file
  std::string path;                // of the file, for errors

  int folder() const { return folders.back().get(); }
};

// Opens the folders of a key. With `create`, missing folders are created; returns std::nullopt if
// another process erased one of them at once. Without `create`, returns std::nullopt if a folder
// does not exist. Throws BadResult (io) if the path contains a symbolic link.
std::optional<Place> open_place(const std::string &top, const std::string &key, bool create);

// Removes the folders of a place that are empty, except the top.
void remove_empty(const Place &place);

// Returns once the entries of an open folder would survive a power failure.
void sync_folder(int folder, const std::string &where);

// The temporary file in which the content of a name is written. There is one per name, and its
// writer holds a lock on it, so an unlocked one was left behind by a process that ended.
std::string temporary_name(std::string_view name);

// Creates or takes over the temporary file of a place, empty and locked. Blocks while another
// process writes it. Returns std::nullopt if the folder was erased.
std::optional<Handle> lock_temporary(const Place &place);

// Removes all temporary files in the folder of a place that are not being written.
void remove_leftovers(const Place &place);

}  // namespace saleschecklist::storage

#endif
