// Combines a model's votes about an item, in one or more passages, into a response.
#ifndef SALESCHECKLIST_ASSESS_MODEL_VERDICTS_HPP
#define SALESCHECKLIST_ASSESS_MODEL_VERDICTS_HPP

#include "assess/model/ask_loop.hpp"

#include <saleschecklist/assess.hpp>
#include <saleschecklist/evidence.hpp>

#include <string>
#include <vector>

namespace saleschecklist::assessing {

// The votes for an item in each passage, in order.
struct ItemVotes {
  const Item *item = nullptr;
  std::vector<PassageVotes> passages;
};

// Items that have no answer for the same reason.
struct UnansweredItems {
  Gap gap;
  std::vector<const Item *> items;
};

struct Judgment {
  std::vector<Response> responses;  // one per item
  std::size_t refused_quotes = 0;
  std::vector<UnansweredItems> unanswered;
  std::size_t cut_short = 0;  // items that have an answer, but from fewer votes than wanted
  std::string cut_short_by;   // the clause that says why, for the first of them
};

// Within a passage the answer with the most votes counts; with several votes its share is the
// confidence, and without a two-thirds majority it needs a review. Every quote must pass the
// evidence law. Across passages, what accepted quotes show (see evidence::weigh()) takes precedence
// over an unproven yes, that over a proven "not applicable", and that over a no. Without accepted
// quotes, a denial and "not applicable" are a no. An item that lacks votes in some passage and is
// neither shown nor claimed in any is unanswered. An answer from fewer votes than wanted needs a
// review; so does a denial of what was said before and what two people contradict each other about,
// which have half their confidence. Words of
// `injections` prove nothing, even where they are repeated. Throws BadResult if the host has
// cancelled.
Judgment judge(const Transcript &transcript, const std::vector<ItemVotes> &votes,
               const std::vector<Evidence> &injections, const CancelToken &cancel);

}  // namespace saleschecklist::assessing

#endif
