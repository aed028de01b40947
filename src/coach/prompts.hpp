// The prompt for coaching. Changing it or schemas/model-coaching.schema.json requires a new version
// number, because the coaching depends on it.
#ifndef SALESCHECKLIST_COACH_PROMPTS_HPP
#define SALESCHECKLIST_COACH_PROMPTS_HPP

#include <string>

namespace saleschecklist::coaching {

std::string coach_instructions();

}  // namespace saleschecklist::coaching

#endif
