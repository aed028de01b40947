// Which answers an edit of the transcript puts in question, and how new ones take their place.
#ifndef SALESCHECKLIST_ENGINE_REJUDGING_HPP
#define SALESCHECKLIST_ENGINE_REJUDGING_HPP

#include <saleschecklist/assess.hpp>

#include "transcript/edits.hpp"

#include <set>
#include <string>
#include <vector>

namespace saleschecklist::engine {

// The items whose answers rest on what was touched: those with evidence in a touched utterance or
// with a quote that was rejected because of who said it, and those that are unanswered.
std::set<std::string> resting_on(const transcript::Touched &touched,
                                 const std::vector<Response> &responses);

// The items that are answered with evidence in a touched utterance.
std::set<std::string> proved_by(const transcript::Touched &touched,
                                const std::vector<Response> &responses);

// The checklist with these items only. Categories without any of them are left out.
Checklist only(const Checklist &checklist, const std::set<std::string> &items);

// `before` with the answers of `fresh` to these items. A person's correction is kept, with the
// evidence of the fresh answer. Notices are those of both.
Assessment with_new_answers(Assessment before, const Assessment &fresh,
                            const std::set<std::string> &items);

}  // namespace saleschecklist::engine

#endif
