// The commands and options of the program: the one definition that the parser, --help, the man page
// and the shell completions are made from.
#ifndef SALESCHECKLIST_CLI_COMMAND_LINE_HPP
#define SALESCHECKLIST_CLI_COMMAND_LINE_HPP

#include "commands.hpp"

#include <CLI/CLI.hpp>

#include <functional>
#include <memory>

namespace cli {

// Returns a parser that fills in the arguments and sets `run` to the chosen command; both must
// outlive it. An argument whose type name contains FILE is completed with file names.
std::unique_ptr<CLI::App> command_line(Arguments &arguments, std::function<void()> &run);

}  // namespace cli

#endif
