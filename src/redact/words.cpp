#include "redact/words.hpp"

#include "text/number_words.hpp"

#include <algorithm>
#include <optional>
#include <unordered_map>
#include <unordered_set>
#include <utility>

namespace saleschecklist::redaction {
namespace {

using WordSet = std::unordered_set<std::string_view>;

// Words next to "at" that show it is not part of an address: "find us at our site acme dot com".
bool is_no_address(std::string_view word) {
  static const WordSet words = {
      "us",    "me",      "them",  "him",     "her",    "you",   "it",       "is",        "are",
      "be",    "was",     "were",  "find",    "here",   "there", "that",     "this",      "we",
      "up",    "out",     "in",    "on",      "site",   "page",  "online",   "look",      "looking",
      "looks", "looked",  "our",   "your",    "my",     "the",   "their",    "a",         "www",
      "meet",  "website", "and",   "or",      "visit",  "got",   "get",      "available", "check",
      "stay",  "work",    "works", "working", "people", "team",  "everyone", "back",      "now"};
  return words.count(word) != 0;
}

bool is_mail_word(std::string_view word) {
  return word == "email" || word == "mail" || word == "emails" || word == "address";
}

// The character that a spoken word stands for in an address; 0 if none.
char spoken_sign(std::string_view word) {
  if (word == "dot") return '.';
  if (word == "underscore") return '_';
  if (word == "dash" || word == "hyphen" || word == "minus") return '-';
  return word == "plus" ? '+' : '\0';
}

bool is_letter(char c) { return c >= 'a' && c <= 'z'; }

// Reads the address around an "at".
class AddressReader {
 public:
  explicit AddressReader(const Talk &talk) : talk_(talk) {}

  struct Address {
    std::size_t first, last;  // tokens, half-open
    std::string key;
  };

  // "dana@acme.com": `at` is the first token after the sign.
  std::optional<Address> around_sign(std::size_t at) { return read(at - 1, at, true); }

  // "dana at acme dot com": `at` is the word "at".
  std::optional<Address> around_word(std::size_t at) {
    if (!is_apart(at) || !is_apart(at + 1)) return std::nullopt;
    return read(at - 1, at + 1, false);
  }

 private:
  static constexpr std::size_t most_words = 40;  // on each side, spelt out or not

  std::optional<Address> read(std::size_t before, std::size_t behind, bool sign) {
    said_ = false;
    Address out{before, behind, {}};
    if (!read_domain(out, sign)) return std::nullopt;
    const bool domain_said = said_;
    std::string local = read_local(out);
    if (local.empty()) return std::nullopt;
    const bool plain = out.first == before;
    if (!sign && plain && is_no_address(talk_.tokens[before].word)) return std::nullopt;
    if (!sign && plain && !domain_said && !is_called_mail(before)) return std::nullopt;
    out.key = local + "@" + out.key;
    return out;
  }

  bool is_called_mail(std::size_t at) const {
    constexpr std::size_t near = 6;
    for (std::size_t i = at; i > 0 && at - i < near; --i) {
      if (is_mail_word(talk_.tokens[i - 1].word)) return true;
    }
    return false;
  }

  bool usable(std::size_t i) const {
    const std::string_view word = talk_.tokens[i].word;
    return !talk_.tokens[i].taken && word != "@" &&
           !base::is_unspaced_script(base::code_point_at(word, 0).value);
  }

  // How a token is joined to the previous one: the character, '\1' if they touch, or 0 if not
  // joined.
  char joint(std::size_t i) const {
    if (!talk_.follows(i)) return '\0';
    const std::string_view gap = talk_.tokens[i].gap;
    if (gap.empty()) return '\1';
    if (gap == "." || gap == "-" || gap == "_" || gap == "+") return gap[0];
    return '\0';
  }

  bool is_apart(std::size_t i) const {
    if (!talk_.follows(i)) return false;
    const std::string_view gap = talk_.tokens[i].gap;
    return gap.size() <= 2 && gap.find_first_not_of(" ()[]") == gap.npos;
  }

