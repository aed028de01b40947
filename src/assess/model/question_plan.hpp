// Which questions are put to a model: the items in groups, the conversation in passages.
#ifndef SALESCHECKLIST_ASSESS_MODEL_QUESTION_PLAN_HPP
#define SALESCHECKLIST_ASSESS_MODEL_QUESTION_PLAN_HPP

#include "assess/model/ask_loop.hpp"

#include <saleschecklist/assess.hpp>

#include <cstddef>
#include <vector>

namespace saleschecklist::assessing {

struct QuestionPlan {
  std::vector<QuestionBatch> batches;   // passage by passage, and in each of them every group
  std::vector<std::size_t> categories;  // per group: the index of its category
  std::size_t passages = 0;

  // The index of the category that a batch asks about.
  std::size_t category_of(std::size_t batch) const { return categories[batch % categories.size()]; }
};

// Groups the items by category, at most 15 in a question, and cuts the conversation into as many
// overlapping passages as the model's context requires. Items that nobody's words in the transcript
// could prove are left out. The checklist and the transcript must outlive the plan. Fails with
// invalid_argument if the context is too small for any passage, and with cancelled.
Result<QuestionPlan> plan_questions(const Transcript &transcript, const Checklist &checklist,
                                    const ModelInfo &info, const CancelToken &cancel);

}  // namespace saleschecklist::assessing

#endif
