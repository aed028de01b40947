// JSON text to a document, with errors that name the place.
#ifndef SALESCHECKLIST_JSON_PARSE_HPP
#define SALESCHECKLIST_JSON_PARSE_HPP

#include <saleschecklist/result.hpp>

#include <nlohmann/json.hpp>

#include <string_view>

namespace saleschecklist::json {

// Whether brackets nest deeper than any document of this library or its services does. The JSON
// library copies, writes and frees by recursion, so deeper ones could end the process.
bool nests_too_deeply(std::string_view json);

// Strict JSON. Fails with invalid_input at "line L, column C".
Result<nlohmann::json> parse_json(std::string_view text);

// The same from bytes as they come from outside, see decode_text().
Result<nlohmann::json> parse_bytes(std::string_view bytes);

}  // namespace saleschecklist::json

#endif
