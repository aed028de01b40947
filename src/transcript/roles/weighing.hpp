// Decides from labels and talk who sells and who buys.
#ifndef SALESCHECKLIST_TRANSCRIPT_ROLES_WEIGHING_HPP
#define SALESCHECKLIST_TRANSCRIPT_ROLES_WEIGHING_HPP

#include <saleschecklist/transcript.hpp>

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace saleschecklist::transcript {

struct Inference {
  std::map<std::string, Role> roles;  // by speaker; without the speakers who stay unknown
  double confidence = 0;              // that nobody has a wrong role
  std::string reason;                 // one sentence, also if nobody has a role
};

// `speakers` are those of the transcript, each once.
Inference infer_roles(const Transcript &transcript, const std::vector<std::string> &speakers);

// The log odds that the talk of the two sides is a sales call. Absent if it is too short to tell.
std::optional<double> log_odds_of_sale(const Transcript &transcript);

}  // namespace saleschecklist::transcript

#endif
