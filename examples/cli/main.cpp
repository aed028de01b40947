// saleschecklist: the program. Parses the command line and runs one command.
#include "commands.hpp"

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <csignal>
#include <exception>
#include <functional>

namespace {

using cli::Arguments;

constexpr const char *closing_help =
    "INPUT, FILE: '-' is standard input or output. Exit status: 0 done, 2 wrong usage or input,\n"
    "1 anything else. Output files appear whole or not at all.";

void add_input(CLI::App *command, Arguments &a, const char *what) {
  command->add_option("INPUT", a.input, what)->required();
}

void add_checklist(CLI::App *command, Arguments &a) {
  command->add_option("--checklist", a.checklist, "a built-in checklist or a JSON file")
      ->type_name("ID|FILE")
      ->capture_default_str();
}

void add_policy(CLI::App *command, Arguments &a) {
  command
      ->add_option("--policy", a.policy, "bands and scoring mode, see schemas/policy.schema.json")
      ->type_name("FILE");
}

void add_reps(CLI::App *command, Arguments &a) {
  command->add_option("--rep", a.reps, "a seller's name in the transcript; else roles are inferred")
      ->type_name("NAME")
      ->allow_extra_args(false);
}

void add_json(CLI::App *command, Arguments &a, const char *what) {
  command->add_option("--json", a.json, what)->type_name("FILE|-");
}

void add_analyze(CLI::App &app, Arguments &a, std::function<void()> &run) {
  auto *command = app.add_subcommand("analyze", "score a call: transcript in, scorecard out");
  add_input(command, a, "the transcript: VTT, SRT, text, or a recogniser's JSON");
  add_checklist(command, a);
  add_reps(command, a);
  add_policy(command, a);
  command->add_option("--customer", a.deal.customer, "shown on the report")->type_name("NAME");
  command->add_option("--opportunity", a.deal.opportunity, "shown on the report")
      ->type_name("NAME");
  command->add_option("--stage", a.deal.stage, "shown on the report")->type_name("NAME");
  add_json(command, a, "write the whole result, schemas/report.schema.json");
  command->add_option("--pdf", a.pdf, "write the report")->type_name("FILE");
  command->add_flag("--quiet", a.quiet, "no scorecard, no progress");
  command->callback([&] { run = [&a] { cli::analyze(a); }; });
}

void add_transcript(CLI::App &app, Arguments &a, std::function<void()> &run) {
  auto *command = app.add_subcommand("transcript", "show any readable transcript, with roles");
  add_input(command, a, "the transcript");
  add_reps(command, a);
  add_json(command, a, "write it with its metrics, schemas/transcript.schema.json");
  command->callback([&] { run = [&a] { cli::show_transcript(a); }; });
}

void add_checklists(CLI::App &app, Arguments &a, std::function<void()> &run) {
  auto *command = app.add_subcommand("checklist", "list, show or validate checklists");
  command->require_subcommand(1);
  command->add_subcommand("list", "the built-in ones")->callback([&] {
    run = [] { cli::list_checklists(); };
  });
  auto *show = command->add_subcommand("show", "every item of one");
  show->add_option("ID", a.input, "a built-in checklist or a JSON file")->required();
  show->callback([&] { run = [&a] { cli::show_checklist(a.input); }; });
  auto *validate = command->add_subcommand("validate", "name every fault of a checklist file");
  validate->add_option("FILE", a.input, "see schemas/checklist.schema.json")->required();
  validate->callback([&] { run = [&a] { cli::validate_checklist(a.input); }; });
}

void add_score(CLI::App &app, Arguments &a, std::function<void()> &run) {
  auto *command = app.add_subcommand("score", "compute a score anew from stored answers");
  add_input(command, a, "responses, or a result of analyze --json");
  add_checklist(command, a);
  add_policy(command, a);
  add_json(command, a, "write the score, schemas/score.schema.json");
  command->callback([&] { run = [&a] { cli::score_responses(a); }; });
}

int report(cli::Status status, const std::string &line) {
  fmt::print(stderr, "saleschecklist: {}\n", line);
  return status;
}

// The parser's message on one line.
std::string first_line(const std::string &text) { return text.substr(0, text.find('\n')); }

int run(int argc, char **argv) {
  CLI::App app("Hears a sales call, answers a checklist with proof, scores the deal.",
               "saleschecklist");
  app.set_version_flag("--version", std::string("saleschecklist ") + saleschecklist::version());
  app.set_help_all_flag("--help-all", "help of all commands");
  app.require_subcommand(1);
  app.footer(closing_help);
  Arguments arguments;
  std::function<void()> command;
  add_analyze(app, arguments, command);
  add_transcript(app, arguments, command);
  add_checklists(app, arguments, command);
  add_score(app, arguments, command);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError &error) {
    if (error.get_exit_code() == 0) return app.exit(error);  // --help, --version
    return report(cli::wrong_input, first_line(error.what()) + " (see --help)");
  }
  command();
  return cli::done;
}

}  // namespace

int main(int argc, char **argv) {
  // A closed pipe and a file beyond its limit are write errors, reported like any other.
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);
  try {
    return run(argc, argv);
  } catch (const cli::Failure &failure) {
    return report(failure.status, failure.line);
  } catch (const std::bad_alloc &) {
    return report(cli::failed, "out of memory");
  } catch (const std::exception &error) {
    return report(cli::failed, error.what());
  }
}
