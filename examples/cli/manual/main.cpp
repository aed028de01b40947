// Writes the man page and the shell completions of the program into a folder: manual FOLDER.
#include "../command_line.hpp"
#include "outline.hpp"

#include <fmt/format.h>

#include <exception>
#include <fstream>

namespace {

void write(const std::string &path, const std::string &text) {
  std::ofstream file(path, std::ios::binary);
  file << text;
  file.close();
  if (!file) throw std::runtime_error("cannot write " + path);
}

}  // namespace

int main(int argc, char **argv) {
  if (argc != 2) {
    fmt::print(stderr, "usage: {} FOLDER\n", argv[0]);
    return 2;
  }
  try {
    cli::Arguments arguments;
    std::function<void()> run;
    const auto app = cli::command_line(arguments, run);
    const manual::Command program = manual::outline(*app);
    const std::string start = std::string(argv[1]) + "/";
    write(start + program.name + ".1", man_page(program, SALESCHECKLIST_VERSION));
    write(start + program.name + ".bash", bash_completion(program));
    write(start + "_" + program.name, zsh_completion(program));
    write(start + program.name + ".fish", fish_completion(program));
  } catch (const std::exception &error) {
    fmt::print(stderr, "{}: {}\n", argv[0], error.what());
    return 1;
  }
}
