// Finds phone numbers by format or context, and account numbers by context.
#include "redact/numbers.hpp"

#include <algorithm>
#include <limits>
#include <unordered_map>
#include <unordered_set>
#include <utility>

namespace saleschecklist::redaction {
namespace {

using WordSet = std::unordered_set<std::string_view>;

constexpr std::size_t shortest_phone = 7, longest_phone = 15;
constexpr std::size_t shortest_account = 6, longest_account = 34;
constexpr std::size_t words_before = 10, words_behind = 4;  // the context of a number, in words

// The figures [first, last) of a chain, which may be one number.
struct Stretch {
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

bool ends_in(const std::string &digits, std::string_view zeros) {
  return digits.size() >= zeros.size() && digits.substr(digits.size() - zeros.size()) == zeros;
}

// Whether the figures are a round number or years, which identify nothing.
bool is_ordinary(const Stretch &s) {
  if (s.last - s.first == 1 && ends_in(s.chain[s.first].digits, "000")) return true;
  return !s.any([](const Figure &f) {
    const std::string_view start = std::string_view(f.digits).substr(0, 2);
    return f.spoken || f.digits.size() != 4 || (start != "19" && start != "20");
  });
}

// Whether the digits count up ("one two three four five six seven"), as no real number does.
bool is_counting(const Stretch &s) {
  int expected = -1;
  return !s.any([&](const Figure &f) {
    const int digit = f.digits.size() == 1 ? f.digits[0] - '0' : -1;
    const bool next = digit >= 0 && (expected < 0 || digit == expected);
    expected = digit + 1;
    return !next;
  });
}

// Calls `visit` with every run of figures whose gaps may occur within a single number.
template <class Visit>
void each_stretch(const Talk &talk, const std::vector<Chain> &chains, Visit visit) {
  for (const Chain &chain : chains) {
    std::size_t first = 0;
    const auto close = [&](std::size_t last) {
      if (first < last) visit(Stretch{chain, first, last});
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

bool is_person(std::string_view word) {
  static const WordSet words = {"me", "us", "him", "her", "them", "you"};
  return words.count(word) != 0;
}

bool is_owner(std::string_view word) {
  static const WordSet words = {"my",    "your",   "his",    "her",    "our",  "their", "best",
                                "phone", "mobile", "direct", "office", "home", "cell"};
  return words.count(word) != 0;
}

bool is_phone_word(std::string_view word) {
  static const WordSet words = {"phone", "telephone", "tel",  "mobile",   "cell",
                                "fax",   "dial",      "text", "whatsapp", "cellphone"};
  return words.count(word) != 0;
}

bool is_account_word(std::string_view word) {
  static const WordSet words = {"acct", "iban", "routing", "bsb"};
  return words.count(word) != 0;
}

NumberHints find_hints(const Talk &talk) {
  NumberHints out;
  for (std::size_t i = 0; i < talk.tokens.size(); ++i) {
    const std::string_view word = talk.tokens[i].word;
    const std::string_view next = talk.follows(i + 1) ? talk.tokens[i + 1].word : "";
    const bool numbered = next == "number" || next == "no" || next == "num" || next == "code";
    const bool account = is_account_word(word) || (word == "sort" && next == "code") ||
                         (numbered && (word == "account" || word == "policy"));
    if (account) out.accounts.push_back(i);
    if (account || word == "account" || word == "bank") out.any_accounts.push_back(i);
    const bool called = (word == "call" || word == "reach" || word == "ring") && is_person(next);
    if (is_phone_word(word) || called || (is_owner(word) && next == "number")) {
      out.phones.push_back(i);
    }
  }
  return out;
}

constexpr std::size_t nowhere = std::numeric_limits<std::size_t>::max();

// The distance in words between the tokens and the nearest word of the list; `nowhere` if none is
// in its context.
std::size_t distance(const std::vector<std::size_t> &hints, std::size_t first, std::size_t last) {
  std::size_t out = nowhere;
  const auto behind = std::lower_bound(hints.begin(), hints.end(), first);
  if (behind != hints.begin() && first - *(behind - 1) <= words_before) out = first - *(behind - 1);
  const auto after = std::lower_bound(hints.begin(), hints.end(), last);
  if (after != hints.end() && *after - last < words_behind) out = std::min(out, *after - last + 1);
  return out;
}

bool may_be_account(const Stretch &s) {
  const std::size_t digits = s.digits();
  return digits >= shortest_account && digits <= longest_account && !is_ordinary(s);
}

bool is_named_account(const NumberHints &hints, const Stretch &s) {
  if (!may_be_account(s) || s.chain[s.first].plus) return false;
  return distance(hints.accounts, s.begin(), s.end()) < distance(hints.phones, s.begin(), s.end());
}

bool is_account(const NumberHints &hints, const Stretch &s) {
  if (!may_be_account(s)) return false;
  const std::size_t phone = distance(hints.phones, s.begin(), s.end());
  const std::size_t vague = distance(hints.any_accounts, s.begin(), s.end());
  return vague != nowhere && vague < phone && !s.dated() && (!s.spoken() || s.singles() >= 3);
}

bool is_called_phone(const NumberHints &hints, const Stretch &s) {
  const std::size_t digits = s.digits();
  if (digits < shortest_phone || digits > longest_phone || s.dated() || is_ordinary(s)) {
    return false;
  }
  if (s.singles() >= 5 && !is_counting(s)) return true;
  const bool called = distance(hints.phones, s.begin(), s.end()) != nowhere;
  return called && (!s.spoken() || s.singles() >= 2);
}

// Letters and digits in one word, such as "PN1234567", that are introduced as an account.
void find_mixed_accounts(Talk &talk, const NumberHints &hints) {
  const auto joined = [&](std::size_t i) { return talk.follows(i) && talk.tokens[i].gap.empty(); };
  for (std::size_t i = 0; i < talk.tokens.size(); ++i) {
    const TalkToken &token = talk.tokens[i];
    if (!token.digits || token.word.size() < shortest_account || token.amount) continue;
    if (token.taken || !talk.glued(i)) continue;
    std::size_t first = i, last = i + 1;
    while (joined(first)) --first;
    while (joined(last)) ++last;
    if (talk.taken(first, last) || distance(hints.accounts, first, last) == nowhere) continue;
    std::string key;
    for (std::size_t t = first; t < last; ++t) key += talk.tokens[t].word;
    talk.take(first, last, DataKind::account, std::move(key));
  }
}

// The end of the phone number that begins a run, judged by its format alone; 0 if none does.
std::size_t international_end(const Stretch &s) {
  std::size_t digits = 0, last = s.first;
  while (last < s.last && digits + s.chain[last].digits.size() <= longest_phone) {
    digits += s.chain[last++].digits.size();
  }
  return digits < shortest_phone || (digits < 10 && is_ordinary(s)) ? 0 : last;
}

// "020 7946 0123", "06 12 34 56 78": only phone numbers begin with 0.
std::size_t trunk_end(const Stretch &s, bool leads) {
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

bool has_sizes(const Stretch &s, std::initializer_list<std::size_t> sizes) {
  if (s.last - s.first < sizes.size()) return false;
  std::size_t i = s.first;
  return std::all_of(sizes.begin(), sizes.end(), [&](std::size_t size) {
    const Figure &figure = s.chain[i++];
    return !figure.spoken && figure.digits.size() == size;
  });
}

bool begins_area(char digit) { return digit >= '2'; }

// "(415) 555-0199", "1-800-555-0199", "555-0199", "4155550199".
std::size_t american_end(const Talk &talk, const Stretch &s) {
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

std::size_t clear_end(const Talk &talk, const Stretch &s, bool leads) {
  if (s.chain[s.first].plus) return international_end(s);
  if (const std::size_t last = trunk_end(s, leads)) return last;
  return american_end(talk, s);
}

// A pause in a longer run separates two numbers.
std::vector<Stretch> parts(const Stretch &s) {
  if (s.digits() <= longest_phone) return {s};
  std::vector<Stretch> out;
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

void take_phone(Talk &talk, const Stretch &s, const Extensions &extensions) {
  take_figures(talk, s.chain, s.first, s.last, DataKind::phone);
  const auto [digits, end] = extensions.read(s.end());
  if (end != s.end()) talk.extend(s.end(), end, "x" + digits);
}

}  // namespace

void find_accounts(Talk &talk, const std::vector<Chain> &chains, bool clear_ones) {
  const NumberHints hints = find_hints(talk);
  each_stretch(talk, chains, [&](const Stretch &s) {
    const bool found = clear_ones ? is_named_account(hints, s) : is_account(hints, s);
    if (found) take_figures(talk, s.chain, s.first, s.last, DataKind::account);
  });
  if (clear_ones) find_mixed_accounts(talk, hints);
}

void find_clear_phones(Talk &talk, const std::vector<Chain> &chains) {
  const Extensions extensions(talk, chains);
  each_stretch(talk, chains, [&](const Stretch &s) {
    for (std::size_t i = s.first; i < s.last;) {
      // No phone number has more figures, and this bounds the time of each search.
      const Stretch near{s.chain, i, std::min(s.last, i + longest_phone + 1)};
      const std::size_t last = clear_end(talk, near, i == s.first);
      if (last != 0) take_phone(talk, {s.chain, i, last}, extensions);
      i = std::max(i + 1, last);
    }
  });
}

void find_phones(Talk &talk, const std::vector<Chain> &chains) {
  const NumberHints hints = find_hints(talk);
  const Extensions extensions(talk, chains);
  each_stretch(talk, chains, [&](const Stretch &s) {
    for (const Stretch &part : parts(s)) {
      if (is_called_phone(hints, part)) take_phone(talk, part, extensions);
    }
  });
}

}  // namespace saleschecklist::redaction
