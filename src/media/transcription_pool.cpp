#include "media/transcription_pool.hpp"

#include "base/guard.hpp"

#include <algorithm>
#include <chrono>
#include <system_error>
#include <utility>

namespace saleschecklist::media {
namespace {

constexpr std::chrono::milliseconds poll{20};  // the interval at which cancellation is checked

}  // namespace

TranscriptionPool::TranscriptionPool(Transcriber &transcriber, std::size_t clips,
                                     std::size_t parallel, Usage &usage, const CallOptions &call)
    : transcriber_(transcriber),
      parallel_(std::max<std::size_t>(parallel, 1)),
      usage_(usage),
      progress_(call, "transcribe", clips),
      cancel_(call.cancel),
      heard_(clips) {
  progress_.done(0);
  const std::size_t size = std::min(parallel_, clips);
  threads_.reserve(size);
  for (std::size_t i = 0; i < size; ++i) {
    try {
      threads_.emplace_back([this] { work(); });
    } catch (const std::system_error &) {
      if (threads_.empty()) throw;
      break;  // the existing threads do the work
    } catch (...) {
      close();  // ends the threads that wait already
      throw;
    }
  }
}

TranscriptionPool::~TranscriptionPool() { close(); }

void TranscriptionPool::close() {
  {
    const std::lock_guard lock(mutex_);
    closing_ = true;
    waiting_.clear();
  }
  stop_.cancel();
  changed_.notify_all();
}

void TranscriptionPool::add(ClipJob job) {
  std::unique_lock lock(mutex_);
  wait_until_at_most(parallel_ - 1, lock);
  job.clip.cancel = stop_;
  job.clip.on_wait = progress_.on_wait();
  waiting_.push_back(std::move(job));
  ++held_;
  changed_.notify_all();
}

void TranscriptionPool::check() {
  const std::lock_guard lock(mutex_);
  throw_failure();
}

TranscribedClip &TranscriptionPool::finished(std::size_t index) {
  std::unique_lock lock(mutex_);
  wait_until_at_most(0, lock);
  return heard_[index];
}

std::vector<TranscribedClip> TranscriptionPool::finish() {
  std::unique_lock lock(mutex_);
  wait_until_at_most(0, lock);
  return std::move(heard_);
}

void TranscriptionPool::wait_until_at_most(std::size_t clips, std::unique_lock<std::mutex> &lock) {
  while (held_ > clips && !failure_ && !cancel_.cancelled()) changed_.wait_for(lock, poll);
  throw_failure();
}

void TranscriptionPool::throw_failure() const {
  if (cancel_.cancelled()) {
    throw BadResult(errors::cancelled());
  }
  if (failure_) throw BadResult(*failure_);
}

void TranscriptionPool::work() {
  for (;;) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return closing_ || !waiting_.empty(); });
    if (waiting_.empty()) return;
    ClipJob job = std::move(waiting_.front());
    waiting_.pop_front();
    lock.unlock();
    take(std::move(job));
  }
}

void TranscriptionPool::take(ClipJob job) {
  Usage used;
  Result<TranscribedClip> heard =
      base::guard([&] { return transcriber_.transcribe(job.clip, used); });
  const std::lock_guard lock(mutex_);
  usage_ += used;
  --held_;
  if (heard) {
    heard_[job.index] = *std::move(heard);
    progress_.done(++done_);
  } else if (!failure_) {
    failure_ = std::move(heard).error();
    failure_->where = std::move(job.place);
    stop_.cancel();
  }
  changed_.notify_all();
}

}  // namespace saleschecklist::media
