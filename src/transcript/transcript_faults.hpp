// What validate(Transcript) and the readers check alike.
#ifndef SALESCHECKLIST_TRANSCRIPT_TRANSCRIPT_FAULTS_HPP
#define SALESCHECKLIST_TRANSCRIPT_TRANSCRIPT_FAULTS_HPP

#include <saleschecklist/transcript.hpp>

#include <optional>

namespace saleschecklist::transcript {

// The first limit of limits.hpp that the transcript exceeds: of its utterances, their bytes or its
// speakers. std::nullopt if it exceeds none.
std::optional<Error> size_fault(const Transcript &transcript);

}  // namespace saleschecklist::transcript

#endif
