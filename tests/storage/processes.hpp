// Other processes, for tests.
#ifndef SALESCHECKLIST_TESTS_STORAGE_PROCESSES_HPP
#define SALESCHECKLIST_TESTS_STORAGE_PROCESSES_HPP

#include <sys/types.h>

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace saleschecklist::test {

// Where files are soonest written: in memory, if the system has a place for that.
std::filesystem::path quick_folder();

// A folder of its own, removed at the end.
class TemporaryFolder {
 public:
  explicit TemporaryFolder(const std::filesystem::path &where = quick_folder());
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder &) = delete;
  TemporaryFolder &operator=(const TemporaryFolder &) = delete;
  const std::filesystem::path &path() const { return path_; }

 private:
  std::filesystem::path path_;
};

// Runs `body` in a process of its own, which ends with what it returns, or with 99 if it throws.
// Of stores that are open here, it must use none.
pid_t start_process(const std::function<int()> &body);
// What the process ended with; 128 and more: by a signal.
int wait_for(pid_t process);

// Starts a program that is ended with this one at the latest. `user`: who runs it; 0: as this one.
pid_t start_program(const std::vector<std::string> &words, uid_t user,
                    const std::filesystem::path &output);

}  // namespace saleschecklist::test

#endif
