// Reading and checking the audit log: every change with its actor, each entry bound to the one
// before.
#ifndef SALESCHECKLIST_ENGINE_AUDIT_LOG_HPP
#define SALESCHECKLIST_ENGINE_AUDIT_LOG_HPP

#include "engine/context.hpp"

namespace saleschecklist::engine {

// The functions of Engine of similar names, without its guard against exceptions.
Result<std::vector<AuditEntry>> audit_entries(const Context &context, const std::string &id);
Result<AuditReport> verify_audit(const Context &context, const std::string &id);

}  // namespace saleschecklist::engine

#endif
