// A text in pieces that a voice can say at a time.
#ifndef SALESCHECKLIST_SPEAK_PIECES_HPP
#define SALESCHECKLIST_SPEAK_PIECES_HPP

#include <cstddef>
#include <string_view>
#include <vector>

namespace saleschecklist::speech {

struct TextPiece {
  std::size_t begin = 0, end = 0;  // bytes of the text, without white space around
};

// All of a valid UTF-8 text but white space, in order, in pieces of at most `most` code points (0:
// without a limit). Cut where a line or a sentence ends; a sentence that is too long by itself, at
// a clause; else at a space; else between two characters as people see them. Only a single such
// character that is longer than `most` is cut between its code points.
std::vector<TextPiece> spoken_pieces(std::string_view text, std::size_t most);

// The last, or first, words of a text, at most `most` code points of them.
std::string_view last_words(std::string_view text, std::size_t most);
std::string_view first_words(std::string_view text, std::size_t most);

}  // namespace saleschecklist::speech

#endif
