// The program, from the command line to the files that it writes.
#include <fcntl.h>
#include <unistd.h>

#include <cstdio>
#include <fstream>
#include <set>

#include "flows.hpp"
#include "support/support.hpp"

// main() of examples/cli/main.cpp, which is compiled under this name.
int program_main(int argc, char **argv);

namespace saleschecklist::test {
namespace {

namespace fs = std::filesystem;

// Standard error in a file, for as long as this lives.
class Captured {
 public:
  explicit Captured(const fs::path &file) : file_(file), before_(::dup(STDERR_FILENO)) {
    const int to = ::open(file.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_APPEND, 0600);
    ::dup2(to, STDERR_FILENO);
    ::close(to);
  }
  ~Captured() {
    ::dup2(before_, STDERR_FILENO);
    ::close(before_);
    fs::remove(file_);
  }
  Captured(const Captured &) = delete;
  Captured &operator=(const Captured &) = delete;
  std::string text() const { return read_file(file_); }

 private:
  fs::path file_;
  int before_;
};

constexpr int exit_failed = 1;

Outcome analyze(const fs::path &folder, const allocations::Failure &failure) {
  const fs::path call = folder / "call.vtt", json = folder / "report.json",
                 pdf = folder / "report.pdf";
  std::ofstream(call) << small_call;
  fs::remove(json);
  fs::remove(pdf);
  std::vector<std::string> words = {"saleschecklist",  "analyze", call,     "--rep",
                                    small_call_seller, "--quiet", "--json", json};
  if (with_pdf) words.insert(words.end(), {"--pdf", pdf});
  std::vector<char *> arguments;
  for (std::string &word : words) arguments.push_back(word.data());
  const Captured said(folder / "stderr.txt");
  int status = 0;
  {
    const allocations::Failing failing(failure);
    status = program_main(static_cast<int>(arguments.size()), arguments.data());
  }
  Outcome out;
  out.done = status == 0;
  out.message = said.text();
  const bool names_memory = out.message.find("out of memory") != std::string::npos ||
                            out.message.find("out_of_memory") != std::string::npos;
  if (status == exit_failed && names_memory) out.code = ErrorCode::out_of_memory;
  std::set<std::string> files;
  for (const auto &entry : fs::directory_iterator(folder)) files.insert(entry.path().filename());
  files.erase("call.vtt");
  files.erase("stderr.txt");
  if (out.done) {
    out.product = read_file(json) + (with_pdf ? read_file(pdf) : "");
    files.erase("report.json");
    files.erase("report.pdf");
    if (!out.message.empty()) out.fault = "success with a message: " + out.message;
  }
  for (const std::string &file : files) out.fault += "left " + file + " ";
  return out;
}

}  // namespace

std::vector<Flow> program_flows() { return {{"program", analyze}}; }

}  // namespace saleschecklist::test
