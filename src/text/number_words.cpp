#include "text/number_words.hpp"

#include <unordered_map>

namespace saleschecklist::text {

std::optional<double> unit_value(std::string_view word) {
  static const std::unordered_map<std::string_view, double> values = {
      {"zero", 0},     {"one", 1},      {"two", 2},        {"three", 3},     {"four", 4},
      {"five", 5},     {"six", 6},      {"seven", 7},      {"eight", 8},     {"nine", 9},
      {"ten", 10},     {"eleven", 11},  {"twelve", 12},    {"thirteen", 13}, {"fourteen", 14},
      {"fifteen", 15}, {"sixteen", 16}, {"seventeen", 17}, {"eighteen", 18}, {"nineteen", 19},
      {"twenty", 20},  {"thirty", 30},  {"forty", 40},     {"fifty", 50},    {"sixty", 60},
      {"seventy", 70}, {"eighty", 80},  {"ninety", 90}};
  const auto found = values.find(word);
  return found == values.end() ? std::nullopt : std::optional(found->second);
}

std::optional<double> scale_value(std::string_view word) {
  if (word == "hundred") return 100;
  if (word == "thousand" || word == "k") return 1e3;
  if (word == "million" || word == "m") return 1e6;
  if (word == "billion") return 1e9;
  return std::nullopt;
}

bool is_hesitation(std::string_view word) {
  return word == "um" || word == "uh" || word == "er" || word == "erm" || word == "uhm" ||
         word == "hmm" || word == "mm";
}

}  // namespace saleschecklist::text
