#include "evidence/quote_align.hpp"

#include "text/number_words.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string_view>
#include <unordered_map>

namespace saleschecklist::evidence {
namespace {

// Costs of differences, in tenths of a dropped content word.
constexpr int similar_cost = 4, joined_cost = 3, filler_cost = 1, dropped_small_cost = 6,
              dropped_content_cost = 10, added_small_cost = 8;
// A forbidden difference: high enough to be avoided, finite so that a near miss can be named.
constexpr int forbidden_cost = 1000;
constexpr std::size_t words_per_edit = 5;    // noise budget: one edit in five words
constexpr std::size_t least_words = 3;       // shorter quotes must be exact
constexpr std::size_t most_dropped_run = 2;  // more in a row means two places

// Words that sound alike, by the groups they are in. No number or negation is among them.
using Groups = std::unordered_map<std::string_view, std::vector<int>>;

Groups make_homophones() {
  constexpr std::array<std::string_view, 42> groups = {"their there",
                                                       "its it",
                                                       "to too",
                                                       "your you",
                                                       "here hear",
                                                       "by buy bye",
                                                       "then than",
                                                       "of off have",
                                                       "are our",
                                                       "a the an",
                                                       "in and on",
                                                       "this the these",
                                                       "that the",
                                                       "weather whether",
                                                       "write right",
                                                       "site sight cite",
                                                       "principle principal",
                                                       "week weak",
                                                       "role roll",
                                                       "piece peace",
                                                       "mail male",
                                                       "plain plane",
                                                       "through threw",
                                                       "wait weight",
                                                       "break brake",
                                                       "meet meat",
                                                       "some sum",
                                                       "which witch",
                                                       "affect effect",
                                                       "lead led",
                                                       "past passed",
                                                       "new knew",
                                                       "seen scene",
                                                       "steel steal",
                                                       "board bored",
                                                       "great grate",
                                                       "whole hole",
                                                       "fair fare",
                                                       "patients patience",
                                                       "presents presence",
                                                       "cell sell",
                                                       "were where wear"};
  Groups out;
  for (std::size_t g = 0; g < groups.size(); ++g) {
    for (std::string_view rest = groups[g]; !rest.empty();) {
      const std::size_t end = std::min(rest.find(' '), rest.size());
      out[rest.substr(0, end)].push_back(static_cast<int>(g));
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
  }
  return out;
}

// The groups of a word; null for a word without any.
const std::vector<int> *sounds_of(const QuoteToken &token) {
  static const Groups groups = make_homophones();
  if (token.weight == Weight::protected_) return nullptr;
  const auto found = groups.find(token.key);
  return found == groups.end() ? nullptr : &found->second;
}

bool share_a_sound(const std::vector<int> *a, const std::vector<int> *b) {
  return a != nullptr && b != nullptr && std::any_of(a->begin(), a->end(), [&](int group) {
           return std::find(b->begin(), b->end(), group) != b->end();
         });
}

// Optimal string alignment distance, cut off above 2.
int spelling_distance(std::string_view a, std::string_view b) {
  constexpr std::size_t longest = 32;
  constexpr int far = 3;
  const std::size_t gap = a.size() > b.size() ? a.size() - b.size() : b.size() - a.size();
  if (gap > 2 || a.size() > longest || b.size() > longest) return far;
  std::array<std::array<int, longest + 1>, longest + 1> d{};
  for (std::size_t i = 0; i <= a.size(); ++i) d[i][0] = static_cast<int>(i);
  for (std::size_t j = 0; j <= b.size(); ++j) d[0][j] = static_cast<int>(j);
  for (std::size_t i = 1; i <= a.size(); ++i) {
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const int same = a[i - 1] == b[j - 1] ? 0 : 1;
      d[i][j] = std::min({d[i - 1][j] + 1, d[i][j - 1] + 1, d[i - 1][j - 1] + same});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        d[i][j] = std::min(d[i][j], d[i - 2][j - 2] + 1);
      }
    }
  }
  return d[a.size()][b.size()];
}

// "legal" and "illegal", "helpful" and "helpless" are one slip apart and mean the opposite.
bool turns_meaning(std::string_view a, std::string_view b) {
  if (a.size() > b.size()) std::swap(a, b);
  for (const std::string_view prefix : {"un", "in", "im", "il", "ir", "dis", "non", "de", "mis"}) {
    if (b.substr(0, prefix.size()) == prefix && b.substr(prefix.size()) == a) return true;
  }
  const auto ends = [](std::string_view word, std::string_view ending) {
    return word.size() > ending.size() && word.substr(word.size() - ending.size()) == ending;
  };
  return ends(a, "less") != ends(b, "less");
}

bool is_misspelling(std::string_view a, std::string_view b) {
  if (a.empty() || b.empty() || a[0] != b[0] || turns_meaning(a, b)) return false;
  const std::size_t shorter = std::min(a.size(), b.size());
  const int allowed = shorter >= 8 ? 2 : shorter >= 4 ? 1 : 0;
  return allowed > 0 && spelling_distance(a, b) <= allowed;
}

// Whether the quote's word is the talk's word, mistyped or in another form.
bool is_similar(const QuoteToken &quote, const QuoteToken &talk, const Vocabulary &vocabulary) {
  if (quote.weight == Weight::protected_ || talk.weight == Weight::protected_) return false;
  const std::string &a = quote.key, &b = talk.key;
  if (a.size() < 4 || b.size() < 4 || a[0] != b[0]) return false;
  if (!quote.stem.empty() && quote.stem == talk.stem) return !turns_meaning(a, b);
  return is_misspelling(a, b) && vocabulary.count(a) == 0;
}

// Whether word `i` stands twice in a row, alone or as one of a pair ("you would you would").
// Speakers and recognisers double words; a doubled number or negation is another one.
bool is_doubled(const std::vector<QuoteToken> &words, std::size_t i) {
  static const std::unordered_set<std::string_view> negations = {
      "not", "no", "never", "none", "nobody", "nothing", "neither", "nor", "without"};
  const std::string &key = words[i].key;
  if (key[0] == '#' || negations.count(key) != 0) return false;
  const auto same = [&](std::size_t a, std::size_t b) {
    return a < words.size() && b < words.size() && words[a].key == words[b].key;
  };
  if (same(i, i - 1) || same(i, i + 1)) return true;
  for (std::size_t first = i > 3 ? i - 3 : 0; first <= i; ++first) {
    if (same(first, first + 2) && same(first + 1, first + 3)) return true;
  }
  return false;
}

// Words that recognisers and writers put in without adding to what is said.
bool may_be_added(const std::string &key) {
  static const std::unordered_set<std::string_view> words = {
      "a",  "an", "the", "of",  "to",   "that", "and",  "is", "are", "was",  "were", "be",
      "in", "on", "at",  "for", "with", "as",   "this", "it", "am",  "have", "has",  "had"};
  return words.count(key) != 0;
}

enum class Move : std::uint8_t { none, match, drop, add, split, join };

struct Cell {
  int cost = 0;
  Move move = Move::none;
};

class Aligner {
 public:
  Aligner(const std::vector<QuoteToken> &quote, const std::vector<QuoteToken> &talk,
          std::size_t from, std::size_t to, const Vocabulary &vocabulary)
      : quote_(quote),
        talk_(talk),
        from_(from),
        size_(to - from),
        vocabulary_(vocabulary),
        cells_((quote.size() + 1) * (size_ + 1)) {
    for (const QuoteToken &token : quote) quote_sounds_.push_back(sounds_of(token));
    for (std::size_t j = 1; j <= size_; ++j) talk_sounds_.push_back(sounds_of(this->talk(j)));
    for (std::size_t i = 1; i <= quote.size(); ++i) add_costs_.push_back(add_cost(i));
    for (std::size_t j = 1; j <= size_; ++j) drop_costs_.push_back(drop_cost(j));
  }

