// Running sessions through their stages.
#ifndef SALESCHECKLIST_ENGINE_RUN_HPP
#define SALESCHECKLIST_ENGINE_RUN_HPP

#include "engine/context.hpp"

namespace saleschecklist::engine {

// The functions of Engine of similar names, without its guard against exceptions.
Result<Session> run_session(const Context &context, const std::string &id,
                            const RunOptions &options);
Result<std::vector<Session>> run_pending(const Context &context, std::size_t limit,
                                         const RunOptions &options);
Result<Session> retry_session(const Context &context, const std::string &id);
Result<Session> approve_session(const Context &context, const std::string &id);
Result<Session> coach_session(const Context &context, const std::string &id,
                              const RunOptions &options);

}  // namespace saleschecklist::engine

#endif
