#include "report/page_model.hpp"

#include "text/phrasing.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

namespace saleschecklist::report {
namespace {

constexpr std::size_t listed_items = 9;  // strengths and gaps shown in their chapter

std::string clock_text(const std::optional<std::int64_t> &ms) {
  return ms ? text::clock_time(*ms) : std::string();
}

std::string quoted(const std::string &text) { return "\xE2\x80\x9C" + text + "\xE2\x80\x9D"; }

std::string seconds(std::int64_t ms) { return fmt::format("{}.{} s", ms / 1000, ms % 1000 / 100); }

class Builder {
 public:
  Builder(const Report &report, bool include_transcript)
      : report_(report), include_transcript_(include_transcript) {
    for (const Response &r : report.responses) responses_[r.item_id] = &r;
  }

  PageModel run() {
    describe();
    first_page();
    categories();
    strengths_and_gaps();
    coaching();
    metrics();
    all_items();
    if (include_transcript_) transcript();
    provenance();
    return std::move(out_);
  }

 private:
  template <class T>
  void add(T block) {
    out_.blocks.emplace_back(std::move(block));
  }

  void describe() {
    const Deal &deal = report_.deal;
    out_.title =
        deal.customer.empty() ? "Sales call report" : "Sales call report: " + deal.customer;
    out_.subject = report_.checklist.name;
    out_.footer = deal.customer.empty() ? "Confidential" : "Confidential \xC2\xB7 " + deal.customer;
  }

  void first_page() {
    const Score &score = report_.score;
    const Deal &deal = report_.deal;
    add(Heading{out_.title, 1, false});
    std::string line;
    for (const std::string &part : {deal.opportunity, deal.stage}) {
      if (!part.empty()) line += (line.empty() ? "" : " \xC2\xB7 ") + part;
    }
    if (!line.empty()) add(Paragraph{line, Tone::muted});
    ScoreBox box;
    box.number = std::to_string(score.total_score);
    box.label = score.risk_label;
    box.color = score.risk_color;
    const ScoreSummary &s = score.summary;
    box.lines.push_back(fmt::format("{} of {} items proven ({:.1f}%)", s.validated_items,
                                    s.total_items - s.not_applicable_items, score.percentage));
    if (s.unanswered_items > 0)
      box.lines.push_back(fmt::format("{} unanswered", s.unanswered_items));
    if (s.unsupported_items > 0) {
      box.lines.push_back(fmt::format("{} claimed without proof", s.unsupported_items));
    }
    if (s.not_applicable_items > 0) {
      box.lines.push_back(fmt::format("{} not applicable", s.not_applicable_items));
    }
    if (report_.metrics.rep_talk_share) {
      box.lines.push_back(fmt::format(
          "The seller spoke {} of the {}", text::percent(*report_.metrics.rep_talk_share),
          report_.metrics.talk_share_basis == ShareBasis::time ? "speaking time" : "words"));
    }
    add(std::move(box));
    add(Callout{"Change this first", report_.coaching.first_change});
    if (!report_.coaching.moments.empty()) add(Heading{"Listen to these moments", 2});
    for (const Moment &m : report_.coaching.moments) add(moment(m));
    for (const std::string &notice : report_.notices) add(Paragraph{notice, Tone::muted});
  }

  Entry moment(const Moment &m) const {
    Entry entry;
    entry.mark = Mark::clock;
    entry.title = title_of(m.item_id);
    entry.note = clock_text(m.begin_ms);
    const std::string &speaker = report_.transcript.utterances[m.utterance].speaker;
    entry.details.push_back({quoted(m.quote), Tone::quote});
    if (!speaker.empty()) entry.details.push_back({speaker, Tone::muted});
    return entry;
  }

  std::string title_of(const std::string &id) const {
    for (const Category &c : report_.checklist.categories) {
      for (const Item &i : c.items) {
        if (i.id == id) return i.title;
      }
    }
    return id;
  }

  void categories() {
    add(Heading{"Categories", 1, true});
    Bars bars;
    for (const CategoryScore &c : report_.score.category_breakdown) {
      bars.rows.push_back({c.name, fmt::format("{} of {}", c.validated_items, c.total_items),
                           c.max_score > 0 ? c.score / c.max_score : 0});
    }
    add(std::move(bars));
  }