  Alignment run() {
    for (std::size_t i = 1; i <= quote_.size(); ++i) {
      for (std::size_t j = 0; j <= size_; ++j) fill(i, j);
    }
    std::size_t end = 0;
    for (std::size_t j = 1; j <= size_; ++j) {
      if (at(quote_.size(), j).cost < at(quote_.size(), end).cost) end = j;
    }
    return judge(end);
  }

 private:
  Cell &at(std::size_t i, std::size_t j) { return cells_[i * (size_ + 1) + j]; }
  const QuoteToken &talk(std::size_t j) const { return talk_[from_ + j - 1]; }

  void fill(std::size_t i, std::size_t j) {
    const QuoteToken &q = quote_[i - 1];
    Cell best{at(i - 1, j).cost + add_costs_[i - 1], Move::add};
    const auto offer = [&best](int cost, Move move) {
      if (cost < best.cost) best = {cost, move};
    };
    if (j > 0) {
      offer(at(i - 1, j - 1).cost + match_cost(i, j), Move::match);
      offer(at(i, j - 1).cost + drop_costs_[j - 1], Move::drop);
      if (i > 1 && is_joined(quote_[i - 2].key, q.key, talk(j).key)) {
        offer(at(i - 2, j - 1).cost + joined_cost, Move::join);
      }
      if (j > 1 && is_joined(talk(j - 1).key, talk(j).key, q.key)) {
        offer(at(i - 1, j - 2).cost + joined_cost, Move::split);
      }
    }
    at(i, j) = best;
  }

