// The command line as data, taken from the parser: the source of the man page and the shell
// completions.
#ifndef SALESCHECKLIST_CLI_MANUAL_OUTLINE_HPP
#define SALESCHECKLIST_CLI_MANUAL_OUTLINE_HPP

#include <CLI/CLI.hpp>

#include <string>
#include <vector>

namespace manual {

// An option, or a positional argument if it has no flags.
struct Argument {
  std::vector<std::string> flags;  // "-h", "--help"
  std::string name;                // of a positional argument, such as "INPUT"
  std::string value;               // the type of the value, such as "FILE|-"; empty for a flag
  std::vector<std::string> choices;
  std::string description, standard;
  bool required = false, repeats = false;

  bool takes_file() const { return value.find("FILE") != std::string::npos; }
};

struct Command {
  std::string path;  // "checklist show"; empty for the program itself
  std::string name, description, footer;
  std::vector<Argument> options, positionals;
  std::vector<Command> commands;
};

Command outline(const CLI::App &app);

// A command and all its subcommands, in the order of --help.
std::vector<const Command *> all(const Command &top);

// The text of each file. Throws std::invalid_argument for a choice that a shell would split.
std::string man_page(const Command &program, const std::string &version);
std::string bash_completion(const Command &program);
std::string zsh_completion(const Command &program);
std::string fish_completion(const Command &program);

// Quotes for a shell in single quotes. `inside` stands for a quote in the text: '\'' for most
// shells, \' for fish.
std::string in_quotes(const std::string &text, const std::string &inside = "'\\''");
std::string replaced(std::string text, const std::string &from, const std::string &to);

}  // namespace manual

#endif
