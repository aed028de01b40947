// Scores answers; anyone can recompute the number.
#ifndef SALESCHECKLIST_SCORE_HPP
#define SALESCHECKLIST_SCORE_HPP

#include <saleschecklist/checklist.hpp>
#include <saleschecklist/response.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace saleschecklist {

enum class RiskBand { red, yellow, green };

enum class ScoringMode {
  equal_weight,  // every item has the same weight
  weighted,      // the weight of an item is category weight x item weight
};

// How an answer that is neither a plain yes nor a plain no counts.
enum class CountsAs {
  no,
  yes,
  left_out  // as not_applicable
};

struct Band {
  double threshold = 0;  // in percent, 0 to 100 in steps of 0.001; compared unrounded
  std::string label;
  std::string color;  // "#rrggbb"
};

// A critical item: as long as it is not shown, the band is at most `at_most`, whatever the score.
// An item that is not_applicable or left out is not critical.
struct Gate {
  std::string item_id;
  RiskBand at_most = RiskBand::yellow;  // yellow or red
  // The stage of the deal from which the gate holds, see roll_up(). A gate without a stage holds
  // for every call, too; score() passes over all others.
  std::string from_stage{};
  std::string reason{};  // for people: why the item is critical
};

// How answers become a risk band. Requires 0 <= yellow <= green <= 100 for the thresholds.
struct Policy {
  std::string id = "default";
  ScoringMode mode = ScoringMode::equal_weight;
  Band green{80, "Healthy", "#27ae60"};
  Band yellow{60, "Caution", "#f39c12"};
  Band red{0, "At Risk", "#e74c3c"};
  CountsAs ambiguous = CountsAs::no;  // Answer::ambiguous
  std::vector<Gate> gates{};          // of different items
  // Of a deal: how long what was said proves an item, in ms, at least 1; absent: for ever. What is
  // older, ItemState::stale, counts as `stale` says.
  std::optional<std::int64_t> evidence_ttl_ms{};
  CountsAs stale = CountsAs::yes;
};

// All faults of a policy, each with its JSON pointer in `where`; empty if there are none.
SALESCHECKLIST_API std::vector<Error> validate(const Policy &policy);

struct CategoryScore {
  std::string id;
  std::string name;
  double score = 0;      // points of the yes answers (10 for an unweighted item)
  double max_score = 0;  // points of all items that count
  std::size_t validated_items = 0;
  std::size_t total_items = 0;  // items that count
};

struct ScoredItem {
  std::string item_id;
  std::string title;
  std::string category;
};

struct ScoreSummary {
  std::size_t validated_items = 0;    // yes
  std::size_t unvalidated_items = 0;  // no, including denied, ambiguous and unsupported yes
  std::size_t unanswered_items = 0;
  std::size_t not_applicable_items = 0;
  std::size_t unsupported_items = 0;
  std::size_t total_items = 0;
  std::size_t denied_items = 0;
  std::size_t ambiguous_items = 0;
};

// A gate of the policy whose item is not shown.
struct ClosedGate {
  std::string item_id;
  std::string title;
  Answer answer = Answer::unanswered;
  RiskBand at_most = RiskBand::yellow;
  std::string reason{};
};

struct Score {
  int total_score = 0;    // floor of the percentage
  double percentage = 0;  // one decimal, rounded towards zero
  RiskBand risk_band = RiskBand::red;
  std::string risk_label;
  std::string risk_color;
  std::vector<CategoryScore> category_breakdown;
  // The items answered yes, and all other items that count. Both are ordered by weight, then
  // confidence (highest first), then position in the checklist, which is the order of the deal.
  std::vector<ScoredItem> strengths;
  std::vector<ScoredItem> gaps;
  ScoreSummary summary;
  Policy policy;
  // SHA-256 of everything that the score depends on, see fingerprint() in report.hpp. Set by
  // analyze() and compose(); empty after score(), which does not know the transcript.
  std::string fingerprint;
  std::vector<ClosedGate> closed_gates{};  // in the order of the policy; they cap the risk band
};

// Scores answers under a policy: percentage = 100 x points of yes / points of the items that count.
// Items that are not_applicable do not count; unanswered items, and items without a response, do. A
// yes with Support::unsupported counts as no until a person overrides it; denied counts as no, and
// ambiguous as the policy says. The arithmetic is in
// integers, so the order of the responses does not matter. Pure. Fails with invalid_argument if a
// response or a gate names an unknown item, if a response names an item twice, if a confidence is
// not within 0..1, if every item is not_applicable, or if checklist or policy has a fault.
SALESCHECKLIST_API Result<Score> score(const Checklist &checklist,
                                       const std::vector<Response> &responses,
                                       const Policy &policy = {});

SALESCHECKLIST_API const char *name(RiskBand band) noexcept;     // "red", "yellow", "green"
SALESCHECKLIST_API const char *name(ScoringMode mode) noexcept;  // "equal_weight", "weighted"
SALESCHECKLIST_API const char *name(CountsAs counts) noexcept;   // "no", "yes", "left_out"

}  // namespace saleschecklist

#endif
