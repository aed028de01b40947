// Converts C parameters to C++ values. All functions throw BadResult for invalid parameters.
#ifndef SALESCHECKLIST_C_API_ARGUMENTS_HPP
#define SALESCHECKLIST_C_API_ARGUMENTS_HPP

#include <saleschecklist/saleschecklist.h>
#include <saleschecklist/saleschecklist.hpp>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

struct scl_checklist {
  saleschecklist::Checklist value;
  std::shared_ptr<const saleschecklist::Cues> cues{};  // null: the built-in cues, if there are any
  std::string notice{};
};

namespace saleschecklist::c_api {

const Checklist &checklist_of(const scl_checklist *checklist);
std::shared_ptr<const Cues> cues_of(const scl_checklist *checklist);  // null if `checklist` is
std::string_view bytes_of(const void *bytes, std::size_t size);
Transcript transcript_of(const char *json);
std::vector<Response> responses_of(const char *json);
Log log_of(const scl_log *log);  // empty for NULL

}  // namespace saleschecklist::c_api

#endif
