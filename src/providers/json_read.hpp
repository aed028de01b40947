// Reads JSON of unknown shape: values that are missing or of another type read as absent.
#ifndef SALESCHECKLIST_PROVIDERS_JSON_READ_HPP
#define SALESCHECKLIST_PROVIDERS_JSON_READ_HPP

#include "json/library.hpp"

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

namespace saleschecklist::providers {

// Preserves the order of keys: a model writes them in the order of its schema.
using Json = nlohmann::ordered_json;

// The document, or std::nullopt if `text` is not valid UTF-8 JSON, is nested too deeply, or has an
// object with very many members.
std::optional<Json> read_json(std::string_view text);

// The member; null if `value` is not an object or has no such member.
const Json &at(const Json &value, const char *key);

// The first element; null if `value` is not an array or is empty.
const Json &first(const Json &value);

std::string text_at(const Json &value, const char *key);  // "" if absent

// The first of these members that is a text and not empty; "" if none is.
std::string first_text(const Json &value, std::initializer_list<const char *> keys);

// A text, or a whole number as text: services number speakers or name them. "" if absent.
std::string label_at(const Json &value, const char *key);

// Accepts numbers, and strings that contain a number.
std::optional<double> number_at(const Json &value, const char *key);
std::int64_t count_at(const Json &value, const char *key);  // at least 0; 0 if absent

// Converts seconds to milliseconds, at least 0; std::nullopt if absent.
std::optional<std::int64_t> ms_at(const Json &value, const char *key);

// Compact JSON. Invalid UTF-8 is replaced with U+FFFD.
std::string compact(const Json &document);

}  // namespace saleschecklist::providers

#endif
