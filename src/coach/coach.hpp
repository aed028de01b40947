// What both ways of coaching ask of their input.
#ifndef SALESCHECKLIST_COACH_COACH_HPP
#define SALESCHECKLIST_COACH_COACH_HPP

#include <saleschecklist/coach.hpp>

#include <optional>

namespace saleschecklist::coaching {

// Why these cannot be coached upon: evidence that is not at its place, or a score that does not
// follow from the responses.
std::optional<Error> coaching_fault(const Transcript &transcript, const Checklist &checklist,
                                    const std::vector<Response> &responses, const Score &score);

}  // namespace saleschecklist::coaching

#endif
