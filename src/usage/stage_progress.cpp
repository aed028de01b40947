#include "usage/stage_progress.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

namespace saleschecklist::usage {
namespace {

constexpr std::int64_t same_ms = 2'000;  // waits whose ends differ by less are one

}  // namespace

void StageProgress::done(std::size_t parts) {
  const std::lock_guard lock(mutex_);
  done_ = parts;
  report();
}

void StageProgress::waits(std::int64_t until_ms) {
  const std::lock_guard lock(mutex_);
  const bool over = until_ms == 0 && waits_until_ms_ != 0;
  if (!over && until_ms < waits_until_ms_ + same_ms) return;
  waits_until_ms_ = until_ms;
  report();
  if (over || !call_.log) return;
  call_.log(
      LogLevel::info,
      fmt::format("{}: waiting for a rate limit of the service until {:%Y-%m-%d %H:%M:%S} UTC",
                  stage_, fmt::gmtime(static_cast<std::time_t>(until_ms / 1'000))));
}

void StageProgress::report() const {
  if (call_.progress) call_.progress({stage_, done_, total_, waits_until_ms_});
}

}  // namespace saleschecklist::usage
