// UTF-8 at the edge and folding for comparison; the only user of utf8proc.
#ifndef SALESCHECKLIST_BASE_UNICODE_HPP
#define SALESCHECKLIST_BASE_UNICODE_HPP

#include <saleschecklist/result.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace saleschecklist::base {

// Bytes from outside to valid UTF-8 without a byte order mark and with "\n" line ends. Accepts
// UTF-8 and, with a mark, UTF-16. Fails with invalid_input naming the line, and what the bytes
// look like instead (a recording, a PDF, another encoding).
Result<std::string> decode_text(std::string_view bytes);

// Byte length of the longest valid UTF-8 prefix.
std::size_t valid_utf8_prefix(std::string_view text);

// The code point at `at` and its length in bytes; `text` is valid UTF-8 and at < text.size().
struct CodePoint {
  std::int32_t value;
  std::size_t size;
};
CodePoint code_point_at(std::string_view text, std::size_t at);
CodePoint code_point_before(std::string_view text, std::size_t at);  // at > 0
// End of the grapheme cluster (what people take for one character) that begins at `at`.
std::size_t cluster_end(std::string_view text, std::size_t at);
void append_utf8(std::string &out, std::int32_t code_point);

bool is_alphanumeric(std::int32_t code_point);  // letters, marks and digits
bool is_upper(std::int32_t code_point);
bool is_white_space(std::int32_t code_point);
// Scripts that are written without spaces between words.
bool is_unspaced_script(std::int32_t code_point);

// Text made comparable: compatibility forms, case, digits of all scripts, quotation marks, dashes
// folded, white space collapsed, with the way back to the original bytes.
struct FoldedText {
  std::string text;
  std::vector<std::uint32_t> begin;  // per folded byte: where its source character begins
  std::vector<std::uint32_t> end;    // ... and ends, in the original
};
FoldedText fold(std::string_view text);

// fold() without the map, for keys.
std::string fold_key(std::string_view text);

// White space runs to one space, ends trimmed, control characters dropped.
std::string collapse_spaces(std::string_view text);

}  // namespace saleschecklist::base

#endif
