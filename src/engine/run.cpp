#include "engine/run.hpp"
#include "base/errors.hpp"

#include "engine/advice.hpp"
#include "engine/lease.hpp"
#include "engine/session_documents.hpp"
#include "engine/stages.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <random>

namespace saleschecklist::engine {
namespace {

constexpr std::size_t candidates = 16;  // waiting sessions that are read together

// Sets the status of the stage that is about to begin.
Result<SessionRecord> begin(Lease &lease, SessionRecord record, Stage stage) {
  const SessionStatus wanted = status_at(stage);
  if (record.session.status == wanted && !record.session.failure) return record;
  return lease.mutate([&](Transaction &transaction) -> MutationResult {
    Session &s = transaction.record.session;
    if (s.status == wanted && !s.failure) return unchanged();
    s.status = wanted;
    s.failure.reset();
    return logged({"begun", name(stage)});
  });
}

// Stores the failure with the session.
Error fail(Lease &lease, Stage stage, const Error &why) {
  if (lease.is_lost() || why.code == ErrorCode::cancelled) return lease.stop_error();
  const Context &context = lease.context();
  context.log(LogLevel::error, fmt::format("session {}: {} failed: {}", lease.session(),
                                           name(stage), to_string(why)));
  const auto kept = lease.mutate_and_park([&](Transaction &transaction) -> MutationResult {
    Session &s = transaction.record.session;
    s.status = SessionStatus::failed;
    s.failure = Failure{stage, why, advice_on(why, stage), transaction.now()};
    return logged({"failed", fmt::format("{}: {}", name(stage), name(why.code))});
  });
  if (!kept && lease.is_lost()) return lease.stop_error();
  return why;
}

// Erases the recording once it is transcribed, because it contains what was redacted.
Result<SessionRecord> forget_recording(Lease &lease, SessionRecord record) {
  if (!lease.context().options.redact || !record.session.audio ||
      record.session.audio->blob.empty() || !is_current(record, Stage::transcribe)) {
    return record;
  }
  const std::string blob = record.session.audio->blob;
  if (const auto erased = lease.context().blobs().erase(blob); !erased) return erased.error();
  return lease.mutate([&](Transaction &transaction) -> MutationResult {
    auto &audio = transaction.record.session.audio;
    if (!audio || audio->blob != blob) return unchanged();
    audio->blob.clear();
    transaction.record.transcript_audio.clear();
    return logged({"recording erased"});
  });
}

// Completes the session if no stage is left, also beyond `until`.
Result<SessionRecord> finish(Lease &lease, SessionRecord record) {
  const bool done = is_done(record, Stage::coach) &&
                    (!lease.context().options.services.voice || is_done(record, Stage::speak));
  const SessionStatus status = record.session.status;
  if (!done || status == SessionStatus::completed || status == SessionStatus::not_assessable) {
    lease.park();
    return record;
  }
  return lease.mutate_and_park([&](Transaction &transaction) -> MutationResult {
    transaction.record.session.status = SessionStatus::completed;
    transaction.record.session.failure.reset();
    transaction.record.session.completed_at_ms = transaction.now();
    return logged({"completed"});
  });
}

// Whether a stage reports its own progress.
bool tells_progress(const Context &context, Stage stage) {
  if (stage == Stage::score) return false;
  if (stage == Stage::assess || stage == Stage::coach)
    return context.options.services.model != nullptr;
  return true;
}

Result<SessionRecord> perform_shown(Lease &lease, const SessionRecord &record, Stage stage,
                                    const RunOptions &options) {
  const bool show = options.call.progress && !tells_progress(lease.context(), stage);
  if (show) options.call.progress({name(stage), 0, 1});
  auto out = perform(lease, record, stage, options);
  if (show && out) options.call.progress({name(stage), 1, 1});
  return out;
}

Result<SessionRecord> run_stages(Lease &lease, const RunOptions &options) {
  auto record = load(lease.context(), lease.session());
  while (record) {
    record = forget_recording(lease, *std::move(record));
    if (!record) return fail(lease, Stage::transcribe, record.error());
    if (lease.is_parked()) break;
    const auto next = next_stage(lease.context(), *record, options.until);
    if (!next) {
      lease.park();
      return next.error();
    }
    if (!*next) return finish(lease, *std::move(record));
    if (lease.cancel_token().cancelled()) return lease.stop_error();
    record = begin(lease, *std::move(record), **next);
    if (!record) break;
    auto done = perform_shown(lease, *record, **next, options);
    if (!done) return fail(lease, **next, done.error());
    lease.context().log(LogLevel::info,
                        fmt::format("session {}: {} done", lease.session(), name(**next)));
    record = std::move(done);
  }
  // The session is gone or damaged: no worker should try it again.
  if (!record &&
      (record.error().code == ErrorCode::not_found || record.error().code == ErrorCode::corrupt)) {
    lease.context().log(LogLevel::error, to_string(record.error()));
    lease.park();
  }
  return record;
}

std::optional<Error> options_fault(const RunOptions &options) {
  if (options.votes < 1 || options.votes > 9)
    return errors::invalid_argument("expected 1 to 9 votes", "votes");
  if (options.parallel < 1) return errors::invalid_argument("expected at least 1", "parallel");
  if (options.call.budget.tokens < 0 || options.call.budget.micro_dollars < 0) {
    return errors::invalid_argument("expected no negative limit", "budget");
  }
  return std::nullopt;
}

Result<SessionRecord> claim_and_run(const Context &context, const std::string &id,
                                    const RunOptions &options, bool only_waiting) {
  const auto lease = Lease::claim(context, id, options.call.cancel, only_waiting);
  if (!lease) return lease.error();
  auto out = run_stages(**lease, options);
  if (!out && (*lease)->is_lost()) return (*lease)->stop_error();
  return out;
}

// Jobs that may be claimed now: those that are due, the longest first, else those whose worker has
// ended.
Result<std::vector<Record>> waiting(const Context &context) {
  const std::int64_t now = context.now();
  Query query;
  query.kind = "job";
  query.tenant = context.tenant();
  query.before = now + 1;
  query.limit = candidates;
  auto due = context.store().list(query);
  if (!due) return due.error();
  if (!due->records.empty()) return std::move(due->records);
  query.from = now + 1;
  query.before = job_never;
  query.limit = 1'000;
  std::vector<Record> out;
  do {
    auto held = context.store().list(query);
    if (!held) return held.error();
    for (Record &job : held->records) {
      if (is_waiting(context, job)) out.push_back(std::move(job));
    }
    query.after = held->next;
  } while (!query.after.empty());
  return out;
}

}  // namespace

Result<Session> run_session(const Context &context, const std::string &id,
                            const RunOptions &options) {
  if (auto fault = options_fault(options)) return *std::move(fault);
  return session_of(claim_and_run(context, id, options, false));
}

Result<std::vector<Session>> run_pending(const Context &context, std::size_t limit,
                                         const RunOptions &options) {
  if (auto fault = options_fault(options)) return *std::move(fault);
  std::vector<Session> out;
  std::minstd_rand chance(std::random_device{}());
  while (limit == 0 || out.size() < limit) {
    auto jobs = waiting(context);
    if (!jobs) return jobs.error();
    if (jobs->empty()) break;
    // So that workers do not all try the same job first.
    std::shuffle(jobs->begin(), jobs->end(), chance);
    for (const Record &job : *jobs) {
      if (limit != 0 && out.size() == limit) break;
      if (options.call.cancel.cancelled()) {
        return errors::cancelled();
      }
      const auto done = claim_and_run(context, job.id, options, true);
      if (!done && done.error().code == ErrorCode::cancelled) return done.error();
      const bool passed_over = !done && (done.error().code == ErrorCode::conflict ||
                                         done.error().code == ErrorCode::corrupt);
      auto record = load(context, job.id);
      if (passed_over && !(record && record->session.failure)) continue;
      if (record) {
        if (!done && !record->session.failure) return done.error();  // the store itself fails
        out.push_back(std::move(record->session));
      } else if (record.error().code != ErrorCode::not_found) {
        return record.error();
      }
    }
  }
  return out;
}

Result<Session> coach_session(const Context &context, const std::string &id,
                              const RunOptions &options) {
  if (auto fault = options_fault(options)) return *std::move(fault);
  const auto lease = Lease::claim(context, id, options.call.cancel);
  if (!lease) return lease.error();
  auto record = load(context, id);
  if (!record) return record.error();
  if (!is_current(*record, Stage::score)) {
    (*lease)->park();
    return errors::conflict("there is no current score: run the session first", "session " + id);
  }
  if (is_done(*record, Stage::coach) && !record->session.total_score) {
    (*lease)->park();
    return errors::conflict(
        fmt::format("the call is not assessable ({}), so there is nothing to coach",
                    name(*record->session.not_assessable)),
        "session " + id);
  }
  auto begun = begin(**lease, *std::move(record), Stage::coach);
  if (!begun) return begun.error();
  auto done = perform_shown(**lease, *begun, Stage::coach, options);
  if (!done) return fail(**lease, Stage::coach, done.error());
  if (!(*lease)->is_parked()) done = run_stages(**lease, options);
  return session_of(std::move(done));
}

Result<Session> retry_session(const Context &context, const std::string &id) {
  return session_of(mutate(context, id, [&](Transaction &transaction) -> MutationResult {
    Session &s = transaction.record.session;
    if (s.status != SessionStatus::failed) {
      return errors::invalid_argument(
          fmt::format("expected a session that failed; this one is {}", name(s.status)),
          "session " + id);
    }
    s.status = status_at(s.failure ? s.failure->stage : Stage::transcribe);
    s.failure.reset();
    transaction.also(job_write(context, id, transaction.now()));
    return logged({"retried"});
  }));
}

Result<Session> approve_session(const Context &context, const std::string &id) {
  return session_of(mutate(context, id, [&](Transaction &transaction) -> MutationResult {
    Session &s = transaction.record.session;
    if (s.status != SessionStatus::pending_review) {
      return errors::invalid_argument(
          fmt::format("expected a session in pending_review; this one is {}", name(s.status)),
          "session " + id);
    }
    s.status = SessionStatus::scoring;
    transaction.also(job_write(context, id, transaction.now()));
    return logged({"approved"});
  }));
}

}  // namespace saleschecklist::engine