  void strengths_and_gaps() {
    add(Heading{"Strengths", 1});
    list_items(report_.score.strengths, "Nothing is proven yet.");
    add(Heading{"Gaps", 1});
    list_items(report_.score.gaps, "There is no gap left.");
  }

  void list_items(const std::vector<ScoredItem> &items, const char *when_empty) {
    if (items.empty()) add(Paragraph{when_empty, Tone::muted});
    const std::size_t shown = std::min(items.size(), listed_items);
    for (std::size_t i = 0; i < shown; ++i) {
      const auto found = responses_.find(items[i].item_id);
      Entry entry;
      entry.mark = found == responses_.end() ? Mark::open : mark_of(*found->second);
      entry.title = items[i].title;
      entry.note = items[i].category;
      add(std::move(entry));
    }
    if (shown < items.size()) {
      add(Paragraph{fmt::format("and {} more, see All items", items.size() - shown), Tone::muted});
    }
  }

  void coaching() {
    const Coaching &c = report_.coaching;
    add(Heading{"Coaching", 1, true});
    std::string_view rest = c.feedback_text;
    while (!rest.empty()) {
      const std::size_t end = std::min(rest.find("\n\n"), rest.size());
      add(Paragraph{std::string(rest.substr(0, end))});
      rest.remove_prefix(std::min(end + 2, rest.size()));
    }
    points("What went well", c.strengths);
    points("What to improve", c.improvement_areas);
    if (!c.action_items.empty()) add(Heading{"For the next call", 2});
    for (const std::string &action : c.action_items) add(Entry{Mark::bullet, action, {}, {}});
  }

  void points(const char *title, const std::vector<CoachingPoint> &list) {
    if (list.empty()) return;
    add(Heading{title, 2});
    for (const CoachingPoint &p : list) {
      add(Entry{Mark::bullet, p.point, {}, {{p.explanation, Tone::plain}}});
    }
  }

  void metrics() {
    const Metrics &m = report_.metrics;
    add(Heading{"Conversation", 1, true});
    Facts facts;
    const auto fact = [&](const char *name, std::string value) {
      facts.rows.push_back({name, std::move(value)});
    };
    if (m.duration_ms > 0) fact("Length", clock_text(m.duration_ms));
    fact("Words", std::to_string(m.words));
    fact("Speaker switches",
         m.switches_per_minute
             ? fmt::format("{} ({:.1f} a minute)", m.speaker_switches, *m.switches_per_minute)
             : std::to_string(m.speaker_switches));
    if (m.longest_rep_monologue_ms) {
      fact("Seller's longest monologue", clock_text(m.longest_rep_monologue_ms));
    }
    if (m.talk_share_basis != ShareBasis::none) {
      fact("Shares of talk are of", m.talk_share_basis == ShareBasis::time
                                        ? "the speaking time of all"
                                        : "the words of all");
    }
    add(std::move(facts));
    for (const SpeakerMetrics &s : m.speakers) speaker(s);
  }

  void speaker(const SpeakerMetrics &s) {
    const std::string who = s.speaker.empty() ? "Unnamed speaker" : s.speaker;
    add(Heading{fmt::format("{} ({})", who, name(s.role)), 2});
    Facts facts;
    if (s.talk_share) facts.rows.push_back({"Share of talk", text::percent(*s.talk_share)});
    facts.rows.push_back({"Words", std::to_string(s.words)});
    if (s.words_per_minute) {
      facts.rows.push_back({"Words per minute", fmt::format("{:.0f}", *s.words_per_minute)});
    }
    facts.rows.push_back({"Turns", std::to_string(s.turns)});
    facts.rows.push_back({"Questions", std::to_string(s.questions)});
    facts.rows.push_back({"Interruptions", std::to_string(s.interruptions)});
    if (s.longest_monologue_ms) {
      facts.rows.push_back({"Longest monologue", clock_text(s.longest_monologue_ms)});
    }
    if (s.patience_ms) {
      facts.rows.push_back(
          {"Pause before a reply",
           fmt::format("{} on average of {}", seconds(*s.patience_ms), s.replies)});
    }
    add(std::move(facts));
  }

