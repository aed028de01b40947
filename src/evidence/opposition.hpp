// Quotes that prove an item against quotes of the contrary.
#ifndef SALESCHECKLIST_EVIDENCE_OPPOSITION_HPP
#define SALESCHECKLIST_EVIDENCE_OPPOSITION_HPP

#include <saleschecklist/response.hpp>
#include <saleschecklist/transcript.hpp>

#include <vector>

namespace saleschecklist::evidence {

// What the quotes for an item and those against it amount to: of each speaker the last one counts,
// and speakers who then agree decide: yes or denied. Ambiguous if they do not agree; unanswered if
// there is no quote. All quotes must be in the transcript.
Answer weigh(const Transcript &transcript, const std::vector<Evidence> &quotes_for,
             const std::vector<Evidence> &quotes_against);

}  // namespace saleschecklist::evidence

#endif
