// Who asks what, and when: questions side by side, behind the first of each prefix.
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

// How a question ended, as far as the other ones are concerned.
enum class Ending {
  answered,  // the service replies
  failed,    // this one failed; another may succeed
  last,      // no further one is to begin
};

// Numbered questions, `per_prefix` of them in a row sharing a prefix. The first of a prefix goes
// ahead; the others may begin once its reply has, or once it is over. After two failures before any
// success nothing further begins.
class PrefixScheduler {
 public:
  // Asks question `index`; to call `warm` when the reply has begun.
  using Ask = std::function<Ending(std::size_t index, const std::function<void()> &warm)>;
  // Told of each question that has ended or will not begin, one call at a time.
  using Ended = std::function<void(std::size_t index)>;

  PrefixScheduler(std::size_t per_prefix, std::size_t questions, CancelToken cancel);

  // Asks all with `threads` at most. What they throw is thrown here, once nothing is under way.
  void run(std::size_t threads, const Ask &ask, const Ended &ended);

 private:
  struct Prefix {
    bool warm = false;
    bool leading = false;  // its first question is under way
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
