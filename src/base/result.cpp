#include <saleschecklist/result.hpp>

namespace saleschecklist {

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
    case ErrorCode::corrupt:
      return "corrupt";
    case ErrorCode::internal:
      break;
  }
  return "internal";
}

std::string to_string(const Error &error) {
  const std::string &message = error.message.empty() ? name(error.code) : error.message;
  return error.where.empty() ? message : error.where + ": " + message;
}

std::ostream &operator<<(std::ostream &out, const Error &error) { return out << to_string(error); }

}  // namespace saleschecklist
