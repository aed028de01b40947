#include "progress.hpp"

#include "scorecard.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>
#include <map>

namespace cli {
namespace {

using namespace saleschecklist;

std::string words_for(std::string_view stage) {
  static const std::map<std::string, std::string, std::less<>> words = {
      {"transcribe", "Listening to the recording"},
      {"separate", "Telling the speakers apart"},
      {"assess", "Answering the checklist"},
      {"score", "Scoring"},
      {"coach", "Writing the coaching"},
      {"speak", "Speaking the coaching"}};
  const auto found = words.find(stage);
  return found == words.end() ? std::string(stage) : found->second;
}

// One line of a terminal. Until when it waits is in local time, as a clock on the wall shows it.
std::string progress_line(const ProgressStep &step) {
  if (step.waits_until_ms > 0) {
    const auto until = static_cast<std::time_t>(step.waits_until_ms / 1'000);
    return fmt::format("{}: {} of {}, waiting for the rate limit until {:%H:%M:%S}",
                       words_for(step.stage), step.done, step.total, fmt::localtime(until));
  }
  const double ratio =
      step.total == 0 ? 0.0 : static_cast<double>(step.done) / static_cast<double>(step.total);
  return fmt::format("{:<28} {} {} of {}", words_for(step.stage), bar_of(ratio), step.done,
                     step.total);
}

std::string dollars(std::int64_t micro_dollars) {
  return fmt::format("${:.4f}", static_cast<double>(micro_dollars) / 1e6);
}

bool is_priced(const StageUsage &stage) { return stage.usage.micro_dollars > 0; }

std::string line_of(const StageUsage &stage) {
  const Usage &u = stage.usage;
  std::string out = fmt::format("  {:<11} {}: {} request{}", stage.stage, stage.provider,
                                u.requests, u.requests == 1 ? "" : "s");
  if (u.retries > 0) out += fmt::format(" ({} of them retries)", u.retries);
  if (u.audio_ms > 0) out += fmt::format(", {} transcribed", clock_time(u.audio_ms));
  if (u.tokens_in > 0) {
    out += fmt::format(", {} tokens read ({} from the cache), {} written", u.tokens_in,
                       u.tokens_cached, u.tokens_out);
  }
  if (u.tokens_reasoning > 0) out += fmt::format(" ({} of them reasoning)", u.tokens_reasoning);
  if (u.characters > 0) out += fmt::format(", {} characters spoken", u.characters);
  return out + (is_priced(stage) ? ", " + dollars(u.micro_dollars) : ", price unknown") + "\n";
}

}  // namespace

Progress::Progress(bool quiet) : shown_(!quiet && ::isatty(STDERR_FILENO) != 0) {}

Progress::~Progress() { clear(); }

void Progress::step(const std::string &what) const {
  if (!shown_) return;
  fmt::print(stderr, "\r\x1b[K{} ...", what);
  std::fflush(stderr);
}

void Progress::clear() const {
  if (!shown_) return;
  fmt::print(stderr, "\r\x1b[K");
  std::fflush(stderr);
}

saleschecklist::Progress Progress::bar() const {
  if (!shown_) return {};
  return [](const ProgressStep &step) {
    fmt::print(stderr, "\r\x1b[K{}", progress_line(step));
    std::fflush(stderr);
  };
}

std::string usage_lines(const std::vector<StageUsage> &stages) {
  if (stages.empty()) return {};
  std::string out = "Used\n";
  std::int64_t sum = 0;
  std::size_t unpriced = 0;
  for (const StageUsage &stage : stages) {
    out += line_of(stage);
    sum += stage.usage.micro_dollars;
    unpriced += is_priced(stage) ? 0 : 1;
  }
  if (unpriced == stages.size()) {
    return out + "  The price is unknown; --prices FILE gives one.\n";
  }
  return out + fmt::format("  about {} in total, by list prices{}\n", dollars(sum),
                           unpriced > 0 ? ", without what has no known price" : "");
}

}  // namespace cli
