// The id of the offline assessor in reports, and its notice if there are no cues.
#ifndef SALESCHECKLIST_ASSESS_OFFLINE_ASSESSOR_ID_HPP
#define SALESCHECKLIST_ASSESS_OFFLINE_ASSESSOR_ID_HPP

#include <saleschecklist/cues.hpp>

#include <string>
#include <string_view>

namespace saleschecklist::assessing {

// The id of the offline assessor with these cues: "offline-cues/3:1a2b3c4d".
std::string offline_assessor(const Cues &cues);

// Whether the id is one that offline_assessor() returns, or returned in an earlier version.
bool is_offline_assessor(std::string_view id);

// The id of an assessor as it enters score fingerprints: without the digits of the offline
// assessor's cues, even if text follows them, as in "offline-cues/3:1a2b3c4d, then Dana".
std::string without_cue_digits(std::string_view assessor);

// The notice of an assessment without cues.
std::string no_cues_notice(const std::string &checklist_id);

}  // namespace saleschecklist::assessing

#endif
