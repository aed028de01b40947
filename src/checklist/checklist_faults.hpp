// The checks of a checklist that do not need its cues read.
#ifndef SALESCHECKLIST_CHECKLIST_CHECKLIST_FAULTS_HPP
#define SALESCHECKLIST_CHECKLIST_CHECKLIST_FAULTS_HPP

#include <saleschecklist/checklist.hpp>

namespace saleschecklist::checklist {

// As validate(checklist), without the cues and concepts.
std::vector<Error> structure_faults(const Checklist &checklist);

// A weight as checklists allow it: 0.001 to 100 in steps of 0.001.
bool is_weight(double value);

}  // namespace saleschecklist::checklist

#endif
