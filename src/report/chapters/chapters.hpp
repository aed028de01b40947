// The chapters of a report, each as a list of blocks.
#ifndef SALESCHECKLIST_REPORT_CHAPTERS_CHAPTERS_HPP
#define SALESCHECKLIST_REPORT_CHAPTERS_CHAPTERS_HPP

#include "report/page_model.hpp"

namespace saleschecklist::report {

using Blocks = std::vector<Block>;

template <class T>
void add(Blocks &blocks, T block) {
  blocks.emplace_back(std::move(block));
}

// The first page: score, or why there is none, the behaviour to change first, moments and notices.
void add_summary(Blocks &blocks, const Report &report, const std::string &title);
// A bar per category, strengths and gaps; the report must have a score.
void add_categories(Blocks &blocks, const Report &report);
void add_coaching(Blocks &blocks, const Coaching &coaching);
void add_metrics(Blocks &blocks, const Metrics &metrics);
// Every item with its answer and quotes.
void add_items(Blocks &blocks, const Report &report);
void add_transcript(Blocks &blocks, const Transcript &transcript);
// Who judged by which checklist and policy, and the fingerprint.
void add_provenance(Blocks &blocks, const Report &report);

// A time as "3:07"; empty if there is none.
std::string clock_text(const std::optional<std::int64_t> &ms);
// In typographic quotation marks.
std::string quoted(const std::string &text);

}  // namespace saleschecklist::report

#endif
