// Error messages for schema violations.
#ifndef SALESCHECKLIST_JSON_SCHEMA_MESSAGES_HPP
#define SALESCHECKLIST_JSON_SCHEMA_MESSAGES_HPP

#include "json/library.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace saleschecklist::json {

// One line that says what is wrong with `value` and what was expected. `description` is the
// validator's own text. `path` leads to the value from the document's root: keys of objects and
// indexes of array elements.
std::string schema_message(std::string_view schema, const std::vector<std::string> &path,
                           const nlohmann::json &value, const std::string &description);

}  // namespace saleschecklist::json

#endif
