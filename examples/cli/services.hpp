// The services that the command line requests.
#ifndef SALESCHECKLIST_CLI_SERVICES_HPP
#define SALESCHECKLIST_CLI_SERVICES_HPP

#include "commands.hpp"

#include <string>
#include <string_view>

namespace cli {

// Whether bytes at the beginning of a file may be those of a recording, because they are no text.
bool may_be_recording(std::string_view head);

// Whether a file is a recording rather than text, by its content.
bool is_recording(const std::string &path);

// Throws Failure (wrong_input) if a file that is no recording has the name of one.
void check_is_no_text(const std::string &path);

// What a command needs services for.
struct Wanted {
  bool transcriber = false;
  std::string recording{};  // cannot be read without a transcriber; empty if one is optional
  std::string voice{};      // the id of the voice; empty if none is needed
};

// Opens the services that the arguments request, before anything is sent or paid for. Throws
// Failure (wrong_input), which says which key is missing and where it is looked for.
saleschecklist::Services open_services(const Arguments &arguments, const Wanted &wanted);

// A note that a model could judge the call; empty if one does, or if the user chose none.
std::string model_note(const Arguments &arguments, const saleschecklist::Services &services);

// When the services shut down the transcriber and the voice that are used; empty if no date is
// known. A report says so of the model itself.
std::string retirement_notes(const saleschecklist::Services &services);

// The prices in the file of --prices, or the list prices. Throws Failure (wrong_input).
std::vector<saleschecklist::Price> prices_of(const Arguments &arguments);

// Parses "0.50" as dollars and "200000 tokens" as tokens. Throws Failure (wrong_input).
saleschecklist::Budget budget_of(const std::string &text);

}  // namespace cli

#endif
