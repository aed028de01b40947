// What a schema expected, in words for people.
#ifndef SALESCHECKLIST_JSON_SCHEMA_MESSAGES_HPP
#define SALESCHECKLIST_JSON_SCHEMA_MESSAGES_HPP

#include <nlohmann/json.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace saleschecklist::json {

// One line about the fault that the validator describes, found in `value`. `path` leads from the
// root of the embedded schema to what the value had to be: keys of objects, numbers of elements.
std::string schema_message(std::string_view schema, const std::vector<std::string> &path,
                           const nlohmann::json &value, const std::string &description);

}  // namespace saleschecklist::json

#endif
