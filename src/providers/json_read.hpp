// Reading JSON of which nothing is sure: what is missing or of another type reads as nothing.
#ifndef SALESCHECKLIST_PROVIDERS_JSON_READ_HPP
#define SALESCHECKLIST_PROVIDERS_JSON_READ_HPP

#include <nlohmann/json.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace saleschecklist::providers {

// Keeps members in order: a model writes them in the order in which its schema lists them.
using Json = nlohmann::ordered_json;

// The document, or nothing when `text` is not JSON of UTF-8.
std::optional<Json> read_json(std::string_view text);

// The member; null when `value` is no object or has none of that name.
const Json &at(const Json &value, const char *key);

// The first element; null when `value` is no array or empty.
const Json &first(const Json &value);

std::string text_at(const Json &value, const char *key);  // "" for nothing

// Numbers, also those that are written as strings.
std::optional<double> number_at(const Json &value, const char *key);
std::int64_t count_at(const Json &value, const char *key);  // of 0 or more; 0 for nothing

// Seconds as milliseconds, of 0 or more; nothing for nothing.
std::optional<std::int64_t> ms_at(const Json &value, const char *key);

// Compact JSON; bytes that are not UTF-8 are replaced.
std::string compact(const Json &document);

}  // namespace saleschecklist::providers

#endif
