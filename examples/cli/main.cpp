// The program saleschecklist: parses the command line and runs one command.
#include "command_line.hpp"
#include "scorecard.hpp"

#include <fmt/format.h>

#include <csignal>
#include <exception>

namespace {

int report(cli::Status status, const std::string &line) {
  if (!line.empty()) fmt::print(stderr, "saleschecklist: {}\n", cli::harmless(line));
  return status;
}

// The first line of the parser's message.
std::string first_line(const std::string &text) { return text.substr(0, text.find('\n')); }

int run(int argc, char **argv) {
  cli::Arguments arguments;
  std::function<void()> command;
  const auto app = cli::command_line(arguments, command);
  try {
    app->parse(argc, argv);
  } catch (const CLI::ParseError &error) {
    if (error.get_exit_code() == 0) return app->exit(error);  // --help, --version
    return report(cli::wrong_input, first_line(error.what()) + " (see --help)");
  }
  command();
  return cli::done;
}

}  // namespace

int main(int argc, char **argv) {
  // Makes a closed pipe and a file size limit write errors, which are reported like any other.
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);
  try {
    return run(argc, argv);
  } catch (const cli::Failure &failure) {
    return report(failure.status, failure.line);
  } catch (const std::bad_alloc &) {
    return report(cli::failed, "out of memory");
  } catch (const std::exception &error) {
    return report(cli::failed, error.what());
  }
}
