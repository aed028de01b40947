// assess() for what comes after it under the same budget.
#ifndef SALESCHECKLIST_ASSESS_MODEL_ASSESS_HPP
#define SALESCHECKLIST_ASSESS_MODEL_ASSESS_HPP

#include <saleschecklist/assess.hpp>

namespace saleschecklist::assessing {

// As assess(). `counted` is what it took of the budget: where the service counts no tokens, an
// estimate.
Result<Assessment> assess_counted(const Transcript &transcript, const Checklist &checklist,
                                  LanguageModel &model, const AssessOptions &options, Usage &usage,
                                  Usage &counted);

}  // namespace saleschecklist::assessing

#endif
