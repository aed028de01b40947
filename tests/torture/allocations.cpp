// Every allocation fails once, and the program, sessions and the C API survive it.
//
//   allocation_torture --folder FOLDER [--flow NAME] [--every | --most N] [--number N] [--later]
//
// Each failure is tried in a process of its own, so that a crash is counted and does not end the
// sweep. A sweep fails the n-th allocation alone, and then the n-th and all after it. Without
// --every, it takes for n the first allocation of each distinct path of calls, since the others of
// that path fail in the same way, and with --most N at most some N of these, evenly spread. It
// prints how many there are.
//
// What must hold for each: the flow succeeds with the same product as without a failure, or it
// fails for want of memory; nothing crashes or leaks, no file is half-written or left over; and the
// flow succeeds when it is repeated.
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <execinfo.h>
#include <CLI/CLI.hpp>
#include <algorithm>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <fstream>
#include <map>
#include <new>
#include <numeric>
#include <set>

#include "flows.hpp"
#include "storage/processes.hpp"
#include "support/support.hpp"

namespace {

using namespace saleschecklist;
using namespace saleschecklist::test;
using allocations::Failure;
using allocations::Which;
namespace fs = std::filesystem;

constexpr unsigned most_seconds = 120;  // of one trial
constexpr std::size_t most_shown = 10;  // faults of one sweep

enum class Verdict { refused, same, third_party, leaked, wrong, not_repeatable, crashed };
const char *name(Verdict verdict) {
  switch (verdict) {
    case Verdict::refused:
      return "refused for want of memory";
    case Verdict::same:
      return "right all the same";
    case Verdict::third_party:
      return "as a library does that cannot cope";
    case Verdict::leaked:
      return "LEAKED";
    case Verdict::wrong:
      return "WRONG";
    case Verdict::not_repeatable:
      return "NOT REPEATABLE";
    case Verdict::crashed:
      break;
  }
  return "CRASHED";
}

// What libraries make of a failure of their own allocations, and this one cannot mend.
struct Limit {
  const char *library;
  std::set<Verdict> verdicts;
};
const Limit limits[] = {
    {"libcld2", {Verdict::leaked}},    // keeps a buffer
    {"libcrypto", {Verdict::leaked}},  // keeps the thread's queue of errors
    {"libhpdf", {Verdict::crashed}},   // when it adds text to a page
    // Reads its configuration without looking whether it got memory.
    {"libfontconfig", {Verdict::leaked, Verdict::crashed, Verdict::wrong}},
};

// Constructors of the JSON library, and the schemas' validator, lose the blocks that they were
// making.
constexpr long most_lost_blocks = 8;

bool is_limit(Verdict verdict) {
  return std::any_of(std::begin(limits), std::end(limits), [&](const Limit &limit) {
    return limit.verdicts.count(verdict) != 0 && allocations::failed_within(limit.library);
  });
}

// What a child tells its parent.
struct Told {
  Verdict verdict = Verdict::crashed;
  char text[400] = {};

  void say(Verdict what, const std::string &why = {}) {
    verdict = is_limit(what) ? Verdict::third_party : what;
    std::snprintf(text, sizeof text, "%s", why.c_str());
  }
};

Told *told_by_handler = nullptr;

void crash(int signal) {
  void *path[64];
  if (told_by_handler != nullptr) told_by_handler->say(Verdict::crashed);
  std::fprintf(stderr, "signal %d at\n", signal);
  ::backtrace_symbols_fd(path, ::backtrace(path, 64), STDERR_FILENO);
  std::fprintf(stderr, "after this failed:\n");
  allocations::print_failed();
  ::_exit(1);
}

void catch_crashes() {
  static char stack[1 << 16];
  const stack_t other{stack, 0, sizeof stack};
  ::sigaltstack(&other, nullptr);
  struct sigaction action {};
  action.sa_handler = crash;
  action.sa_flags = SA_ONSTACK | static_cast<int>(SA_RESETHAND);
  for (const int signal : {SIGSEGV, SIGABRT, SIGBUS, SIGFPE, SIGILL, SIGALRM}) {
    ::sigaction(signal, &action, nullptr);
  }
}

struct Options {
  std::string folder, flow;
  bool every = false, later = false;
  std::size_t most = 0;  // 0: all
  long number = 0;
};

class Trial {
 public:
  Trial(const Flow &flow, fs::path folder) : flow_(flow), folder_(std::move(folder)) {
    once({});  // what is made once is made now
    once({});
    right_ = once({});
    total_ = allocations::counted();
    if (!right_.done || !right_.fault.empty()) {
      throw std::runtime_error(flow.name + " fails by itself: " + right_.message + right_.fault);
    }
  }

  long total() const { return total_; }

  std::vector<long> distinct() const {
    const allocations::Tracing tracing;
    once({});
    return allocations::Tracing::firsts();
  }

  // In this process: the flow with the failure, then without.
  void run(const Failure &failure, Told &told) const {
    empty_folder();
    const long before = allocations::live();
    if (!fits(flow_.run(folder_, failure), told)) return;
    const long leaked = allocations::live() - before;
    const std::string fault = fault_of_repetition();
    if (!fault.empty()) return told.say(Verdict::not_repeatable, fault);
    if (leaked > 0) {
      told.say(leaked <= most_lost_blocks ? Verdict::third_party : Verdict::leaked,
               std::to_string(leaked) + " blocks");
    }
  }

