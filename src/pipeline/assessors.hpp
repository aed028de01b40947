// What is said alike wherever answers are put together.
#ifndef SALESCHECKLIST_PIPELINE_ASSESSORS_HPP
#define SALESCHECKLIST_PIPELINE_ASSESSORS_HPP

#include <saleschecklist/result.hpp>

#include <string>

namespace saleschecklist::pipeline {

// Who answers where no model does.
inline constexpr const char *offline_assessor = "offline-cues/1";

// Why the model's coaching is missing, for the notices.
inline std::string offline_coaching_notice(const Error &error) {
  return std::string("The coaching was composed offline, because the model's could not be had (") +
         name(error.code) + ").";
}

}  // namespace saleschecklist::pipeline

#endif
