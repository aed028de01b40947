// The evidence in what is said for who sells, who buys, and whether anybody does.
#ifndef SALESCHECKLIST_TRANSCRIPT_ROLES_EVIDENCE_HPP
#define SALESCHECKLIST_TRANSCRIPT_ROLES_EVIDENCE_HPP

#include <saleschecklist/transcript.hpp>

#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace saleschecklist::transcript {

enum class KindOf { selling, buying, other };

// A kind of evidence. The phrases by which it is heard are in schemas/cues/roles.json.
struct Kind {
  std::string_view id;
  KindOf of;
  double telling;           // how much it tells; reasons name what tells most
  std::string_view clause;  // what the speaker does, for reasons: "names prices and terms"
};

constexpr std::size_t kind_count = 21;
extern const std::array<Kind, kind_count> kinds;

// What one speaker gives as evidence.
struct Heard {
  double words = 0;
  std::array<double, kind_count> counts{};  // sentences with each kind
};

// One element for each name in `speakers`. Neither suspect words nor what is said after the first
// three hours are heard.
std::vector<Heard> hear_evidence(const Transcript &transcript,
                                 const std::vector<std::string> &speakers);

}  // namespace saleschecklist::transcript

#endif
