// Files below a folder, reached one folder at a time so that no link leads out of it.
#ifndef SALESCHECKLIST_STORAGE_FOLDER_FILES_HPP
#define SALESCHECKLIST_STORAGE_FOLDER_FILES_HPP

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace saleschecklist::storage {

// An open file or folder, closed at the end.
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

// Throws io: "cannot write: No space left on device", by the number that errno had.
[[noreturn]] void fail_io(const char *doing, int number, const std::string &where);

// The folders in which the file of a key is, open from the top one on, and its name there.
struct Place {
  std::vector<Handle> folders;
  std::vector<std::string> names;  // of the folders below the top one
  std::string name;                // of the file
  std::string path;                // of the file, for errors

  int folder() const { return folders.back().get(); }
};

// Opens the folders of a key. With `create` they are made where they are missing; nothing when one
// is gone at once because somebody erases it. Else nothing when one is not there. Throws io when a
// link is in the way.
std::optional<Place> open_place(const std::string &top, const std::string &key, bool create);

// Removes the folders of a place as far as they are empty, never the top one.
void remove_empty(const Place &place);

// Waits until the names in an open folder would survive a loss of power.
void sync_folder(int folder, const std::string &where);

// The file in which the content of a name is written before it gets that name. There is one for
// each name, and who writes it has it locked, so that what is not locked was left behind by a
// process that ended.
std::string temporary_name(std::string_view name);

// Creates or takes over the temporary of a place, empty and locked; waits while another one writes
// it. Nothing when the folder is gone.
std::optional<Handle> lock_temporary(const Place &place);

// Removes all temporaries in the folder of a place that nobody writes.
void remove_leftovers(const Place &place);

}  // namespace saleschecklist::storage

#endif
