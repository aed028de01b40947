#include "transcript/roles/talk_features.hpp"

#include <vector>

namespace saleschecklist::transcript {
namespace {

constexpr std::string_view curly_apostrophe = "\xE2\x80\x99";

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_mark(char c) { return c == '.' || c == '?' || c == '!'; }

// Reads words in lower case, which are ASCII letters, digits, "$" and "%" and an apostrophe that
// letters follow, and the marks that end sentences.
class Tokens {
 public:
  explicit Tokens(std::string_view text) : text_(text) {}

  std::vector<std::string> read() && {
    for (; at_ < text_.size(); ++at_) {
      const char c = text_[at_];
      if (is_letter(c) || is_digit(c) || c == '$' || c == '%') {
        add(is_letter(c) ? static_cast<char>(c | 0x20) : c);
      } else if (const std::size_t length = apostrophe(); length > 0) {
        add('\'');
        at_ += length - 1;
      } else {
        inside_ = false;
        if (is_mark(c) && !(is_digit(byte(at_ - 1)) && is_digit(byte(at_ + 1)))) {
          out_.emplace_back(c == '?' ? "?" : ".");
        }
      }
    }
    return std::move(out_);
  }

 private:
  char byte(std::size_t at) const { return at < text_.size() ? text_[at] : ' '; }

  void add(char c) {
    if (!inside_) out_.emplace_back();
    out_.back() += c;
    inside_ = true;
  }

  // The bytes of the apostrophe at this place, if it belongs to a word; else 0.
  std::size_t apostrophe() const {
    const bool curly = text_.substr(at_, curly_apostrophe.size()) == curly_apostrophe;
    const std::size_t length = curly ? curly_apostrophe.size() : 1;
    const bool belongs = inside_ && (curly || text_[at_] == '\'') &&
                         is_letter(byte(at_ + length)) &&
                         out_.back().find('\'') == std::string::npos;
    return belongs ? length : 0;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  bool inside_ = false;  // a word, which is the last token
  std::vector<std::string> out_;
};

}  // namespace

std::size_t each_feature(std::string_view text,
                         const std::function<void(const std::string &)> &heard) {
  const std::string border = ".";
  std::vector<std::string> tokens = Tokens(text).read();
  tokens.push_back(border);
  std::size_t words = 0;
  std::string previous = border;
  for (const std::string &token : tokens) {
    const bool ends = is_mark(token[0]);
    if (ends && previous == border) continue;
    heard(token);
    heard(previous.append(" ").append(token));
    words += !ends;
    previous = ends ? border : token;
  }
  return words;
}

}  // namespace saleschecklist::transcript
