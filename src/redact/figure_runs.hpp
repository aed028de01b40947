// Runs of figures that may be one number, and the words around them that say which.
#ifndef SALESCHECKLIST_REDACT_FIGURE_RUNS_HPP
#define SALESCHECKLIST_REDACT_FIGURE_RUNS_HPP

#include "redact/figures.hpp"

#include <algorithm>
#include <cstddef>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

namespace saleschecklist::redaction {

// The figures [first, last) of a chain, which may be one number.
struct FigureRun {
  const Chain &chain;
  std::size_t first, last;

  std::size_t begin() const { return chain[first].first; }
  std::size_t end() const { return chain[last - 1].last; }

  std::size_t digits() const {
    std::size_t n = 0;
    for (std::size_t i = first; i < last; ++i) n += chain[i].digits.size();
    return n;
  }
  std::size_t singles() const {
    std::size_t n = 0;
    for (std::size_t i = first; i < last; ++i) n += chain[i].singles;
    return n;
  }
  template <class Test>
  bool any(Test test) const {
    return std::any_of(chain.begin() + static_cast<std::ptrdiff_t>(first),
                       chain.begin() + static_cast<std::ptrdiff_t>(last), test);
  }
  bool spoken() const {
    return any([](const Figure &f) { return f.spoken; });
  }
  bool dated() const {
    return any([](const Figure &f) { return f.dated; });
  }
};

// Whether the digits end in these zeros.
bool ends_in(const std::string &digits, std::string_view zeros);

// Whether the figures are a round number or years, which identify nothing.
bool is_ordinary(const FigureRun &run);

// Calls `visit` with every run of figures whose gaps may occur within a single number.
template <class Visit>
void each_run(const Talk &talk, const std::vector<Chain> &chains, Visit visit) {
  for (const Chain &chain : chains) {
    std::size_t first = 0;
    const auto close = [&](std::size_t last) {
      if (first < last) visit(FigureRun{chain, first, last});
      first = last;
    };
    for (std::size_t i = 0; i < chain.size(); ++i) {
      const Figure &figure = chain[i];
      const bool both_spoken = i > 0 && figure.spoken && chain[i - 1].spoken;
      const bool parted = figure.joint == Joint::connected ||
                          (figure.joint != Joint::tight && !both_spoken) || figure.plus;
      if (parted) close(i);
      if (!talk.taken(figure.first, figure.last)) continue;
      close(i);
      first = i + 1;
    }
    close(chain.size());
  }
}

// The tokens, in order, of the words that tell what a number is.
struct NumberHints {
  std::vector<std::size_t> accounts, any_accounts, phones;
};

NumberHints find_hints(const Talk &talk);

inline constexpr std::size_t nowhere = std::numeric_limits<std::size_t>::max();

// The distance in words between the tokens and the nearest word of the list; `nowhere` if none is
// in its context.
std::size_t distance(const std::vector<std::size_t> &hints, std::size_t first, std::size_t last);

}  // namespace saleschecklist::redaction

#endif
