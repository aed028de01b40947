// Small helpers for text that people read.
#ifndef SALESCHECKLIST_TEXT_PHRASING_HPP
#define SALESCHECKLIST_TEXT_PHRASING_HPP

#include <cstdint>
#include <string>
#include <string_view>

namespace saleschecklist::text {

// A time in a recording, as "3:07" or "1:02:03".
std::string clock_time(std::int64_t milliseconds);

// A ratio as a rounded percentage, such as "62%".
std::string percent(double ratio);

// The first `words` words of `text`, followed by an ellipsis if there are more.
std::string shorten(std::string_view text, std::size_t words);

// The title for use in the middle of a sentence: its first letter in lower case, except in names
// and abbreviations.
std::string lower_first(std::string_view title);

// "." if a sentence that ends with the quote needs a full stop; empty if the quote ends with
// punctuation.
std::string_view closing_mark(std::string_view quote);

// Builds a text of at most `most_words` words. A sentence or paragraph that would exceed the limit
// is left out.
class Composer {
 public:
  explicit Composer(std::size_t most_words) : most_words_(most_words) {}
  void paragraph(const std::string &text) { add(text, "\n\n"); }
  void sentence(const std::string &text) { add(text, " "); }
  std::size_t words() const { return words_; }
  std::string take() { return std::move(text_); }

 private:
  void add(const std::string &text, std::string_view separator);

  std::size_t most_words_, words_ = 0;
  std::string text_;
};

}  // namespace saleschecklist::text

#endif
