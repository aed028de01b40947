// Runs questions in parallel, so that those with one prefix follow the first of them.
#ifndef SALESCHECKLIST_ASSESS_MODEL_PREFIX_SCHEDULER_HPP
#define SALESCHECKLIST_ASSESS_MODEL_PREFIX_SCHEDULER_HPP

#include <saleschecklist/cancel.hpp>

#include <condition_variable>
#include <cstddef>
#include <exception>
#include <functional>
#include <mutex>
#include <vector>

namespace saleschecklist::assessing {

// How a question ended, as far as it concerns the other questions.
enum class Ending {
  answered,  // the service replies
  failed,    // this one failed; another may succeed
  last,      // no further question may begin
};

// Questions are numbered from 0; each `per_prefix` consecutive ones share a prefix. The first
// question of a prefix begins alone; the others may begin once its reply begins, or once it is
// over. After two failures without any success no further question begins.
class PrefixScheduler {
 public:
  // Asks question `index`; must call `warm` when the reply begins.
  using Ask = std::function<Ending(std::size_t index, const std::function<void()> &warm)>;
  // Called for each question that has ended or will not begin, one call at a time.
  using Ended = std::function<void(std::size_t index)>;

  PrefixScheduler(std::size_t per_prefix, std::size_t questions, CancelToken cancel);

  // Asks all questions with at most `threads` threads. Rethrows the first exception once all
  // threads are finished.
  void run(std::size_t threads, const Ask &ask, const Ended &ended);

 private:
  struct Prefix {
    bool warm = false;
    bool leading = false;  // whether its first question is running
  };

  static constexpr std::size_t none = static_cast<std::size_t>(-1);
  static constexpr int most_failures = 2;

  void work(const Ask &ask, const Ended &ended);
  std::size_t next();  // a question that may begin now, or none
  bool over() const { return stopped_ || begun_count_ == begun_.size() || cancel_.cancelled(); }
  void finish(std::size_t index, Ending ending);

  const std::size_t per_prefix_;
  const CancelToken cancel_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<bool> begun_;
  std::size_t begun_count_ = 0;
  std::vector<Prefix> prefixes_;
  bool stopped_ = false, replied_ = false;
  int failures_ = 0;
  std::exception_ptr thrown_;
};

}  // namespace saleschecklist::assessing

#endif
