// Preconditions that both coaches check.
#ifndef SALESCHECKLIST_COACH_COACH_HPP
#define SALESCHECKLIST_COACH_COACH_HPP

#include <saleschecklist/coach.hpp>

#include <optional>

namespace saleschecklist::coaching {

// Why coaching cannot be based on these: evidence that is not at its place in the transcript, or a
// score that does not follow from the responses. std::nullopt if they are consistent.
std::optional<Error> coaching_fault(const Transcript &transcript, const Checklist &checklist,
                                    const std::vector<Response> &responses, const Score &score);

}  // namespace saleschecklist::coaching

#endif