  bool is_spelt(std::size_t i) const {
    const TalkToken &token = talk_.tokens[i];
    return token.word.size() == 1 || token.digits || text::unit_value(token.word).has_value();
  }

  std::string text_of(std::size_t i) const {
    const std::string_view word = talk_.tokens[i].word;
    const auto value = text::unit_value(word);
    return value ? std::to_string(static_cast<int>(*value)) : std::string(word);
  }

  // Labels after the "at": at least two, and the last consists of letters.
  bool read_domain(Address &out, bool sign) {
    std::size_t at = out.last, words = 0;
    std::string label, complete;
    for (std::size_t n = 0; n < most_words && at < talk_.tokens.size(); ++n) {
      if (!usable(at) || talk_.tokens[at].word == "at") break;
      label += text_of(at);
      out.key += text_of(at++);
      ++words;
      if (is_top_level(out.key, label)) {
        out.last = at;
        complete = out.key;
      }
      const char sign_read = read_sign(at);
      if (sign_read == '\1') continue;
      if (sign_read != '\0') {
        out.key += sign_read;
        if (sign_read == '.') label.clear(), words = 0;
      } else if (!goes_on(at, words, out.key, sign)) {
        break;
      }
    }
    out.key = std::move(complete);
    return !out.key.empty();
  }

  // A label of letters that follows another label.
  static bool is_top_level(std::string_view key, std::string_view label) {
    return label.size() >= 2 && label.size() < key.size() &&
           key[key.size() - label.size() - 1] == '.' &&
           std::all_of(label.begin(), label.end(), is_letter);
  }

  // The character between two words of a domain; '\1' if they touch. Moves `at` past it.
  char read_sign(std::size_t &at) {
    if (const char joined = joint(at); joined != '\0') return joined;
    if (!is_apart(at) || !is_apart(at + 1)) return '\0';
    const char said = spoken_sign(talk_.tokens[at].word);
    if (said != '.' && said != '-') return '\0';
    said_ = said_ || said == '.';
    ++at;
    return said;
  }

  // A domain of a few words, or spelt out: "at cold chain dot com", "dot c o m".
  bool goes_on(std::size_t at, std::size_t words, std::string_view key, bool sign) const {
    constexpr std::size_t most = 3;
    if (!is_apart(at)) return false;
    if (is_spelt(at) && is_spelt(at - 1)) return true;
    if (sign || key.find('.') != key.npos || words >= most) return false;
    return !is_no_address(talk_.tokens[at].word) && !is_no_address(talk_.tokens[at - 1].word);
  }

  // The words before the "at": one, and those that are joined to it by characters, spelling or
  // digits.
  std::string read_local(Address &out) {
    std::size_t at = out.first;
    if (!usable(at) || spoken_sign(talk_.tokens[at].word) != '\0') return {};
    std::string key = text_of(at);
    for (std::size_t words = 0; words < most_words && talk_.follows(at); ++words) {
      const char joined = joint(at);
      const std::size_t previous = at - 1;
      if (!usable(previous)) break;
      const char said = spoken_sign(talk_.tokens[previous].word);
      if (joined != '\0') {
        if (joined != '\1') key.insert(0, 1, joined);
        at = previous;
      } else if (said != '\0' && is_apart(at) && is_apart(previous) && usable(previous - 1)) {
        key.insert(0, 1, said);
        at = previous - 1;
      } else if (is_apart(at) && spelt_on(at)) {
        at = previous;
      } else {
        break;
      }
      key.insert(0, text_of(at));
    }
    out.first = at;
    return key;
  }

