#include "evidence/quote_tokens.hpp"

#include "text/contractions.hpp"
#include "text/number_words.hpp"
#include "text/words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>

namespace saleschecklist::evidence {
namespace {

using WordSet = std::unordered_set<std::string_view>;

bool is_filler_word(std::string_view word) {
  static const WordSet words = {"um",       "uh",        "er",   "erm",  "ah",   "hmm",
                                "mm",       "oh",        "well", "like", "so",   "basically",
                                "actually", "literally", "okay", "ok",   "yeah", "kinda",
                                "sorta",    "just",      "uhm"};
  return words.count(word) != 0;
}

bool is_small_word(std::string_view word) {
  static const WordSet words = {
      "a",    "an",      "the",   "of",    "to",  "that",   "and",  "is",    "are",  "was",
      "were", "be",      "been",  "am",    "it",  "in",     "on",   "at",    "for",  "with",
      "as",   "this",    "these", "those", "i",   "you",    "we",   "they",  "he",   "she",
      "do",   "does",    "did",   "have",  "has", "had",    "will", "there", "then", "here",
      "our",  "your",    "their", "my",    "us",  "me",     "them", "from",  "by",   "or",
      "but",  "because", "what",  "which", "who", "really", "very", "quite", "know", "mean",
      "got",  "get",     "now",   "also",  "too", "kind",   "sort", "right", "going"};
  return words.count(word) != 0;
}

bool is_negation(std::string_view word) {
  static const WordSet words = {"not",     "no",      "never",  "none",    "nobody",
                                "nothing", "neither", "nor",    "nowhere", "without",
                                "hardly",  "barely",  "rarely", "seldom",  "cannot",
                                "except",  "against", "stop",   "refuse"};
  return words.count(word) != 0;
}

bool is_protected_word(std::string_view word) {
  static const WordSet words = {
      // condition, degree, quantity
      "if", "unless", "until", "maybe", "might", "may", "perhaps", "could", "would", "should",
      "must", "probably", "possibly", "only", "almost", "nearly", "more", "less", "most", "least",
      "all", "every", "always", "some", "few", "many", "half", "third", "quarter", "double",
      "triple", "twice", "once", "dozen", "couple", "before", "after", "above", "below", "over",
      "under", "up", "down", "first", "second", "fourth", "fifth", "next", "last",
      // dates and units
      "january", "february", "march", "april", "june", "july", "august", "september", "october",
      "november", "december", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday",
      "sunday", "today", "tomorrow", "yesterday", "tonight", "spring", "summer", "autumn", "winter",
      "christmas", "easter", "minute", "minutes", "hour", "hours", "day", "days", "week", "weeks",
      "month", "months", "quarters", "year", "years", "percent", "dollars", "dollar", "euros",
      "euro", "pounds", "pound", "cents", "grand", "bucks"};
  return words.count(word) != 0;
}

// "1,200" and "1200" and "1.5"; "20k" carries its scale. Nothing for "10:30" and "3rd".
std::optional<double> digits_value(std::string_view word) {
  double scale = 1;
  if (word.size() > 1 && (word.back() == 'k' || word.back() == 'm')) {
    scale = word.back() == 'k' ? 1e3 : 1e6;
    word.remove_suffix(1);
  }
  std::string plain;
  for (std::size_t i = 0; i < word.size(); ++i) {
    const bool thousands =
        word[i] == ',' && i > 0 && word.size() - i >= 4 && (word.size() - i) % 4 == 0;
    if (!thousands) plain += word[i];
  }
  double value = 0;
  const auto [end, error] = std::from_chars(plain.data(), plain.data() + plain.size(), value);
  if (error != std::errc() || end != plain.data() + plain.size()) return std::nullopt;
  return value * scale;
}

struct Part {
  std::string word;
  std::uint32_t begin, end;
  bool capital_inside;  // a capital letter, not at the start of a sentence
};

std::vector<Part> parts_of(std::string_view text) {
  const text::WordedText worded = text::split_words(text);
  std::vector<Part> out;
  std::vector<std::string> expanded;
  for (std::size_t w = 0; w < worded.words.size(); ++w) {
    const text::Word &word = worded.words[w];
    const bool first = worded.sentences[word.sentence].first_word == w;
    expanded.clear();
    text::append_expanded(expanded, worded.text_of(word));
    for (std::string &part : expanded) {
      out.push_back({std::move(part), word.source_begin, word.source_end, word.capital && !first});
    }
  }
  return out;
}

std::string canonical_symbol(std::string_view word) {
  if (word == "%") return "percent";
  if (word == "$") return "dollars";
  if (word == "\xE2\x82\xAC") return "euros";
  if (word == "\xC2\xA3") return "pounds";
  return std::string(word);
}

bool is_currency_mark(std::string_view word) {
  return word == "$" || word == "\xE2\x82\xAC" || word == "\xC2\xA3";
}

// Reads the longest well-formed number that begins at `at`: "two hundred and fifty thousand".
class NumberReader {
 public:
  explicit NumberReader(const std::vector<Part> &parts) : parts_(parts) {}