  // In a process of its own. What it prints goes to the file `report`.
  Told run_apart(const Failure &failure, const fs::path &report) const {
    auto *told = new (shared_) Told;
    told_by_handler = told;
    std::fflush(stdout);
    const pid_t child = start_process([&] {
      const int out = ::open(report.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_APPEND, 0600);
      ::dup2(out, STDERR_FILENO);
      catch_crashes();
      ::alarm(most_seconds);
      Told own;
      run(failure, own);
      if (own.verdict > Verdict::third_party) allocations::print_failed();
      *told = own;
      return 0;
    });
    wait_for(child);
    return *told;
  }

 private:
  void empty_folder() const {
    fs::remove_all(folder_);
    fs::create_directories(folder_);
  }

  Outcome once(const Failure &failure) const {
    empty_folder();
    return flow_.run(folder_, failure);
  }

  // Whether the outcome of a failure is one of those allowed; says so.
  bool fits(const Outcome &outcome, Told &told) const {
    if (!outcome.fault.empty()) {
      told.say(Verdict::wrong, outcome.fault);
    } else if (outcome.done && outcome.product != right_.product) {
      told.say(Verdict::wrong, "another product");
    } else if (!outcome.done && outcome.code != ErrorCode::out_of_memory) {
      told.say(Verdict::wrong,
               std::string(saleschecklist::name(outcome.code)) + ": " + outcome.message);
    } else {
      told.say(outcome.done ? Verdict::same : Verdict::refused);
    }
    return told.verdict <= Verdict::same;
  }

  std::string fault_of_repetition() const {
    const Outcome again = flow_.run(folder_, {});
    if (!again.fault.empty()) return again.fault;
    if (!again.done) return again.message;
    return again.product == right_.product ? "" : "another product";
  }

  const Flow &flow_;
  const fs::path folder_;
  Outcome right_;
  long total_ = 0;
  void *shared_ =
      ::mmap(nullptr, sizeof(Told), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
};

void print_file(const fs::path &file) {
  std::ifstream in(file);
  for (std::string line; std::getline(in, line);) std::printf("      %s\n", line.c_str());
}

// Prints what became of the failures; true if all is well.
bool sweep(const Trial &trial, const std::vector<long> &numbers, Which which,
           const fs::path &report) {
  std::map<Verdict, long> counts;
  std::size_t faults = 0;
  for (const long number : numbers) {
    const Told told = trial.run_apart({number, which}, report);
    ++counts[told.verdict];
    if (told.verdict <= Verdict::third_party) continue;
    if (++faults > most_shown) continue;
    std::printf("    number %ld: %s %s\n", number, name(told.verdict), told.text);
    print_file(report);
  }
  for (const auto &[verdict, count] : counts) std::printf("  %7ld %s\n", count, name(verdict));
  return faults == 0 && counts[Verdict::refused] > 0;
}

std::vector<long> evenly(const std::vector<long> &numbers, std::size_t most) {
  std::vector<long> out;
  const std::size_t step = most == 0 ? 1 : std::max<std::size_t>(1, numbers.size() / most);
  for (std::size_t at = 0; at < numbers.size(); at += step) out.push_back(numbers[at]);
  return out;
}

bool sweep(const Flow &flow, const fs::path &folder, const Options &options) {
  const Trial trial(flow, folder / "work");
  std::vector<long> numbers = trial.distinct();
  std::printf("%s: %ld allocations on %zu paths\n", flow.name.c_str(), trial.total(),
              numbers.size());
  if (options.every) {
    numbers.resize(static_cast<std::size_t>(trial.total()));
    std::iota(numbers.begin(), numbers.end(), 1);
  }
  numbers = evenly(numbers, options.most);
  std::printf("  only the n-th fails, for %zu n\n", numbers.size());
  const bool alone = sweep(trial, numbers, Which::only_that, folder / "report.txt");
  std::printf("  the n-th and all later ones fail, for %zu n\n", numbers.size());
  const bool later = sweep(trial, numbers, Which::that_and_all_later, folder / "report.txt");
  return alone && later;
}

// One failure, in this process, for who looks for its cause.
int show(const Flow &flow, const fs::path &folder, const Failure &failure) {
  const Trial trial(flow, folder / "work");
  trial.distinct();
  catch_crashes();
  allocations::note_blocks();
  Told told;
  trial.run(failure, told);
  std::fprintf(stderr, "%s %s, after this failed:\n", name(told.verdict), told.text);
  allocations::print_failed();
  if (told.verdict == Verdict::leaked) allocations::print_noted_blocks();
  return 0;
}

int run(const Options &options) {
  fs::remove_all(options.folder);
  fs::create_directories(options.folder);
  bool all_well = true, any = false;
  for (const auto &flows : {program_flows(), session_flows(), c_api_flows()}) {
    for (const Flow &flow : flows) {
      if (!options.flow.empty() && flow.name != options.flow) continue;
      any = true;
      const Which which = options.later ? Which::that_and_all_later : Which::only_that;
      if (options.number != 0) return show(flow, options.folder, {options.number, which});
      all_well = sweep(flow, options.folder, options) && all_well;
    }
  }
  return any && all_well ? 0 : 1;
}

}  // namespace

int main(int argc, char **argv) {
  Options options;
  CLI::App app("Lets every allocation fail once.");
  app.add_option("--folder", options.folder, "a folder to work in; what is in it is removed")
      ->required();
  app.add_option("--flow", options.flow, "only this one");
  app.add_flag("--every", options.every, "every allocation, not only the first of each path");
  app.add_option("--most", options.most, "so many of them, evenly spread");
  app.add_option("--number", options.number, "only this failure, with backtraces");
  app.add_flag("--later", options.later, "with --number: all later ones fail, too");
  CLI11_PARSE(app, argc, argv);
  try {
    return run(options);
  } catch (const std::exception &failure) {
    std::fprintf(stderr, "%s\n", failure.what());
    return 1;
  }
}
