#include "command_line.hpp"

#include "option_groups.hpp"
#include "session_command_line.hpp"

namespace cli {
namespace {

constexpr const char *closing_help =
    "The content of a recording or a transcript is sent to a service only if its key is set or "
    "named.\n"
    "Proxies and certificates come from the environment: HTTPS_PROXY, http_proxy (in small letters "
    "only),\n"
    "ALL_PROXY, NO_PROXY, SSL_CERT_FILE, SSL_CERT_DIR.\n"
    "INPUT, FILE: '-' is standard input or output. Exit status: 0 for success, 2 for wrong usage "
    "or\n"
    "input, 3 if the call was judged but has no score, 4 if the model left items unanswered, 1 for "
    "any\n"
    "other failure. Output files are written completely or not at all, new ones for\n"
    "their owner alone.";

void add_input(CLI::App *command, Arguments &a, const char *what) {
  command->add_option("INPUT", a.input, what)->type_name("FILE|-")->required();
}

void add_json(CLI::App *command, Arguments &a, const char *what) {
  command->add_option("--json", a.json, what)->type_name("FILE|-");
}

// Options for the coaching as speech and for the transcript of a recording.
void add_sound(CLI::App *command, Arguments &a) {
  const auto add = [&](const char *name, std::string &value, const char *what, const char *type) {
    return command->add_option(name, value, what)->type_name(type)->group(service_group);
  };
  add("--voice", a.voice, "the provider that speaks the coaching: elevenlabs, openai or azure",
      "ID")
      ->capture_default_str();
  add("--coach-audio", a.coach_audio, "write the coaching as speech (MP3)", "FILE|-");
  add("--transcript", a.transcript,
      "write the transcript of a recording, as soon as it is available", "FILE");
}

void add_analyze(CLI::App &app, Arguments &a, std::function<void()> &run) {
  auto *command = app.add_subcommand(
      "analyze", "score a call: reads a recording or transcript, prints a scorecard");
  add_input(command, a,
            "the recording (audio or video), or its transcript: VTT, SRT, text, or the JSON of a "
            "recogniser");
  add_checklist(command, a);
  add_cues(command, a);
  add_reps(command, a);
  add_sales_call(command, a);
  add_policy(command, a);
  command->add_option("--customer", a.deal.customer, "shown on the report")->type_name("NAME");
  command->add_option("--opportunity", a.deal.opportunity, "shown on the report")
      ->type_name("NAME");
  command->add_option("--stage", a.deal.stage, "shown on the report")->type_name("NAME");
  add_json(command, a, "write the report as JSON, see schemas/report.schema.json");
  command->add_option("--pdf", a.pdf, "write the report as PDF")->type_name("FILE");
  command->add_flag("--quiet", a.quiet, "print neither scorecard nor progress");
  add_services(command, a);
  add_sound(command, a);
  add_hints(command, a);
  command->callback([&] { run = [&a] { cli::analyze(a); }; });
}

void add_transcript(CLI::App &app, Arguments &a, std::function<void()> &run) {
  auto *command = app.add_subcommand("transcript", "show a transcript with roles and metrics");
  add_input(command, a, "the transcript");
  add_reps(command, a);
  add_json(command, a, "write it with its metrics as JSON, see schemas/transcript.schema.json");
  command->callback([&] { run = [&a] { cli::show_transcript(a); }; });
}

void add_checklists(CLI::App &app, Arguments &a, std::function<void()> &run) {
  auto *command = app.add_subcommand("checklist", "list, show or validate checklists");
  command->require_subcommand(1);
  command->add_subcommand("list", "list the built-in checklists")->callback([&] {
    run = [] { cli::list_checklists(); };
  });
  auto *show = command->add_subcommand("show", "show every item of a checklist");
  show->add_option("ID", a.input, "a built-in checklist or a JSON file")
      ->type_name("ID|FILE")
      ->required();
  show->callback([&] { run = [&a] { cli::show_checklist(a.input); }; });
  auto *validate = command->add_subcommand("validate", "list all faults of a checklist file");
  validate->add_option("FILE", a.input, "a checklist, see schemas/checklist.schema.json")
      ->type_name("ID|FILE|-")
      ->required();
  add_cues(validate, a);
  validate->callback([&] { run = [&a] { cli::validate_checklist(a); }; });
}

void add_score(CLI::App &app, Arguments &a, std::function<void()> &run) {
  auto *command = app.add_subcommand("score", "recompute the score from stored answers");
  add_input(command, a, "responses, or a report that analyze --json wrote");
  add_checklist(command, a);
  add_policy(command, a);
  add_json(command, a, "write the score as JSON, see schemas/score.schema.json");
  command->callback([&] { run = [&a] { cli::score_responses(a); }; });
}

}  // namespace

std::unique_ptr<CLI::App> command_line(Arguments &arguments, std::function<void()> &run) {
  auto app = std::make_unique<CLI::App>(
      "Reads a sales call, answers a checklist with quotes as proof, and scores the deal.",
      "saleschecklist");
  app->set_version_flag("--version", std::string("saleschecklist ") + saleschecklist::version());
  app->set_help_all_flag("--help-all", "print the help of all commands and exit");
  app->require_subcommand(1);
  app->footer(closing_help);
  add_analyze(*app, arguments, run);
  add_transcript(*app, arguments, run);
  add_checklists(*app, arguments, run);
  add_score(*app, arguments, run);
  add_sessions(*app, arguments, run);
  add_worker(*app, arguments, run);
  return app;
}

}  // namespace cli
