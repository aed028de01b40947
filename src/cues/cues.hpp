// Internals of cues: their lists, their validation, and the default for a checklist.
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

// The six lists of an item's cues, by their JSON keys.
constexpr std::array<std::pair<const char *, std::vector<std::string> ItemCues::*>, 6> cue_lists = {
    {{"statement", &ItemCues::statement},
     {"question", &ItemCues::question},
     {"exchange", &ItemCues::exchange},
     {"answer", &ItemCues::answer},
     {"veto", &ItemCues::veto},
     {"denial", &ItemCues::denial}}};

// Finds the malformed cues of a checklist.
class CueCheck {
 public:
  explicit CueCheck(Concepts concepts) : concepts_(std::move(concepts)) {}

  // Appends a fault for each malformed cue of the list, and one if all cues so far stand for too
  // much. `where` is the list's JSON pointer.
  void add_faults(std::vector<Error> &faults, const std::vector<std::string> &list,
                  const std::string &where);

 private:
  Concepts concepts_;
  std::size_t nodes_ = 0;
};

// The two halves of validate(cues, checklist): cues that do not belong to the checklist, and
// malformed cues and concepts.
std::vector<Error> misfits(const Cues &cues, const Checklist &checklist);
std::vector<Error> cue_faults(const Cues &cues);

// The cues of those items that the checklist has.
std::shared_ptr<const Cues> cues_for(const Checklist &checklist, std::shared_ptr<const Cues> cues);

// The cues that the offline assessor uses if the host gives none: those of the built-in checklist
// with the same id, restricted to the checklist's items; empty if there is no such built-in
// checklist.
std::shared_ptr<const Cues> default_cues(const Checklist &checklist);

}  // namespace saleschecklist::cues

#endif
