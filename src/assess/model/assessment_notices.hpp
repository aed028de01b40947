// The notices of an assessment.
#ifndef SALESCHECKLIST_ASSESS_MODEL_ASSESSMENT_NOTICES_HPP
#define SALESCHECKLIST_ASSESS_MODEL_ASSESSMENT_NOTICES_HPP

#include "assess/model/verdicts.hpp"

#include <saleschecklist/assess.hpp>

#include <optional>
#include <string>
#include <vector>

namespace saleschecklist::assessing {

// "The conversation is longer than M reads at a time; ...", if there are several passages.
void add_passage_notice(std::vector<std::string> &notices, const std::string &model,
                        std::size_t passages);

// Utterances that read like instructions to the assessor, the first ten one by one.
void add_injection_notices(std::vector<std::string> &notices, const Transcript &transcript,
                           const std::vector<Evidence> &injections);

// Items without an answer, items with fewer votes than wanted, and refused quotes.
void add_judgment_notices(std::vector<std::string> &notices, const Judgment &judgment,
                          const Checklist &checklist);

// What prevented answers to items that the model was asked about: a failure of the service, or
// replies that could not be used. The message names the categories. Absent if there is no such
// item; what the budget did not allow is no failure.
std::optional<Error> failure_of(const Judgment &judgment, const Checklist &checklist,
                                const std::vector<BatchResult> &results);

// Notices of the service, equal ones once.
void add_service_notices(std::vector<std::string> &notices,
                         const std::vector<BatchResult> &results);

}  // namespace saleschecklist::assessing

#endif
