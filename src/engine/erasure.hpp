// Removing sessions so that nothing of their content is left.
#ifndef SALESCHECKLIST_ENGINE_ERASURE_HPP
#define SALESCHECKLIST_ENGINE_ERASURE_HPP

#include "engine/context.hpp"

namespace saleschecklist::engine {

// The functions of Engine of similar names, without its guard against exceptions.
Result<void> erase_session(const Context &context, const std::string &id);
Result<std::size_t> erase_created_before(const Context &context, std::int64_t created_before_ms);

}  // namespace saleschecklist::engine

#endif