  // "set up" and "setup".
  static bool is_joined(const std::string &a, const std::string &b, const std::string &whole) {
    return a.size() + b.size() == whole.size() && whole.compare(0, a.size(), a) == 0 &&
           whole.compare(a.size(), b.size(), b) == 0;
  }

  int match_cost(std::size_t i, std::size_t j) const {
    const QuoteToken &q = quote_[i - 1], &t = talk(j);
    if (q.key == t.key) return 0;
    const bool similar =
        share_a_sound(quote_sounds_[i - 1], talk_sounds_[j - 1]) || is_similar(q, t, vocabulary_);
    return similar ? similar_cost : forbidden_cost;
  }

  // The transcript has a word that the quote lacks.
  int drop_cost(std::size_t j) const {
    if (is_doubled(talk_, from_ + j - 1)) return filler_cost;
    switch (talk(j).weight) {
      case Weight::filler:
        return filler_cost;
      case Weight::small:
        return dropped_small_cost;
      case Weight::content:
        return dropped_content_cost;
      case Weight::protected_:
        break;
    }
    return forbidden_cost;
  }

  // The quote has a word that the transcript lacks.
  int add_cost(std::size_t i) const {
    if (is_doubled(quote_, i - 1)) return filler_cost;
    if (quote_[i - 1].weight == Weight::filler) return filler_cost;
    return may_be_added(quote_[i - 1].key) ? added_small_cost : forbidden_cost;
  }

  struct Step {
    Move move;
    int cost;
    std::size_t quote, talk;  // the words before the step, counted from 1
  };

  // The cheapest path, last step first; `j` becomes the place where it begins.
  std::vector<Step> trace(std::size_t &j) {
    std::vector<Step> steps;
    for (std::size_t i = quote_.size(); i > 0;) {
      Step step{at(i, j).move, at(i, j).cost, i, j};
      i -= step.move == Move::drop ? 0 : step.move == Move::join ? 2 : 1;
      j -= step.move == Move::add ? 0 : step.move == Move::split ? 2 : 1;
      step.cost -= at(i, j).cost;
      steps.push_back(step);
    }
    forbid_added_edges(steps.begin(), steps.end());
    forbid_added_edges(steps.rbegin(), steps.rend());
    forbid_exchanges(steps);
    return steps;
  }

