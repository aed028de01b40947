// Cues from the inside: their lists, what may be wrong with them, and those used by default.
#ifndef SALESCHECKLIST_CUES_CUES_HPP
#define SALESCHECKLIST_CUES_CUES_HPP

#include "cues/cue_language.hpp"

#include <saleschecklist/cues.hpp>

#include <array>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace saleschecklist::cues {

// The five lists of an item's cues, by the names that they have in JSON.
constexpr std::array<std::pair<const char *, std::vector<std::string> ItemCues::*>, 5> cue_lists = {
    {{"statement", &ItemCues::statement},
     {"question", &ItemCues::question},
     {"exchange", &ItemCues::exchange},
     {"answer", &ItemCues::answer},
     {"veto", &ItemCues::veto}}};

// Appends a fault for each cue of the list that is not well formed; `where` is the list's pointer.
void add_cue_faults(std::vector<Error> &faults, const std::vector<std::string> &list,
                    const Concepts &concepts, const std::string &where);

// The two halves of validate(cues, checklist): what does not belong to the checklist, and the cues
// and concepts that are not well formed.
std::vector<Error> misfits(const Cues &cues, const Checklist &checklist);
std::vector<Error> cue_faults(const Cues &cues);

// The cues of the items that the checklist has.
std::shared_ptr<const Cues> cues_for(const Checklist &checklist, std::shared_ptr<const Cues> cues);

// What the offline assessor listens for where a host gives no cues: the built-in cues of the
// checklist's items if the checklist has the id of a built-in one, else nothing.
std::shared_ptr<const Cues> default_cues(const Checklist &checklist);

}  // namespace saleschecklist::cues

#endif
