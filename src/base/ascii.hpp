// Text whose syntax is ASCII: URLs, HTTP headers, file formats. The locale has no effect, and bytes
// of other characters are left as they are.
#ifndef SALESCHECKLIST_BASE_ASCII_HPP
#define SALESCHECKLIST_BASE_ASCII_HPP

#include <string>
#include <string_view>

namespace saleschecklist::base {

// The part of `text` between its leading and trailing white space: space, \t, \n, \v, \f and \r.
std::string_view trim(std::string_view text) noexcept;

// `text` with A-Z as a-z.
std::string ascii_lower(std::string_view text);

// Whether the texts are equal if A-Z and a-z are the same.
bool equal_ignoring_case(std::string_view a, std::string_view b) noexcept;

}  // namespace saleschecklist::base

#endif
