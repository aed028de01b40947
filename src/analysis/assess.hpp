// assess() for what comes after it under the same budget.
#ifndef SALESCHECKLIST_ANALYSIS_ASSESS_HPP
#define SALESCHECKLIST_ANALYSIS_ASSESS_HPP

#include <saleschecklist/analysis.hpp>

namespace saleschecklist {

// As assess(). `counted` is what it took of the budget: where the service counts no tokens, an
// estimate.
Result<Assessment> assess_counted(const Transcript &transcript, const Checklist &checklist,
                                  LanguageModel &model, Usage &usage, Usage &counted,
                                  const AssessOptions &options);

}  // namespace saleschecklist

#endif
