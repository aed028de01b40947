#include "session_tables.hpp"

#include "progress.hpp"
#include "scorecard.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace cli {
namespace {

using namespace saleschecklist;

constexpr std::size_t short_id = 8;
constexpr std::size_t widest_cell = 32;

struct Cell {
  std::string text;
  std::string color{};  // "#rrggbb", or empty for the default
};
using Row = std::vector<Cell>;

bool begins_character(char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }

std::size_t width(const std::string &text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), begins_character));
}

std::string shortened(const std::string &text) {
  if (width(text) <= widest_cell) return text;
  std::size_t at = 0;
  for (std::size_t count = 0; count < widest_cell; ++at)
    count += begins_character(text[at]) ? 1 : 0;
  return text.substr(0, at - 1) + "\xE2\x80\xA6";
}

// Columns as wide as their content. The last one is never truncated.
std::string table(std::vector<Row> rows, bool colors) {
  std::vector<std::size_t> widths(rows.front().size());
  for (Row &row : rows) {
    for (std::size_t i = 0; i < row.size(); ++i) {
      row[i].text = harmless(row[i].text);
      if (i + 1 < row.size()) row[i].text = shortened(row[i].text);
      widths[i] = std::max(widths[i], width(row[i].text));
    }
  }
  std::string out;
  for (const Row &row : rows) {
    for (std::size_t i = 0; i < row.size(); ++i) {
      const bool last = i + 1 == row.size();
      const std::string gap = last ? "" : std::string(widths[i] - width(row[i].text) + 2, ' ');
      const std::string text =
          row[i].color.empty() ? row[i].text : painted(row[i].text, row[i].color, colors);
      out += text + gap;
    }
    while (!out.empty() && out.back() == ' ') out.pop_back();
    out += '\n';
  }
  return out;
}

std::string or_dash(const std::string &text) { return text.empty() ? "-" : text; }

const Band &band_of(const Session &s) {
  if (s.risk_band == RiskBand::green) return s.policy.green;
  return s.risk_band == RiskBand::yellow ? s.policy.yellow : s.policy.red;
}

Cell score_cell(const Session &s) {
  if (s.not_assessable) return {"no score"};
  if (!s.total_score) return {"-"};
  const Band &band = band_of(s);
  return {fmt::format("{} {}", *s.total_score, band.label), band.color};
}

Row row_of(const Session &s) {
  return {{s.id.substr(0, short_id)}, {utc_time(s.created_at_ms)},
          {name(s.status)},           score_cell(s),
          {or_dash(s.owner)},         {or_dash(s.customer)},
          {or_dash(s.opportunity)}};
}

std::string recording_of(const SessionAudio &audio) {
  return fmt::format("{}, {}, {:.1f} MB{}", audio.name, clock_time(audio.duration_ms),
                     static_cast<double>(audio.bytes) / 1e6, audio.blob.empty() ? ", erased" : "");
}

std::string stages_of(const std::vector<Stage> &stages) {
  std::string out;
  for (const Stage stage : stages) out += (out.empty() ? "" : ", ") + std::string(name(stage));
  return out;
}

// The properties of a session, one row each; empty ones are left out.
std::vector<Row> facts_of(const Session &s) {
  const std::array<std::pair<const char *, std::string>, 12> facts = {
      {{"Session", s.id},
       {"Status", name(s.status)},
       {"Customer", s.customer},
       {"Opportunity", s.opportunity},
       {"Deal stage", s.deal_stage},
       {"Influencer", s.decision_influencer},
       {"Owner", s.owner},
       {"Checklist", s.checklist_id},
       {"Recording", s.audio ? recording_of(*s.audio) : ""},
       {"Created", utc_time(s.created_at_ms)},
       {"Completed", s.completed_at_ms == 0 ? "" : utc_time(s.completed_at_ms)},
       {"Out of date", stages_of(s.stale)}}};
  std::vector<Row> out;
  for (const auto &[label, value] : facts) {
    if (!value.empty()) out.push_back({{label}, {value}});
  }
  if (!s.failure) return out;
  out.push_back(
      {{"Failed"}, {std::string(name(s.failure->stage)) + ": " + to_string(s.failure->error)}});
  out.push_back({{"Advice"}, {s.failure->advice}});
  return out;
}

}  // namespace

