// analyze, transcript and score.
#include "commands.hpp"
#include "files.hpp"
#include "scorecard.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>

namespace cli {
namespace {

using namespace saleschecklist;

// One line on the terminal that says what is being done, and is gone afterwards.
class Progress {
 public:
  explicit Progress(bool quiet) : shown_(!quiet && ::isatty(STDERR_FILENO) != 0) {}
  ~Progress() { clear(); }
  void step(const char *what) const {
    if (shown_) fmt::print(stderr, "\r\x1b[K{} ...", what);
    std::fflush(stderr);
  }
  void clear() const {
    if (shown_) fmt::print(stderr, "\r\x1b[K");
    std::fflush(stderr);
  }

 private:
  bool shown_;
};

Transcript read(const Arguments &a) {
  return take(read_transcript(read_input(a.input), {a.reps}), a.input);
}

}  // namespace

void analyze(const Arguments &a) {
  check_distinct(a);
  const Progress progress(a.quiet);
  progress.step("Reading the transcript");
  const Checklist checklist = load_checklist(a.checklist);
  const AnalyzeOptions options{a.deal, load_policy(a.policy)};
  const Transcript transcript = read(a);
  progress.step("Listening for the checklist");
  const Report report = take(saleschecklist::analyze(transcript, checklist, options), a.input);
  progress.step("Writing the report");
  Outputs outputs;
  if (!a.pdf.empty()) outputs.add(a.pdf, take(render_pdf(report), a.pdf));
  if (!a.json.empty()) outputs.add(a.json, to_json(report));
  outputs.commit();
  progress.clear();
  const bool stdout_taken = a.json == "-" || a.pdf == "-";
  if (a.quiet || stdout_taken) return;
  print(scorecard(report, colors_wanted()));
  if (!a.pdf.empty()) print(fmt::format("\nReport: {}\n", a.pdf));
  if (!a.json.empty()) print(fmt::format("Result: {}\n", a.json));
}

void show_transcript(const Arguments &a) {
  check_distinct(a);
  const Transcript transcript = read(a);
  const Metrics metrics = measure(transcript);
  if (!a.json.empty()) {
    Outputs outputs;
    outputs.add(a.json, to_json(transcript, metrics));
    outputs.commit();
    return;
  }
  std::string out;
  for (const Utterance &u : transcript.utterances) {
    const std::string when = u.begin_ms ? clock_time(*u.begin_ms) : "";
    const std::string who = u.speaker.empty() ? "?" : u.speaker;
    out += fmt::format("{:>8}  {} ({}): {}\n", when, who, name(u.role), u.text);
  }
  out += fmt::format("\nFormat: {}. Roles: {}{}\n\n", transcript.source_format,
                     name(transcript.role_source),
                     transcript.role_reason.empty() ? "" : ", " + transcript.role_reason);
  out += conversation_lines(metrics);
  for (const std::string &warning : transcript.warnings) out += "Note: " + warning + "\n";
  print(out);
}

void score_responses(const Arguments &a) {
  check_distinct(a);
  const Checklist checklist = load_checklist(a.checklist);
  const Policy policy = load_policy(a.policy);
  const auto responses = take(responses_from_json(read_input(a.input)), a.input);
  const Score card = take(score(checklist, responses, policy), a.input);
  if (!a.json.empty()) {
    Outputs outputs;
    outputs.add(a.json, to_json(card));
    outputs.commit();
    return;
  }
  print("\n" + score_lines(card, colors_wanted()));
}

}  // namespace cli
