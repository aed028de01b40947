#include <saleschecklist/transcript.hpp>

namespace saleschecklist {

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

}  // namespace saleschecklist