  static void forbid(Step &step) {
    if (step.cost < forbidden_cost) step.cost += forbidden_cost;
  }

  bool adds_a_word(const Step &step) const {
    return step.move == Move::add && !text::is_hesitation(quote_[step.quote - 1].key);
  }

  // Words added before the first or after the last that stands could hide what the speaker said
  // there: "we do have a budget" for "we do not have a budget". Doubled ones hide nothing.
  template <class Iterator>
  void forbid_added_edges(Iterator step, Iterator end) const {
    for (; step != end && step->move == Move::add; ++step) {
      if (adds_a_word(*step) && !is_doubled_at_once(step->quote - 1)) forbid(*step);
    }
  }

  bool is_doubled_at_once(std::size_t i) const {
    const bool before = i > 0 && quote_[i - 1].key == quote_[i].key;
    const bool after = i + 1 < quote_.size() && quote_[i + 1].key == quote_[i].key;
    return (before || after) && is_doubled(quote_, i);
  }

  // A word left out beside a word put in is one word exchanged for another; two words put in
  // together are an invention.
  void forbid_exchanges(std::vector<Step> &steps) const {
    for (std::size_t i = 1; i < steps.size(); ++i) {
      const bool adds = adds_a_word(steps[i]), added = adds_a_word(steps[i - 1]);
      const bool exchange =
          (steps[i].move == Move::drop && added) || (steps[i - 1].move == Move::drop && adds);
      const bool invention = adds && added && !is_doubled(quote_, steps[i].quote - 1);
      if (exchange || invention) forbid(steps[i]);
    }
  }

  // The words that differ at a step, and the weightiest kind of those that differ anywhere.
  void name_difference(Alignment &out, const Step &step) const {
    const QuoteToken none;
    const QuoteToken &q = step.move == Move::drop ? none : quote_[step.quote - 1];
    const QuoteToken &t = step.move == Move::add || step.talk == 0 ? none : talk(step.talk);
    out.quote_word = q.key;
    out.transcript_word = t.key;
    out.difference = std::max({out.difference, q.kind, t.kind});
  }

  Alignment judge(std::size_t end) {
    Alignment out;
    out.end = from_ + end;
    std::size_t begin = end, exact = 0, dropped_run = 0, longest_run = 0;
    int noise = 0, forbidden = 0;
    for (const Step &step : trace(begin)) {
      if (step.cost >= forbidden_cost) {
        ++forbidden;
        name_difference(out, step);
      } else {
        noise += step.cost;
      }
      exact += step.cost == 0;
      const bool drops = step.move == Move::drop && talk(step.talk).weight != Weight::filler;
      dropped_run = drops ? dropped_run + 1 : 0;
      longest_run = std::max(longest_run, dropped_run);
    }
    out.begin = from_ + begin;
    const auto budget =
        static_cast<int>(10 * std::max<std::size_t>(1, quote_.size() / words_per_edit));
    const bool enough = quote_.size() >= least_words && 5 * exact >= 3 * quote_.size();
    const bool quiet = noise <= budget && longest_run <= most_dropped_run;
    out.accepted = enough && quiet && forbidden == 0;
    out.near_miss = enough && quiet && forbidden <= 2;
    return out;
  }

  const std::vector<QuoteToken> &quote_, &talk_;
  std::size_t from_, size_;
  const Vocabulary &vocabulary_;
  std::vector<Cell> cells_;
  std::vector<const std::vector<int> *> quote_sounds_, talk_sounds_;
  std::vector<int> add_costs_, drop_costs_;
};

}  // namespace

Alignment align(const std::vector<QuoteToken> &quote, const std::vector<QuoteToken> &talk,
                std::size_t from, std::size_t to, const Vocabulary &vocabulary) {
  return Aligner(quote, talk, from, to, vocabulary).run();
}

}  // namespace saleschecklist::evidence
