#include "engine/lease.hpp"
#include "base/errors.hpp"

#include "engine/process_identity.hpp"

#include <saleschecklist/limits.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <chrono>

namespace saleschecklist::engine {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr milliseconds glance{20};  // between checks of the host's cancel token
constexpr milliseconds retry_pause{100};
constexpr int most_claims = 5;
constexpr std::int64_t least_margin_ms = 60'000;  // by which the clocks of machines may differ

Error taken(const Record &job, std::int64_t now) {
  if (job.at == job_never) {
    return errors::conflict("another worker has finished the session", "session " + job.id);
  }
  return errors::conflict(
      fmt::format("another worker holds the session, for at most {} s unless it renews its lease",
                  (job.at - now + 999) / 1'000),
      "session " + job.id);
}

// By how many milliseconds a lease ends later than its length allows; 0 if clocks that differ a
// little explain it, or if the job is not to be claimed before it gets new input.
std::int64_t too_late_by(const Record &job, std::int64_t now) {
  if (job.at <= now || job.at == job_never) return 0;
  const std::int64_t told = lease_ms_of(job.body).value_or(limits::lease_ms);
  const std::int64_t length = std::clamp(told, std::int64_t{0}, limits::lease_ms);
  const std::int64_t late = job.at - now - length;
  return late > std::max(length, least_margin_ms) ? late : 0;
}

}  // namespace

Write job_write(const Context &context, const std::string &session, std::int64_t due) {
  Record job = context.record("job", session, session);
  job.at = due;
  return {Write::Action::put, std::move(job), {}};
}

bool is_waiting(const Context &context, const Record &job) {
  const std::int64_t now = context.now();
  if (job.at <= now) return true;
  return job.at != job_never && (claim_of(job.body).empty() || too_late_by(job, now) > 0 ||
                                 is_gone(job.body, *context.claims));
}

Result<std::unique_ptr<Lease>> Lease::claim(const Context &context, const std::string &session,
                                            const CancelToken &cancel, bool only_waiting) {
  for (int tries = 0;; ++tries) {
    auto job = context.store().get("job", context.tenant(), session);
    if (!job) {
      if (job.error().code != ErrorCode::not_found) return job.error();
      return errors::not_found(fmt::format("there is no session '{}'", session), "id");
    }
    const auto begun = steady_clock::now();
    const std::int64_t now = context.now();
    if (!is_waiting(context, *job) && (only_waiting || job->at != job_never)) {
      return taken(*job, now);
    }
    const std::int64_t ahead_ms = claim_of(job->body).empty() ? 0 : too_late_by(*job, now);
    LiveClaim claim(context.claims);
    job->at = now + context.options.lease_ms;
    job->body = process_document(*context.claims, claim.id(), context.options.lease_ms);
    const auto done = context.store().commit({{Write::Action::put, *job, job->revision}});
    if (done) {
      std::unique_ptr<Lease> out(
          new Lease(context, session, done->front(), job->body, std::move(claim), begun, cancel));
      if (ahead_ms == 0) return out;
      if (auto told = out->tell_wrong_clock(ahead_ms); !told) return told.error();
      return out;
    }
    if (done.error().code != ErrorCode::conflict || tries == most_claims) return done.error();
  }
}

Lease::Lease(const Context &context, std::string session, std::int64_t revision, std::string worker,
             LiveClaim claim, steady_clock::time_point begun, CancelToken cancel)
    : context_(context),
      session_(std::move(session)),
      worker_(std::move(worker)),
      claim_(std::move(claim)),
      host_(std::move(cancel)),
      revision_(revision),
      valid_until_(begun + milliseconds(context.options.lease_ms)),
      heartbeat_([this] { heartbeat(); }) {
  if (host_.cancelled()) stop_.cancel();  // without waiting for the first check
}

Lease::~Lease() {
  {
    const std::lock_guard lock(mutex_);
    done_ = true;
  }
  changed_.notify_all();
  heartbeat_.join();
  give_back();
}

void Lease::give_back() noexcept try {
  if (parked_ || lost_) return;
  Write back = job_write(context_, session_, context_.now());
  back.expected = revision_;
  if (const auto done = context_.store().commit({std::move(back)}); !done) {
    if (done.error().code == ErrorCode::conflict) return;  // the session has new input
    context_.log(LogLevel::warning,
                 fmt::format("session {} remains claimed until its lease expires: {}", session_,
                             done.error().message));
  }
} catch (...) {
  // The lease then expires by itself.
}

// The log and the audit log say that a lease was not waited for, and why.
Result<void> Lease::tell_wrong_clock(std::int64_t ahead_ms) {
  context_.log(LogLevel::warning,
               fmt::format("session {}: the lease of another worker ended {} s later than a lease "
                           "can, so a clock was wrong; the session was taken over",
                           session_, ahead_ms / 1'000));
  const auto told = mutate([&](Transaction &) -> MutationResult {
    return logged({"lease taken over", fmt::format("{} s too long", ahead_ms / 1'000)});
  });
  if (!told) return told.error();
  return {};
}

Error Lease::stop_error() const {
  if (holds()) return errors::cancelled();
  return errors::conflict(
      "another worker took over the session or its input was replaced; nothing more was written",
      "session " + session_);
}

bool Lease::ensure() {
  if (!holds() && !lost_) renew();
  return holds();
}

bool Lease::holds() const { return !lost_ && steady_clock::now() < valid_until_.load(); }

void Lease::lose() {
  lost_ = true;
  stop_.cancel();
}

Write Lease::fence() const {
  return {Write::Action::check, context_.record("job", session_, session_), revision_.load()};
}

Record Lease::held_job() const {
  Record out = context_.record("job", session_, session_);
  out.at = context_.now() + context_.options.lease_ms;
  out.body = worker_;
  return out;
}

// After a conflict, or a commit with an unknown outcome: whether the claim still holds.
bool Lease::recover() {
  const auto job = context_.store().get("job", context_.tenant(), session_);
  if (!job && may_pass(job.error().code)) return true;
  if (!job || claim_of(job->body) != claim_.id()) {
    lose();
    return false;
  }
  revision_ = job->revision;
  return true;
}

Result<SessionRecord> Lease::fenced(const Mutation &mutation, const std::function<Write()> &job) {
  bool again = false;
  return engine::mutate(
      context_, session_,
      [&](Transaction &transaction) -> MutationResult {
        if (lost_ || (again && !recover())) return stop_error();
        again = true;
        auto action = mutation(transaction);
        if (action && *action) transaction.also(job());
        return action;
      },
      store_patience_ms);
}

Result<SessionRecord> Lease::mutate(const Mutation &mutation) {
  const std::lock_guard lock(commits_);
  return fenced(mutation, [this] { return fence(); });
}

Result<SessionRecord> Lease::mutate_and_park(const Mutation &mutation) {
  const std::lock_guard lock(commits_);
  auto out = fenced(mutation, [this] {
    Write job = job_write(context_, session_, job_never);
    job.expected = revision_;
    return job;
  });
  parked_ = out.has_value();
  return out;
}

void Lease::park() {
  const std::lock_guard lock(commits_);
  Write job = job_write(context_, session_, job_never);
  job.expected = revision_;
  parked_ = context_.store().commit({std::move(job)}).has_value();
}

Result<void> Lease::keep(const Record &record) {
  const std::lock_guard lock(commits_);
  const auto deadline = steady_clock::now() + milliseconds(store_patience_ms);
  while (true) {
    if (lost_) return stop_error();
    const auto done = context_.store().commit({fence(), {Write::Action::put, record, {}}});
    if (done) return {};
    const ErrorCode code = done.error().code;
    if (code == ErrorCode::conflict) {
      if (!recover()) return stop_error();
    } else if (!may_pass(code) || steady_clock::now() >= deadline) {
      return done.error();
    } else {
      std::this_thread::sleep_for(retry_pause);
    }
  }
}

void Lease::renew() {
  const std::lock_guard lock(commits_);
  if (parked_) return;
  const auto begun = steady_clock::now();
  const auto done = context_.store().commit({{Write::Action::put, held_job(), revision_.load()}});
  if (done) {
    revision_ = done->front();
    valid_until_ = begun + milliseconds(context_.options.lease_ms);
  } else if (done.error().code == ErrorCode::conflict) {
    recover();
  }
}

void Lease::heartbeat() noexcept {
  try {
    keep_renewing();
  } catch (...) {  // a lease that cannot be renewed is lost
    lose();
  }
}

// Gives the lease up if it cannot be renewed in time.
void Lease::keep_renewing() {
  const milliseconds lease(context_.options.lease_ms);
  auto tried = steady_clock::now();
  std::unique_lock lock(mutex_);
  while (!changed_.wait_for(lock, std::min(glance, lease / 10), [this] { return done_; })) {
    if (host_.cancelled()) stop_.cancel();
    const auto now = steady_clock::now();
    if (lost_ || now - tried < lease / 4) continue;
    lock.unlock();
    renew();
    tried = now;
    if (!holds()) lose();
    lock.lock();
  }
}

}  // namespace saleschecklist::engine
