// The subcommands of the program. Each throws Failure, which main() turns into a line and an exit
// status.
#ifndef SALESCHECKLIST_CLI_COMMANDS_HPP
#define SALESCHECKLIST_CLI_COMMANDS_HPP

#include <saleschecklist/saleschecklist.hpp>

#include <string>
#include <vector>

namespace cli {

enum Status { done = 0, failed = 1, wrong_input = 2, no_score = 3, incomplete = 4 };

// Ends the program: a line for stderr, which may be empty, and the exit status.
struct Failure {
  Status status;
  std::string line;
};

// Arguments that only the session commands have.
struct SessionArguments {
  std::string store, blobs, actor;
  bool json = false;
  std::string id, item, answer, reason;
  std::string influencer, owner, status, band, after;
  std::size_t limit = 0;
  std::string audio, transcript, coach_audio, checklist, voice;
  std::string until = "speak";
  std::string speaker, name, text, role;
  std::vector<std::string> speakers;
  std::size_t utterance = 0;
  std::vector<std::size_t> utterances;
  bool review = false, all = false, verify = false, redact = false;
  std::vector<std::string> redact_names;
};

// The arguments of the command line; empty if not given.
struct Arguments {
  std::string input;
  std::string checklist = "sales-checklist-92";
  std::string cues;
  std::string policy;
  std::vector<std::string> reps;
  saleschecklist::DealInfo deal;
  std::string json, pdf;
  bool quiet = false;
  std::string transcriber = "auto", model = "auto", voice = "auto";
  std::vector<std::string> base_urls;
  std::string key_file, budget, prices, effort, record, replay;
  std::int64_t context = 0, max_output = 0;
  std::string coach_audio, transcript;
  std::string language;
  std::vector<std::string> channels;
  int votes = 1;
  std::string sales_call = "auto";
  bool allow_partial = false;
  SessionArguments session;
};

void analyze(const Arguments &arguments);
void show_transcript(const Arguments &arguments);
void list_checklists();
void show_checklist(const std::string &id);
void validate_checklist(const Arguments &arguments);
void score_responses(const Arguments &arguments);

void create_session(const Arguments &arguments);
void attach_to_session(const Arguments &arguments);
void list_sessions(const Arguments &arguments);
void show_session(const Arguments &arguments);
void run_session(const Arguments &arguments);
void override_answer(const Arguments &arguments);
void show_session_transcript(const Arguments &arguments);
void rename_speaker(const Arguments &arguments);
void merge_speakers(const Arguments &arguments);
void split_speaker(const Arguments &arguments);
void correct_utterance(const Arguments &arguments);
void set_role(const Arguments &arguments);
void rescore_session(const Arguments &arguments);
void report_session(const Arguments &arguments);
void show_history(const Arguments &arguments);
void show_audit(const Arguments &arguments);
void erase_session(const Arguments &arguments);
void approve_session(const Arguments &arguments);
void retry_session(const Arguments &arguments);
void work_on_sessions(const Arguments &arguments);

}  // namespace cli

#endif
