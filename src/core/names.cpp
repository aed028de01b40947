// The words that enums have in JSON and in messages.
#include <saleschecklist/saleschecklist.hpp>

namespace saleschecklist {

const char *version() noexcept { return SALESCHECKLIST_VERSION; }

const char *name(ErrorCode code) noexcept {
  switch (code) {
    case ErrorCode::invalid_argument:
      return "invalid_argument";
    case ErrorCode::invalid_input:
      return "invalid_input";
    case ErrorCode::not_found:
      return "not_found";
    case ErrorCode::io:
      return "io";
    case ErrorCode::unsupported:
      return "unsupported";
    case ErrorCode::out_of_memory:
      return "out_of_memory";
    case ErrorCode::network:
      return "network";
    case ErrorCode::timeout:
      return "timeout";
    case ErrorCode::cancelled:
      return "cancelled";
    case ErrorCode::unauthorized:
      return "unauthorized";
    case ErrorCode::quota:
      return "quota";
    case ErrorCode::rate_limited:
      return "rate_limited";
    case ErrorCode::refused:
      return "refused";
    case ErrorCode::over_budget:
      return "over_budget";
    case ErrorCode::conflict:
      return "conflict";
    case ErrorCode::internal:
      break;
  }
  return "internal";
}

std::string to_string(const Error &error) {
  const std::string &message = error.message.empty() ? name(error.code) : error.message;
  return error.where.empty() ? message : error.where + ": " + message;
}

const char *name(Role role) noexcept {
  switch (role) {
    case Role::rep:
      return "rep";
    case Role::customer:
      return "customer";
    case Role::unknown:
      break;
  }
  return "unknown";
}

const char *name(RoleSource source) noexcept {
  switch (source) {
    case RoleSource::given:
      return "given";
    case RoleSource::inferred:
      return "inferred";
    case RoleSource::none:
      break;
  }
  return "none";
}

const char *name(EvidenceFrom from) noexcept {
  switch (from) {
    case EvidenceFrom::customer:
      return "customer";
    case EvidenceFrom::rep:
      return "rep";
    case EvidenceFrom::either:
      break;
  }
  return "either";
}

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

const char *name(ShareBasis basis) noexcept {
  switch (basis) {
    case ShareBasis::time:
      return "time";
    case ShareBasis::words:
      return "words";
    case ShareBasis::none:
      break;
  }
  return "none";
}

const char *name(RiskBand band) noexcept {
  switch (band) {
    case RiskBand::green:
      return "green";
    case RiskBand::yellow:
      return "yellow";
    case RiskBand::red:
      break;
  }
  return "red";
}

const char *name(ScoringMode mode) noexcept {
  return mode == ScoringMode::weighted ? "weighted" : "equal_weight";
}

const char *name(LogLevel level) noexcept {
  switch (level) {
    case LogLevel::debug:
      return "debug";
    case LogLevel::info:
      return "info";
    case LogLevel::warning:
      return "warning";
    case LogLevel::error:
      break;
  }
  return "error";
}

const char *name(Finish finish) noexcept {
  switch (finish) {
    case Finish::truncated:
      return "truncated";
    case Finish::refused:
      return "refused";
    case Finish::filtered:
      return "filtered";
    case Finish::complete:
      break;
  }
  return "complete";
}

}  // namespace saleschecklist
