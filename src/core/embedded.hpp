// The files of schemas/, compiled in.
#ifndef SALESCHECKLIST_CORE_EMBEDDED_HPP
#define SALESCHECKLIST_CORE_EMBEDDED_HPP

#include <string_view>

namespace saleschecklist {

// Text of a file by its path below schemas/, such as "checklists/ten-point.json"; empty if unknown.
std::string_view embedded_text(std::string_view name);

}  // namespace saleschecklist

#endif
