// People's answers, and scores by another policy or checklist.
#ifndef SALESCHECKLIST_ENGINE_ANSWERS_HPP
#define SALESCHECKLIST_ENGINE_ANSWERS_HPP

#include "engine/transaction.hpp"

namespace saleschecklist::engine {

// The functions of Engine of similar names, without its guard against exceptions.
Result<Session> override_answer(const Context &context, const std::string &id,
                                const std::string &item_id, Answer answer,
                                const std::string &reason);
Result<Session> rescore(const Context &context, const std::string &id, const Policy &policy);
Result<Session> rescore(const Context &context, const std::string &id, const Checklist &checklist,
                        std::shared_ptr<const Cues> cues);

// Scores the new answers in the transaction that makes them current.
std::optional<Error> put_new_score(const Context &context, Transaction &transaction,
                                   const Transcript &transcript, const Assessment &assessment,
                                   const std::string &reason,
                                   const std::vector<std::string> &changed);

}  // namespace saleschecklist::engine

#endif
