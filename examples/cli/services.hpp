// Which services the command line asks for.
#ifndef SALESCHECKLIST_CLI_SERVICES_HPP
#define SALESCHECKLIST_CLI_SERVICES_HPP

#include "commands.hpp"

#include <string>

namespace cli {

// Whether a file holds sound rather than text, by its content.
bool is_recording(const std::string &path);

// Which services a command is for.
struct Wanted {
  bool transcriber = false;
  std::string recording{};  // what cannot do without a transcriber; empty: it may be missing
  std::string voice{};      // empty: nobody speaks
};

// Opens what the arguments ask for, before anything is sent or paid. Throws Failure (wrong_input)
// saying which key is missing, and where it is looked for.
saleschecklist::Services open_services(const Arguments &arguments, const Wanted &wanted);

// A line for people who may not know that a model could judge; empty where one does, or was
// not wanted.
std::string model_note(const Arguments &arguments, const saleschecklist::Services &services);

// "0.50" is dollars, "200000 tokens" are tokens. Throws Failure (wrong_input).
saleschecklist::Budget budget_of(const std::string &text);

}  // namespace cli

#endif
