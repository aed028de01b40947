// How far a long piece of work is.
#ifndef SALESCHECKLIST_PROGRESS_HPP
#define SALESCHECKLIST_PROGRESS_HPP

#include <cstddef>
#include <functional>
#include <string_view>

namespace saleschecklist {

struct ProgressStep {
  std::string_view
      stage;  // "transcribe", "assess", "score", "coach" or "speak"; valid during the call
  std::size_t done = 0;  // parts of the stage, from 0 to total; never goes back
  std::size_t total = 0;
};

// Called one step at a time and in order, from any thread of the call that it was given to and
// before that call returns. Must not throw and should not block.
using Progress = std::function<void(const ProgressStep &step)>;

}  // namespace saleschecklist

#endif
