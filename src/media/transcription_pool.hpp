// Transcribes clips in parallel.
#ifndef SALESCHECKLIST_MEDIA_TRANSCRIPTION_POOL_HPP
#define SALESCHECKLIST_MEDIA_TRANSCRIPTION_POOL_HPP

#include <saleschecklist/call_options.hpp>
#include <saleschecklist/transcriber.hpp>

#include "usage/stage_progress.hpp"

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

namespace saleschecklist::media {

struct ClipJob {
  std::size_t index = 0;  // of the result
  std::string place;      // in the recording, for error messages
  AudioClip clip;
};

// One thread adds jobs and takes the results. The destructor cancels requests in progress.
class TranscriptionPool {
 public:
  // Holds at most `parallel` clips at a time. `call` is the host's, and outlives it. `usage` is
  // updated until finish() or the destructor returns.
  TranscriptionPool(Transcriber &transcriber, std::size_t clips, std::size_t parallel, Usage &usage,
                    const CallOptions &call);
  ~TranscriptionPool();

  // Blocks until there is room. Throws BadResult with the first failure of any clip, or cancelled.
  void add(ClipJob job);

  // Throws as add() does, but does not block.
  void check();

  // Waits for all clips added so far and returns the transcription of one of them. Throws as add()
  // does.
  TranscribedClip &finished(std::size_t index);

  // Waits for all clips and returns their transcriptions by index. Throws as add() does.
  std::vector<TranscribedClip> finish();

 private:
  void close();
  void work();
  void take(ClipJob job);
  void wait_until_at_most(std::size_t clips, std::unique_lock<std::mutex> &lock);
  void throw_failure() const;

  Transcriber &transcriber_;
  const std::size_t parallel_;
  Usage &usage_;
  usage::StageProgress progress_;
  const CancelToken cancel_;  // the host's
  const CancelToken stop_;    // ends requests in progress
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<ClipJob> waiting_;
  std::size_t held_ = 0;  // clips waiting or being transcribed
  std::size_t done_ = 0;
  bool closing_ = false;
  std::optional<Error> failure_;
  std::vector<TranscribedClip> heard_;
  std::vector<std::jthread> threads_;  // destroyed first: they use the other members
};

}  // namespace saleschecklist::media

#endif