std::string utc_time(std::int64_t milliseconds) {
  if (milliseconds == 0) return "-";
  return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}",
                     fmt::gmtime(static_cast<std::time_t>(milliseconds / 1000)));
}

std::string session_table(const std::vector<Session> &sessions, bool colors) {
  if (sessions.empty()) return "No sessions.\n";
  std::vector<Row> rows = {
      {{"ID"}, {"CREATED"}, {"STATUS"}, {"SCORE"}, {"OWNER"}, {"CUSTOMER"}, {"OPPORTUNITY"}}};
  for (const Session &s : sessions) rows.push_back(row_of(s));
  return table(std::move(rows), colors);
}

std::string session_line(const Session &s, bool colors) {
  std::string out = table({{{s.id}, {name(s.status)}, score_cell(s), {s.customer}}}, colors);
  if (s.failure) {
    out += fmt::format("  {}: {}\n  {}\n", name(s.failure->stage),
                       harmless(to_string(s.failure->error)), s.failure->advice);
  }
  return out;
}

std::string session_lines(const SessionResult &result, bool colors) {
  std::string out = table(facts_of(result.session), colors);
  if (result.score) out += "\n" + score_lines(*result.score, colors);
  const std::string limits = result.assessability ? describe(*result.assessability) : "";
  if (!limits.empty()) out += "\n" + limits + "\n";
  if (result.coaching) out += "Change this first: " + result.coaching->first_change + "\n";
  if (!result.usage.empty()) out += "\n" + usage_lines(result.usage);
  return out;
}

std::string history_table(const std::vector<ScoreVersion> &versions) {
  if (versions.empty()) return "No score yet.\n";
  std::vector<Row> rows = {
      {{"VERSION"}, {"TIME"}, {"SCORE"}, {"BAND"}, {"CHANGED"}, {"BY"}, {"REASON"}}};
  for (const ScoreVersion &v : versions) {
    rows.push_back({{std::to_string(v.version)},
                    {utc_time(v.at_ms)},
                    {v.total_score ? std::to_string(*v.total_score) : "-"},
                    {v.risk_band ? name(*v.risk_band) : name(AssessmentStatus::not_assessable)},
                    {fmt::format("{} item{}", v.changed.size(), v.changed.size() == 1 ? "" : "s")},
                    {v.actor},
                    {v.reason}});
  }
  return table(std::move(rows), false);
}

std::string audit_table(const std::vector<AuditEntry> &entries) {
  std::vector<Row> rows = {{{"#"}, {"TIME"}, {"BY"}, {"WHAT"}, {"DETAIL"}}};
  for (const AuditEntry &e : entries) {
    rows.push_back(
        {{std::to_string(e.number)}, {utc_time(e.at_ms)}, {e.actor}, {e.action}, {e.detail}});
  }
  return table(std::move(rows), false);
}

std::string next_step(const Session &s) {
  const auto command = [&](const char *what) {
    return fmt::format("Next: saleschecklist session {} {}\n", what, s.id);
  };
  switch (s.status) {
    case SessionStatus::draft:
    case SessionStatus::uploading:
      return command("attach");
    case SessionStatus::processing:
    case SessionStatus::analyzing:
    case SessionStatus::scoring:
    case SessionStatus::failed:
      return command("run");
    case SessionStatus::pending_review:
      return command("approve");
    case SessionStatus::erasing:
      return command("erase");
    case SessionStatus::completed:
    case SessionStatus::not_assessable:
      break;
  }
  return s.stale.empty() ? "" : command("run");
}

}  // namespace cli
