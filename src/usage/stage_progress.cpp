#include "usage/stage_progress.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <chrono>

namespace saleschecklist::usage {
namespace {

constexpr std::int64_t same_ms = 2'000;  // waits whose ends differ by less are one

std::int64_t now_ms() {
  return std::chrono::duration_cast<std::chrono::milliseconds>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

}  // namespace

void StageProgress::done(std::size_t parts) {
  const std::lock_guard lock(mutex_);
  done_ = parts;
  if (waits_until_ms_ <= now_ms()) waits_until_ms_ = 0;
  report();
}

void StageProgress::waits(std::int64_t until_ms) {
  const std::lock_guard lock(mutex_);
  if (until_ms < waits_until_ms_ + same_ms) return;
  waits_until_ms_ = until_ms;
  report();
  if (!call_.log) return;
  call_.log(
      LogLevel::info,
      fmt::format("{}: waiting for a rate limit of the service until {:%Y-%m-%d %H:%M:%S} UTC",
                  stage_, fmt::gmtime(static_cast<std::time_t>(until_ms / 1'000))));
}

void StageProgress::report() const {
  if (call_.progress) call_.progress({stage_, done_, total_, waits_until_ms_});
}

}  // namespace saleschecklist::usage