  // "d a n a", "dana seven": a letter before a letter, or a word before digits.
  bool spelt_on(std::size_t at) const {
    const std::string_view word = talk_.tokens[at].word, before = talk_.tokens[at - 1].word;
    if (is_no_address(before) && before != "a") return false;
    const bool digits = talk_.tokens[at].digits || text::unit_value(word).has_value();
    if (is_spelt(at - 1)) return is_spelt(at) && !(before == "a" && digits);
    return digits && !talk_.tokens[at].digits && !is_mail_word(before);
  }

  const Talk &talk_;
  bool said_ = false;  // whether the domain has a spoken "dot"
};

// Names grouped by their first word, the longest first.
using NamesByWord = std::unordered_map<std::string, std::vector<std::vector<std::string>>>;

NamesByWord index_of(const std::vector<std::string> &names) {
  NamesByWord out;
  for (const std::string &name : names) {
    Talk talk;
    talk.add(name);
    std::vector<std::string> words;
    for (const TalkToken &token : talk.tokens) words.emplace_back(token.word);
    out[words.front()].push_back(std::move(words));
  }
  for (auto &[word, list] : out) {
    std::stable_sort(list.begin(), list.end(),
                     [](const auto &a, const auto &b) { return a.size() > b.size(); });
    list.erase(std::unique(list.begin(), list.end()), list.end());
  }
  return out;
}

// Removes a possessive ending: "dana" for "dana's".
std::string_view without_possessive(std::string_view word) {
  const bool possessive = word.size() > 2 && word.substr(word.size() - 2) == "'s";
  return possessive ? word.substr(0, word.size() - 2) : word;
}

bool joins_names(std::string_view gap) {
  return gap.empty() || gap == " " || gap == "-" || gap == "." || gap == ". ";
}

bool stands_at(const Talk &talk, std::size_t at, const std::vector<std::string> &name) {
  for (std::size_t i = 0; i < name.size(); ++i) {
    if (i > 0 && (!talk.follows(at + i) || !joins_names(talk.tokens[at + i].gap))) return false;
    const TalkToken &token = talk.tokens[at + i];
    const bool same = token.word == name[i] ||
                      (i + 1 == name.size() && without_possessive(token.word) == name[i]);
    if (token.taken || !same) return false;
  }
  return true;
}

std::string joined(const std::vector<std::string> &words) {
  std::string out;
  for (const std::string &word : words) out += (out.empty() ? "" : " ") + word;
  return out;
}

void take_name(Talk &talk, std::size_t at, const std::vector<std::string> &name) {
  const TalkToken &last = talk.tokens[at + name.size() - 1];
  const auto end = last.begin + static_cast<std::uint32_t>(name.back().size());
  talk.take_bytes(at, at + name.size(), talk.tokens[at].begin, end, DataKind::name, joined(name));
}

}  // namespace

void find_emails(Talk &talk) {
  AddressReader reader(talk);
  for (std::size_t i = 1; i < talk.tokens.size(); ++i) {
    const TalkToken &token = talk.tokens[i];
    if (token.first || token.taken) continue;
    const bool sign = token.gap == "@" || token.gap == " @ ";
    if (!sign && token.word != "at") continue;
    auto address = sign ? reader.around_sign(i) : reader.around_word(i);
    if (!address) continue;
    talk.take(address->first, address->last, DataKind::email, std::move(address->key));
    i = address->last - 1;
  }
}

void find_names(Talk &talk, const std::vector<std::string> &names) {
  const NamesByWord known = index_of(names);
  for (std::size_t i = 0; i < talk.tokens.size(); ++i) {
    const std::string_view word = talk.tokens[i].word;
    for (const std::string_view start : {word, without_possessive(word)}) {
      const auto found = known.find(std::string(start));
      if (found == known.end()) continue;
      const auto name =
          std::find_if(found->second.begin(), found->second.end(),
                       [&](const std::vector<std::string> &n) { return stands_at(talk, i, n); });
      if (name == found->second.end()) continue;
      take_name(talk, i, *name);
      i += name->size() - 1;
      break;
    }
  }
}

}  // namespace saleschecklist::redaction
