// assess() for callers that spend the rest of the budget afterwards.
#ifndef SALESCHECKLIST_ASSESS_MODEL_ASSESS_HPP
#define SALESCHECKLIST_ASSESS_MODEL_ASSESS_HPP

#include <saleschecklist/assess.hpp>

namespace saleschecklist::assessing {

// As assess(). `counted` receives what counts towards the budget: estimates if the service reports
// no tokens.
Result<Assessment> assess_counted(const Transcript &transcript, const Checklist &checklist,
                                  LanguageModel &model, const AssessOptions &options, Usage &usage,
                                  Usage &counted);

}  // namespace saleschecklist::assessing

#endif
