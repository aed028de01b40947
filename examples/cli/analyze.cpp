// The commands analyze, transcript and score.
#include "commands.hpp"
#include "input.hpp"
#include "interrupt.hpp"
#include "option_groups.hpp"
#include "progress.hpp"
#include "scorecard.hpp"
#include "services.hpp"

#include <fmt/format.h>

#include <optional>

namespace cli {
namespace {

using namespace saleschecklist;

Transcript read(const Arguments &a, const std::string &text) {
  return take(read_transcript(text, {a.reps}), a.input);
}

// The transcript in the input, or of the recording in it; then, the usage is added to `usage`.
Transcript hear(const Arguments &a, const Input &input, const std::vector<Price> &prices,
                const Services &services, const Progress &progress, const CancelToken &cancel,
                std::vector<StageUsage> &stages) {
  if (!services.transcriber) return read(a, input.text());
  TranscribeOptions options;
  options.rep_names = a.reps;
  options.channel_names = a.channels;
  options.language = a.language;
  options.call.prices = prices;
  options.call.progress = progress.bar();
  options.call.cancel = cancel;
  StageUsage &stage = stages.emplace_back();
  Transcript out = input.take(transcribe(input.file(), *services.transcriber, options, stage));
  if (!a.transcript.empty()) {  // it was paid for, so it is written even if a later step fails
    Outputs outputs;
    outputs.add(a.transcript, to_json(out));
    outputs.commit();
  }
  return out;
}

// The spoken coaching. If that fails, returns no audio and adds a notice to the report, which is
// not lost. A report without coaching has no audio.
std::optional<std::string> spoken(Report &report, const std::vector<Price> &prices,
                                  const Services &services, const Progress &progress,
                                  const CancelToken &cancel) {
  if (!services.voice || !report.coaching) return std::nullopt;
  StageUsage stage{"speak", services.voice->info().id, {}};
  CallOptions options;
  options.prices = prices;
  options.progress = progress.bar();
  options.cancel = cancel;
  auto speech = speak(report.coaching->feedback_text, *services.voice, options, &stage.usage);
  report.usage.push_back(std::move(stage));
  if (speech) return std::move(speech->audio);
  report.notices.push_back("The coaching could not be spoken: " + to_string(speech.error()));
  return std::nullopt;
}

// Throws Failure (failed) if this build does not write PDF, before anything is paid for.
void check_pdf(const std::string &output) {
  if (output.empty()) return;
  auto nothing = render_pdf({});
  if (!nothing && nothing.error().code == ErrorCode::unsupported) take(std::move(nothing), output);
}

Report judge(const Arguments &a, const Input &input, const std::vector<Price> &prices,
             const Services &services, const Progress &progress, const CancelToken &cancel) {
  const auto [checklist, cues] = load_checklist(a.checklist, a.cues);
  AnalyzeOptions options{a.deal, load_policy(a.policy)};
  options.cues = cues;
  options.read.rep_names = a.reps;
  options.sales_call = sales_call_rule(a);
  options.call.budget = budget_of(a.budget);
  options.call.prices = prices;
  std::vector<StageUsage> stages;
  const Transcript transcript = hear(a, input, prices, services, progress, cancel, stages);
  options.model = services.model;
  options.votes = a.votes;
  options.call.progress = progress.bar();
  options.call.cancel = cancel;
  progress.step("Answering the checklist");
  Report out = take(saleschecklist::analyze(transcript, checklist, options), a.input);
  out.usage.insert(out.usage.begin(), stages.begin(), stages.end());
  return out;
}

// Says that the model left items unanswered, and what can be done.
std::string incomplete_line(const Report &report) {
  return fmt::format(
      "the result is incomplete: the model answered only {} of {} items. Run again, or accept it "
      "with --allow-partial. {}",
      report.responses.size() - report.assessment.unjudged_items, report.responses.size(),
      describe(report.assessment));
}

void print_result(const Arguments &a, const Report &report, const Services &services) {
  print(scorecard(report, colors_wanted()));
  print(model_note(a, services) + retirement_notes(services));
  if (!report.usage.empty()) print("\n" + usage_lines(report.usage));
  for (const auto &[what, file] : {std::pair("Report", &a.pdf), std::pair("Result", &a.json),
                                   std::pair("Spoken", &a.coach_audio)}) {
    const bool written = file != &a.coach_audio || report.coaching.has_value();
    if (written && !file->empty()) print(fmt::format("\n{}: {}\n", what, *file));
  }
}

}  // namespace

void analyze(const Arguments &a) {
  check_distinct(a);
  for (const std::string &output : {a.pdf, a.json, a.coach_audio, a.transcript}) {
    check_writable(output);
  }
  check_pdf(a.pdf);
  const std::vector<Price> prices = prices_of(a);
  const Progress progress(a.quiet);
  const Interrupt interrupt;
  const Input input(a.input, interrupt.cancel);
  const bool recording = input.is_recording();
  if (recording) input.take(probe_audio(input.file()));
  if (!recording) check_is_no_text(a.input);
  const Services services = open_services(
      a, {recording, recording ? shown(a.input) : "", a.coach_audio.empty() ? "" : a.voice});
  progress.step("Reading");
  Report report = judge(a, input, prices, services, progress, interrupt.cancel);
  const auto audio = spoken(report, prices, services, progress, interrupt.cancel);
  progress.step("Writing the report");
  Outputs outputs;
  if (!a.pdf.empty()) outputs.add(a.pdf, take(render_pdf(report), a.pdf));
  if (!a.json.empty()) outputs.add(a.json, to_json(report));
  if (audio) outputs.add(a.coach_audio, *audio);
  outputs.commit();
  progress.clear();
  const bool stdout_taken =
      a.json == "-" || a.pdf == "-" || a.coach_audio == "-" || a.transcript == "-";
  const bool printed = !a.quiet && !stdout_taken;
  if (printed) print_result(a, report, services);
  if (is_incomplete(report.assessment) && !a.allow_partial) {
    throw Failure{incomplete, incomplete_line(report)};
  }
  if (!report.score) throw Failure{no_score, printed ? "" : describe(report.assessment)};
  if (services.voice && !audio) throw Failure{failed, report.notices.back()};
}

void show_transcript(const Arguments &a) {
  check_distinct(a);
  const Transcript transcript = read(a, read_input(a.input));
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
    const std::string who = u.speaker.empty() ? "?" : harmless(u.speaker);
    out += fmt::format("{:>8}  {} ({}): {}\n", when, who, name(u.role), harmless(u.text));
  }
  out += fmt::format("\nFormat: {}. Roles: {}{}\n\n", transcript.source_format,
                     name(transcript.role_source),
                     transcript.role_reason.empty() ? "" : ", " + harmless(transcript.role_reason));
  out += conversation_lines(metrics);
  for (const std::string &warning : transcript.warnings) out += "Note: " + harmless(warning) + "\n";
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
