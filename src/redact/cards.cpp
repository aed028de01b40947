// Payment cards by their check digit.
#include "redact/numbers.hpp"

#include <algorithm>
#include <array>

namespace saleschecklist::redaction {
namespace {

constexpr std::size_t shortest = 13, longest = 19;

// Prefix sums of the digits, with every second one doubled as the Luhn check requires.
class LuhnSums {
 public:
  explicit LuhnSums(const Chain &chain) {
    starts_.reserve(chain.size() + 1);
    for (const Figure &figure : chain) {
      starts_.push_back(at_);
      for (const char c : figure.digits) add(c - '0');
    }
    starts_.push_back(at_);
  }

  std::size_t digits(std::size_t first, std::size_t last) const {
    return starts_[last] - starts_[first];
  }

  bool right(std::size_t first, std::size_t last) const {
    const std::size_t begin = starts_[first], end = starts_[last];
    const auto &sums = sums_[end % 2];  // the second-last digit is doubled
    return (sums[end] - sums[begin]) % 10 == 0;
  }

 private:
  void add(int digit) {
    const int doubled = digit < 5 ? 2 * digit : 2 * digit - 9;
    sums_[0].push_back(sums_[0].back() + (at_ % 2 == 0 ? doubled : digit));
    sums_[1].push_back(sums_[1].back() + (at_ % 2 == 0 ? digit : doubled));
    ++at_;
  }

  std::size_t at_ = 0;
  std::array<std::vector<std::int64_t>, 2> sums_{std::vector<std::int64_t>{0},
                                                 std::vector<std::int64_t>{0}};
  std::vector<std::size_t> starts_;
};

constexpr int last_clear = 1;

struct Candidate {
  int rank;  // up to last_clear: it cannot be anything else
  std::size_t first, last;
};

bool is_year(const std::string &digits) {
  return digits.size() == 4 && (digits.substr(0, 2) == "19" || digits.substr(0, 2) == "20");
}

// Whether the figures are grouped as on a printed card.
bool in_groups(const Chain &chain, std::size_t first, std::size_t last) {
  const auto size = [&](std::size_t i) { return chain[first + i].digits.size(); };
  if (last - first == 3) return size(0) == 4 && size(1) == 6 && size(2) == 5;
  if (last - first < 4) return false;
  for (std::size_t i = 0; i < 4; ++i) {
    if (size(i) != 4) return false;
  }
  return last - first == 4 || (last - first == 5 && size(4) <= 3);
}

// Whether it is not a list of years, of round numbers, or of numbers separated by commas.
bool is_one_number(const Chain &chain, std::size_t first, std::size_t last) {
  if (last - first == 1) return true;
  bool years = true, round = true, singles = true, pauses = false;
  for (std::size_t i = first; i < last; ++i) {
    const Figure &figure = chain[i];
    const std::size_t size = figure.digits.size();
    years = years && is_year(figure.digits);
    round = round && !figure.spoken && size >= 3 && figure.digits.substr(size - 2) == "00";
    singles = singles && size == 1;
    pauses = pauses ||
             (i > first && figure.joint != Joint::tight && !figure.spoken && !chain[i - 1].spoken);
  }
  return !years && !round && (!pauses || singles || in_groups(chain, first, last));
}

int rank_of(const Chain &chain, std::size_t first, std::size_t last, std::size_t digits) {
  if (last - first == chain.size() && chain[first].digits[0] != '0') return 0;
  if (last - first == 1 || in_groups(chain, first, last)) return 1;
  if (chain[first].digits[0] == '0') return 4;
  return digits == 16 ? 2 : 3;
}

// Every run of figures that has the length and the check digit of a card number.
std::vector<Candidate> candidates(const Talk &talk, const Chain &chain) {
  const LuhnSums sums(chain);
  std::vector<Candidate> out;
  for (std::size_t first = 0; first < chain.size(); ++first) {
    for (std::size_t i = first; i < chain.size(); ++i) {
      const Figure &figure = chain[i];
      const std::size_t digits = sums.digits(first, i + 1);
      if (digits > longest || figure.plus || figure.dated || talk.taken(figure.first, figure.last))
        break;
      if (digits < shortest || !sums.right(first, i + 1) || !is_one_number(chain, first, i + 1))
        continue;
      out.push_back({rank_of(chain, first, i + 1, digits), first, i + 1});
    }
  }
  std::stable_sort(out.begin(), out.end(),
                   [](const Candidate &a, const Candidate &b) { return a.rank < b.rank; });
  return out;
}

}  // namespace

void find_cards(Talk &talk, const std::vector<Chain> &chains, bool clear_ones) {
  for (const Chain &chain : chains) {
    for (const Candidate &card : candidates(talk, chain)) {
      if (clear_ones && card.rank > last_clear) break;
      const bool free =
          std::none_of(chain.begin() + static_cast<std::ptrdiff_t>(card.first),
                       chain.begin() + static_cast<std::ptrdiff_t>(card.last),
                       [&](const Figure &figure) { return talk.taken(figure.first, figure.last); });
      if (free) take_figures(talk, chain, card.first, card.last, DataKind::card);
    }
  }
}

}  // namespace saleschecklist::redaction
