// Notices that both the pipeline and the engine give.
#ifndef SALESCHECKLIST_PIPELINE_NOTICES_HPP
#define SALESCHECKLIST_PIPELINE_NOTICES_HPP

#include <saleschecklist/result.hpp>

#include <string>

namespace saleschecklist::pipeline {

// The notice that the model's coaching is missing, and why.
inline std::string offline_coaching_notice(const Error &error) {
  return std::string("The coaching was composed offline, because the model could not coach (") +
         name(error.code) + ").";
}

// Whether a model that cannot separate turns is done without: asking again would not help.
inline bool is_done_without_turns(const Error &error) {
  return error.code == ErrorCode::refused || error.code == ErrorCode::over_budget;
}

// The warning that nobody's words are known, and why.
inline std::string turns_warning(const Error &error) {
  return std::string("the model could not tell the speakers apart (") + name(error.code) +
         "): " + error.message;
}

}  // namespace saleschecklist::pipeline

#endif
