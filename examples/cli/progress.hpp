// What the terminal shows during long calls.
#ifndef SALESCHECKLIST_CLI_PROGRESS_HPP
#define SALESCHECKLIST_CLI_PROGRESS_HPP

#include <saleschecklist/saleschecklist.hpp>

#include <string>

namespace cli {

// A line on standard error that says what is being done, and is removed afterwards. Shows nothing
// if standard error is not a terminal. Thread-safe for the library's Progress callbacks.
class Progress {
 public:
  explicit Progress(bool quiet);
  ~Progress();
  Progress(const Progress &) = delete;
  Progress &operator=(const Progress &) = delete;

  void step(const std::string &what) const;
  void clear() const;

  // Draws the progress of the library's stages as a bar.
  saleschecklist::Progress bar() const;

 private:
  bool shown_;
};

// What the stages of a report used and cost, one line each; empty if nothing was used.
std::string usage_lines(const std::vector<saleschecklist::StageUsage> &stages);

}  // namespace cli

#endif
