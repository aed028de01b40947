// Stored sessions as text for a terminal.
#ifndef SALESCHECKLIST_CLI_SESSION_TABLES_HPP
#define SALESCHECKLIST_CLI_SESSION_TABLES_HPP

#include <saleschecklist/saleschecklist.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace cli {

// "2026-11-20T19:30:37Z"; "-" for 0.
std::string utc_time(std::int64_t milliseconds);

std::string session_table(const std::vector<saleschecklist::Session> &sessions, bool colors);
std::string session_line(const saleschecklist::Session &session, bool colors);
std::string session_lines(const saleschecklist::SessionResult &result, bool colors);
std::string history_table(const std::vector<saleschecklist::ScoreVersion> &versions);
std::string audit_table(const std::vector<saleschecklist::AuditEntry> &entries);

// What the user should do next; empty if nothing is left to do.
std::string next_step(const saleschecklist::Session &session);

}  // namespace cli

#endif
