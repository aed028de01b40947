// From answers to a number that anyone can recompute.
#ifndef SALESCHECKLIST_SCORE_HPP
#define SALESCHECKLIST_SCORE_HPP

#include <saleschecklist/checklist.hpp>
#include <saleschecklist/response.hpp>

namespace saleschecklist {

enum class RiskBand { red, yellow, green };

enum class ScoringMode {
  equal_weight,  // every item weighs the same
  weighted,      // an item weighs category weight x item weight
};

struct Band {
  double threshold = 0;  // in percent, 0 to 100 in steps of 0.001; compared unrounded
  std::string label;
  std::string color;  // "#rrggbb"
};

// How answers become a band. Thresholds must not cross: 0 <= yellow <= green <= 100.
struct Policy {
  std::string id = "default";
  ScoringMode mode = ScoringMode::equal_weight;
  Band green{80, "Healthy", "#27ae60"};
  Band yellow{60, "Caution", "#f39c12"};
  Band red{0, "At Risk", "#e74c3c"};
};

// Every fault of a policy with its JSON pointer; empty when it is sound.
SALESCHECKLIST_API std::vector<Error> validate(const Policy &policy);

struct CategoryScore {
  std::string id;
  std::string name;
  double score = 0;      // points of the yes answers (unweighted items: 10 each)
  double max_score = 0;  // points of the items that count
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
  std::size_t unvalidated_items = 0;  // no, unsupported among them
  std::size_t unanswered_items = 0;
  std::size_t not_applicable_items = 0;
  std::size_t unsupported_items = 0;
  std::size_t total_items = 0;
};

struct Score {
  int total_score = 0;    // floor of the percentage
  double percentage = 0;  // one decimal, rounded towards zero
  RiskBand risk_band = RiskBand::red;
  std::string risk_label;
  std::string risk_color;
  std::vector<CategoryScore> category_breakdown;
  // The yes items, and all else that counts: each heavier first, then more certain, then earlier
  // in the deal, which is the order of the checklist.
  std::vector<ScoredItem> strengths;
  std::vector<ScoredItem> gaps;
  ScoreSummary summary;
  Policy policy;
  // SHA-256 over all that the score depends on, see fingerprint() in report.hpp; filled by
  // analyze(), empty from score() alone, which does not know the transcript.
  std::string fingerprint;
};

// Scores answers by a policy: percent = 100 x points of yes / points of the items that count.
// not_applicable leaves the denominator, unanswered (and items without a response) stay in it; a
// yes with Support::unsupported counts as no until a person overrides it. The arithmetic is in
// integers, so the order of the responses does not matter. Pure. Fails with invalid_argument when a
// response names no item of the checklist or an item twice, when a confidence is not within 0..1,
// when every item is not_applicable, or when checklist or policy is unsound.
SALESCHECKLIST_API Result<Score> score(const Checklist &checklist,
                                       const std::vector<Response> &responses,
                                       const Policy &policy = {});

SALESCHECKLIST_API const char *name(RiskBand band) noexcept;     // "red", "yellow", "green"
SALESCHECKLIST_API const char *name(ScoringMode mode) noexcept;  // "equal_weight", "weighted"

}  // namespace saleschecklist

#endif
