// Coaching for the salesperson after the call.
#ifndef SALESCHECKLIST_COACHING_HPP
#define SALESCHECKLIST_COACHING_HPP

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace saleschecklist {

struct CoachingPoint {
  std::string point;
  std::string explanation;
};

// A place in the call that is worth listening to again.
struct Moment {
  std::size_t utterance = 0;
  std::string quote;
  std::optional<std::int64_t> begin_ms;
  std::optional<std::int64_t> end_ms;
  std::string item_id;
};

struct Coaching {
  std::string feedback_text;  // 200 to 300 words
  std::vector<CoachingPoint> strengths;
  std::vector<CoachingPoint> improvement_areas;
  std::vector<std::string> action_items;  // three actions for the next call
  std::string first_change;               // the one behaviour to change first
  std::vector<Moment> moments;
};

}  // namespace saleschecklist

#endif
