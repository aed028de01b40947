#include <saleschecklist/language_model.hpp>

namespace saleschecklist {

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
