// The language of a transcript that was read or transcribed.
#ifndef SALESCHECKLIST_TRANSCRIPT_LANGUAGE_HPP
#define SALESCHECKLIST_TRANSCRIPT_LANGUAGE_HPP

#include <saleschecklist/transcript.hpp>

namespace saleschecklist::transcript {

// Sets the language if the source names none, or names one that the words contradict; then a
// warning says so.
void settle_language(Transcript &transcript);

}  // namespace saleschecklist::transcript

#endif
