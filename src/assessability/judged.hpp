// What follows from a judgement of a call that was made before.
#ifndef SALESCHECKLIST_ASSESSABILITY_JUDGED_HPP
#define SALESCHECKLIST_ASSESSABILITY_JUDGED_HPP

#include <saleschecklist/assessability.hpp>

namespace saleschecklist::assessable {

// As assessability(), but takes the language and what was judged of the sales call from `judged`.
// They depend on word lists that later versions may improve; a stored report stays valid then.
Assessability reassessed(const Transcript &transcript, const Checklist &checklist,
                         const std::vector<Response> &responses, SalesCallRule rule,
                         const Assessability &judged);

}  // namespace saleschecklist::assessable

#endif
