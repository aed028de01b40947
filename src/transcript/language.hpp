// The language of a transcript that was read or transcribed.
#ifndef SALESCHECKLIST_TRANSCRIPT_LANGUAGE_HPP
#define SALESCHECKLIST_TRANSCRIPT_LANGUAGE_HPP

#include <saleschecklist/transcript.hpp>

namespace saleschecklist::transcript {

// Sets the language if none is named, or one that the words contradict; then a warning says so, and
// that `named_by` names it: "the source", "the service" that transcribed it, or "the host" who
// told it to the recogniser.
void settle_language(Transcript &transcript, const char *named_by = "the source");

}  // namespace saleschecklist::transcript

#endif
