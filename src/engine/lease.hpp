// A worker's exclusive right to work on a session, so that no two workers pay for the same work.
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

// How long a worker retries a store that cannot be reached.
inline constexpr std::int64_t store_patience_ms = 30'000;

// A session's job record says when the session may next be claimed: now, when the current lease
// expires, or never. Its revision is the fencing token: claiming the session or giving it new input
// increments the revision, and every write of a worker is committed together with a check that the
// revision is still the one that the worker knows.
inline constexpr std::int64_t job_never = 253'402'300'799'999;  // the end of the year 9999

Write job_write(const Context &context, const std::string &session, std::int64_t due);

// Whether a job may be claimed: it is due or nobody holds it, its worker has certainly ended, or
// its lease ends so late that a clock must have been wrong when it was written: later than by twice
// its length, and by more than a minute beyond it.
bool is_waiting(const Context &context, const Record &job);

class Lease {
 public:
  // Fails with conflict while another worker holds the session, and, with `only_waiting`, if the
  // job is not waiting.
  static Result<std::unique_ptr<Lease>> claim(const Context &context, const std::string &session,
                                              const CancelToken &cancel, bool only_waiting = false);
  // Releases the session, so that any worker may continue it, unless it is parked.
  ~Lease();
  Lease(const Lease &) = delete;
  Lease &operator=(const Lease &) = delete;

  // Cancelled if the host cancels or the lease is lost.
  const CancelToken &cancel_token() const { return stop_; }
  bool is_lost() const { return lost_; }
  // Whether the lease has not expired, so that no other worker can hold the session.
  bool holds() const;
  // The same, after renewing the lease if necessary. Must be called before anything is paid for.
  bool ensure();
  // The error of a call that cancel_token() stopped: cancelled, or conflict if the lease is lost.
  Error stop_error() const;

  // As engine::mutate(); fails with conflict if the lease is lost.
  Result<SessionRecord> mutate(const Mutation &mutation);
  // The same, and parks the session in the same commit.
  Result<SessionRecord> mutate_and_park(const Mutation &mutation);
  // Writes a record that the audit log does not cover.
  Result<void> keep(const Record &record);
  // Releases the session so that run_pending() skips it; is_parked() is false if the store failed.
  void park();
  bool is_parked() const { return parked_; }

  const Context &context() const { return context_; }
  const std::string &session() const { return session_; }

 private:
  Lease(const Context &context, std::string session, std::int64_t revision, std::string worker,
        LiveClaim claim, std::chrono::steady_clock::time_point begun, CancelToken cancel);
  void heartbeat() noexcept;  // the body of heartbeat_
  void keep_renewing();
  void renew();
  bool recover();
  Result<void> tell_wrong_clock(std::int64_t ahead_ms);
  void give_back() noexcept;
  void lose();
  Write fence() const;
  Record held_job() const;
  Result<SessionRecord> fenced(const Mutation &mutation, const std::function<Write()> &job);

  const Context &context_;
  const std::string session_;
  const std::string worker_;  // process_document()
  const LiveClaim claim_;
  const CancelToken host_, stop_;
  std::mutex commits_;  // serializes commits: some increment the revision that others check
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
