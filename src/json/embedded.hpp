// The files of schemas/, compiled into the library.
#ifndef SALESCHECKLIST_JSON_EMBEDDED_HPP
#define SALESCHECKLIST_JSON_EMBEDDED_HPP

#include <string_view>

namespace saleschecklist::json {

// The content of a file by its path below schemas/, such as "checklists/ten-point.json"; empty if
// there is no such file.
std::string_view embedded_text(std::string_view name);

}  // namespace saleschecklist::json

#endif
