// The session commands, a part of the definition in command_line.hpp.
#ifndef SALESCHECKLIST_CLI_SESSION_COMMAND_LINE_HPP
#define SALESCHECKLIST_CLI_SESSION_COMMAND_LINE_HPP

#include "commands.hpp"

#include <CLI/CLI.hpp>

#include <functional>

namespace cli {

void add_sessions(CLI::App &app, Arguments &arguments, std::function<void()> &run);
void add_worker(CLI::App &app, Arguments &arguments, std::function<void()> &run);

}  // namespace cli

#endif
