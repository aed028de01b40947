#include "redact/figure_runs.hpp"
#include "redact/numbers.hpp"

#include <algorithm>
#include <unordered_map>
#include <utility>

namespace saleschecklist::redaction {
namespace {

constexpr std::size_t shortest_phone = 7, longest_phone = 15;

// Whether the digits count up ("one two three four five six seven"), as no real number does.
bool is_counting(const FigureRun &s) {
  int expected = -1;
  return !s.any([&](const Figure &f) {
    const int digit = f.digits.size() == 1 ? f.digits[0] - '0' : -1;
    const bool next = digit >= 0 && (expected < 0 || digit == expected);
    expected = digit + 1;
    return !next;
  });
}

bool is_called_phone(const NumberHints &hints, const FigureRun &s) {
  const std::size_t digits = s.digits();
  if (digits < shortest_phone || digits > longest_phone || s.dated() || is_ordinary(s)) {
    return false;
  }
  if (s.singles() >= 5 && !is_counting(s)) return true;
  const bool called = distance(hints.phones, s.begin(), s.end()) != nowhere;
  return called && (!s.spoken() || s.singles() >= 2);
}

// The end of the phone number that begins a run, judged by its format alone; 0 if none does.
std::size_t international_end(const FigureRun &s) {
  std::size_t digits = 0, last = s.first;
  while (last < s.last && digits + s.chain[last].digits.size() <= longest_phone) {
    digits += s.chain[last++].digits.size();
  }
  return digits < shortest_phone || (digits < 10 && is_ordinary(s)) ? 0 : last;
}

// "020 7946 0123", "06 12 34 56 78": only phone numbers begin with 0.
std::size_t trunk_end(const FigureRun &s, bool leads) {
  const std::string &start = s.chain[s.first].digits;
  const std::size_t shortest = leads ? 2 : 3;  // within a number, a group may begin with 0
  if (s.chain[s.first].spoken || start[0] != '0' || start.size() < shortest || s.dated()) return 0;
  const std::size_t whole = start[1] == '0' ? 11 : 10;  // digits of a whole number
  std::size_t digits = 0, last = s.first;
  for (; last < s.last; ++last) {
    const std::string &next = s.chain[last].digits;
    if (digits >= whole && next[0] == '0' && next.size() > 1) break;  // another number
    digits += next.size();
  }
  return digits < shortest_phone || digits > longest_phone ? 0 : last;
}

bool has_sizes(const FigureRun &s, std::initializer_list<std::size_t> sizes) {
  if (s.last - s.first < sizes.size()) return false;
  std::size_t i = s.first;
  return std::all_of(sizes.begin(), sizes.end(), [&](std::size_t size) {
    const Figure &figure = s.chain[i++];
    return !figure.spoken && figure.digits.size() == size;
  });
}

bool begins_area(char digit) { return digit >= '2'; }

// "(415) 555-0199", "1-800-555-0199", "555-0199", "4155550199".
std::size_t american_end(const Talk &talk, const FigureRun &s) {
  const std::string &start = s.chain[s.first].digits;
  if (s.dated() || s.chain[s.first].spoken) return 0;
  if (has_sizes(s, {3, 3, 4}) && begins_area(start[0])) return s.first + 3;
  if (has_sizes(s, {1, 3, 3, 4}) && start == "1") return s.first + 4;
  if (has_sizes(s, {3, 4}) && begins_area(start[0])) {
    const Figure &local = s.chain[s.first + 1];
    const bool dash = talk.tokens[local.first].gap == "-";
    return dash && local.digits.back() != '0' ? s.first + 2 : 0;
  }
  const bool whole =
      (start.size() == 10 && begins_area(start[0]) && begins_area(start[3])) ||
      (start.size() == 11 && start[0] == '1' && begins_area(start[1]) && begins_area(start[4]));
  return whole && !ends_in(start, "000") ? s.first + 1 : 0;
}

std::size_t clear_end(const Talk &talk, const FigureRun &s, bool leads) {
  if (s.chain[s.first].plus) return international_end(s);
  if (const std::size_t last = trunk_end(s, leads)) return last;
  return american_end(talk, s);
}

// A pause in a longer run separates two numbers.
std::vector<FigureRun> parts(const FigureRun &s) {
  if (s.digits() <= longest_phone) return {s};
  std::vector<FigureRun> out;
  std::size_t first = s.first;
  for (std::size_t i = s.first + 1; i <= s.last; ++i) {
    if (i < s.last && s.chain[i].joint == Joint::tight) continue;
    out.push_back({s.chain, first, i});
    first = i;
  }
  return out;
}

bool is_extension_word(std::string_view word) {
  return word == "ext" || word == "extension" || word == "extn" || word == "x";
}

// The figures after "extension" directly after a phone number belong to it.
class Extensions {
 public:
  Extensions(const Talk &talk, const std::vector<Chain> &chains) : talk_(talk) {
    for (const Chain &chain : chains) {
      for (const Figure &figure : chain) starts_.emplace(figure.first, &figure);
    }
  }

  // The digits of the extension whose keyword is at a token, and the token after them.
  std::pair<std::string, std::size_t> read(std::size_t at) const {
    constexpr std::size_t longest = 6;
    const std::size_t none = at;
    if (!talk_.follows(at) || !is_extension_word(talk_.tokens[at].word)) return {{}, none};
    ++at;
    while (talk_.follows(at) &&
           (talk_.tokens[at].word == "number" || talk_.tokens[at].word == "is"))
      ++at;
    std::string digits;
    for (auto f = starts_.find(at); f != starts_.end() && talk_.follows(at); f = starts_.find(at)) {
      if (digits.size() + f->second->digits.size() > longest || talk_.tokens[at].taken) break;
      digits += f->second->digits;
      at = f->second->last;
    }
    return {digits, digits.empty() ? none : at};
  }

 private:
  const Talk &talk_;
  std::unordered_map<std::size_t, const Figure *> starts_;
};

void take_phone(Talk &talk, const FigureRun &s, const Extensions &extensions) {
  take_figures(talk, s.chain, s.first, s.last, DataKind::phone);
  const auto [digits, end] = extensions.read(s.end());
  if (end != s.end()) talk.extend(s.end(), end, "x" + digits);
}

}  // namespace

void find_clear_phones(Talk &talk, const std::vector<Chain> &chains) {
  const Extensions extensions(talk, chains);
  each_run(talk, chains, [&](const FigureRun &s) {
    for (std::size_t i = s.first; i < s.last;) {
      // No phone number has more figures, and this bounds the time of each search.
      const FigureRun near{s.chain, i, std::min(s.last, i + longest_phone + 1)};
      const std::size_t last = clear_end(talk, near, i == s.first);
      if (last != 0) take_phone(talk, {s.chain, i, last}, extensions);
      i = std::max(i + 1, last);
    }
  });
}

void find_phones(Talk &talk, const std::vector<Chain> &chains) {
  const NumberHints hints = find_hints(talk);
  const Extensions extensions(talk, chains);
  each_run(talk, chains, [&](const FigureRun &s) {
    for (const FigureRun &part : parts(s)) {
      if (is_called_phone(hints, part)) take_phone(talk, part, extensions);
    }
  });
}

}  // namespace saleschecklist::redaction
