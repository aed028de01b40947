// assess() for what comes after it under the same budget.
#ifndef SALESCHECKLIST_ASSESS_MODEL_ASSESS_HPP
#define SALESCHECKLIST_ASSESS_MODEL_ASSESS_HPP

#include <saleschecklist/assess.hpp>

namespace saleschecklist::assessing {

// As assess(). `counted` is what it took of the budget: where the service counts no tokens, an
// estimate.
Result<Assessment> assess_counted(const Transcript &transcript, const Checklist &checklist,
                                  LanguageModel &model, Usage &usage, Usage &counted,
                                  const AssessOptions &options);

}  // namespace saleschecklist::assessing

#endif
