// Notices that both the pipeline and the engine give.
#ifndef SALESCHECKLIST_PIPELINE_NOTICES_HPP
#define SALESCHECKLIST_PIPELINE_NOTICES_HPP

#include <saleschecklist/result.hpp>

#include <string>

namespace saleschecklist::pipeline {

// Why the model's coaching is missing, for the notices.
inline std::string offline_coaching_notice(const Error &error) {
  return std::string("The coaching was composed offline, because the model's could not be had (") +
         name(error.code) + ").";
}

}  // namespace saleschecklist::pipeline

#endif
