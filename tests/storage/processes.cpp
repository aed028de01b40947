#include "processes.hpp"

#include <fcntl.h>
#include <grp.h>
#include <pwd.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif

#include <cstdio>
#include <cstdlib>
#include <stdexcept>

namespace saleschecklist::test {
namespace {

[[noreturn]] void become(const std::vector<std::string> &words, uid_t user, const char *output) {
  if (user != 0) {
    const passwd *entry = getpwuid(user);
    const gid_t group = entry == nullptr ? user : entry->pw_gid;
    if (setgroups(0, nullptr) != 0 || setgid(group) != 0 || setuid(user) != 0) _exit(98);
  }
#ifdef __linux__
  prctl(PR_SET_PDEATHSIG, SIGQUIT);
#endif
  const int out = open(output, O_WRONLY | O_CREAT | O_APPEND, 0666);
  dup2(out, STDOUT_FILENO);
  dup2(out, STDERR_FILENO);
  std::vector<char *> arguments;
  for (const std::string &word : words) arguments.push_back(const_cast<char *>(word.c_str()));
  arguments.push_back(nullptr);
  execvp(arguments[0], arguments.data());
  _exit(97);
}

}  // namespace

std::filesystem::path quick_folder() {
  const std::filesystem::path memory = "/dev/shm";
  return std::filesystem::is_directory(memory) ? memory : std::filesystem::temp_directory_path();
}

TemporaryFolder::TemporaryFolder(const std::filesystem::path &where) {
  std::string name = (where / "scl-XXXXXX").string();
  if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder: " + name);
  path_ = name;
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

pid_t start_process(const std::function<int()> &body) {
  const pid_t child = fork();
  if (child < 0) throw std::runtime_error("fork failed");
  if (child != 0) return child;
  int code = 99;
  try {
    code = body();
  } catch (const std::exception &error) {
    std::fprintf(stderr, "%s\n", error.what());
  }
  _exit(code);
}

int wait_for(pid_t process) {
  int status = 0;
  if (waitpid(process, &status, 0) != process) return -1;
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

pid_t start_program(const std::vector<std::string> &words, uid_t user,
                    const std::filesystem::path &output) {
  const pid_t child = fork();
  if (child < 0) throw std::runtime_error("fork failed");
  if (child == 0) become(words, user, output.c_str());
  return child;
}

}  // namespace saleschecklist::test
