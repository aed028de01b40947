#include "redact/figure_runs.hpp"

#include <string_view>
#include <unordered_set>

namespace saleschecklist::redaction {
namespace {

using WordSet = std::unordered_set<std::string_view>;

constexpr std::size_t words_before = 10, words_behind = 4;  // the context of a number, in words

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

}  // namespace

bool ends_in(const std::string &digits, std::string_view zeros) {
  return digits.size() >= zeros.size() && digits.substr(digits.size() - zeros.size()) == zeros;
}

bool is_ordinary(const FigureRun &s) {
  if (s.last - s.first == 1 && ends_in(s.chain[s.first].digits, "000")) return true;
  return !s.any([](const Figure &f) {
    const std::string_view start = std::string_view(f.digits).substr(0, 2);
    return f.spoken || f.digits.size() != 4 || (start != "19" && start != "20");
  });
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

std::size_t distance(const std::vector<std::size_t> &hints, std::size_t first, std::size_t last) {
  std::size_t out = nowhere;
  const auto behind = std::lower_bound(hints.begin(), hints.end(), first);
  if (behind != hints.begin() && first - *(behind - 1) <= words_before) out = first - *(behind - 1);
  const auto after = std::lower_bound(hints.begin(), hints.end(), last);
  if (after != hints.end() && *after - last < words_behind) out = std::min(out, *after - last + 1);
  return out;
}

}  // namespace saleschecklist::redaction
