// The texts in which personal data is looked for, as words and runs of digits in a row.
#ifndef SALESCHECKLIST_REDACT_TOKENS_HPP
#define SALESCHECKLIST_REDACT_TOKENS_HPP

#include "text/words.hpp"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

namespace saleschecklist::redaction {

enum class DataKind { card, account, phone, email, name };

// "[card 1]"
std::string placeholder(DataKind kind, std::size_t number);

// The length of a placeholder at the beginning of the text, or 0.
std::size_t placeholder_size(std::string_view text);

// A word, or the digits or the letters of one that has both: "x12" is two tokens.
struct TalkToken {
  std::uint32_t text;        // the number of the text
  std::uint32_t begin, end;  // in the folded text
  std::string_view word;     // folded
  std::string_view gap;      // folded, between it and the token before it in the text
  bool first;                // of its text
  bool digits;               // nothing else
  bool amount = false;       // of a time, a decimal fraction or a number in thousands
  bool taken = false;        // belongs to something found, or to a placeholder
};

// Something found: bytes of a text, and what equals the same data in other words.
struct Find {
  std::uint32_t text;
  std::uint32_t begin, end;
  DataKind kind;
  std::string key;
};

class Talk {
 public:
  // Returns its number: 0, 1, 2 ... The bytes are borrowed.
  std::uint32_t add(std::string_view text);

  std::vector<TalkToken> tokens;
  std::vector<Find> finds;
  std::unordered_set<std::string> placeholders;  // that the texts have already

  // Half-open ranges of tokens of one text.
  bool taken(std::size_t first, std::size_t last) const;
  void take(std::size_t first, std::size_t last, DataKind kind, std::string key);
  // The same with bytes that are not whole tokens.
  void take_bytes(std::size_t first, std::size_t last, std::uint32_t folded_begin,
                  std::uint32_t folded_end, DataKind kind, std::string key);

  // Adds tokens to the end of the last find, and to its key.
  void extend(std::size_t first, std::size_t last, const std::string &key);

  // Whether the token is there, and in the text of the one before it.
  bool follows(std::size_t token) const { return token < tokens.size() && !tokens[token].first; }
  // Whether letters stand before or behind the token without anything between.
  bool glued(std::size_t token) const;

 private:
  struct Range {
    std::size_t begin, end;
  };
  std::vector<Range> find_placeholders(std::string_view text);
  void add_word(std::uint32_t text, const text::WordedText &worded, const text::Word &word,
                std::uint32_t &previous);

  std::deque<text::WordedText> texts_;
};

}  // namespace saleschecklist::redaction

#endif
