// Parses JSON text; errors say at which line and column.
#ifndef SALESCHECKLIST_JSON_PARSE_HPP
#define SALESCHECKLIST_JSON_PARSE_HPP

#include <saleschecklist/result.hpp>

#include "json/library.hpp"

#include <string_view>

namespace saleschecklist::json {

// Whether brackets nest deeper than in any document of this library or of a service. The JSON
// library copies, writes and frees documents recursively, so deeper nesting could overflow the
// stack.
bool nests_too_deeply(std::string_view json);

// Whether it has more values than fit into memory. `json` need not be valid.
bool has_many_values(std::string_view json);

// Whether any object has more members than one of this library or of a service. An ordered document
// compares each new key with all before it, so that reading them would take too long. `json` need
// not be valid.
bool has_large_objects(std::string_view json);

// Parses strict JSON. Fails with invalid_input; Error::where is "line L, column C".
Result<nlohmann::json> parse_json(std::string_view text);

// The same for bytes from outside, see decode_text().
Result<nlohmann::json> parse_bytes(std::string_view bytes);

}  // namespace saleschecklist::json

#endif
