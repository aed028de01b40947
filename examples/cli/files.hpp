// Reads and writes files; output files are written completely or not at all.
#ifndef SALESCHECKLIST_CLI_FILES_HPP
#define SALESCHECKLIST_CLI_FILES_HPP

#include "commands.hpp"

#include <memory>
#include <string>
#include <vector>

namespace cli {

// The largest input that is read into memory; a year of talk is 60 MB.
constexpr std::size_t largest_input = std::size_t{256} << 20;

// The bytes of a file, or of standard input for "-". Throws Failure (wrong_input), which names the
// file.
std::string read_input(const std::string &path);

// The name of a path in messages: "standard input" for "-".
std::string shown(const std::string &path);

// The exit status for an error: wrong_input if the user's input caused it, else failed.
Status status_of(const saleschecklist::Error &error);

// Returns the value of a result about a file. Throws Failure with "file: where: message" for an
// error.
template <class T>
T take(saleschecklist::Result<T> result, const std::string &path) {
  if (result) return *std::move(result);
  throw Failure{status_of(result.error()), shown(path) + ": " + to_string(result.error())};
}

// Output files that appear together at commit(), or not at all. "-" is standard output.
class Outputs {
 public:
  Outputs() = default;
  ~Outputs();
  Outputs(const Outputs &) = delete;
  Outputs &operator=(const Outputs &) = delete;

  // Writes to a temporary file beside the target and syncs it. Throws Failure (failed).
  void add(const std::string &path, const std::string &bytes);
  void commit();

 private:
  struct Staged {
    std::string temporary, target;
  };
  std::vector<Staged> staged_;
};

// Writes to standard output. Throws Failure (failed) if that fails.
void print(const std::string &text);

// Loads a built-in checklist by id, or a file; a policy from a file, or the default for "".
saleschecklist::Checklist load_checklist(const std::string &id_or_file);
saleschecklist::Policy load_policy(const std::string &file);

// A checklist with the cues that the offline assessor uses.
struct ListenedFor {
  saleschecklist::Checklist checklist;
  std::shared_ptr<const saleschecklist::Cues> cues;  // null: the built-in cues, if there are any
};

// The same with the cues of a file; for "", with the cues that the checklist's own file contains,
// as earlier versions wrote them, and a warning.
ListenedFor load_checklist(const std::string &id_or_file, const std::string &cues_file);

// Throws Failure (failed) if the folder of an output does not exist or is not writable, before
// anything is paid for. "" and "-" are always accepted.
void check_writable(const std::string &path);

// Throws Failure (wrong_input) if two outputs, or an output and an input, are the same file.
void check_distinct(const Arguments &arguments);

}  // namespace cli

#endif
