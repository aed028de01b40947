// The man page, in the man(7) macros.
#include "outline.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace manual {
namespace {

// Escapes text so that no character is taken for a request or an escape; keeps its lines.
std::string plain(const std::string &text) {
  std::string out = replaced(replaced(text, "\\", "\\e"), "-", "\\-");
  out = replaced(replaced(out, "\n.", "\n\\&."), "\n'", "\n\\&'");
  if (!out.empty() && (out[0] == '.' || out[0] == '\'')) out.insert(0, "\\&");
  return out;
}

std::string bold(const std::string &text) { return "\\fB" + plain(text) + "\\fR"; }
std::string italic(const std::string &text) { return "\\fI" + plain(text) + "\\fR"; }

std::string synopsis(const Command &command, const std::string &program) {
  std::string out = bold(command.path.empty() ? program : program + " " + command.path);
  if (!command.options.empty()) out += " [" + italic("OPTIONS") + "]";
  for (const Argument &argument : command.positionals) {
    const std::string name = italic(argument.name) + (argument.repeats ? " ..." : "");
    out += argument.required ? " " + name : " [" + name + "]";
  }
  if (!command.commands.empty()) out += " " + italic("COMMAND") + " ...";
  return out + "\n";
}

std::string entry(const Argument &argument) {
  std::string title = argument.flags.empty() ? italic(argument.name) : "";
  for (const std::string &flag : argument.flags) title += (title.empty() ? "" : ", ") + bold(flag);
  if (!argument.flags.empty() && !argument.value.empty()) title += " " + italic(argument.value);
  std::string out = ".TP\n" + title + "\n" + plain(argument.description);
  if (!argument.choices.empty()) {
    out += fmt::format("; one of {}", plain(CLI::detail::join(argument.choices, ", ")));
  }
  if (!argument.standard.empty()) out += fmt::format(" (default: {})", plain(argument.standard));
  if (argument.repeats) out += "; may be given more than once";
  return out + "\n";
}

// Options that the program itself also has are described once.
std::string entries(const Command &command, const Command &program) {
  std::string out;
  for (const Argument &argument : command.positionals) out += entry(argument);
  for (const Argument &argument : command.options) {
    const bool known = std::any_of(program.options.begin(), program.options.end(),
                                   [&](const Argument &o) { return o.flags == argument.flags; });
    if (!known) out += entry(argument);
  }
  return out;
}

}  // namespace

std::string man_page(const Command &program, const std::string &version) {
  std::string out = fmt::format(".TH {} 1 \"\" \"{} {}\" \"User Commands\"\n.nh\n", program.name,
                                program.name, version);
  out += fmt::format(".SH NAME\n{} \\- {}\n.SH SYNOPSIS\n.nf\n", plain(program.name),
                     plain(program.description));
  for (const Command *command : all(program)) {
    if (command->commands.empty()) out += synopsis(*command, program.name);
  }
  out += ".fi\n.SH OPTIONS\n";
  for (const Argument &argument : program.options) out += entry(argument);
  out += ".SH COMMANDS\n";
  for (const Command *command : all(program)) {
    if (command->path.empty()) continue;
    out += fmt::format(".SS {}\n{}\n{}", plain(command->path), plain(command->description),
                       entries(*command, program));
  }
  if (!program.footer.empty()) out += ".SH NOTES\n" + plain(program.footer) + "\n";
  return out;
}

}  // namespace manual
