// How the offline assessor is named in reports, and what it says where it has no cues.
#ifndef SALESCHECKLIST_ASSESS_OFFLINE_ASSESSOR_ID_HPP
#define SALESCHECKLIST_ASSESS_OFFLINE_ASSESSOR_ID_HPP

#include <saleschecklist/cues.hpp>

#include <string>
#include <string_view>

namespace saleschecklist::assessing {

// The id of the offline assessor with these cues: "offline-cues/2:1a2b3c4d".
std::string offline_assessor(const Cues &cues);

// Whether the id is one that offline_assessor() gives or gave in an earlier version.
bool is_offline_assessor(std::string_view id);

// The id of an assessor as score fingerprints have it: without the digits of the offline assessor's
// cues, also where more follows, as in "offline-cues/2:1a2b3c4d, then Dana".
std::string without_cue_digits(std::string_view assessor);

// The notice that an assessment without cues has.
std::string no_cues_notice(const std::string &checklist_id);

}  // namespace saleschecklist::assessing

#endif
