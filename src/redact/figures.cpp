#include "redact/figures.hpp"

#include "text/number_words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <optional>
#include <unordered_set>

namespace saleschecklist::redaction {
namespace {

using WordSet = std::unordered_set<std::string_view>;

constexpr std::size_t shortest_card = 13;

bool is_zero_word(std::string_view word) {
  return word == "zero" || word == "oh" || word == "o" || word == "nought" || word == "naught";
}

std::size_t repeats(std::string_view word) {
  if (word == "double") return 2;
  if (word == "triple" || word == "treble") return 3;
  return word == "quadruple" ? 4 : 0;
}

// Words without meaning between dictated digits.
bool is_pause(std::string_view word) {
  return text::is_hesitation(word) || word == "ah" || word == "dash" || word == "hyphen" ||
         word == "space" || word == "like";
}

bool is_connector(std::string_view word) {
  static const WordSet words = {"and", "then", "okay", "ok", "yeah", "yes", "next", "so", "well"};
  return words.count(word) != 0;
}

bool is_currency(std::string_view word) {
  static const WordSet words = {"$",   "\xE2\x82\xAC", "\xC2\xA3", "\xC2\xA5", "usd", "eur", "gbp",
                                "chf", "pln",          "jpy",      "cad",      "aud", "inr"};
  return words.count(word) != 0;
}

// Units: a number before one of these is a quantity.
bool is_unit(std::string_view word) {
  static const WordSet words = {
      "%",        "percent",   "dollars", "dollar",    "euros",   "euro",      "pounds", "pound",
      "cents",    "bucks",     "grand",   "francs",    "yen",     "zloty",     "users",  "seats",
      "licenses", "licences",  "people",  "employees", "units",   "customers", "orders", "items",
      "pieces",   "records",   "rows",    "shipments", "parcels", "minutes",   "hours",  "days",
      "weeks",    "months",    "years",   "kilos",     "tons",    "miles",     "meters", "metres",
      "hundred",  "thousand",  "million", "billion",   "k",       "m",         "bn",     "times",
      "calls",    "contacts",  "leads",   "messages",  "emails",  "requests",  "tokens", "devices",
      "members",  "documents", "tickets", "pallets",   "trucks",  "invoices"};
  return is_currency(word) || words.count(word) != 0;
}

bool only(std::string_view text, std::string_view allowed) {
  return text.find_first_not_of(allowed) == text.npos;
}

std::optional<Joint> joint_of(std::string_view gap) {
  const bool stop = gap.find(". ") != gap.npos;
  if (gap.size() <= 4 && !stop && only(gap, " -./()+")) return Joint::tight;
  if (gap.size() <= 5 && only(gap, " -./(),;+")) return Joint::loose;
  return std::nullopt;
}

// The looser of two joints; `turn` is the loosest.
std::optional<Joint> looser(std::optional<Joint> a, std::optional<Joint> b) {
  if (!a || !b) return std::nullopt;
  return std::max(*a, *b);
}

// Reads one figure at a time, given the figure directly before it, if any.
class FigureReader {
 public:
  explicit FigureReader(const Talk &talk) : talk_(talk) {}

  // std::nullopt if no figure begins here; `skip` is then the number of tokens without a figure, at
  // least 1.
  std::optional<Figure> read(std::size_t at, const Figure *before, std::size_t &skip) const {
    skip = 1;
    const TalkToken &token = talk_.tokens[at];
    if (token.taken) return std::nullopt;
    auto out = token.digits ? written(at) : dictated(at, before, skip);
    if (!out) return out;
    const std::string_view gap = token.gap;
    out->plus = (!gap.empty() && gap.back() == '+') || is_word(at - 1, "plus", !token.first);
    out->bracket = gap.find('(') != gap.npos;
    return out;
  }

 private:
  bool is_word(std::size_t at, std::string_view word, bool there = true) const {
    return there && at < talk_.tokens.size() && talk_.tokens[at].word == word;
  }

  // The word of a token that directly follows the previous one; empty if it does not.
  std::string_view next(std::size_t at) const {
    if (!talk_.follows(at)) return {};
    const std::string_view gap = talk_.tokens[at].gap;
    return gap.empty() || gap == " " || gap == "-" ? talk_.tokens[at].word : std::string_view();
  }

  bool is_quantity(std::size_t at) const {
    const TalkToken &token = talk_.tokens[at];
    if (token.amount || is_unit(next(at + 1))) return true;
    return !token.first && is_currency(talk_.tokens[at - 1].word);
  }

