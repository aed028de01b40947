// Which process has claimed a session, and whether it still runs.
#ifndef SALESCHECKLIST_ENGINE_WORKER_HPP
#define SALESCHECKLIST_ENGINE_WORKER_HPP

#include <string>

namespace saleschecklist {

// The body of a job record that this process claims: itself, so that others on the same machine can
// find it, and this claim among its others.
std::string worker_document();

// Whether a job's worker was a process of this machine and is gone. False where this cannot be
// told: another machine, another container, or a system without /proc.
bool is_gone(const std::string &document);

}  // namespace saleschecklist

#endif
