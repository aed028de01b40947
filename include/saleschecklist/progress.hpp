// The progress of a long call.
#ifndef SALESCHECKLIST_PROGRESS_HPP
#define SALESCHECKLIST_PROGRESS_HPP

#include <cstddef>
#include <functional>
#include <string_view>

namespace saleschecklist {

struct ProgressStep {
  // "transcribe", "assess", "score", "coach" or "speak"; valid only during the call.
  std::string_view stage;
  std::size_t done = 0;  // finished parts of the stage, from 0 to `total`; never decreases
  std::size_t total = 0;
};

// Called with one step at a time, in order, on any thread of the call that it was given to and
// before that call returns. Must not throw and should not block.
using Progress = std::function<void(const ProgressStep &step)>;

}  // namespace saleschecklist

#endif
