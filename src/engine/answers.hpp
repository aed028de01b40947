// People's answers, and scores by another policy or checklist.
#ifndef SALESCHECKLIST_ENGINE_ANSWERS_HPP
#define SALESCHECKLIST_ENGINE_ANSWERS_HPP

#include "engine/context.hpp"

namespace saleschecklist::engine {

// The functions of Engine of similar names, without its guard against exceptions.
Result<Session> override_answer(const Context &context, const std::string &id,
                                const std::string &item_id, Answer answer,
                                const std::string &reason);
Result<Session> rescore(const Context &context, const std::string &id, const Policy &policy);
Result<Session> rescore(const Context &context, const std::string &id, const Checklist &checklist,
                        std::shared_ptr<const Cues> cues);

}  // namespace saleschecklist::engine

#endif
