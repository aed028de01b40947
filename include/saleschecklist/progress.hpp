// The progress of a long call.
#ifndef SALESCHECKLIST_PROGRESS_HPP
#define SALESCHECKLIST_PROGRESS_HPP

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string_view>

namespace saleschecklist {

struct ProgressStep {
  // "transcribe", "separate", "assess", "score", "coach" or "speak"; valid only during the call.
  std::string_view stage;
  std::size_t done = 0;  // finished parts of the stage, from 0 to `total`; never decreases
  std::size_t total = 0;
  // Not 0: the stage waits for a rate limit of a service, until this time in ms since 1970-01-01
  // UTC.
  std::int64_t waits_until_ms = 0;
};

// Called with one step at a time, in order, on any thread of the call that it was given to and
// before that call returns. Must not throw and should not block.
using Progress = std::function<void(const ProgressStep &step)>;

}  // namespace saleschecklist

#endif
