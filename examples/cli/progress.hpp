// What the terminal shows while work is under way.
#ifndef SALESCHECKLIST_CLI_PROGRESS_HPP
#define SALESCHECKLIST_CLI_PROGRESS_HPP

#include <saleschecklist/saleschecklist.hpp>

#include <string>

namespace cli {

// One line on standard error that says what is being done, and is gone afterwards. Shows nothing
// where standard error is no terminal. Thread-safe as far as the library's Progress is called.
class Progress {
 public:
  explicit Progress(bool quiet);
  ~Progress();
  Progress(const Progress &) = delete;
  Progress &operator=(const Progress &) = delete;

  void step(const std::string &what) const;
  void clear() const;

  // Draws the stages of the library's longer calls as a bar.
  saleschecklist::Progress bar() const;

 private:
  bool shown_;
};

// What the stages of a report used and cost, a line for each; empty when nothing was used.
std::string usage_lines(const std::vector<saleschecklist::StageUsage> &stages);

}  // namespace cli

#endif
