// The texts that are searched for personal data, as one sequence of words and runs of digits.
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

// The length of a placeholder at the beginning of the text; 0 if there is none.
std::size_t placeholder_size(std::string_view text);

// A word. A word of digits and letters is split into runs of each: "x12" is two tokens.
struct TalkToken {
  std::uint32_t text;        // number of the text
  std::uint32_t begin, end;  // in the folded text
  std::string_view word;     // folded
  std::string_view
      gap;      // folded; the characters between the previous token of the text and this one
  bool first;   // the first token of its text
  bool digits;  // consists of digits only
  bool amount = false;  // part of a time, a decimal fraction or a number with thousands separators
  bool taken = false;   // part of a find or of a placeholder
};

// Personal data that was found: its bytes in a text, and a key that is equal for the same data in
// another form.
struct Find {
  std::uint32_t text;
  std::uint32_t begin, end;
  DataKind kind;
  std::string key;
};

class Talk {
 public:
  // Returns the text's number, counted from 0. `text` must outlive this object.
  std::uint32_t add(std::string_view text);

  std::vector<TalkToken> tokens;
  std::vector<Find> finds;
  std::unordered_set<std::string> placeholders;  // that occur in the texts already

  // For half-open ranges of tokens of one text.
  bool taken(std::size_t first, std::size_t last) const;
  void take(std::size_t first, std::size_t last, DataKind kind, std::string key);
  // The same for bytes that are not whole tokens.
  void take_bytes(std::size_t first, std::size_t last, std::uint32_t folded_begin,
                  std::uint32_t folded_end, DataKind kind, std::string key);

  // Appends tokens to the last find, and `key` to its key.
  void extend(std::size_t first, std::size_t last, const std::string &key);

  // Whether the token exists and belongs to the same text as the previous one.
  bool follows(std::size_t token) const { return token < tokens.size() && !tokens[token].first; }
  // Whether a letter is directly before or after the token.
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
