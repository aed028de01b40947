// One worker's claim on a session, so that no two of them pay for the same work.
#ifndef SALESCHECKLIST_ENGINE_LEASE_HPP
#define SALESCHECKLIST_ENGINE_LEASE_HPP

#include "engine/transaction.hpp"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

namespace saleschecklist::engine {

// How long work waits for a store that cannot be reached before it gives up.
inline constexpr std::int64_t store_patience_ms = 30'000;

// A session's job record says when it is next to be worked on: at once, when the lease of whoever
// works on it ends, or never. Its revision is the fence: who claims it or gives the session
// something new to do raises it, and every write of a worker is committed together with a check
// that it is still the one that the worker knows.
inline constexpr std::int64_t job_never = 253'402'300'799'999;  // the end of the year 9999

Write job_write(const Context &context, const std::string &session, std::int64_t due);

// Whether a job waits for a worker: it is due, or its worker is certainly gone.
bool is_waiting(const Context &context, const Record &job);

class Lease {
 public:
  // Fails with conflict while another worker has the session, and, if it has to be waiting, when it
  // is not.
  static Result<std::unique_ptr<Lease>> claim(const Context &context, const std::string &session,
                                              const CancelToken &cancel, bool only_waiting = false);
  // Gives the session back, to be gone on with by anyone, unless it was parked.
  ~Lease();
  Lease(const Lease &) = delete;
  Lease &operator=(const Lease &) = delete;

  // Cancelled when the host cancels, and when the lease is lost.
  const CancelToken &cancel() const { return stop_; }
  bool is_lost() const { return lost_; }
  // Whether nobody else can have the session by now.
  bool holds() const;
  // The same, after a late renewal if need be; to be asked before anything is paid.
  bool ensure();
  // What a call ended by cancel() is to fail with.
  Error ending() const;

  // As mutate(), while the lease is held; conflict when it is lost.
  Result<SessionRecord> mutate(const Mutation &mutation);
  // The same, after which nobody is to go on by himself.
  Result<SessionRecord> mutate_and_park(const Mutation &mutation);
  // Keeps a record that the audit log does not vouch for.
  Result<void> keep(const Record &record);
  // Nobody is to go on by himself.
  void park();
  bool is_parked() const { return parked_; }

  const Context &context() const { return context_; }
  const std::string &session() const { return session_; }

 private:
  Lease(const Context &context, std::string session, std::int64_t revision, std::string worker,
        std::chrono::steady_clock::time_point begun, CancelToken cancel);
  void heartbeat() noexcept;  // in a thread of its own
  void keep_renewing();
  void renew();
  bool recover();
  void give_back() noexcept;
  void lose();
  Write fence() const;
  Record held_job() const;
  Result<SessionRecord> fenced(const Mutation &mutation, const std::function<Write()> &job);

  const Context &context_;
  const std::string session_;
  const std::string worker_;  // process_document()
  const CancelToken host_, stop_;
  std::mutex commits_;  // one at a time, since some raise the revision that others check
  std::atomic<std::int64_t> revision_;
  std::atomic<bool> parked_{false};
  std::atomic<bool> lost_{false};
  std::atomic<std::chrono::steady_clock::time_point> valid_until_;
  std::mutex mutex_;
  std::condition_variable changed_;
  bool done_ = false;
  std::thread heartbeat_;
};

}  // namespace saleschecklist::engine

#endif