  // "x12" and "12x34" are digits with an extension; with any other letters, it is a name.
  bool is_glued(std::size_t at) const {
    const auto extension = [&](std::size_t i) {
      return talk_.tokens[i].word == "x" || talk_.tokens[i].word == "ext";
    };
    if (!talk_.glued(at)) return false;
    const bool before = talk_.follows(at) && talk_.tokens[at].gap.empty() && !extension(at - 1);
    const bool after =
        talk_.follows(at + 1) && talk_.tokens[at + 1].gap.empty() && !extension(at + 1);
    return before || after;
  }

  std::optional<Figure> written(std::size_t at) const {
    const std::string_view digits = talk_.tokens[at].word;
    if (is_quantity(at)) return std::nullopt;
    if (is_glued(at) && digits.size() < shortest_card) return std::nullopt;
    Figure out{std::string(digits), at, at + 1};
    out.singles = digits.size() == 1 ? 1 : 0;
    return out;
  }

  // The single digit that "seven", "oh" or "7" stands for, or no digit.
  std::string digit_of(std::string_view word) const {
    if (is_zero_word(word)) return "0";
    if (word.size() == 1 && word[0] >= '0' && word[0] <= '9') return std::string(word);
    const auto value = text::unit_value(word);
    return value && *value < 10 ? fmt::format("{}", *value) : std::string();
  }

  std::optional<Figure> repeated(std::size_t at, std::size_t times) const {
    const std::string digit = digit_of(next(at + 1));
    if (digit.empty()) return std::nullopt;
    Figure out{std::string(times, digit[0]), at, at + 2};
    out.singles = static_cast<std::uint8_t>(times);
    return out;
  }

  std::optional<Figure> dictated(std::size_t at, const Figure *before, std::size_t &skip) const {
    const std::string_view word = talk_.tokens[at].word;
    std::optional<Figure> out;
    if (const std::size_t times = repeats(word)) {
      out = repeated(at, times);
    } else if (is_zero_word(word)) {
      const std::string_view after = next(at + 1);
      const bool begins =
          !digit_of(after).empty() || text::unit_value(after) || repeats(after) != 0;
      if (word.size() > 2 || begins ||
          (before && before->spoken)) {  // a lone "oh" is an interjection
        out = Figure{"0", at, at + 1};
        out->singles = 1;
      }
    } else if (const auto value = text::unit_value(word)) {
      out = number(at, *value, before, skip);
    }
    if (out) out->spoken = true;
    return out;
  }

  std::optional<Figure> number(std::size_t at, double value, const Figure *before,
                               std::size_t &skip) const {
    Figure out{fmt::format("{}", value), at, at + 1};
    out.singles = value < 10 ? 1 : 0;
    const auto unit = text::unit_value(next(at + 1));
    if (value >= 20 && unit && *unit >= 1 && *unit < 10) {
      out.digits = fmt::format("{}", value + *unit);
      ++out.last;
    }
    const std::string_view scale = next(out.last);
    if (text::scale_value(scale).value_or(0) >= 100) {
      if (!is_dictated_scale(out, scale, before)) {
        skip = cardinal_end(at) - at;
        return std::nullopt;
      }
      out.digits += scale == "hundred" ? "00" : "000";
      ++out.last;
    }
    if (is_unit(next(out.last))) return std::nullopt;
    return out;
  }

  // "one eight hundred" and "eight hundred five five five" are digits; "eight hundred and five" is
  // not.
  bool is_dictated_scale(const Figure &figure, std::string_view scale, const Figure *before) const {
    if (scale != "hundred" && scale != "thousand") return false;
    const bool goes_on = text::scale_value(next(figure.last + 1)).has_value();
    if (before && before->singles > 0 && !goes_on) return true;
    return scale == "hundred" && !digit_of(next(figure.last + 1)).empty() &&
           !digit_of(next(figure.last + 2)).empty();
  }

  // The token after "two hundred and fifty thousand", no part of which is a figure.
  std::size_t cardinal_end(std::size_t at) const {
    std::size_t end = at + 1;
    for (;; ++end) {
      const std::string_view word = next(end);
      const bool joined =
          word == "and" && (text::unit_value(next(end + 1)) || text::scale_value(next(end + 1)));
      if (word.empty() || (!text::unit_value(word) && !text::scale_value(word) && !joined))
        return end;
    }
  }

