// JSON Schema validation; the only user of valijson.
#ifndef SALESCHECKLIST_JSON_SCHEMA_HPP
#define SALESCHECKLIST_JSON_SCHEMA_HPP

#include <saleschecklist/result.hpp>

#include <nlohmann/json.hpp>

#include <string_view>
#include <vector>

namespace saleschecklist::json {

// The first faults, twenty at most, of a document against the embedded schema of that name
// ("checklist.schema.json"), each with its JSON pointer; empty when it is valid.
std::vector<Error> schema_faults(const nlohmann::json &document, std::string_view schema);

// Text from outside as a document that the schema accepts. Fails with invalid_input.
Result<nlohmann::json> checked_document(std::string_view text, std::string_view schema);

// Faults as one Error: the place of the first, the message of all. Precondition: not empty.
Error join_faults(const std::vector<Error> &faults);

}  // namespace saleschecklist::json

#endif
