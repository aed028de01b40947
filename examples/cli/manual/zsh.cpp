// Completion for zsh: one function per command, which calls _arguments.
#include "outline.hpp"

#include <fmt/format.h>

namespace manual {
namespace {

std::string function(const std::string &program, const Command &command) {
  return "_" + program + (command.path.empty() ? "" : "_" + replaced(command.path, " ", "_"));
}

std::string escaped(std::string text, const std::string &characters) {
  text = replaced(text, "\\", "\\\\");
  for (const char c : characters) text = replaced(text, std::string(1, c), std::string("\\") + c);
  return text;
}

std::string action(const Argument &argument) {
  if (!argument.choices.empty()) return "(" + CLI::detail::join(argument.choices, " ") + ")";
  return argument.takes_file() ? "_files" : "";
}

std::string specification(const Argument &option, const std::string &flag) {
  const std::string others =
      option.repeats ? "*" : "(" + CLI::detail::join(option.flags, " ") + ")";
  std::string out = others + flag;
  if (!option.value.empty()) out += flag.rfind("--", 0) == 0 ? "=" : "+";
  out += "[" + escaped(option.description, "[]") + "]";
  if (!option.value.empty()) out += ":" + escaped(option.value, ":") + ":" + action(option);
  return in_quotes(out);
}

std::string arguments(const Command &command) {
  std::string out;
  for (const Argument &option : command.options) {
    for (const std::string &flag : option.flags) {
      out += " \\\n    " + specification(option, flag);
    }
  }
  for (const Argument &argument : command.positionals) {
    const char *kind = argument.repeats ? "*:" : argument.required ? ":" : "::";
    out += " \\\n    " + in_quotes(kind + escaped(argument.name, ":") + ":" + action(argument));
  }
  return out;
}

std::string leaf(const std::string &name, const Command &command) {
  return fmt::format("{}() {{\n  _arguments -s -S{}\n}}\n\n", name, arguments(command));
}

std::string branch(const std::string &name, const Command &command, const std::string &program) {
  std::string described, cases;
  for (const Command &below : command.commands) {
    described += "\n        " + in_quotes(escaped(below.name, ":") + ":" + below.description);
    cases += fmt::format("        {}) {} ;;\n", below.name, function(program, below));
  }
  std::string out =
      name + "() {\n  local curcontext=\"$curcontext\" state line\n  local -a commands\n";
  out += "  _arguments -C" + arguments(command) +
         " \\\n    '1:command:->command' '*::argument:->rest'\n";
  out += "  case $state in\n    command)\n      commands=(" + described;
  out += "\n      )\n      _describe command commands\n      ;;\n    rest)\n";
  return out + "      case $line[1] in\n" + cases + "      esac\n      ;;\n  esac\n}\n\n";
}

}  // namespace

std::string zsh_completion(const Command &program) {
  std::string out = fmt::format(
      "#compdef {}\n# Made from the program's command line definition.\n\n", program.name);
  for (const Command *command : all(program)) {
    const std::string name = function(program.name, *command);
    out += command->commands.empty() ? leaf(name, *command) : branch(name, *command, program.name);
  }
  return out + fmt::format(
                   "if [[ $funcstack[1] == _{0} ]]; then\n  _{0} \"$@\"\nelse\n  "
                   "compdef _{0} {0}\nfi\n",
                   program.name);
}

}  // namespace manual
