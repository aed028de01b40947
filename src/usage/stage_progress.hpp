// Tells the host how far a stage is, and what it waits for.
#ifndef SALESCHECKLIST_USAGE_STAGE_PROGRESS_HPP
#define SALESCHECKLIST_USAGE_STAGE_PROGRESS_HPP

#include <saleschecklist/call_options.hpp>

#include <cstdint>
#include <functional>
#include <mutex>
#include <string_view>

namespace saleschecklist::usage {

// Thread-safe: it calls the host's callbacks with one step at a time.
class StageProgress {
 public:
  // `call` and `stage` must outlive it.
  StageProgress(const CallOptions &call, std::string_view stage, std::size_t total)
      : call_(call), stage_(stage), total_(total) {}

  void done(std::size_t parts);

  // A request of the stage waits for a rate limit until that time, in ms since 1970-01-01 UTC; 0:
  // no longer.
  void waits(std::int64_t until_ms);

  // waits(), for ModelRequest::on_wait and its like. It must outlive them.
  std::function<void(std::int64_t)> on_wait() {
    return [this](std::int64_t until_ms) { waits(until_ms); };
  }

 private:
  void report() const;

  const CallOptions &call_;
  const std::string_view stage_;
  const std::size_t total_;
  std::mutex mutex_;
  std::size_t done_ = 0;
  std::int64_t waits_until_ms_ = 0;
};

}  // namespace saleschecklist::usage

#endif
