// The scorecard as text for a terminal.
#ifndef SALESCHECKLIST_CLI_SCORECARD_HPP
#define SALESCHECKLIST_CLI_SCORECARD_HPP

#include <saleschecklist/saleschecklist.hpp>

#include <string>

namespace cli {

// Whether standard output is a terminal and NO_COLOR is not set (https://no-color.org).
bool colors_wanted();

std::string scorecard(const saleschecklist::Report &report, bool colors);
std::string score_lines(const saleschecklist::Score &score, bool colors);
std::string conversation_lines(const saleschecklist::Metrics &metrics);

// The text with a "?" for each control character, which a terminal would interpret.
std::string harmless(const std::string &text);

// The text in bold and in a colour "#rrggbb", if `colors` is true.
std::string painted(const std::string &text, const std::string &hex, bool colors);

// A bar of 20 cells for a ratio of 0 to 1.
std::string bar_of(double ratio);

// A time in a recording, as "3:07" or "1:02:03".
std::string clock_time(std::int64_t milliseconds);

}  // namespace cli

#endif
