// Completion for bash. File names are completed by readline, which handles quotes and "~".
#include "outline.hpp"

#include <fmt/format.h>

namespace manual {
namespace {

// The beginning of the script: finds the word that is completed, and the option whose value it is.
constexpr const char *opening = R"(# bash completion for @, made from its command line definition
_@() {
  local command='' commands='' options='' values='' files='' i
  local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]}
  if [[ $current == '=' ]]; then
    current=''
  elif [[ $previous == '=' ]]; then
    previous=${COMP_WORDS[COMP_CWORD-2]}
  fi
)";

constexpr const char *closing = R"(  if [[ -n $values ]]; then
    COMPREPLY=($(compgen -W "$values" -- "$current"))
  elif [[ $current == -* ]]; then
    COMPREPLY=($(compgen -W "$options" -- "$current"))
  elif [[ -n $commands ]]; then
    COMPREPLY=($(compgen -W "$commands" -- "$current"))
  elif [[ -n $files ]]; then
    compopt -o default
  fi
}
complete -F _@ @
)";

// The loop that finds the command which the words before the cursor name. It skips the values of
// options.
std::string walk(const Command &program) {
  std::string out;
  for (const Command *command : all(program)) {
    for (const Command &below : command->commands) {
      out += fmt::format("      '{} {}') command='{}' ;;\n", command->path, below.name, below.path);
    }
    for (const Argument &option : command->options) {
      if (command->commands.empty() || option.value.empty()) continue;
      for (const std::string &flag : option.flags) {
        out += fmt::format("      '{} {}') ((i++)) ;;\n", command->path, flag);
      }
    }
  }
  return "  for ((i = 1; i < COMP_CWORD; i++)); do\n    case \"$command ${COMP_WORDS[i]}\" in\n" +
         out + "    esac\n  done\n";
}

std::string option_values(const Command &program) {
  std::string out = "  case \"$command $previous\" in\n";
  for (const Command *command : all(program)) {
    for (const Argument &option : command->options) {
      if (option.value.empty()) continue;
      std::string action = option.takes_file() ? "compopt -o default; return" : "return";
      if (!option.choices.empty())
        action = "values='" + CLI::detail::join(option.choices, " ") + "'";
      for (const std::string &flag : option.flags) {
        out += fmt::format("    '{} {}') {} ;;\n", command->path, flag, action);
      }
    }
  }
  return out + "  esac\n";
}

std::string words_of(const Command &command) {
  std::string commands, options, values, files;
  for (const Command &below : command.commands) commands += " " + below.name;
  for (const Argument &option : command.options) {
    for (const std::string &flag : option.flags) options += " " + flag;
  }
  for (const Argument &argument : command.positionals) {
    for (const std::string &choice : argument.choices) values += " " + choice;
    if (argument.takes_file()) files = "yes";
  }
  // Choices of positional arguments are offered like commands, if no option is being completed.
  return fmt::format("    '{}') commands='{}' options='{}' files='{}' ;;\n", command.path,
                     commands + values, options, files);
}

}  // namespace

std::string bash_completion(const Command &program) {
  std::string out = opening + walk(program) + option_values(program) + "  case $command in\n";
  for (const Command *command : all(program)) out += words_of(*command);
  out += std::string("  esac\n") + closing;
  return replaced(out, "@", program.name);
}

}  // namespace manual
