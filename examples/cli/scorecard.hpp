// The scorecard as people see it in a terminal.
#ifndef SALESCHECKLIST_CLI_SCORECARD_HPP
#define SALESCHECKLIST_CLI_SCORECARD_HPP

#include <saleschecklist/saleschecklist.hpp>

#include <string>

namespace cli {

// Colours only on a terminal, and never with NO_COLOR set (https://no-color.org).
bool colors_wanted();

std::string scorecard(const saleschecklist::Report &report, bool colors);
std::string score_lines(const saleschecklist::Score &score, bool colors);
std::string conversation_lines(const saleschecklist::Metrics &metrics);

// In a colour "#rrggbb", bold.
std::string painted(const std::string &text, const std::string &hex, bool colors);

// A bar of 20 cells, filled by a ratio of 0 to 1.
std::string bar_of(double ratio);

// "3:07" or "1:02:03".
std::string clock_time(std::int64_t milliseconds);

}  // namespace cli

#endif
