// Splits a text into pieces that a voice can speak in one request.
#ifndef SALESCHECKLIST_SPEAK_PIECES_HPP
#define SALESCHECKLIST_SPEAK_PIECES_HPP

#include <cstddef>
#include <string_view>
#include <vector>

namespace saleschecklist::speech {

struct TextPiece {
  std::size_t begin = 0, end = 0;  // byte offsets, without surrounding white space
};

// Splits a valid UTF-8 text into pieces of at most `most` code points, in order; 0 means no limit.
// The pieces contain everything but white space. A cut is made at the end of a line or a sentence;
// in a sentence that is too long, at a clause, else at a space, else between two grapheme clusters.
// Only a cluster that is longer than `most` is cut between its code points.
std::vector<TextPiece> spoken_pieces(std::string_view text, std::size_t most);

// The last, or first, words of a text, at most `most` code points in total.
std::string_view last_words(std::string_view text, std::size_t most);
std::string_view first_words(std::string_view text, std::size_t most);

}  // namespace saleschecklist::speech

#endif
