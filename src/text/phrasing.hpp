// Small helpers for text that people read.
#ifndef SALESCHECKLIST_TEXT_PHRASING_HPP
#define SALESCHECKLIST_TEXT_PHRASING_HPP

#include <cstdint>
#include <string>
#include <string_view>

namespace saleschecklist::text {

// "3:07" or "1:02:03".
std::string clock_time(std::int64_t milliseconds);

// "62%", rounded.
std::string percent(double ratio);

// At most `words` words, with an ellipsis where something is left out.
std::string shorten(std::string_view text, std::size_t words);

// For a title in the middle of a sentence; names and abbreviations keep their capital.
std::string lower_first(std::string_view title);

// A full stop, unless the quote already closes with a mark.
std::string_view closing_mark(std::string_view quote);

// Builds a text of paragraphs up to a number of words; what would exceed it is left out.
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
