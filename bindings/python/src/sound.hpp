// What the library takes for granted about nouns and Python callers could break. Each check refuses
// with InvalidArgument.
#ifndef SALESCHECKLIST_PYTHON_SOUND_HPP
#define SALESCHECKLIST_PYTHON_SOUND_HPP

#include "place.hpp"

#include <saleschecklist/report.hpp>

namespace saleschecklist::python {

// validate() finds no fault.
void check(const Transcript &transcript, const Place &place);

// Evidence and moments name utterances of the report's transcript.
void check(const Report &report, const Place &place);

}  // namespace saleschecklist::python

#endif
