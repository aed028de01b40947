// The chapters with categories, strengths and gaps, and with all items.
#include "report/chapters/chapters.hpp"

#include "text/phrasing.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace saleschecklist::report {
namespace {

constexpr std::size_t listed_items = 9;  // strengths and gaps listed in their chapter

// The response to an item; null if there is none.
const Response *find_response(const std::vector<Response> &responses, std::string_view id) {
  const auto found = std::find_if(responses.begin(), responses.end(),
                                  [&](const Response &r) { return r.item_id == id; });
  return found == responses.end() ? nullptr : &*found;
}

Mark mark_of(const Response *r) {
  if (r == nullptr) return Mark::open;
  switch (r->answer) {
    case Answer::yes:
      return r->support == Support::unsupported ? Mark::no : Mark::yes;
    case Answer::no:
    case Answer::denied:
    case Answer::ambiguous:
      return Mark::no;
    case Answer::not_applicable:
      return Mark::skipped;
    case Answer::unanswered:
      break;
  }
  return Mark::open;
}

void list_items(Blocks &blocks, const Report &report, const std::vector<ScoredItem> &items,
                const char *when_empty) {
  if (items.empty()) add(blocks, Paragraph{when_empty, Tone::muted});
  const std::size_t shown = std::min(items.size(), listed_items);
  for (std::size_t i = 0; i < shown; ++i) {
    Entry entry;
    entry.mark = mark_of(find_response(report.responses, items[i].item_id));
    entry.title = items[i].title;
    entry.note = items[i].category;
    add(blocks, std::move(entry));
  }
  if (shown < items.size()) {
    add(blocks,
        Paragraph{fmt::format("and {} more, see All items", items.size() - shown), Tone::muted});
  }
}

std::string quote_text(const Transcript &transcript, const Evidence &e) {
  std::string source = transcript.utterances[e.utterance].speaker;
  if (e.begin_ms) source += (source.empty() ? "" : ", ") + clock_text(e.begin_ms);
  if (e.status == EvidenceStatus::repaired) source += " (repaired)";
  return source.empty() ? quoted(e.quote) : quoted(e.quote) + " \xE2\x80\x93 " + source;
}

Entry item_entry(const Transcript &transcript, const Item &i, const Response *r) {
  Entry entry;
  entry.title = fmt::format("{}  {}", i.id, i.title);
  entry.mark = mark_of(r);
  if (r == nullptr) return entry;
  const bool counts = r->answer == Answer::yes;
  std::string answer = name(r->answer);
  std::replace(answer.begin(), answer.end(), '_', ' ');
  entry.note = counts ? fmt::format("{}, {}", answer, text::percent(r->confidence)) : answer;
  for (const Evidence &e : r->evidence) {
    entry.details.push_back({quote_text(transcript, e), Tone::quote});
  }
  for (const Evidence &e : r->contrary_evidence) {
    entry.details.push_back({"The contrary: " + quote_text(transcript, e), Tone::quote});
  }
  for (const RejectedEvidence &e : r->rejected_evidence) {
    entry.details.push_back(
        {fmt::format("Not accepted: {}: {}", quoted(e.quote), describe(e)), Tone::muted});
  }
  if (r->correction) {
    entry.details.push_back({fmt::format("Changed by {} on {}: {}", r->correction->by,
                                         r->correction->at, r->correction->reason),
                             Tone::muted});
  }
  return entry;
}

}  // namespace

void add_categories(Blocks &blocks, const Report &report) {
  add(blocks, Heading{"Categories", 1, true});
  Bars bars;
  for (const CategoryScore &c : report.score->category_breakdown) {
    bars.rows.push_back({c.name, fmt::format("{} of {}", c.validated_items, c.total_items),
                         c.max_score > 0 ? c.score / c.max_score : 0});
  }
  add(blocks, std::move(bars));
  add(blocks, Heading{"Strengths", 1});
  list_items(blocks, report, report.score->strengths, "Nothing is proven yet.");
  add(blocks, Heading{"Gaps", 1});
  list_items(blocks, report, report.score->gaps, "There is no gap left.");
}

void add_items(Blocks &blocks, const Report &report) {
  add(blocks, Heading{"All items", 1, true});
  for (const Category &category : report.checklist.categories) {
    add(blocks, Heading{category.name, 2});
    for (const Item &i : category.items) {
      add(blocks, item_entry(report.transcript, i, find_response(report.responses, i.id)));
    }
  }
}

}  // namespace saleschecklist::report
