// Files in and out: whole or not at all.
#ifndef SALESCHECKLIST_CLI_FILES_HPP
#define SALESCHECKLIST_CLI_FILES_HPP

#include "commands.hpp"

#include <memory>
#include <string>
#include <vector>

namespace cli {

// The bytes of a file, or of standard input for "-". Throws Failure (wrong_input) naming the file.
std::string read_input(const std::string &path);

// How a path is called in messages: "-" is "standard input".
std::string shown(const std::string &path);

// Unwraps a result about a file; its error becomes a Failure "file: where: message".
template <class T>
T take(saleschecklist::Result<T> result, const std::string &path) {
  if (result) return *std::move(result);
  const auto &error = result.error();
  const bool users_fault = error.code == saleschecklist::ErrorCode::invalid_input ||
                           error.code == saleschecklist::ErrorCode::invalid_argument ||
                           error.code == saleschecklist::ErrorCode::not_found;
  throw Failure{users_fault ? wrong_input : failed, shown(path) + ": " + to_string(error)};
}

// Output files that appear together, at commit(), or not at all. "-" is standard output.
class Outputs {
 public:
  Outputs() = default;
  ~Outputs();
  Outputs(const Outputs &) = delete;
  Outputs &operator=(const Outputs &) = delete;

  // Writes beside the target and syncs it. Throws Failure (failed) when that is not possible.
  void add(const std::string &path, const std::string &bytes);
  void commit();

 private:
  struct Staged {
    std::string temporary, target;
  };
  std::vector<Staged> staged_;
};

// Writes to standard output and checks that it arrived.
void print(const std::string &text);

// A built-in checklist by id, else a file; a policy file, or the default for "".
saleschecklist::Checklist load_checklist(const std::string &id_or_file);
saleschecklist::Policy load_policy(const std::string &file);

// A checklist with what the offline assessor listens for.
struct ListenedFor {
  saleschecklist::Checklist checklist;
  std::shared_ptr<const saleschecklist::Cues> cues;  // none: the built-in ones, if there are any
};

// The same with the cues of a file, or for "" those that the checklist's own file may hold, as
// earlier versions wrote it; stderr is told of these.
ListenedFor load_checklist(const std::string &id_or_file, const std::string &cues_file);

// Throws Failure (failed) when the folder of an output is not there or cannot be written to, so
// that this is known before anything is paid. "" and "-" are fine.
void check_writable(const std::string &path);

// Throws Failure (wrong_input) when two outputs, or an output and an input, are one file.
void check_distinct(const Arguments &arguments);

}  // namespace cli

#endif