  const Talk &talk_;
};

bool in_range(const Figure &figure, std::size_t longest, int least, int most) {
  if (figure.spoken || figure.digits.size() > longest) return false;
  const int value = std::stoi(figure.digits);
  return value >= least && value <= most;
}

bool is_year(const Figure &figure) {
  return figure.digits.size() == 4 && in_range(figure, 4, 1900, 2099);
}

// Whether it is a date, such as "20-11-2026", "11/20/26" or "2026-11-20": three figures with the
// same separator.
bool is_date(const Talk &talk, const Chain &chain, std::size_t at) {
  if (at + 3 > chain.size()) return false;
  const Figure &a = chain[at], &b = chain[at + 1], &c = chain[at + 2];
  if (b.joint != Joint::tight || c.joint != Joint::tight || a.spoken || b.spoken || c.spoken) {
    return false;
  }
  const std::string_view sign = talk.tokens[b.first].gap;
  if (sign != talk.tokens[c.first].gap || sign.size() != 1 || !only(sign, "-./ ")) return false;
  if (at + 3 < chain.size() && talk.tokens[chain[at + 3].first].gap == sign && sign != " ") {
    return false;  // a longer number
  }
  const auto day = [](const Figure &f) { return in_range(f, 2, 1, 31); };
  const auto month = [](const Figure &f) { return in_range(f, 2, 1, 12); };
  if (is_year(a)) return month(b) && day(c);
  const bool year = is_year(c) || (sign != " " && c.digits.size() == 2);
  return year && ((day(a) && month(b)) || (month(a) && day(b)));
}

void mark_dates(const Talk &talk, Chain &chain) {
  for (std::size_t i = 0; i < chain.size(); ++i) {
    if (!is_date(talk, chain, i)) continue;
    for (std::size_t j = i; j < i + 3; ++j) chain[j].dated = true;
    i += 2;
  }
}

class ChainFinder {
 public:
  ChainFinder(const Talk &talk, const std::vector<Turn> &turns)
      : talk_(talk), turns_(turns), reader_(talk) {}

  std::vector<Chain> run() {
    std::size_t turn = 0;
    for (std::size_t at = 0; at < talk_.tokens.size();) {
      const std::uint32_t text = talk_.tokens[at].text;
      const bool said = turn < turns_.size() && turns_[turn].text == text;
      at = read_text(at, said ? open_chain(turn) : none);
      if (said) ends_.push_back(end_);
      if (said) ++turn;
    }
    for (Chain &chain : chains_) mark_dates(talk_, chain);
    return std::move(chains_);
  }

 private:
  static constexpr std::size_t none = std::numeric_limits<std::size_t>::max();
  static constexpr std::size_t brief = 6;  // in words: a remark such as "mm-hm, go on"

  // How a text ended: the open chain, or none, and whether the text was brief.
  struct End {
    std::size_t chain = none;
    std::size_t tokens = 0;
  };

  // The chain that this turn may continue: that of the previous turn, or of the turn before a brief
  // remark.
  std::size_t open_chain(std::size_t turn) const {
    const auto same = [&](std::size_t other) {
      return turns_[other].speaker == turns_[turn].speaker;
    };
    if (turn >= 1 && same(turn - 1)) return ends_[turn - 1].chain;
    if (turn >= 2 && same(turn - 2) && ends_[turn - 1].tokens <= brief) {
      return ends_[turn - 2].chain;
    }
    return none;
  }

  // Reads a whole text. Returns the token at which the next text begins.
  std::size_t read_text(std::size_t at, std::size_t open) {
    const std::uint32_t text = talk_.tokens[at].text;
    const std::size_t begin = at;
    std::size_t chain = open;
    std::optional<Joint> joint = open == none ? std::nullopt : std::optional(Joint::turn);
    std::size_t pauses = 0;
    while (at < talk_.tokens.size() && talk_.tokens[at].text == text) {
      const TalkToken &token = talk_.tokens[at];
      if (!token.first && chain != none) joint = looser(joint, joint_of(token.gap));
      if (!joint) chain = none;
      std::size_t skip = 1;
      const Figure *before = chain == none ? nullptr : &chains_[chain].back();
      if (auto figure = reader_.read(at, before, skip)) {
        at = figure->last;
        chain = append(chain, *std::move(figure), joint.value_or(Joint::first));
        joint = Joint::tight;
        pauses = 0;
        continue;
      }
      joint = ++pauses > 3 || token.taken ? std::nullopt : looser(joint, across(token.word));
      if (!joint) chain = none;
      at += skip;
    }
    end_ = {chain, at - begin};
    return at;
  }

  static std::optional<Joint> across(std::string_view word) {
    if (is_pause(word) || word == "plus") return Joint::tight;
    return is_connector(word) ? std::optional(Joint::connected) : std::nullopt;
  }

  std::size_t append(std::size_t chain, Figure figure, Joint joint) {
    if (chain == none) {
      chains_.emplace_back();
      chain = chains_.size() - 1;
      joint = Joint::first;
    }
    figure.joint = joint;
    chains_[chain].push_back(std::move(figure));
    return chain;
  }

  const Talk &talk_;
  const std::vector<Turn> &turns_;
  FigureReader reader_;
  std::vector<Chain> chains_;
  std::vector<End> ends_;
  End end_;
};

}  // namespace

std::vector<Chain> find_chains(const Talk &talk, const std::vector<Turn> &turns) {
  return ChainFinder(talk, turns).run();
}

}  // namespace saleschecklist::redaction
