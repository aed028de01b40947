// Which process has claimed a session, and whether it still runs.
#ifndef SALESCHECKLIST_ENGINE_PROCESS_IDENTITY_HPP
#define SALESCHECKLIST_ENGINE_PROCESS_IDENTITY_HPP

#include "engine/context.hpp"

#include <string>

namespace saleschecklist::engine {

// The body of a job record that is claimed: this process, so that others on the same machine can
// find it, this engine and the claim.
std::string process_document(const LiveLeases &claims, const std::string &claim);

// The claim of a job record's body; empty where there is none.
std::string claim_of(const std::string &document);

// Whether a job's worker is certainly gone: it was a process of this machine that has ended, or a
// call of this engine that has. False where this cannot be told: another machine, another
// container, or a system without /proc.
bool is_gone(const std::string &document, const LiveLeases &claims);

}  // namespace saleschecklist::engine

#endif
