// The notices of an assessment.
#ifndef SALESCHECKLIST_ASSESS_MODEL_ASSESSMENT_NOTICES_HPP
#define SALESCHECKLIST_ASSESS_MODEL_ASSESSMENT_NOTICES_HPP

#include "assess/model/verdicts.hpp"

#include <saleschecklist/assess.hpp>

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
                          std::size_t items);

// Notices of the service, equal ones once.
void add_service_notices(std::vector<std::string> &notices,
                         const std::vector<BatchResult> &results);

}  // namespace saleschecklist::assessing

#endif
