#include "outline.hpp"

#include <algorithm>
#include <stdexcept>

namespace manual {
namespace {

// The parser writes a value that must be one of several as "FORMAT:{vtt,srt}".
void take_choices(Argument &argument) {
  const auto open = argument.value.find('{');
  const auto close = argument.value.find('}', open);
  if (close == std::string::npos) return;
  for (const std::string &word :
       CLI::detail::split(argument.value.substr(open + 1, close - open - 1), ',')) {
    if (word.find_first_of(" \t'\"\\$`;|&<>()*?[]#~") != std::string::npos) {
      throw std::invalid_argument("a choice must be a plain word, this is not: " + word);
    }
    argument.choices.push_back(word);
  }
  argument.value.erase(open != 0 && argument.value[open - 1] == ':' ? open - 1 : open);
}

Argument argument(const CLI::Option &option) {
  Argument out;
  for (const std::string &name : option.get_snames()) out.flags.push_back("-" + name);
  for (const std::string &name : option.get_lnames()) out.flags.push_back("--" + name);
  if (out.flags.empty()) out.name = option.get_name(true);
  if (option.get_items_expected_max() > 0) out.value = option.get_type_name();
  take_choices(out);
  out.description = option.get_description();
  out.standard = option.get_default_str();
  out.required = option.get_required();
  out.repeats = option.get_items_expected_max() > 1;
  return out;
}

Command outline(const CLI::App &app, const std::string &path) {
  Command out{path, app.get_name(), app.get_description(), app.get_footer(), {}, {}, {}};
  for (const CLI::Option *option : app.get_options()) {
    if (option->get_group().empty()) continue;  // hidden
    (option->nonpositional() ? out.options : out.positionals).push_back(argument(*option));
  }
  for (const CLI::App *command : app.get_subcommands([](const CLI::App *) { return true; })) {
    if (command->get_group().empty()) continue;
    const std::string below = path.empty() ? command->get_name() : path + " " + command->get_name();
    out.commands.push_back(outline(*command, below));
  }
  return out;
}

}  // namespace

Command outline(const CLI::App &app) { return outline(app, ""); }

std::vector<const Command *> all(const Command &top) {
  std::vector<const Command *> out{&top};
  for (const Command &command : top.commands) {
    const auto below = all(command);
    out.insert(out.end(), below.begin(), below.end());
  }
  return out;
}

std::string replaced(std::string text, const std::string &from, const std::string &to) {
  return CLI::detail::find_and_replace(std::move(text), from, to);
}

std::string in_quotes(const std::string &text, const std::string &inside) {
  return "'" + replaced(text, "'", inside) + "'";
}

}  // namespace manual
