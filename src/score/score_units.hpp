// The exact integer arithmetic of scores.
#ifndef SALESCHECKLIST_SCORE_SCORE_UNITS_HPP
#define SALESCHECKLIST_SCORE_SCORE_UNITS_HPP

#include <saleschecklist/score.hpp>

#include <cmath>
#include <cstdint>
#include <optional>

namespace saleschecklist::scoring {

// Weights and thresholds are whole thousandths. The limits keep every product below 2^64:
// 10,000 items x (100,000 x 100,000 weight units) x 100,000 threshold units = 10^19.
constexpr std::uint64_t thousandths = 1000;

inline std::uint64_t to_thousandths(double value) {
  return static_cast<std::uint64_t>(std::llround(value * static_cast<double>(thousandths)));
}

// The weight of an item: category weight x item weight, both 1 unless the mode is weighted.
inline std::uint64_t weight_units(const Category &category, const Item &item, ScoringMode mode) {
  if (mode != ScoringMode::weighted) return thousandths * thousandths;
  return to_thousandths(category.default_weight) * to_thousandths(item.weight);
}

// Converts weight units to points: one item of weight 1 x 1 is worth the category's max_score.
inline double points_of(std::uint64_t units, int max_score) {
  return static_cast<double>(units) * max_score / static_cast<double>(thousandths * thousandths);
}

// The thresholds of the bands as integers.
class BandEdges {
 public:
  explicit BandEdges(const Policy &policy)
      : green_(to_thousandths(policy.green.threshold)),
        yellow_(to_thousandths(policy.yellow.threshold)) {}

  // The band of `units` out of `possible` weight units. Percentages are not rounded.
  RiskBand band(std::uint64_t units, std::uint64_t possible) const {
    const std::uint64_t scaled = units * 100 * thousandths;
    // Green is above yellow, so the number of thresholds reached is the band; this avoids branches.
    return static_cast<RiskBand>((scaled >= yellow_ * possible) + (scaled >= green_ * possible));
  }

 private:
  std::uint64_t green_, yellow_;
};

// Whether the text is a colour as in a policy, such as "#27ae60".
bool is_color(const std::string &color);

// The item of that id; null if the checklist has none.
const Item *find_item(const Checklist &checklist, std::string_view id);

// Why nothing can be scored with these (invalid_argument); std::nullopt if both are valid.
std::optional<Error> unscorable(const Checklist &checklist, const Policy &policy);

}  // namespace saleschecklist::scoring

#endif
