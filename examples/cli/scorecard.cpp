#include "scorecard.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace cli {
namespace {

using namespace saleschecklist;

constexpr std::size_t listed = 6;
constexpr std::size_t text_width = 78;

std::string percent(double ratio) { return fmt::format("{}%", std::lround(ratio * 100)); }

std::string bold(const std::string &text, bool colors) {
  return colors ? "\x1b[1m" + text + "\x1b[0m" : text;
}

std::string wrapped(const std::string &words, const std::string &indent) {
  const std::string text = harmless(words);
  std::string out = indent;
  std::size_t column = indent.size();
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find_first_of(" \n", at), text.size());
    const std::string word = text.substr(at, end - at);
    if (column > indent.size() && column + 1 + word.size() > text_width) {
      out += "\n" + indent;
      column = indent.size();
    } else if (column > indent.size()) {
      out += ' ';
      ++column;
    }
    out += word;
    column += word.size();
    at = end + 1;
  }
  return out + "\n";
}

std::string items(const char *title, const std::vector<ScoredItem> &list, const char *mark,
                  bool colors) {
  std::string out = bold(title, colors) + "\n";
  for (std::size_t i = 0; i < std::min(list.size(), listed); ++i) {
    out += fmt::format("  {} {} ({})\n", mark, harmless(list[i].title), harmless(list[i].category));
  }
  if (list.size() > listed) out += fmt::format("    and {} more\n", list.size() - listed);
  if (list.empty()) out += "  none\n";
  return out + "\n";
}

std::string moments(const Report &report, bool colors) {
  if (report.coaching->moments.empty()) return {};
  std::string out = bold("Listen to", colors) + "\n";
  for (const Moment &m : report.coaching->moments) {
    const std::string &speaker = report.transcript.utterances[m.utterance].speaker;
    const std::string when = m.begin_ms ? clock_time(*m.begin_ms) + " " : "";
    out += wrapped(fmt::format("{}{}: \xE2\x80\x9C{}\xE2\x80\x9D", when, speaker, m.quote), "  ");
  }
  return out + "\n";
}

// What the user can do about a call without a score.
std::string hint(const Assessability &assessment) {
  const bool judged = assessment.sales_call_rule == SalesCallRule::automatic;
  const bool not_sales = assessment.reason == NotAssessableReason::not_a_sales_call;
  return judged && not_sales ? " If it is one, add --sales-call yes." : "";
}

}  // namespace

std::string harmless(const std::string &text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    const bool c1 =
        c == 0xC2 && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) < 0xA0;
    if (c < 0x20 || c == 0x7F || c1) {
      out += '?';
      i += c1 ? 1 : 0;
    } else {
      out += text[i];
    }
  }
  return out;
}

std::string painted(const std::string &text, const std::string &hex, bool colors) {
  if (!colors) return text;
  const auto part = [&](std::size_t at) { return std::stoi(hex.substr(at, 2), nullptr, 16); };
  return fmt::format("\x1b[1;38;2;{};{};{}m{}\x1b[0m", part(1), part(3), part(5), text);
}

bool colors_wanted() {
  const char *no_color = std::getenv("NO_COLOR");
  return ::isatty(STDOUT_FILENO) != 0 && (no_color == nullptr || *no_color == '\0');
}

std::string bar_of(double ratio) {
  constexpr int cells = 20;
  const int full = static_cast<int>(std::lround(std::clamp(ratio, 0.0, 1.0) * cells));
  std::string out;
  for (int i = 0; i < cells; ++i) out += i < full ? "\xE2\x96\x88" : "\xE2\x96\x91";
  return out;
}

std::string clock_time(std::int64_t milliseconds) {
  const std::int64_t s = milliseconds / 1000;
  if (s >= 3600) return fmt::format("{}:{:02}:{:02}", s / 3600, s / 60 % 60, s % 60);
  return fmt::format("{}:{:02}", s / 60, s % 60);
}

std::string score_lines(const Score &score, bool colors) {
  const ScoreSummary &s = score.summary;
  std::string out =
      fmt::format("  {}  {}   {} of {} items proven, {:.1f}%\n\n",
                  painted(fmt::format("{} / 100", score.total_score), score.risk_color, colors),
                  painted(harmless(score.risk_label), score.risk_color, colors), s.validated_items,
                  s.total_items - s.not_applicable_items, score.percentage);
  for (const ClosedGate &gate : score.closed_gates) {
    const Band &band = gate.at_most == RiskBand::red ? score.policy.red : score.policy.yellow;
    out += fmt::format("  At most {}: {}\n\n", harmless(band.label),
                       harmless(gate.reason.empty() ? "not shown: " + gate.title : gate.reason));
  }
  for (const CategoryScore &c : score.category_breakdown) {
    const double ratio = c.max_score > 0 ? c.score / c.max_score : 0;
    out += fmt::format("  {:<26} {} {:>2} of {}\n", harmless(c.name), bar_of(ratio),
                       c.validated_items, c.total_items);
  }
  return out + "\n";
}

std::string conversation_lines(const Metrics &metrics) {
  std::string out;
  for (const SpeakerMetrics &s : metrics.speakers) {
    const std::string who = s.speaker.empty() ? "unnamed" : harmless(s.speaker);
    out +=
        fmt::format("  {:<20} {:<9} {:>5} of the talk, {} questions, {} turns\n", who, name(s.role),
                    s.talk_share ? percent(*s.talk_share) : "-", s.questions, s.turns);
  }
  return out + "\n";
}

std::string scorecard(const Report &report, bool colors) {
  std::string out = "\n";
  if (!report.deal.customer.empty())
    out += "  " + bold(harmless(report.deal.customer), colors) + "\n";
  if (report.score) out += score_lines(*report.score, colors);
  const std::string limits = describe(report.assessment);
  if (!limits.empty()) out += wrapped(limits + hint(report.assessment), "  ") + "\n";
  if (report.score) {
    out += items("Strengths", report.score->strengths, "+", colors);
    out += items("Gaps", report.score->gaps, "-", colors);
  }
  if (report.coaching) {
    out += bold("Change this first", colors) + "\n" + wrapped(report.coaching->first_change, "  ") +
           "\n";
    out += moments(report, colors);
  }
  out += bold("Conversation", colors) + "\n" + conversation_lines(report.metrics);
  for (const std::string &notice : report.notices) out += wrapped("Note: " + notice, "");
  return out;
}

}  // namespace cli
