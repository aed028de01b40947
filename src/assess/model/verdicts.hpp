// From what a model said about an item, several times and about several passages, to a response.
#ifndef SALESCHECKLIST_ASSESS_MODEL_VERDICTS_HPP
#define SALESCHECKLIST_ASSESS_MODEL_VERDICTS_HPP

#include "assess/model/ask_loop.hpp"

#include <saleschecklist/assess.hpp>
#include <saleschecklist/evidence.hpp>

#include <map>
#include <string>
#include <vector>

namespace saleschecklist::assessing {

// An item with what was said of it in each passage, in order.
struct ItemVotes {
  const Item *item = nullptr;
  std::vector<PassageVotes> passages;
};

struct Judgment {
  std::vector<Response> responses;  // one per item
  std::size_t refused_quotes = 0;
  std::map<std::string, std::size_t> unanswered;  // how many items, by the clause that says why
  std::size_t cut_short = 0;  // items that have an answer, but from fewer votes than wanted
  std::string cut_short_by;   // the clause that says why, for the first of them
};

// Within a passage the answer with the most votes counts; with several votes the share of those who
// agree is its confidence, and without a two-thirds majority a person should look. Every quote goes
// through the evidence law. Of several passages, a proven yes counts before an unproven one, that
// before a no, and "not applicable" only if all say so; an item that was not judged in some passage
// and proven or claimed in none is unanswered. An answer of fewer votes than wanted is for a person
// to look at. When words that are proven to deny an item stand after the last
// words that prove it, the answer is a no at half its confidence, for a person to look at. Words of
// `injections`, which were meant for the assessor, prove nothing, wherever they are repeated.
// Throws BadResult when the host has cancelled.
Judgment judge(const Transcript &transcript, const std::vector<ItemVotes> &votes,
               const std::vector<Evidence> &injections, const CancelToken &cancel);

}  // namespace saleschecklist::assessing

#endif
