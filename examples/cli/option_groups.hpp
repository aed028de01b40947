// Options that several commands have in common.
#ifndef SALESCHECKLIST_CLI_OPTION_GROUPS_HPP
#define SALESCHECKLIST_CLI_OPTION_GROUPS_HPP

#include "commands.hpp"

#include <CLI/CLI.hpp>

namespace cli {

constexpr const char *service_group = "Services";

void add_checklist(CLI::App *command, Arguments &arguments);
CLI::Option *add_cues(CLI::App *command, Arguments &arguments);
void add_policy(CLI::App *command, Arguments &arguments);
void add_reps(CLI::App *command, Arguments &arguments);
CLI::Option *add_sales_call(CLI::App *command, Arguments &arguments);
// The rule that --sales-call names.
saleschecklist::SalesCallRule sales_call_rule(const Arguments &arguments);

// Which services transcribe and judge, and what they may cost.
void add_services(CLI::App *command, Arguments &arguments);

// How a recording is transcribed.
void add_hints(CLI::App *command, Arguments &arguments);

}  // namespace cli

#endif
