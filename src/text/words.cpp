#include "text/words.hpp"

#include <algorithm>
#include <array>

namespace saleschecklist::text {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool is_currency(std::int32_t c) {
  return c == '$' || (c >= 0xA2 && c <= 0xA5) || (c >= 0x20A0 && c <= 0x20CF);
}

bool is_question_mark(std::int32_t c) {
  return c == '?' || c == 0xFF1F || c == 0x061F || c == 0x037E;
}

bool ends_sentence(std::int32_t c) {
  return c == '.' || c == '!' || is_question_mark(c) || c == 0x3002 || c == 0xFF01 || c == 0xFF0E ||
         c == 0x2026 || c == 0x0964 || c == 0x06D4;
}

// Abbreviations whose full stop does not end a sentence.
bool is_abbreviation(std::string_view word) {
  static constexpr std::array<std::string_view, 22> known = {
      "mr",     "mrs",  "ms", "dr", "prof", "st",  "vs",  "etc", "inc", "ltd", "no",
      "approx", "dept", "jr", "sr", "ave",  "fig", "est", "e.g", "i.e", "a.m", "p.m"};
  return word.size() == 1 || std::find(known.begin(), known.end(), word) != known.end();
}

// Finds the next word of the folded text at or after `at`. Returns an empty range at the end.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : text_(text) {}

  bool next(std::size_t &begin, std::size_t &end, bool &number) {
    while (at_ < text_.size()) {
      const base::CodePoint c = base::code_point_at(text_, at_);
      const bool sign = c.value == '-' && at_ + 1 < text_.size() && is_digit(text_[at_ + 1]) &&
                        (at_ == 0 || text_[at_ - 1] == ' ');
      begin = at_;
      if (is_currency(c.value) || c.value == '%') {
        end = at_ = at_ + c.size;
        number = false;
        return true;
      }
      if (base::is_alphanumeric(c.value) || sign) {
        at_ += c.size;
        if (!base::is_unspaced_script(c.value)) extend();
        end = at_;
        const auto word = text_.substr(begin, end - begin);
        number = std::any_of(word.begin(), word.end(), is_digit);
        return true;
      }
      at_ += c.size;
    }
    return false;
  }

 private:
  void extend() {
    while (at_ < text_.size()) {
      const base::CodePoint c = base::code_point_at(text_, at_);
      if (base::is_alphanumeric(c.value)) {
        if (base::is_unspaced_script(c.value)) return;
      } else if (!is_inner(c)) {
        return;
      }
      at_ += c.size;
    }
  }

  // An apostrophe between letters, or punctuation between digits, does not end the word.
  bool is_inner(const base::CodePoint &c) const {
    const std::size_t after = at_ + c.size;
    if (after >= text_.size() || at_ == 0) return false;
    if (c.value == '\'') {
      return base::is_alphanumeric(base::code_point_before(text_, at_).value) &&
             base::is_alphanumeric(base::code_point_at(text_, after).value);
    }
    const bool mark = c.value == '.' || c.value == ',' || c.value == ':' || c.value == '/';
    return mark && is_digit(text_[at_ - 1]) && is_digit(text_[after]);
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

// What is between two words: whether it ends the sentence, and whether as a question.
struct Gap {
  bool ends = false;
  bool question = false;
  std::uint32_t source_end = 0;  // end of the closing punctuation
};

// Punctuation directly before a letter or digit is part of a name or an address ("a.b?c=1").
bool joined_on(std::int32_t next) {
  return base::is_alphanumeric(next) && !base::is_unspaced_script(next);
}

Gap read_gap(std::string_view text, const Word &last, std::string_view last_word,
             std::size_t until) {
  Gap gap;
  gap.source_end = last.source_end;
  for (std::size_t at = last.source_end; at < until;) {
    const base::CodePoint c = base::code_point_at(text, at);
    at += c.size;
    if (base::is_white_space(c.value)) continue;
    if (!ends_sentence(c.value) && !(gap.ends && (c.value == '"' || c.value == 0x201D))) {
      if (gap.ends) break;
      continue;
    }
    if (c.value == '.' && is_abbreviation(last_word) && at < text.size()) continue;
    if (c.value < 0x80 && at < text.size() && joined_on(base::code_point_at(text, at).value))
      continue;
    gap.ends = true;
    gap.question = gap.question || is_question_mark(c.value);
    gap.source_end = static_cast<std::uint32_t>(at);
  }
  return gap;
}

}  // namespace

WordedText split_words(std::string_view text) {
  WordedText out;
  out.folded = base::fold(text);
  Scanner scanner(out.folded.text);
  std::size_t begin = 0, end = 0;
  bool number = false;
  std::uint32_t first = 0;
  const auto close_sentence = [&](const Gap &gap) {
    const auto last = static_cast<std::uint32_t>(out.words.size());
    out.sentences.push_back(
        {first, last, out.words[first].source_begin, gap.source_end, gap.question});
    first = last;
  };
  while (scanner.next(begin, end, number)) {
    const std::uint32_t source_begin = out.folded.begin[begin];
    const std::uint32_t source_end = out.folded.end[end - 1];
    if (!out.words.empty()) {
      const Word &last = out.words.back();
      const Gap gap = read_gap(text, last, out.text_of(last), source_begin);
      if (gap.ends) close_sentence(gap);
    }
    out.words.push_back({static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end),
                         source_begin, source_end, static_cast<std::uint32_t>(out.sentences.size()),
                         number, base::is_upper(base::code_point_at(text, source_begin).value)});
  }
  if (!out.words.empty()) {
    const Word &last = out.words.back();
    close_sentence(read_gap(text, last, out.text_of(last), text.size()));
  }
  return out;
}

std::size_t count_words(std::string_view text) {
  const base::FoldedText folded = base::fold(text);
  Scanner scanner(folded.text);
  std::size_t begin = 0, end = 0, count = 0;
  for (bool number = false; scanner.next(begin, end, number);) ++count;
  return count;
}

}  // namespace saleschecklist::text
