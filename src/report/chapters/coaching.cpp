// The chapter with what the salesperson did well and should do next.
#include "report/chapters/chapters.hpp"

#include <algorithm>

namespace saleschecklist::report {
namespace {

void add_points(Blocks &blocks, const char *title, const std::vector<CoachingPoint> &list) {
  if (list.empty()) return;
  add(blocks, Heading{title, 2});
  for (const CoachingPoint &p : list) {
    add(blocks, Entry{Mark::bullet, p.point, {}, {{p.explanation, Tone::plain}}});
  }
}

}  // namespace

void add_coaching(Blocks &blocks, const Coaching &c) {
  add(blocks, Heading{"Coaching", 1, true});
  std::string_view rest = c.feedback_text;
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find("\n\n"), rest.size());
    add(blocks, Paragraph{std::string(rest.substr(0, end))});
    rest.remove_prefix(std::min(end + 2, rest.size()));
  }
  add_points(blocks, "What went well", c.strengths);
  add_points(blocks, "What to improve", c.improvement_areas);
  if (!c.action_items.empty()) add(blocks, Heading{"For the next call", 2});
  for (const std::string &action : c.action_items) add(blocks, Entry{Mark::bullet, action, {}, {}});
}

}  // namespace saleschecklist::report
