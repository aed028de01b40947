// Which services the command line asks for.
#ifndef SALESCHECKLIST_CLI_SERVICES_HPP
#define SALESCHECKLIST_CLI_SERVICES_HPP

#include "commands.hpp"

#include <string>

namespace cli {

// Whether a file holds sound rather than text, by its content.
bool is_recording(const std::string &path);

// Opens what the arguments and the input ask for, before anything is sent or paid. Throws Failure
// (wrong_input) saying which key is missing, and where it is looked for.
saleschecklist::Services open_services(const Arguments &arguments, bool recording);

// "0.50" is dollars, "200000 tokens" are tokens. Throws Failure (wrong_input).
saleschecklist::Budget budget_of(const std::string &text);

}  // namespace cli

#endif
