#include "engine/rejudging.hpp"

#include <algorithm>
#include <map>

namespace saleschecklist::engine {
namespace {

bool quotes(const Response &response, const transcript::Touched &touched) {
  const auto is_touched = [&](const Evidence &e) {
    return std::binary_search(touched.utterances.begin(), touched.utterances.end(), e.utterance);
  };
  return std::any_of(response.evidence.begin(), response.evidence.end(), is_touched) ||
         std::any_of(response.contrary_evidence.begin(), response.contrary_evidence.end(),
                     is_touched);
}

// Whether a quote was rejected because of its speaker's side, or because the words were suspect.
bool was_rejected_for(const Response &response, const transcript::Touched &touched) {
  return std::any_of(response.rejected_evidence.begin(), response.rejected_evidence.end(),
                     [&](const RejectedEvidence &r) {
                       switch (r.reason) {
                         case RejectionReason::wrong_side:
                         case RejectionReason::unknown_speaker:
                           return touched.speakers.count(r.speaker) != 0;
                         case RejectionReason::suspect_words:
                           return true;
                         default:
                           return false;
                       }
                     });
}

}  // namespace

std::set<std::string> resting_on(const transcript::Touched &touched,
                                 const std::vector<Response> &responses) {
  std::set<std::string> out;
  if (touched.utterances.empty()) return out;
  for (const Response &r : responses) {
    if (r.ai_answer == Answer::unanswered || quotes(r, touched) || was_rejected_for(r, touched)) {
      out.insert(r.item_id);
    }
  }
  return out;
}

std::set<std::string> proved_by(const transcript::Touched &touched,
                                const std::vector<Response> &responses) {
  std::set<std::string> out;
  for (const Response &r : responses) {
    if (quotes(r, touched)) out.insert(r.item_id);
  }
  return out;
}

Checklist only(const Checklist &checklist, const std::set<std::string> &items) {
  Checklist out = checklist;
  for (Category &category : out.categories) {
    category.items.erase(
        std::remove_if(category.items.begin(), category.items.end(),
                       [&](const Item &item) { return items.count(item.id) == 0; }),
        category.items.end());
  }
  out.categories.erase(std::remove_if(out.categories.begin(), out.categories.end(),
                                      [](const Category &c) { return c.items.empty(); }),
                       out.categories.end());
  return out;
}

Assessment with_new_answers(Assessment before, const Assessment &fresh,
                            const std::set<std::string> &items) {
  std::map<std::string, const Response *> answers;
  for (const Response &r : fresh.responses) answers[r.item_id] = &r;
  for (Response &r : before.responses) {
    const auto found = answers.find(r.item_id);
    if (items.count(r.item_id) == 0 || found == answers.end()) continue;
    Response next = *found->second;
    if (r.correction) {
      next.answer = r.answer;
      next.correction = std::move(r.correction);
      next.needs_review = false;
    }
    r = std::move(next);
  }
  for (const std::string &notice : fresh.notices) {
    if (std::find(before.notices.begin(), before.notices.end(), notice) == before.notices.end()) {
      before.notices.push_back(notice);
    }
  }
  return before;
}

}  // namespace saleschecklist::engine