  // The value, and `at` moved behind it; nothing when there is no number.
  std::optional<double> read(std::size_t &at) {
    total_ = group_ = 0;
    last_unit_ = 0;
    seen_ = false;
    std::size_t i = at;
    while (i < parts_.size() && take(i)) ++i;
    if (!seen_) return std::nullopt;
    at = i;
    return total_ + group_;
  }

 private:
  bool take(std::size_t i) {
    const std::string &word = parts_[i].word;
    if (seen_ && text::is_hesitation(word)) {
      return i + 1 < parts_.size() &&
             (text::unit_value(parts_[i + 1].word) || text::scale_value(parts_[i + 1].word) ||
              parts_[i + 1].word == "and");
    }
    if (seen_ && word == "and") {  // only between a scale and a unit
      return after_scale_ && i + 1 < parts_.size() &&
             text::unit_value(parts_[i + 1].word).has_value();
    }
    const auto scale = text::scale_value(word);
    if (scale && (seen_ ? group_ > 0 : word.size() > 1)) {
      apply_scale(*scale);
      return true;
    }
    if (scale) return false;
    if (const auto unit = text::unit_value(word)) return add_unit(*unit);
    const auto digits = digits_value(word);
    if (!digits || seen_) return false;
    group_ = *digits;
    last_unit_ = 1;  // no unit may follow digits
    seen_ = true;
    return true;
  }

  void apply_scale(double scale) {
    if (!seen_) group_ = 1;
    if (scale == 100) {
      group_ *= scale;
    } else {
      total_ += group_ * scale;
      group_ = 0;
    }
    last_unit_ = 100;
    after_scale_ = true;
    seen_ = true;
  }

  // "forty" then "two" is 42; "two" then "forty" are two numbers.
  bool add_unit(double unit) {
    const bool fits = !seen_ || after_scale_ || (last_unit_ >= 20 && unit < 10 && unit > 0);
    if (!fits) return false;
    group_ += unit;
    last_unit_ = unit;
    after_scale_ = false;
    seen_ = true;
    return true;
  }

  const std::vector<Part> &parts_;
  double total_ = 0, group_ = 0, last_unit_ = 0;
  bool seen_ = false, after_scale_ = false;
};

bool has_digit(std::string_view word) {
  return std::any_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; });
}

WordKind kind_of(const Part &part, const NameSet &names) {
  static const WordSet capitals_of_no_name = {"i", "ok", "okay"};
  if (has_digit(part.word)) return WordKind::number;
  if (is_negation(part.word)) return WordKind::negation;
  if (is_protected_word(part.word)) return WordKind::other;  // "May" and "Monday" are dates
  const bool name = names.count(part.word) != 0 ||
                    (part.capital_inside && capitals_of_no_name.count(part.word) == 0);
  return name ? WordKind::name : WordKind::other;
}

Weight weigh(const Part &part, WordKind kind) {
  if (kind != WordKind::other || is_protected_word(part.word)) return Weight::protected_;
  if (is_filler_word(part.word)) return Weight::filler;
  return is_small_word(part.word) ? Weight::small : Weight::content;
}

}  // namespace

void collect_names(std::string_view text, NameSet &names, NameSet &lower_case_words) {
  const text::WordedText worded = text::split_words(text);
  for (std::size_t w = 0; w < worded.words.size(); ++w) {
    const text::Word &word = worded.words[w];
    const std::string_view folded = worded.text_of(word);
    const bool first = worded.sentences[word.sentence].first_word == w;
    if (!word.capital)
      lower_case_words.emplace(folded);
    else if (!first && folded != "i" && folded.substr(0, 2) != "i'")
      names.emplace(folded);
  }
}

std::vector<QuoteToken> quote_tokens(std::string_view text, const NameSet &names,
                                     text::Stemmer &stemmer) {
  const std::vector<Part> parts = parts_of(text);
  NumberReader numbers(parts);
  std::vector<QuoteToken> out;
  for (std::size_t i = 0; i < parts.size();) {
    const std::size_t first = i;
    const bool money = is_currency_mark(parts[i].word);
    std::size_t after = i + (money ? 1 : 0);
    const auto value = after < parts.size() ? numbers.read(after) : std::nullopt;
    if (!value) {
      const WordKind kind = kind_of(parts[i], names);
      const Weight weight = weigh(parts[i], kind);
      out.push_back(
          {canonical_symbol(parts[i].word), {}, parts[i].begin, parts[i].end, weight, kind});
      if (weight == Weight::content) out.back().stem = stemmer.stem(parts[i].word);
      ++i;
      continue;
    }
    out.push_back({fmt::format("#{}", *value),
                   {},
                   parts[first].begin,
                   parts[after - 1].end,
                   Weight::protected_,
                   WordKind::number});
    if (money) {
      out.push_back({canonical_symbol(parts[first].word),
                     {},
                     parts[first].begin,
                     parts[after - 1].end,
                     Weight::protected_});
    }
    i = after;
  }
  return out;
}

}  // namespace saleschecklist::evidence
