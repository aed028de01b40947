// The first page of a report, and its last section.
#include "report/chapters/chapters.hpp"

#include "text/phrasing.hpp"

#include <fmt/format.h>

namespace saleschecklist::report {
namespace {

std::string title_of(const Checklist &checklist, const std::string &id) {
  for (const Category &c : checklist.categories) {
    for (const Item &i : c.items) {
      if (i.id == id) return i.title;
    }
  }
  return id;
}

Entry moment_entry(const Report &report, const Moment &m) {
  Entry entry;
  entry.mark = Mark::clock;
  entry.title = title_of(report.checklist, m.item_id);
  entry.note = clock_text(m.begin_ms);
  const std::string &speaker = report.transcript.utterances[m.utterance].speaker;
  entry.details.push_back({quoted(m.quote), Tone::quote});
  if (!speaker.empty()) entry.details.push_back({speaker, Tone::muted});
  return entry;
}

std::string talk_line(const Metrics &metrics) {
  return fmt::format("The seller spoke {} of the {}", text::percent(*metrics.rep_talk_share),
                     metrics.talk_share_basis == ShareBasis::time ? "speaking time" : "words");
}

ScoreBox score_box(const Report &report, const Score &score) {
  ScoreBox box;
  box.number = std::to_string(score.total_score);
  box.label = score.risk_label;
  box.color = score.risk_color;
  const ScoreSummary &s = score.summary;
  box.lines.push_back(fmt::format("{} of {} items proven ({:.1f}%)", s.validated_items,
                                  s.total_items - s.not_applicable_items, score.percentage));
  if (s.unanswered_items > 0) box.lines.push_back(fmt::format("{} unanswered", s.unanswered_items));
  if (s.unsupported_items > 0) {
    box.lines.push_back(fmt::format("{} claimed without proof", s.unsupported_items));
  }
  if (s.denied_items > 0) box.lines.push_back(fmt::format("{} denied", s.denied_items));
  if (s.ambiguous_items > 0) {
    box.lines.push_back(fmt::format("{} said and denied", s.ambiguous_items));
  }
  if (s.not_applicable_items > 0) {
    box.lines.push_back(fmt::format("{} not applicable", s.not_applicable_items));
  }
  if (report.metrics.rep_talk_share) box.lines.push_back(talk_line(report.metrics));
  return box;
}

// Why the band is no better, whatever the score.
std::string gate_line(const Policy &policy, const ClosedGate &gate) {
  const Band &band = gate.at_most == RiskBand::red ? policy.red : policy.yellow;
  return fmt::format("At most {}: {}", band.label,
                     gate.reason.empty() ? "not shown: " + gate.title : gate.reason);
}

NoScoreBox no_score_box(const Report &report) {
  NoScoreBox box{"No score", describe(report.assessment), {}};
  box.lines.push_back(
      fmt::format("{} words by {} speakers", report.metrics.words, report.metrics.speakers.size()));
  if (report.metrics.rep_talk_share) box.lines.push_back(talk_line(report.metrics));
  return box;
}

void add_verdict(Blocks &blocks, const Report &report) {
  if (!report.score) return add(blocks, no_score_box(report));
  add(blocks, score_box(report, *report.score));
  for (const ClosedGate &gate : report.score->closed_gates) {
    add(blocks, Paragraph{gate_line(report.score->policy, gate), Tone::strong});
  }
  const std::string doubt = describe(report.assessment);
  if (!doubt.empty()) add(blocks, Paragraph{doubt, Tone::strong});
}

void add_advice(Blocks &blocks, const Report &report) {
  const Coaching &coaching = *report.coaching;
  add(blocks, Callout{"Change this first", coaching.first_change});
  if (!coaching.moments.empty()) add(blocks, Heading{"Listen to these moments", 2});
  for (const Moment &m : coaching.moments) add(blocks, moment_entry(report, m));
}

}  // namespace

void add_summary(Blocks &blocks, const Report &report, const std::string &title) {
  const DealInfo &deal = report.deal;
  add(blocks, Heading{title, 1, false});
  std::string line;
  for (const std::string &part : {deal.opportunity, deal.stage}) {
    if (!part.empty()) line += (line.empty() ? "" : " \xC2\xB7 ") + part;
  }
  if (!line.empty()) add(blocks, Paragraph{line, Tone::muted});
  add_verdict(blocks, report);
  if (report.coaching) add_advice(blocks, report);
  for (const std::string &notice : report.notices) add(blocks, Paragraph{notice, Tone::muted});
}

void add_provenance(Blocks &blocks, const Report &report) {
  add(blocks, Heading{"How this was judged", 1});
  Facts facts;
  facts.rows.push_back({"Checklist", fmt::format("{} (revision {})", report.checklist.name,
                                                 report.checklist.revision)});
  facts.rows.push_back({"Assessor", report.assessor});
  if (report.score) {
    const Policy &p = report.score->policy;
    facts.rows.push_back(
        {"Policy", fmt::format("{}: {} from {}, {} from {}", p.id, p.green.label, p.green.threshold,
                               p.yellow.label, p.yellow.threshold)});
  }
  if (!report.transcript.role_reason.empty()) {
    facts.rows.push_back({"Roles", fmt::format("{}: {}", name(report.transcript.role_source),
                                               report.transcript.role_reason)});
  }
  if (report.score) facts.rows.push_back({"Fingerprint", report.score->fingerprint});
  add(blocks, std::move(facts));
}

}  // namespace saleschecklist::report
