#include "sound.hpp"

namespace saleschecklist::python {
namespace {

void check_index(std::size_t utterance, const Transcript &transcript, const Place &place) {
  const std::size_t count = transcript.utterances.size();
  if (utterance < count) return;
  refuse_value(place, "expected the index of one of " + std::to_string(count) +
                          " utterances, got " + std::to_string(utterance));
}

}  // namespace

void check(const Transcript &transcript, const Place &place) {
  const auto faults = validate(transcript);
  if (faults.empty()) return;
  const std::string more =
      faults.size() == 1 ? "" : "; validate() names " + std::to_string(faults.size()) + " faults";
  refuse_value(place, "at " + saleschecklist::to_string(faults.front()) + more);
}

void check(const Report &report, const Place &place) {
  const Place answers{&place, "Report", "responses"}, coaching{&place, "Report", "coaching"};
  for (std::size_t r = 0; r < report.responses.size(); ++r) {
    const Place response = answers.element(static_cast<Py_ssize_t>(r));
    for (std::size_t e = 0; e < report.responses[r].evidence.size(); ++e) {
      const Place evidence{&response, "Response", "evidence", static_cast<Py_ssize_t>(e)};
      check_index(report.responses[r].evidence[e].utterance, report.transcript, evidence);
    }
  }
  for (std::size_t i = 0; i < report.coaching.moments.size(); ++i) {
    const Place moment{&coaching, "Coaching", "moments", static_cast<Py_ssize_t>(i)};
    check_index(report.coaching.moments[i].utterance, report.transcript, moment);
  }
}

}  // namespace saleschecklist::python
