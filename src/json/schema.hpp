// JSON Schema validation; the only user of valijson.
#ifndef SALESCHECKLIST_JSON_SCHEMA_HPP
#define SALESCHECKLIST_JSON_SCHEMA_HPP

#include <saleschecklist/result.hpp>

#include "json/library.hpp"

#include <string_view>
#include <vector>

namespace saleschecklist::json {

// Validates a document against the embedded schema of that name ("checklist.schema.json"). Returns
// at most the first twenty faults, each with its JSON pointer in Error::where; empty if the
// document is valid.
std::vector<Error> schema_faults(const nlohmann::json &document, std::string_view schema);

// Parses text from outside and validates it against the schema. Fails with invalid_input.
Result<nlohmann::json> checked_document(std::string_view text, std::string_view schema);

// Joins faults into one Error with the place of the first and the messages of all. Precondition:
// `faults` is not empty.
Error join_faults(const std::vector<Error> &faults);

}  // namespace saleschecklist::json

#endif
