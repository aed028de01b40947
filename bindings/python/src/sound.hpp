// What the library takes for granted about nouns and Python callers could break. Refused with
// InvalidArgument.
#ifndef SALESCHECKLIST_PYTHON_SOUND_HPP
#define SALESCHECKLIST_PYTHON_SOUND_HPP

#include "place.hpp"

#include <saleschecklist/transcript.hpp>

namespace saleschecklist::python {

// validate() finds no fault.
void check(const Transcript &transcript, const Place &place);

}  // namespace saleschecklist::python

#endif
