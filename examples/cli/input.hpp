// What a command is given to read: a file or standard input, a recording or a text.
#ifndef SALESCHECKLIST_CLI_INPUT_HPP
#define SALESCHECKLIST_CLI_INPUT_HPP

#include "files.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace cli {

// A file for its owner alone in the folder for temporary files (TMPDIR), gone with the object. On
// Linux it has no name, so that it is gone with the process, too.
class TemporaryFile {
 public:
  // Throws Failure (failed), which names the folder.
  TemporaryFile();
  ~TemporaryFile();
  TemporaryFile(const TemporaryFile &) = delete;
  TemporaryFile &operator=(const TemporaryFile &) = delete;

  // Throws Failure (failed) if the disk is full, for example.
  void write(const std::string &bytes);
  const std::string &path() const { return path_; }

 private:
  std::string path_;
  int file_ = -1;
};

// An input that was named on the command line. A recording on standard input ("-") or in a pipe is
// copied to a temporary file, because recordings are read twice; a text is kept in memory.
class Input {
 public:
  // Throws Failure: wrong_input if a stream cannot be read or is too large, failed if it cannot be
  // copied or `cancel` was used meanwhile.
  Input(std::string name, const saleschecklist::CancelToken &cancel);

  bool is_recording() const { return recording_; }
  bool is_text_of_stream() const { return text_.has_value(); }
  // The path of a recording.
  const std::string &file() const { return copy_ ? copy_->path() : name_; }
  // The bytes of what is no recording. Throws Failure (wrong_input).
  std::string text() const { return text_ ? *text_ : read_input(name_); }

  // As cli::take(), with the name of the input instead of that of its copy.
  template <class T>
  T take(saleschecklist::Result<T> result) const {
    if (!result && result.error().where == file()) {
      saleschecklist::Error error = result.error();
      error.where.clear();
      return cli::take(saleschecklist::Result<T>(std::move(error)), name_);
    }
    return cli::take(std::move(result), name_);
  }

 private:
  using Next = std::function<std::string()>;  // the next bytes of a stream; none at its end
  void read(const Next &next);
  void copy(std::string bytes, const Next &next);

  const std::string name_;
  bool recording_ = false;
  std::optional<std::string> text_;  // of a stream
  std::unique_ptr<TemporaryFile> copy_;
};

}  // namespace cli

#endif
