// How the time and the memory of each pass grow with its input, in the worst shapes that are known.
// Each is measured with 1, 2, 4 and 8 MB in a process of its own: processor time, and the peak of
// resident memory above that of the input. The exponent is the slope of log(time) over log(size): 1
// is linear, 2 quadratic. Exits with 1 if one is above 1.15, or if a pass takes more memory than
// its bound.
//
// scaling [TEXT...]: only the cases whose name has each TEXT.
#include "scaling.hpp"

#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <fstream>
#include <string_view>

namespace {

using scaling::Case;

constexpr double steepest = 1.15;
constexpr std::size_t megabyte = 1'000'000;
constexpr std::array<std::size_t, 4> sizes = {megabyte, 2 * megabyte, 4 * megabyte, 8 * megabyte};
constexpr double long_enough = 1;  // seconds; what takes longer is measured once only
constexpr int most_repetitions = 4;

struct Sample {
  double seconds = 0;
  double bytes = 0;  // resident, above the input
  char refusal[200] = {};
};

double processor_seconds() {
  timespec t{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
  return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_nsec) / 1e9;
}

// A field of /proc/self/status in bytes, such as "VmRSS:".
double memory(std::string_view field) {
  std::ifstream status("/proc/self/status");
  for (std::string word; status >> word;) {
    double kilobytes = 0;
    if (word == field && status >> kilobytes) return kilobytes * 1024;
  }
  return 0;
}

Sample sample_here(const Case &c, std::size_t bytes) {
  const scaling::Pass pass = c.prepare(bytes);
  std::ofstream("/proc/self/clear_refs") << "5";  // the peak starts anew
  Sample out;
  const double resident = memory("VmRSS:"), begin = processor_seconds();
  const std::string refusal = pass();
  out.seconds = processor_seconds() - begin;
  out.bytes = std::max(0.0, memory("VmHWM:") - resident);
  std::strncpy(out.refusal, refusal.c_str(), sizeof out.refusal - 1);
  return out;
}

// In a process of its own, so that one pass does not find the memory that another one has freed.
bool sample(const Case &c, std::size_t bytes, Sample &out) {
  int ends[2];
  if (pipe(ends) != 0) return false;
  std::fflush(nullptr);
  const pid_t child = fork();
  if (child == 0) {
    const Sample found = sample_here(c, bytes);
    const bool written = write(ends[1], &found, sizeof found) == sizeof found;
    _exit(written ? 0 : 1);
  }
  close(ends[1]);
  const bool read_all = read(ends[0], &out, sizeof out) == sizeof out;
  close(ends[0]);
  int status = 0;
  waitpid(child, &status, 0);
  return read_all && status == 0;
}

// The least of some repetitions: what disturbs a measurement makes it longer.
bool measure(const Case &c, std::size_t bytes, Sample &best) {
  best.seconds = 1e9;
  for (int repetition = 0; repetition < most_repetitions; ++repetition) {
    Sample next;
    if (!sample(c, bytes, next)) return false;
    if (next.seconds < best.seconds) best = next;
    if (next.seconds > long_enough) break;
  }
  return true;
}

double slope(const std::array<Sample, sizes.size()> &samples) {
  double x = 0, y = 0, xx = 0, xy = 0;
  for (std::size_t i = 0; i < sizes.size(); ++i) {
    const double size = std::log(static_cast<double>(sizes[i]));
    const double time = std::log(std::max(samples[i].seconds, 1e-6));
    x += size, y += time, xx += size * size, xy += size * time;
  }
  const double n = sizes.size();
  return (n * xy - x * y) / (n * xx - x * x);
}

// Prints a row. False if it shows a fault.
bool show(const Case &c) {
  std::array<Sample, sizes.size()> samples;
  std::printf("%-12s %-44s", c.pass.c_str(), c.shape.c_str());
  for (std::size_t i = 0; i < sizes.size(); ++i) {
    if (!measure(c, sizes[i], samples[i])) {
      std::printf(" did not end well with %zu MB\n", sizes[i] / megabyte);
      return false;
    }
    std::printf(" %8.1f", samples[i].seconds * 1e3);
    std::fflush(stdout);
  }
  // What takes no time, such as an early refusal, has no slope.
  const bool short_pass = samples.back().seconds < 0.005;
  const double exponent = short_pass ? 0 : slope(samples);
  const double times = samples.back().bytes / static_cast<double>(sizes.back());
  const bool steep = exponent > steepest;
  const bool large = c.most_memory != 0 && times > static_cast<double>(c.most_memory);
  std::printf(" %6.2f %7.1f%s%s %s\n", exponent, times, steep ? " STEEP" : "",
              large ? " LARGE" : "", samples.back().refusal);
  std::fflush(stdout);
  return !steep && !large;
}

}  // namespace

namespace scaling {

std::string repeated(const std::string &unit, std::size_t bytes) {
  std::string out;
  out.reserve(bytes + unit.size());
  while (out.size() < bytes) out += unit;
  return out;
}

std::string numbered(std::size_t bytes, const std::function<std::string(std::size_t)> &line,
                     std::string head, const std::string &foot) {
  head.reserve(bytes + 1000);
  for (std::size_t number = 0; head.size() < bytes; ++number) head += line(number);
  return head + foot;
}

}  // namespace scaling

int main(int argc, char **argv) {
  std::vector<Case> cases = scaling::reading_cases();
  for (auto more : {scaling::talk_cases(), scaling::other_cases()}) {
    cases.insert(cases.end(), more.begin(), more.end());
  }
  std::printf("%-12s %-44s %8s %8s %8s %8s %6s %7s\n", "pass", "shape", "1 MB ms", "2 MB", "4 MB",
              "8 MB", "expo-", "memory");
  std::printf("%-102s %6s %7s\n", "", "nent", "times");
  int faults = 0;
  for (const Case &c : cases) {
    const std::string name = c.pass + " " + c.shape;
    const bool wanted = std::all_of(argv + 1, argv + argc, [&](const char *text) {
      return name.find(text) != std::string::npos;
    });
    if (wanted && !show(c)) ++faults;
  }
  if (faults > 0) std::printf("%d faults\n", faults);
  return faults > 0 ? 1 : 0;
}
