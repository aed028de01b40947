// The subcommands of the program. Each throws Failure; main() turns it into one line and a status.
#ifndef SALESCHECKLIST_CLI_COMMANDS_HPP
#define SALESCHECKLIST_CLI_COMMANDS_HPP

#include <saleschecklist/saleschecklist.hpp>

#include <string>
#include <vector>

namespace cli {

enum Status { done = 0, failed = 1, wrong_input = 2 };

// What ends the program: a line for stderr and the exit status.
struct Failure {
  Status status;
  std::string line;
};

// What a user gives on the command line; empty where nothing was given.
struct Arguments {
  std::string input;
  std::string checklist = "sales-checklist-92";
  std::string policy;
  std::vector<std::string> reps;
  saleschecklist::Deal deal;
  std::string json, pdf;
  bool quiet = false;
  std::string transcriber = "auto", model = "auto", voice = "auto";
  std::vector<std::string> base_urls;
  std::string key_file, budget, record, replay;
  std::string coach_audio, transcript;
  std::string language;
  std::vector<std::string> channels;
  int votes = 1;
};

void analyze(const Arguments &arguments);
void show_transcript(const Arguments &arguments);
void list_checklists();
void show_checklist(const std::string &id);
void validate_checklist(const std::string &file);
void score_responses(const Arguments &arguments);

}  // namespace cli

#endif
