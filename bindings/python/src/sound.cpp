#include "sound.hpp"

namespace saleschecklist::python {
void check(const Transcript &transcript, const Place &place) {
  const auto faults = validate(transcript);
  if (faults.empty()) return;
  const std::string more =
      faults.size() == 1 ? "" : "; validate() names " + std::to_string(faults.size()) + " faults";
  refuse_value(place, "at " + saleschecklist::to_string(faults.front()) + more);
}

}  // namespace saleschecklist::python