  static Mark mark_of(const Response &r) {
    switch (r.answer) {
      case Answer::yes:
        return r.support == Support::unsupported ? Mark::no : Mark::yes;
      case Answer::no:
        return Mark::no;
      case Answer::not_applicable:
        return Mark::skipped;
      case Answer::unanswered:
        break;
    }
    return Mark::open;
  }

  void all_items() {
    add(Heading{"All items", 1, true});
    for (const Category &category : report_.checklist.categories) {
      add(Heading{category.name, 2});
      for (const Item &i : category.items) {
        const auto found = responses_.find(i.id);
        add(item_entry(i, found == responses_.end() ? nullptr : found->second));
      }
    }
  }

  Entry item_entry(const Item &i, const Response *r) const {
    Entry entry;
    entry.title = fmt::format("{}  {}", i.id, i.title);
    entry.mark = r == nullptr ? Mark::open : mark_of(*r);
    if (r == nullptr) return entry;
    const bool counts = r->answer == Answer::yes;
    std::string answer = name(r->answer);
    std::replace(answer.begin(), answer.end(), '_', ' ');
    entry.note = counts ? fmt::format("{}, {}", answer, text::percent(r->confidence)) : answer;
    for (const Evidence &e : r->evidence) {
      const std::string &speaker = report_.transcript.utterances[e.utterance].speaker;
      std::string source = speaker;
      if (e.begin_ms) source += (source.empty() ? "" : ", ") + clock_text(e.begin_ms);
      if (e.status == EvidenceStatus::repaired) source += " (repaired)";
      entry.details.push_back(
          {source.empty() ? quoted(e.quote) : quoted(e.quote) + " \xE2\x80\x93 " + source,
           Tone::quote});
    }
    for (const RejectedEvidence &e : r->rejected_evidence) {
      entry.details.push_back(
          {fmt::format("Not accepted: {}: {}", quoted(e.quote), e.reason), Tone::muted});
    }
    if (r->correction) {
      entry.details.push_back({fmt::format("Changed by {} on {}: {}", r->correction->by,
                                           r->correction->at, r->correction->reason),
                               Tone::muted});
    }
    return entry;
  }

  void transcript() {
    add(Heading{"Transcript", 1, true});
    for (const Utterance &u : report_.transcript.utterances) {
      const std::string who = u.speaker.empty() ? "?" : u.speaker;
      const std::string when = u.begin_ms ? clock_text(u.begin_ms) + "  " : "";
      const std::string doubt = u.doubt.empty() ? "" : fmt::format(" [doubtful: {}]", u.doubt);
      add(Paragraph{fmt::format("{}{}: {}{}", when, who, u.text, doubt),
                    u.doubt.empty() ? Tone::plain : Tone::muted});
    }
  }

  void provenance() {
    add(Heading{"How this was judged", 1});
    Facts facts;
    facts.rows.push_back({"Checklist", fmt::format("{} (revision {})", report_.checklist.name,
                                                   report_.checklist.revision)});
    facts.rows.push_back({"Assessor", report_.assessor});
    const Policy &p = report_.score.policy;
    facts.rows.push_back(
        {"Policy", fmt::format("{}: {} from {}, {} from {}", p.id, p.green.label, p.green.threshold,
                               p.yellow.label, p.yellow.threshold)});
    if (!report_.transcript.role_reason.empty()) {
      facts.rows.push_back({"Roles", fmt::format("{}: {}", name(report_.transcript.role_source),
                                                 report_.transcript.role_reason)});
    }
    facts.rows.push_back({"Fingerprint", report_.score.fingerprint});
    add(std::move(facts));
  }

  const Report &report_;
  bool include_transcript_;
  std::map<std::string_view, const Response *> responses_;
  PageModel out_;
};

}  // namespace

PageModel build_pages(const Report &report, bool include_transcript) {
  return Builder(report, include_transcript).run();
}

}  // namespace saleschecklist::report
