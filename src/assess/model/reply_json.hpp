// Finds JSON in what a model wrote.
#ifndef SALESCHECKLIST_ASSESS_MODEL_REPLY_JSON_HPP
#define SALESCHECKLIST_ASSESS_MODEL_REPLY_JSON_HPP

#include "json/library.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace saleschecklist::assessing {

// The JSON objects and arrays in a text, the outermost ones, in order. What real models write is
// read: text and Markdown fences around them, trailing commas, comments, line breaks within
// strings, and JSON that is written as a string of JSON. Reasoning before a closing tag such as
// </think> is skipped. Of an object or array that is cut off or broken, the sound ones in it are
// read. Values that nest too deeply are left out, see json::nests_too_deeply().
std::vector<nlohmann::json> json_values_in(std::string_view text);

// The object with that key among the values, which may be wrapped in others or in strings of JSON,
// with the keys that the embedded schema of that name has, in its spelling, and without others.
// null if there is none.
nlohmann::json object_with(std::string_view key, const std::vector<nlohmann::json> &values,
                           std::string_view schema);

// The key of an object in the spelling of the schemas: "itemId", "Item ID" and "ITEM-ID" are
// "itemid".
std::string folded_key(std::string_view key);

}  // namespace saleschecklist::assessing

#endif
