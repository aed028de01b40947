// Written and dictated digits, in chains that may be one number.
#ifndef SALESCHECKLIST_REDACT_FIGURES_HPP
#define SALESCHECKLIST_REDACT_FIGURES_HPP

#include "redact/tokens.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace saleschecklist::redaction {

// How a figure follows the previous one in its chain.
enum class Joint {
  first,
  tight,      // directly, or after a space, dash, dot, bracket or "uh"
  loose,      // after a comma or full stop
  connected,  // after "and", "then" or "okay"
  turn        // in the speaker's next utterance
};

// A run of written digits, or one or two number words: "4111", "seven", "double four", "forty-one".
struct Figure {
  std::string digits;
  std::size_t first, last;  // tokens, half-open
  Joint joint = Joint::first;
  bool spoken = false;
  bool plus = false;         // preceded by '+' or the word "plus"
  bool bracket = false;      // preceded by '('
  bool dated = false;        // part of a date
  std::uint8_t singles = 0;  // number of digits that were said or written one by one
};

using Chain = std::vector<Figure>;

// A text and its speaker. Chains may continue in the speaker's next turn.
struct Turn {
  std::string_view speaker;
  std::uint32_t text;
};

// Returns the chains of figures that are not quantities (amounts, percentages, times). `turns` are
// the texts of the talk that were spoken, in order.
std::vector<Chain> find_chains(const Talk &talk, const std::vector<Turn> &turns);

}  // namespace saleschecklist::redaction

#endif
