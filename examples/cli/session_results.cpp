// The commands session override, rescore, report, history and audit.
#include "commands.hpp"
#include "files.hpp"
#include "option_groups.hpp"
#include "progress.hpp"
#include "scorecard.hpp"
#include "session_store.hpp"
#include "session_tables.hpp"

#include <fmt/format.h>

#include <cstddef>

namespace cli {
namespace {

using namespace saleschecklist;

void print_score(const Arguments &a, const Session &before, const Session &after) {
  if (a.session.json) return print(to_json(after));
  const auto total = [](const Session &s) {
    return s.total_score ? std::to_string(*s.total_score) : std::string("no score");
  };
  print(
      fmt::format("{} -> {}{}\n", total(before), total(after), after.total_score ? " / 100" : "") +
      next_step(after));
}

Answer answer_of(const std::string &word) {
  for (const Answer answer : {Answer::yes, Answer::no, Answer::denied}) {
    if (word == name(answer)) return answer;
  }
  return Answer::not_applicable;
}

void check_one_output(const Arguments &a) {
  const int taken =
      (a.session.json ? 1 : 0) + (a.pdf == "-" ? 1 : 0) + (a.session.coach_audio == "-" ? 1 : 0);
  if (taken > 1) throw Failure{wrong_input, "only one output can be written to standard output"};
  for (const std::string &output : {a.pdf, a.session.coach_audio}) check_writable(output);
}

std::string fault_lines(const AuditReport &report) {
  std::string out = fmt::format("{} entries, {} fault{}\n", report.entries, report.faults.size(),
                                report.faults.size() == 1 ? "" : "s");
  for (const Error &fault : report.faults) out += "  " + harmless(to_string(fault)) + "\n";
  return out;
}

void verify_trail(const Arguments &a, const Engine &engine, const std::string &id) {
  const AuditReport report = done_or_fail(engine.verify_audit(id));
  print(a.session.json ? to_json(report) : fault_lines(report));
  if (!report.faults.empty()) throw Failure{failed, "the stored data does not match the audit log"};
}

}  // namespace

void override_answer(const Arguments &a) {
  const Engine engine = open_sessions(a);
  const std::string id = whole_id(engine, a.session.id);
  const Session before = done_or_fail(engine.find(id));
  print_score(a, before,
              done_or_fail(engine.override_answer(id, a.session.item, answer_of(a.session.answer),
                                                  a.session.reason)));
}

void rescore_session(const Arguments &a) {
  const bool by_rule = a.sales_call != "auto";
  if (a.policy.empty() && a.session.checklist.empty() && !by_rule) {
    throw Failure{wrong_input,
                  "session rescore: expected --policy, --checklist, or --sales-call yes or no"};
  }
  const Engine engine = open_sessions(a);
  const std::string id = whole_id(engine, a.session.id);
  const Session before = done_or_fail(engine.find(id));
  if (by_rule) {
    SessionChange change;
    change.sales_call = sales_call_rule(a);
    done_or_fail(engine.update(id, change));
  }
  if (a.policy.empty() && a.session.checklist.empty()) {
    print_score(a, before, done_or_fail(engine.rescore(id, before.policy)));
  } else if (a.policy.empty()) {
    const auto [checklist, cues] = load_checklist(a.session.checklist, a.cues);
    print_score(a, before, done_or_fail(engine.rescore(id, checklist, cues)));
  } else {
    print_score(a, before, done_or_fail(engine.rescore(id, load_policy(a.policy))));
  }
}

void report_session(const Arguments &a) {
  check_one_output(a);
  const Engine engine = open_sessions(a);
  const std::string id = whole_id(engine, a.session.id);
  Outputs outputs;
  if (!a.pdf.empty()) outputs.add(a.pdf, done_or_fail(engine.report_pdf(id)));
  if (!a.session.coach_audio.empty()) {
    outputs.add(a.session.coach_audio, done_or_fail(engine.coaching_audio(id)));
  }
  outputs.commit();
  if (a.session.json) return print(to_json(done_or_fail(engine.report(id))));
  if (!a.pdf.empty() || !a.session.coach_audio.empty()) return;
  const Report report = done_or_fail(engine.report(id));
  print(scorecard(report, colors_wanted()) +
        (report.usage.empty() ? "" : "\n" + usage_lines(report.usage)));
}

void show_history(const Arguments &a) {
  const Engine engine = open_sessions(a);
  const auto versions = done_or_fail(engine.history(whole_id(engine, a.session.id)));
  print(a.session.json ? to_json(versions) : history_table(versions));
}

void show_audit(const Arguments &a) {
  const Engine engine = open_sessions(a);
  const std::string id = whole_id(engine, a.session.id);
  if (a.session.verify) return verify_trail(a, engine, id);
  const auto entries = done_or_fail(engine.audit(id));
  print(a.session.json ? to_json(entries) : audit_table(entries));
}

}  // namespace cli
