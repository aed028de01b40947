// Completion for fish.
#include "outline.hpp"

#include <fmt/format.h>

namespace manual {
namespace {

std::string quote(const std::string &text) {
  return in_quotes(replaced(text, "\\", "\\\\"), "\\'");
}

// A function that tells whether the words before the cursor name exactly this command.
std::string condition(const Command &program) {
  std::string paths;
  for (const Command *command : all(program)) {
    if (!command->path.empty()) paths += " " + quote(command->path);
  }
  return fmt::format(R"(# fish completion for {0}, made from its command line definition
function __{0}_at
    set -l path
    for word in (commandline -opc)[2..]
        if contains -- "$path $word" {1}
            set path "$path $word"
        else if contains -- "$word" {1}; and test -z "$path"
            set path $word
        end
    end
    test "$path" = "$argv"
end

complete -c {0} -f
)",
                     program.name, paths.empty() ? "''" : paths.substr(1));
}

std::string wanted_value(const Argument &argument) {
  if (!argument.choices.empty()) return " -x -a " + quote(CLI::detail::join(argument.choices, " "));
  return argument.takes_file() ? " -r -F" : " -x";
}

std::string lines_of(const Command &command, const std::string &program) {
  const std::string start =
      fmt::format("complete -c {0} -n \"__{0}_at {1}\"", program, quote(command.path));
  std::string out;
  for (const Command &below : command.commands) {
    out += start + " -a " + below.name + " -d " + quote(below.description) + "\n";
  }
  for (const Argument &argument : command.positionals) {
    if (!argument.choices.empty()) {
      out += start + " -a " + quote(CLI::detail::join(argument.choices, " ")) + "\n";
    } else if (argument.takes_file()) {
      out += start + " -F\n";
    }
  }
  for (const Argument &option : command.options) {
    out += start;
    for (const std::string &flag : option.flags) {
      const bool is_long = flag.rfind("--", 0) == 0;
      out += is_long ? " -l " + flag.substr(2) : " -s " + flag.substr(1);
    }
    if (!option.value.empty()) out += wanted_value(option);
    out += " -d " + quote(option.description) + "\n";
  }
  return out;
}

}  // namespace

std::string fish_completion(const Command &program) {
  std::string out = condition(program);
  for (const Command *command : all(program)) out += lines_of(*command, program.name);
  return out;
}

}  // namespace manual
