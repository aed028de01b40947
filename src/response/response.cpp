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

}  // namespace saleschecklist
