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

}  // namespace saleschecklist::pipeline

#endif
