// Finds card numbers and IBANs by their check digits.
#include "redact/numbers.hpp"

#include "text/number_words.hpp"

#include <algorithm>
#include <array>
#include <unordered_map>

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

// Reads an IBAN token by token. Letters between dictated digits are spoken one by one.
class IbanReader {
 public:
  IbanReader(const Talk &talk, const std::vector<Chain> &chains) : talk_(talk) {
    for (const Chain &chain : chains) {
      for (const Figure &figure : chain) figures_.emplace(figure.first, &figure);
    }
  }

  // The token after an IBAN that begins at a token, or 0 if none does; sets `iban` to it.
  std::size_t read(std::size_t at, std::string &iban) {
    iban.clear();
    dictated_ = false;
    std::size_t length = 2;
    while (at < talk_.tokens.size() && iban.size() < length) {
      const TalkToken &token = talk_.tokens[at];
      const bool apart = !token.first && !is_close(token.gap);
      if (token.taken || (!iban.empty() && (token.first || apart))) return 0;
      at = extend(at, iban);
      if (at == 0) return 0;
      if (length == 2 && iban.size() >= 2) length = iban_length(iban.substr(0, 2));
    }
    return is_iban(iban) && !is_next_word(talk_.tokens[at - 1], iban) ? at : 0;
  }

 private:
  static bool is_close(std::string_view gap) {
    return gap.size() <= 3 && gap.find_first_not_of(" -,.") == gap.npos;
  }

  // A number does not end with a filler word.
  static bool is_next_word(const TalkToken &last, std::string_view iban) {
    return iban.back() > '9' && last.word.size() > 1 && !last.gap.empty();
  }

  // Appends a token, or the figure that begins at it. Returns the token after it, or 0 if it cannot
  // be part of an IBAN.
  std::size_t extend(std::size_t at, std::string &iban) {
    const TalkToken &token = talk_.tokens[at];
    if (const auto found = figures_.find(at); found != figures_.end()) {
      iban += found->second->digits;
      dictated_ = dictated_ || found->second->spoken;
      return found->second->last;
    }
    if (!iban.empty() && text::is_hesitation(token.word)) return at + 1;
    const bool plain = std::all_of(token.word.begin(), token.word.end(), [](char c) {
      return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    });
    const std::size_t longest = token.gap.empty() ? 34 : dictated_ ? 1 : 4;
    if (!plain || (!token.digits && token.word.size() > longest)) return 0;
    iban += token.word;
    return at + 1;
  }

  const Talk &talk_;
  std::unordered_map<std::size_t, const Figure *> figures_;
  bool dictated_ = false;
};

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

std::size_t iban_length(std::string_view country) {
  // From the registry of ISO 13616: country code and length.
  static constexpr std::string_view lengths =
      "ad24ae23al28at20az28ba20be16bg22bh22bi27br29by28ch21cr22cy28cz24de22dj27dk18do28ee20eg29es24"
      "fi18fk18fo18fr27gb22ge22gi23gl18gr27gt28hn28hr21hu28ie22il23iq23is26it27jo30kw30kz20lb28lc32"
      "li21lt20lu20lv21ly25mc27md24me22mk19mn20mr27mt31mu30ni28nl18no15om23pk24pl28ps29pt25qa29ro24"
      "rs22ru33sa24sc31sd18se24si19sk24sm27so23st25sv28tl23tn24tr26ua29va22vg24xk20ye30";
  for (std::size_t at = 0; at < lengths.size(); at += 4) {
    if (lengths.substr(at, 2) != country) continue;
    return static_cast<std::size_t>(lengths[at + 2] - '0') * 10 +
           static_cast<std::size_t>(lengths[at + 3] - '0');
  }
  return 0;
}

bool is_iban(std::string_view text) {
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  if (text.size() < 5 || iban_length(text.substr(0, 2)) != text.size()) return false;
  if (!is_digit(text[2]) || !is_digit(text[3])) return false;
  std::size_t digits = 0;
  unsigned rest = 0;
  const auto add = [&](char c) {
    const bool digit = is_digit(c);
    digits += digit ? 1 : 0;
    const auto value = static_cast<unsigned>(digit ? c - '0' : c - 'a' + 10);
    rest = (rest * (digit ? 10 : 100) + value) % 97;
  };
  for (const char c : text.substr(4)) add(c);
  for (const char c : text.substr(0, 4)) add(c);
  return rest == 1 && digits * 2 >= text.size();
}

void find_ibans(Talk &talk, const std::vector<Chain> &chains) {
  IbanReader reader(talk, chains);
  std::string iban;
  for (std::size_t first = 0; first < talk.tokens.size(); ++first) {
    if (talk.tokens[first].digits || talk.tokens[first].word.size() > 2) continue;
    const std::size_t last = reader.read(first, iban);
    if (last == 0) continue;
    talk.take(first, last, DataKind::account, iban);
    first = last - 1;
  }
}

}  // namespace saleschecklist::redaction
