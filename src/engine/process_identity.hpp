// Which process holds a session, and whether it is still running.
#ifndef SALESCHECKLIST_ENGINE_PROCESS_IDENTITY_HPP
#define SALESCHECKLIST_ENGINE_PROCESS_IDENTITY_HPP

#include "engine/context.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace saleschecklist::engine {

// The body of a claimed job record: it identifies this process for others on the same machine, this
// engine and the claim, and tells the length of the lease.
std::string process_document(const LiveLeases &claims, const std::string &claim,
                             std::int64_t lease_ms);

// The claim in a job record's body; empty if there is none.
std::string claim_of(const std::string &document);

// The length of the lease in a job record's body; absent in those of earlier versions.
std::optional<std::int64_t> lease_ms_of(const std::string &document);

// Whether a job's worker has certainly ended: it was a process of this machine or a call of this
// engine that is over. False if that cannot be known: on another machine, in another container, or
// on a system without /proc.
bool is_gone(const std::string &document, const LiveLeases &claims);

}  // namespace saleschecklist::engine

#endif
