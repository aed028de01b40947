// The chapters of a report, each as the blocks that it consists of.
#ifndef SALESCHECKLIST_REPORT_CHAPTERS_HPP
#define SALESCHECKLIST_REPORT_CHAPTERS_HPP

#include "report/page_model.hpp"

namespace saleschecklist::report {

using Blocks = std::vector<Block>;

template <class T>
void add(Blocks &blocks, T block) {
  blocks.emplace_back(std::move(block));
}

// Score, the behaviour to change first, moments and notices: the first page.
void add_summary(Blocks &blocks, const Report &report, const std::string &title);
// A bar for each category, strengths and gaps.
void add_categories(Blocks &blocks, const Report &report);
void add_coaching(Blocks &blocks, const Coaching &coaching);
void add_metrics(Blocks &blocks, const Metrics &metrics);
// Every item with its answer and quotes.
void add_items(Blocks &blocks, const Report &report);
void add_transcript(Blocks &blocks, const Transcript &transcript);
// Who judged by what, and the fingerprint.
void add_provenance(Blocks &blocks, const Report &report);

// "3:07", or empty.
std::string clock_text(const std::optional<std::int64_t> &ms);
// In typographic quotation marks.
std::string quoted(const std::string &text);

}  // namespace saleschecklist::report

#endif
