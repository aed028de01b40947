// Digits as they are written and dictated, in chains that may be one number.
#ifndef SALESCHECKLIST_REDACT_FIGURES_HPP
#define SALESCHECKLIST_REDACT_FIGURES_HPP

#include "redact/tokens.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace saleschecklist::redaction {

// How a figure follows the one before it in its chain.
enum class Joint {
  first,
  tight,      // at once, over a space, dash, dot or bracket, or over "uh"
  loose,      // over a comma or full stop
  connected,  // over "and", "then" or "okay"
  turn        // in the speaker's next utterance
};

// A run of written digits, or a number word or two: "4111", "seven", "double four", "forty-one".
struct Figure {
  std::string digits;
  std::size_t first, last;  // tokens, half-open
  Joint joint = Joint::first;
  bool spoken = false;
  bool plus = false;         // a '+' or the word stands before it
  bool bracket = false;      // a '(' stands before it
  bool dated = false;        // part of a date
  std::uint8_t singles = 0;  // digits that were said or written one by one
};

using Chain = std::vector<Figure>;

// Which texts one speaker said in a row, for chains that go on.
struct Turn {
  std::string_view speaker;
  std::uint32_t text;
};

// The chains of figures that are not quantities (amounts, percentages, times). Turns are the texts
// of the talk that were said, in their order.
std::vector<Chain> find_chains(const Talk &talk, const std::vector<Turn> &turns);

}  // namespace saleschecklist::redaction

#endif
