// Decoding of text, and folding for comparison.
#ifndef SALESCHECKLIST_BASE_UNICODE_HPP
#define SALESCHECKLIST_BASE_UNICODE_HPP

#include <saleschecklist/result.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace saleschecklist::base {

// Converts bytes from outside to valid UTF-8 without a byte order mark and with "\n" as line
// ending. Accepts UTF-8, UTF-32 with a byte order mark, and UTF-16 with one, or without one if that
// is certain. Fails with invalid_input; the message says at which line and what the bytes look like
// (a recording, a PDF, another encoding).
Result<std::string> decode_text(std::string_view bytes);

// The length in bytes of the longest prefix that is valid UTF-8.
std::size_t valid_utf8_prefix(std::string_view text);

// The code point at `at` and its length in bytes; `text` is valid UTF-8 and at < text.size().
struct CodePoint {
  std::int32_t value;
  std::size_t size;
};
CodePoint code_point_at(std::string_view text, std::size_t at);
CodePoint code_point_before(std::string_view text, std::size_t at);  // at > 0
// The end of the grapheme cluster (a user-perceived character) that begins at `at`.
std::size_t cluster_end(std::string_view text, std::size_t at);
void append_utf8(std::string &out, std::int32_t code_point);

bool is_alphanumeric(std::int32_t code_point);  // letters, marks and digits
bool is_upper(std::int32_t code_point);
bool is_white_space(std::int32_t code_point);
// Scripts that are written without spaces between words.
bool is_unspaced_script(std::int32_t code_point);

// Text folded for comparison, with a map back to the original bytes: compatibility forms, case,
// digits of all scripts, quotation marks and dashes are folded, and white space is collapsed.
struct FoldedText {
  std::string text;
  // For each byte of `text`, the byte offsets in the original at which its source character begins
  // and ends.
  std::vector<std::uint32_t> begin;
  std::vector<std::uint32_t> end;
};
FoldedText fold(std::string_view text);

// The text of fold(), without the map.
std::string fold_key(std::string_view text);

// Replaces each run of white space with one space, removes leading and trailing white space, and
// removes control characters.
std::string collapse_spaces(std::string_view text);

}  // namespace saleschecklist::base

#endif
