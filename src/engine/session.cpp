#include <saleschecklist/session.hpp>

namespace saleschecklist {

const char *name(Stage stage) noexcept {
  switch (stage) {
    case Stage::transcribe:
      return "transcribe";
    case Stage::assess:
      return "assess";
    case Stage::score:
      return "score";
    case Stage::coach:
      return "coach";
    case Stage::speak:
      break;
  }
  return "speak";
}

const char *name(SessionStatus status) noexcept {
  switch (status) {
    case SessionStatus::uploading:
      return "uploading";
    case SessionStatus::processing:
      return "processing";
    case SessionStatus::analyzing:
      return "analyzing";
    case SessionStatus::pending_review:
      return "pending_review";
    case SessionStatus::scoring:
      return "scoring";
    case SessionStatus::completed:
      return "completed";
    case SessionStatus::not_assessable:
      return "not_assessable";
    case SessionStatus::failed:
      return "failed";
    case SessionStatus::erasing:
      return "erasing";
    case SessionStatus::draft:
      break;
  }
  return "draft";
}

}  // namespace saleschecklist
