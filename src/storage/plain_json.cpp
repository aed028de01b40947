#include "storage/plain_json.hpp"

#include "base/unicode.hpp"

#include <algorithm>

namespace saleschecklist::storage {
namespace {

constexpr int deepest = 50;
constexpr std::ptrdiff_t longest_number = 20;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Each function consumes what it is named after, or returns false.
class PlainJson {
 public:
  explicit PlainJson(std::string_view text) : at_(text.data()), end_(at_ + text.size()) {}

  bool document() {
    space();
    if (!value(deepest)) return false;
    space();
    return at_ == end_;
  }

 private:
  char next() const { return at_ == end_ ? '\0' : *at_; }
  bool take(char c) { return next() == c && c != '\0' ? (++at_, true) : false; }

  void space() {
    while (at_ != end_ && (*at_ == ' ' || *at_ == '\n' || *at_ == '\r' || *at_ == '\t')) ++at_;
  }

  bool word(std::string_view expected) {
    const bool there =
        std::string_view(at_, static_cast<std::size_t>(end_ - at_)).substr(0, expected.size()) ==
        expected;
    if (there) at_ += expected.size();
    return there;
  }

  bool value(int levels) {
    switch (next()) {
      case '{':
        return list(levels, '}', true);
      case '[':
        return list(levels, ']', false);
      case '"':
        return text();
      case 't':
        return word("true");
      case 'f':
        return word("false");
      case 'n':
        return word("null");
      default:
        return number();
    }
  }

  bool list(int levels, char close, bool named) {
    ++at_;
    if (levels == 0) return false;
    space();
    if (take(close)) return true;
    do {
      space();
      if (named && !(text() && (space(), take(':')))) return false;
      space();
      if (!value(levels - 1)) return false;
      space();
    } while (take(','));
    return take(close);
  }

  bool text() {
    if (!take('"')) return false;
    for (;;) {
      at_ = std::find_if(at_, end_, [](char c) {
        return c == '"' || c == '\\' || static_cast<unsigned char>(c) < 0x20;
      });
      if (!take('\\')) return take('"');
      if (!escape()) return false;
    }
  }

  bool escape() {
    if (take('u')) return code_point();
    const bool known =
        next() != '\0' && std::string_view("\"\\/bfnrt").find(next()) != std::string_view::npos;
    if (known) ++at_;
    return known;
  }

  // Four hexadecimal digits that are neither U+0000 nor a surrogate.
  bool code_point() {
    int code = 0;
    for (int i = 0; i < 4; ++i, ++at_) {
      const std::size_t digit = std::string_view("0123456789abcdef").find(lower(next()));
      if (digit == std::string_view::npos) return false;
      code = code * 16 + static_cast<int>(digit);
    }
    return code != 0 && (code < 0xD800 || code > 0xDFFF);
  }

  static char lower(char c) { return c >= 'A' && c <= 'F' ? static_cast<char>(c - 'A' + 'a') : c; }

  bool digits() {
    const char *begin = at_;
    while (is_digit(next())) ++at_;
    return at_ != begin && at_ - begin <= longest_number;
  }

  bool number() {
    take('-');
    if (!take('0') && !digits()) return false;
    if (take('.') && !digits()) return false;
    return next() != 'e' && next() != 'E';
  }

  const char *at_, *end_;
};

}  // namespace

bool is_plain_json(std::string_view text) {
  const bool ascii = std::all_of(text.begin(), text.end(),
                                 [](char c) { return static_cast<signed char>(c) >= 0; });
  return (ascii || base::valid_utf8_prefix(text) == text.size()) && PlainJson(text).document();
}

}  // namespace saleschecklist::storage
