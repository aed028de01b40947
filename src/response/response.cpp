#include <saleschecklist/response.hpp>

namespace saleschecklist {

const char *name(Answer answer) noexcept {
  switch (answer) {
    case Answer::yes:
      return "yes";
    case Answer::no:
      return "no";
    case Answer::not_applicable:
      return "not_applicable";
    case Answer::denied:
      return "denied";
    case Answer::ambiguous:
      return "ambiguous";
    case Answer::unanswered:
      break;
  }
  return "unanswered";
}

const char *name(EvidenceStatus status) noexcept {
  return status == EvidenceStatus::verified ? "verified" : "repaired";
}

const char *name(Support support) noexcept {
  switch (support) {
    case Support::verified:
      return "verified";
    case Support::repaired:
      return "repaired";
    case Support::unsupported:
      return "unsupported";
    case Support::none:
      break;
  }
  return "none";
}

const char *name(RejectionReason reason) noexcept {
  switch (reason) {
    case RejectionReason::words_differ:
      return "words_differ";
    case RejectionReason::number_differs:
      return "number_differs";
    case RejectionReason::name_differs:
      return "name_differs";
    case RejectionReason::negation_differs:
      return "negation_differs";
    case RejectionReason::stitched:
      return "stitched";
    case RejectionReason::wrong_side:
      return "wrong_side";
    case RejectionReason::unknown_speaker:
      return "unknown_speaker";
    case RejectionReason::suspect_words:
      return "suspect_words";
    case RejectionReason::addressed_to_assessor:
      return "addressed_to_assessor";
    case RejectionReason::single_word:
      return "single_word";
    case RejectionReason::no_words:
      return "no_words";
    case RejectionReason::too_long:
      return "too_long";
    case RejectionReason::not_utf8:
      return "not_utf8";
    case RejectionReason::not_found:
      break;
  }
  return "not_found";
}

const char *name(UnansweredReason reason) noexcept {
  switch (reason) {
    case UnansweredReason::no_words:
      return "no_words";
    case UnansweredReason::side_absent:
      return "side_absent";
    case UnansweredReason::other_language:
      return "other_language";
    case UnansweredReason::over_budget:
      return "over_budget";
    case UnansweredReason::service_failed:
      return "service_failed";
    case UnansweredReason::declined:
      return "declined";
    case UnansweredReason::unusable_reply:
      return "unusable_reply";
    case UnansweredReason::not_asked:
      break;
  }
  return "not_asked";
}

bool is_failure(UnansweredReason reason) noexcept {
  return reason == UnansweredReason::service_failed || reason == UnansweredReason::declined ||
         reason == UnansweredReason::unusable_reply;
}

}  // namespace saleschecklist
