// Who sells and who buys: named by the host, stated by labels, or inferred from what is said.
#ifndef SALESCHECKLIST_TRANSCRIPT_ROLES_ROLES_HPP
#define SALESCHECKLIST_TRANSCRIPT_ROLES_ROLES_HPP

#include <saleschecklist/transcript.hpp>

namespace saleschecklist::transcript {

// Assigns roles to the speakers: from the options, else as the transcript states them, else from
// the labels and the talk. A speaker whose side is in doubt stays unknown. Fails with
// invalid_argument if there are speakers and a name in the options is not that of exactly one.
Result<Transcript> assign_roles(Transcript transcript, const ReadOptions &options);

}  // namespace saleschecklist::transcript

#endif
