#include "c_api/arguments.hpp"

#include "c_api/boundary.hpp"

namespace saleschecklist::c_api {

const Checklist &checklist_of(const scl_checklist *checklist) {
  return required(checklist, "checklist")->value;
}

std::shared_ptr<const Cues> cues_of(const scl_checklist *checklist) {
  return checklist == nullptr ? nullptr : checklist->cues;
}

std::string_view bytes_of(const void *bytes, std::size_t size) {
  if (size > 0) required(bytes, "bytes");
  return {static_cast<const char *>(bytes), size};
}

Transcript transcript_of(const char *json) {
  return transcript_from_json(required(json, "transcript")).value();
}

std::vector<Response> responses_of(const char *json) {
  return responses_from_json(required(json, "responses")).value();
}

Log log_of(const scl_log *log) {
  if (log == nullptr) return {};
  if (log->size < sizeof(scl_log) || log->write == nullptr) {
    refuse("expected `size` to be sizeof(scl_log) and `write` to be a function", "log");
  }
  return [log = *log](LogLevel level, std::string_view message) {
    log.write(log.context, static_cast<scl_log_level>(level), std::string(message).c_str());
  };
}

}  // namespace saleschecklist::c_api
