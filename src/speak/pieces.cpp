#include "speak/pieces.hpp"

#include "base/unicode.hpp"
#include "text/words.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

namespace saleschecklist::speech {
namespace {

enum Cut { sentence, clause, space, character, cuts };

std::size_t count_code_points(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  }));
}

bool is_space_at(std::string_view text, std::size_t at) {
  return base::is_white_space(base::code_point_at(text, at).value);
}

bool is_clause_mark(std::int32_t code) {
  switch (code) {
    case ',':
    case ';':
    case ':':
    case 0x2013:  // dashes
    case 0x2014:
    case 0x3001:  // ideographic comma, and full-width marks
    case 0xFF0C:
    case 0xFF1A:
    case 0xFF1B:
    case 0x060C:  // Arabic comma and semicolon
    case 0x061B:
      return true;
    default:
      return false;
  }
}

class Cutter {
 public:
  Cutter(std::string_view text, std::size_t most) : text_(text), most_(most) {
    for (const text::Sentence &s : text::split_words(text).sentences) ends_.push_back(s.source_end);
  }

  std::vector<TextPiece> run() {
    std::vector<TextPiece> out;
    for (std::size_t at = skip_space(0); at < text_.size();) {
      const std::size_t end = piece_end(at);
      out.push_back({at, trimmed_end(at, end)});
      at = skip_space(end);
    }
    return out;
  }

 private:
  std::size_t skip_space(std::size_t at) const {
    while (at < text_.size() && is_space_at(text_, at)) at += base::code_point_at(text_, at).size;
    return at;
  }

  std::size_t trimmed_end(std::size_t begin, std::size_t end) const {
    while (end > begin) {
      const base::CodePoint last = base::code_point_before(text_, end);
      if (!base::is_white_space(last.value)) break;
      end -= last.size;
    }
    return end;
  }

  std::size_t piece_end(std::size_t begin) const {
    if (most_ == 0) return text_.size();
    std::array<std::size_t, cuts> last{};
    std::size_t taken = 0, at = begin;
    while (at < text_.size()) {
      const std::size_t end = base::cluster_end(text_, at);
      taken += count_code_points(text_.substr(at, end - at));
      if (taken > most_) break;
      for (int cut = kind_of(at, end); cut < cuts; ++cut) {
        last[static_cast<std::size_t>(cut)] = end;
      }
      at = end;
    }
    if (at == text_.size()) return at;
    const auto found = std::find_if(last.begin(), last.end(), [](std::size_t e) { return e != 0; });
    return found == last.end() ? code_points_end(begin) : *found;
  }

  // What kind of cut is possible after the character [at, end).
  Cut kind_of(std::size_t at, std::size_t end) const {
    if (end == text_.size() || text_[end] == '\n') return sentence;
    if (std::binary_search(ends_.begin(), ends_.end(), end)) return sentence;
    const bool before_space = is_space_at(text_, end);
    const base::CodePoint mark = base::code_point_at(text_, at);
    if (is_clause_mark(mark.value) && (before_space || mark.value >= 0x2E80)) return clause;
    return before_space ? space : character;
  }

  std::size_t code_points_end(std::size_t begin) const {
    std::size_t at = begin;
    for (std::size_t i = 0; i < most_; ++i) at += base::code_point_at(text_, at).size;
    return at;
  }

  std::string_view text_;
  std::size_t most_;
  std::vector<std::size_t> ends_;  // of sentences, including their closing punctuation
};

}  // namespace

std::vector<TextPiece> spoken_pieces(std::string_view text, std::size_t most) {
  return Cutter(text, most).run();
}

std::string_view last_words(std::string_view text, std::size_t most) {
  std::size_t at = text.size(), begin = text.size();
  for (std::size_t i = 0; i < most && at > 0; ++i) {
    at -= base::code_point_before(text, at).size;
    if (at == 0 || base::is_white_space(base::code_point_before(text, at).value)) begin = at;
  }
  return text.substr(begin);
}

std::string_view first_words(std::string_view text, std::size_t most) {
  std::size_t at = 0, end = 0;
  for (std::size_t i = 0; i < most && at < text.size(); ++i) {
    at += base::code_point_at(text, at).size;
    if (at == text.size() || is_space_at(text, at)) end = at;
  }
  return text.substr(0, end);
}

}  // namespace saleschecklist::speech
