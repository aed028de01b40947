#include "redact/numbers.hpp"

#include "text/number_words.hpp"

#include <algorithm>
#include <unordered_map>

namespace saleschecklist::redaction {
namespace {

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
