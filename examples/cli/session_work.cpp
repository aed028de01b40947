// The commands session run and worker.
#include "commands.hpp"
#include "files.hpp"
#include "interrupt.hpp"
#include "progress.hpp"
#include "scorecard.hpp"
#include "services.hpp"
#include "session_store.hpp"
#include "session_tables.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

namespace cli {
namespace {

using namespace saleschecklist;

RunOptions work_of(const Arguments &a, const Progress &progress, const Interrupt &interrupt) {
  RunOptions out;
  for (const Stage stage :
       {Stage::transcribe, Stage::assess, Stage::score, Stage::coach, Stage::speak}) {
    if (a.session.until == name(stage)) out.until = stage;
  }
  out.votes = a.votes;
  out.allow_partial = a.allow_partial;
  out.call.budget = budget_of(a.budget);
  out.call.prices = prices_of(a);
  out.call.progress = progress.bar();
  out.call.cancel = interrupt.cancel;
  return out;
}

// Whether the session has a recording that was not transcribed yet.
bool is_to_be_heard(const Session &s) {
  return s.status == SessionStatus::processing || (s.audio && s.transcript_version == 0);
}

// Throws a Failure that says what went wrong and how to continue.
[[noreturn]] void fail_work(const Error &error, const std::string &command) {
  if (error.code != ErrorCode::cancelled) throw_failure(error);
  throw Failure{
      failed, "cancelled; the replies received so far are stored. Continue with `saleschecklist " +
                  command + "`"};
}

[[noreturn]] void fail_run(const Engine &engine, const std::string &id, Error error) {
  const auto session = engine.find(id);
  const bool kept = session && session->failure;
  if (kept && error.code != ErrorCode::cancelled && error.code != ErrorCode::conflict) {
    error.message += ". " + session->failure->advice;
  }
  fail_work(error, "session run " + id);
}

Services services_for(const Arguments &a, const Session &session) {
  const bool heard = is_to_be_heard(session);
  const std::string recording = heard && session.audio ? session.audio->name : "";
  return open_services(a, {heard, recording, a.session.voice});
}

// Throws Failure (failed) if a session failed. Its store says why.
void check_all_done(const std::vector<Session> &sessions) {
  const auto lost = std::count_if(sessions.begin(), sessions.end(), [](const Session &s) {
    return s.status == SessionStatus::failed;
  });
  if (lost == 0) return;
  throw Failure{failed, fmt::format("{} of {} sessions failed; see `saleschecklist session list "
                                    "--status failed`",
                                    lost, sessions.size())};
}

std::string result_lines(const Engine &engine, const Session &session) {
  return session_lines(done_or_fail(engine.result(session.id)), colors_wanted()) +
         next_step(session);
}

}  // namespace

void run_session(const Arguments &a) {
  const Progress progress(a.quiet);
  const Interrupt interrupt;
  const RunOptions options = work_of(a, progress, interrupt);
  const Engine plain = open_sessions(a);
  const std::string id = whole_id(plain, a.session.id);
  const Services services = services_for(a, done_or_fail(plain.find(id)));
  const Engine engine = open_sessions(a, services);
  const auto session = engine.run(id, options);
  progress.clear();
  if (!session) fail_run(engine, id, session.error());
  if (a.session.json) {
    print(to_json(*session));
  } else if (!a.quiet) {
    print(result_lines(engine, *session) + model_note(a, services) + retirement_notes(services));
  }
  if (session->not_assessable) throw Failure{no_score, ""};
}

void work_on_sessions(const Arguments &a) {
  const Progress progress(a.quiet || a.session.json);
  const Interrupt interrupt;
  const RunOptions options = work_of(a, progress, interrupt);
  const Services services = open_services(a, {true, "", a.session.voice});
  const Engine engine = open_sessions(a, services);
  std::vector<Session> all;
  for (;;) {
    const auto one = engine.run_pending(1, options);
    progress.clear();
    if (!one || one->empty()) {
      if (a.session.json) print(to_json(all));
      if (!one) fail_work(one.error(), "worker");
      break;
    }
    if (!a.session.json && !a.quiet) print(session_line(one->front(), colors_wanted()));
    all.push_back(one->front());
    if (a.session.limit != 0 && all.size() == a.session.limit) {
      if (a.session.json) print(to_json(all));
      return check_all_done(all);
    }
  }
  if (!a.session.json && !a.quiet) {
    print(all.empty() ? "No session is waiting.\n"
                      : model_note(a, services) + retirement_notes(services));
  }
  check_all_done(all);
}

}  // namespace cli
